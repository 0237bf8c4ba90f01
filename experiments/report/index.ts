export { type Headline, headlineOf } from "./headline.js";
export { IMAGE_BUDGET, type ReportInput, writeReport } from "./report.js";
