export { type RequestsOptions, requestTaskSource } from "./source.js";
