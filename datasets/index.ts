export { type PagesOptions, pagesTaskSource } from "./pages/index.js";
