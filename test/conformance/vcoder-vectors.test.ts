import { describeVectors } from "./vectors.js";

describeVectors("vcoder", "pure", 180);
