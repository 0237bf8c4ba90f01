import type { FactSummary } from "./facts.js";
import type { Estimate } from "./statistics.js";
import type { Summary } from "./summary.js";

/** A summary as lines for the terminal. */
export function formatTable({ agents, differences, throughput }: Summary): string {
  const rows = agents.map(({ name, reward, tokens, seconds }) => [
    name,
    withInterval(reward),
    tokens === null ? "-" : tokens.toFixed(0),
    seconds === null ? "-" : seconds.toFixed(2),
  ]);
  const gains = differences.map(({ a, b, ...difference }) => [`${a} - ${b}`, withInterval(difference, "+")]);
  const kinds = [...new Set(agents.flatMap(({ facts }) => Object.keys(facts)))];
  const facts = kinds.map((kind) => [kind, ...agents.map((agent) => rightOf(agent.facts[kind]))]);
  const { pagesPerSecond, generateTokensPerSecond, trainTokensPerSecond } = throughput;
  const rates = [
    ...rate(pagesPerSecond, "pages/s rendered and scored"),
    ...rate(generateTokensPerSecond, "tokens/s written"),
    ...rate(trainTokensPerSecond, "tokens/s trained"),
  ];
  return [
    ...columns([["agent", "reward (95 %)", "tokens", "seconds"], ...rows]),
    ...(gains.length === 0 ? [] : ["", ...columns([["difference", "paired (95 %)"], ...gains])]),
    ...(kinds.length === 0
      ? []
      : ["", ...columns([["facts right", ...agents.map(({ name }) => name)], ...facts])]),
    ...(rates.length === 0 ? [] : ["", rates.join(", ")]),
  ].join("\n");
}

function withInterval({ mean, ci95 }: Estimate, sign = ""): string {
  if (mean === null) return "not measured";
  const show = (value: number) => `${value >= 0 ? sign : ""}${value.toFixed(3)}`;
  return ci95 === null ? show(mean) : `${show(mean)} [${show(ci95[0])}, ${show(ci95[1])}]`;
}

const rightOf = (summary: FactSummary | undefined) =>
  summary === undefined ? "-" : `${summary.right}/${summary.asked}`;

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** A speed that was measured, in words. */
const rate = (value: number | null, unit: string): string[] =>
  value === null ? [] : [`${value.toFixed(value < 100 ? 1 : 0)} ${unit}`];
