import { Command } from "commander";
import { BENCHES, benchesNamed } from "../bench/benches.js";
import type { BenchFigure } from "../bench/figure.js";
import { print } from "./options.js";

interface BenchFlags {
  readonly json?: boolean;
  readonly quick?: boolean;
}

export function benchCommand(): Command {
  return new Command("bench")
    .argument("[what...]", "which benches, see below; default all but those marked")
    .option("--quick", "one turn on little work: shows that a bench runs and its results agree, not how fast")
    .option("--json", "one JSON line a figure: {name, value, unit, baseline, ratio}")
    .addHelpText(
      "after",
      `
Benches:
${BENCHES.map(({ name, about, byDefault }) => `  ${name.padEnd(12)} ${about}${byDefault ? "" : " (when named)"}`).join("\n")}

Where Python, scikit-image or a checkout of Design2Code is missing, figures come without a baseline and say why.

Examples:
  webgen bench
  webgen bench train --json
  webgen bench render tsx --quick
  WEBGEN_PYTHON=venv/bin/python WEBGEN_DESIGN2CODE=Design2Code webgen bench metrics

In a checkout: npm run bench -- render --json`,
    )
    .action(async (what: string[], { json, quick = false }: BenchFlags) => {
      for (const bench of benchesNamed(what))
        for (const figure of await bench.run({ quick }))
          print(json ? JSON.stringify(figure) : describe(figure));
    });
}

function describe({ name, value, unit, baseline, ratio }: BenchFigure): string {
  const against =
    baseline === null ? "" : `  against ${round(baseline)}  =  ${ratio === null ? "?" : `${round(ratio)}x`}`;
  return `${name.padEnd(44)} ${round(value).padStart(10)} ${unit}${against}`;
}

const round = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
