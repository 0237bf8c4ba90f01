import type { VectorResult } from "./runner.js";

/** Per function passed/failed/skipped, then every failure, then the line `N passed, N failed, N skipped`. */
export function formatResults(results: readonly VectorResult[]): string {
  const lines: string[] = [];
  const functions = new Map<string, VectorResult[]>();
  for (const result of results) functions.set(result.fn, [...(functions.get(result.fn) ?? []), result]);
  const width = Math.max(0, ...[...functions.keys()].map((fn) => fn.length));
  for (const [fn, group] of functions) lines.push(`${fn.padEnd(width)}  ${tally(group)}`);
  const reasons = new Map<string, number>();
  for (const { status, message } of results)
    if (status === "skipped") reasons.set(message ?? "", (reasons.get(message ?? "") ?? 0) + 1);
  for (const [reason, count] of reasons) lines.push(`skipped ${count}: ${reason}`);
  for (const { status, fn, name, message } of results)
    if (status === "failed") lines.push(`FAILED ${fn} ${name}: ${message}`);
  lines.push(tally(results));
  return lines.join("\n");
}

function tally(results: readonly VectorResult[]): string {
  const count = (status: VectorResult["status"]) => results.filter((r) => r.status === status).length;
  return `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`;
}
