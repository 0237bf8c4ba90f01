export { initialWeights, parameterCount, smallConfig } from "./parameters.js";
