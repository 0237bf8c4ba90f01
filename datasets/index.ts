export { pagesTaskSource } from "./pages/source.js";
export { type DatasetSpec, registerDataset } from "./registry.js";
