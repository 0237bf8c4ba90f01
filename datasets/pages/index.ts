export { drawPage, LEVELS, type Page, writePage } from "./page.js";
export { writePrompt } from "./prompt.js";
export { type PagesOptions, pagesTaskSource, SEED_RANGES } from "./source.js";
