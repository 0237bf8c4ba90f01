/**
 * Mutation testing of what needs a browser, by a sample: `npm run mutate:sample -- [FOLDER_OR_FILE...]`. Draws mutants
 * at random, the same ones for a seed, from the sources that stand in no target of `targets.json`; puts one at a time
 * into a copy of the project and runs the tests that reach it through imports, the eight nearest first to last,
 * up to the first that fails. What was tried is kept in `.cache/mutation/sample-SEED/`, and the same command goes on from there.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createRandom } from "../../infra/random.js";
import { nearestFirst, readImportGraph } from "./import-graph.js";
import { type Mutant, mutantsOf } from "./mutants.js";
import { type MutantsByFile, reportText } from "./report.js";
import { groupByTarget, ROOMS, sourcesUnder, type Targets } from "./sources.js";
import { openWorkshop, type TestRun, type Workshop } from "./workshop.js";

/** What became of one mutant. */
interface Tried extends Mutant {
  readonly status: "Killed" | "Timeout" | "Survived" | "NoCoverage" | "CompileError";
  readonly tests: readonly string[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
process.chdir(root);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    tests: { type: "string", default: "8" },
    concurrency: { type: "string", default: "1" },
  },
});
const [count, limit, concurrency] = [values.count, values.tests, values.concurrency].map((text) => {
  const value = Number(text);
  if (!(value >= 1)) throw new Error(`Expected a number of at least 1, but "${text}" came.`);
  return value;
}) as [number, number, number];

const folder = `.cache/mutation/sample-${values.seed}`;
mkdirSync(folder, { recursive: true });
const targets = JSON.parse(readFileSync("test/mutation/targets.json", "utf8")) as Targets;
const paths = positionals.length > 0 ? positionals : ROOMS.filter((room) => existsSync(room));
const { rest } = groupByTarget([...new Set(paths.flatMap((path) => sourcesUnder(root, path)))], targets);
const tests = sourcesUnder(root, "test").filter((path) => path.endsWith(".test.ts"));
const distancesTo = readImportGraph(root, tests);
const all = await mutantsOf(root, rest);
const sample = createRandom(values.seed).sample(all, count);
console.log(
  `${all.length} mutants in ${rest.length} files; ${sample.length} drawn with seed ${values.seed}.`,
);

const resultsPath = `${folder}/results.jsonl`;
const tried = new Map(
  (existsSync(resultsPath) ? readFileSync(resultsPath, "utf8").split("\n") : [])
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Tried)
    .map((result) => [result.id, result]),
);
const baselinePath = `${folder}/baseline.json`;
const baseline: Record<string, TestRun> = existsSync(baselinePath)
  ? JSON.parse(readFileSync(baselinePath, "utf8"))
  : {};

const waiting = sample.filter(({ id }) => !tried.has(id));
await Promise.all(
  Array.from({ length: concurrency }, async (_, i) => {
    const workshop = openWorkshop(root, `.cache/mutation/copy-${values.seed}-${i}`);
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const result = await judge(mutant, workshop);
      tried.set(mutant.id, result);
      appendFileSync(resultsPath, `${JSON.stringify(result)}\n`);
      console.log(
        `${tried.size}/${sample.length} ${result.status} ${mutant.file}:${mutant.line} ${mutant.mutator}`,
      );
    }
  }),
);
const text = reportText(`sample of ${sample.length} with seed ${values.seed}`, byFile());
writeFileSync(`${folder}/report.txt`, text);
console.log(`${text}Report: ${folder}/report.txt`);

async function judge(mutant: Mutant, workshop: Workshop): Promise<Tried> {
  const chosen = await nearest(mutant.file, workshop);
  if (chosen.length === 0) return { ...mutant, status: "NoCoverage", tests: [] };
  const expected = chosen.reduce((sum, test) => sum + (baseline[test] as TestRun).seconds, 0);
  const run = await workshop.tryMutant(mutant, chosen, 60 + 4 * expected);
  const statuses = { passed: "Survived", failed: "Killed", timeout: "Timeout" } as const;
  return { ...mutant, status: run === undefined ? "CompileError" : statuses[run.end], tests: chosen };
}

/** The nearest tests that reach a file; those that fail anyway left out. */
async function nearest(file: string, workshop: Workshop): Promise<string[]> {
  const chosen: string[] = [];
  for (const test of nearestFirst(file, distancesTo(file))) {
    if (chosen.length >= limit) break;
    if (!baseline[test]) {
      baseline[test] = await workshop.run([test], 600);
      writeFileSync(baselinePath, JSON.stringify(baseline, null, 1));
    }
    const { end } = baseline[test];
    if (end === "passed") chosen.push(test);
    else console.log(`${test} ${end} without a mutant and is left out.`);
  }
  return chosen;
}

function byFile(): MutantsByFile {
  const files: Record<string, MutantsByFile[string]> = {};
  for (const { id } of sample) {
    const result = tried.get(id);
    if (!result) continue;
    const mutant = {
      mutatorName: result.mutator,
      status: result.status,
      replacement: result.replacement,
      location: { start: { line: result.line, column: 0 } },
    };
    files[result.file] = [...(files[result.file] ?? []), mutant];
  }
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
