/**
 * Data sets of tasks.
 *
 * @module webgen-gym/datasets
 */

export { pagesTaskSource } from "./pages/source.js";
export { requestTaskSource } from "./pages-v1/index.js";
export { type DatasetSpec, registerDataset } from "./registry.js";
