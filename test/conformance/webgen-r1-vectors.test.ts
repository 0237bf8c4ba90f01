import { describeVectors } from "./vectors.js";

describeVectors("webgen-r1", "pure", 80);
