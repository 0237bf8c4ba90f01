import { formatResults } from "./report.js";
import { runVectors } from "./runner.js";

/**
 * `npm run vectors -- FILE.json...`: runs worked examples of published reward functions, prints per function how many passed
 * and failed, and returns the exit status: 0 when nothing failed, 1 when something did. Throws a UsageError for a file that
 * holds no vectors.
 */
export async function vectorsCommand(
  files: readonly string[],
  print: (text: string) => void = console.log,
): Promise<number> {
  const results = await runVectors(files);
  print(formatResults(results));
  return results.some(({ status }) => status === "failed") ? 1 : 0;
}
