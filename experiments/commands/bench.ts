import { Command } from "commander";
import { UsageError } from "../../infra/errors.js";
import type { BenchFigure } from "../bench/figure.js";
import { print } from "./options.js";

/** What can be measured; loaded only when asked for. */
const BENCHES: Record<string, () => Promise<() => Promise<BenchFigure[]>>> = {
  render: async () => (await import("../bench/render.js")).benchRender,
  train: async () => (await import("../bench/train.js")).benchTrain,
  tsx: async () => (await import("../bench/tsx.js")).benchTsx,
  metrics: async () => (await import("../bench/metrics.js")).benchMetrics,
  agreement: async () => (await import("../bench/metrics-agreement.js")).benchAgreement,
};

export function benchCommand(): Command {
  return new Command("bench")
    .description("Measure rendering, training and metrics, each against its baseline in the same run.")
    .argument("[what...]", `${Object.keys(BENCHES).join(" or ")}; default all`)
    .option("--json", "one JSON line a figure: {name, value, unit, baseline, ratio}")
    .addHelpText(
      "after",
      `
Examples:
  webgen bench
  webgen bench train --json
  WEBGEN_PYTHON=venv/bin/python WEBGEN_DESIGN2CODE=Design2Code webgen bench metrics

In a checkout: npm run bench -- render --json`,
    )
    .action(async (what: string[], { json }: { json?: boolean }) => {
      for (const name of what.length > 0 ? what : Object.keys(BENCHES)) {
        const load = BENCHES[name];
        if (!load)
          throw new UsageError(`There is no bench "${name}". There are: ${Object.keys(BENCHES).join(", ")}.`);
        for (const figure of await (await load())()) print(json ? JSON.stringify(figure) : describe(figure));
      }
    });
}

function describe({ name, value, unit, baseline, ratio }: BenchFigure): string {
  const against =
    baseline === null ? "" : `  against ${round(baseline)}  =  ${ratio === null ? "?" : `${round(ratio)}x`}`;
  return `${name.padEnd(44)} ${round(value).padStart(10)} ${unit}${against}`;
}

const round = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
