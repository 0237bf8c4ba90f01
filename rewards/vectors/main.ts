import { messageOf, UsageError } from "../../infra/errors.js";
import { formatResults } from "./report.js";
import { runVectors } from "./runner.js";

// npm run vectors -- FILE.json...   Exit status 0 when nothing failed, 1 when something did, 2 for a wrong call.
const files = process.argv.slice(2);
if (files.length === 0 || files.includes("--help")) {
  console.log("Usage: npm run vectors -- FILE.json...\nRuns worked examples of published reward functions.");
  process.exitCode = files.length === 0 ? 2 : 0;
} else {
  try {
    const results = await runVectors(files);
    console.log(formatResults(results));
    if (results.some(({ status }) => status === "failed")) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(messageOf(error));
    process.exitCode = 2;
  }
}
