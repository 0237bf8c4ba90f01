import { describeVectors } from "./vectors.js";

describeVectors("frontcoder", "pure", 100);
