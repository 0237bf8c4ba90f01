export { type PagesOptions, pagesTaskSource } from "./pages/index.js";
export { type DatasetSpec, getDataset, listDatasets, registerDataset } from "./registry.js";
