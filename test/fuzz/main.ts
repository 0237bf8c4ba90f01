import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.js";
import { loaderTargets } from "./loaders.js";
import { fuzzTargets } from "./targets.js";

/**
 * Fuzzes the readers of answers, and what loads formulas, configs and checkpoints, guided by coverage.
 *
 *   node dist/test/fuzz/main.js [--seconds 60] [--seed 1] [--only html,tsx]
 *
 * Seconds are of processor time, for each target. Ends with 1 when something threw what has no type of ours, or took long.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});
const only = values.only?.split(",");
let found = 0;
for (const target of [...(await fuzzTargets()), ...(await loaderTargets())]) {
  if (only && !only.includes(target.name)) continue;
  const { name, texts, pieces, corpus, slowest, findings } = await fuzz(target, {
    seconds: Number(values.seconds),
    seed: Number(values.seed),
  });
  console.log(
    `${name}: ${texts} texts, ${pieces} pieces of code, ${corpus} kept, slowest ${slowest.toFixed(0)} ms`,
  );
  for (const { what, text } of findings) {
    found++;
    console.log(`  ${what}\n  ${JSON.stringify(text.length > 2000 ? `${text.slice(0, 2000)}...` : text)}`);
  }
}
process.exit(found > 0 ? 1 : 0);
