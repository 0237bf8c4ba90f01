import { UsageError } from "../../infra/errors.js";
import { vectorsCommand } from "./command.js";

const files = process.argv.slice(2);
if (files.length === 0 || files.includes("--help")) {
  console.log("Usage: npm run vectors -- FILE.json...\nRuns worked examples of published reward functions.");
  process.exitCode = files.length === 0 ? 2 : 0;
} else {
  try {
    process.exitCode = await vectorsCommand(files);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
