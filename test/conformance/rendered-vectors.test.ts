import { describeVectors } from "./vectors.js";

describeVectors("vcoder", "rendered", 11);
