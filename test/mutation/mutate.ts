/**
 * Mutation testing of modules whose tests need no browser: `npm run mutate -- FOLDER_OR_FILE...`. Each source is
 * changed in small ways, one at a time, and the tests that `targets.json` names for it must fail. Reports lie in
 * `.cache/mutation/TARGET/`; results of mutants whose source and tests did not change are kept between runs there.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { writeFileAtomic } from "../../infra/files.js";
import { type MutantsByFile, reportText } from "./report.js";
import {
  type Group,
  groupByTarget,
  type LeftOut,
  sourcesUnder,
  type Targets,
  testsNamed,
  withoutLeftOut,
} from "./sources.js";
import { compiledPath } from "./transpile.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
process.chdir(root);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    force: { type: "boolean", default: false },
    "skip-static": { type: "boolean", default: false },
    concurrency: { type: "string" },
  },
});
if (positionals.length === 0) throw new Error("Name what to mutate: npm run mutate -- FOLDER_OR_FILE...");

const targets = JSON.parse(readFileSync("test/mutation/targets.json", "utf8")) as Targets;
const leftOut = JSON.parse(readFileSync("test/mutation/left-out.json", "utf8")) as LeftOut[];
const allTests = sourcesUnder(root, "test").filter((path) => path.endsWith(".test.ts"));
const sources = [...new Set(positionals.flatMap((path) => sourcesUnder(root, path)))];
const { groups, rest } = groupByTarget(sources, targets);
for (const group of groups) await mutate(group);
if (rest.length > 0)
  console.log(
    `${rest.length} files stand in no target of test/mutation/targets.json: ${rest.join(", ")}. npm run mutate:sample takes samples of them.`,
  );

async function mutate(group: Group): Promise<void> {
  const { target, tests: patterns } = group;
  const { sources: mutated, excluded } = withoutLeftOut(group, leftOut);
  if (mutated.length === 0) return;
  const tests = testsNamed(allTests, patterns);
  if (tests.length === 0)
    throw new Error(
      `No test matches ${patterns.join(", ")}, named for ${target} in test/mutation/targets.json.`,
    );
  const folder = `.cache/mutation/${target.replaceAll("/", "_")}`;
  await new Stryker({
    mutate: [...mutated],
    mutator: { plugins: null, excludedMutations: [...excluded] },
    buildCommand: `node dist/test/mutation/transpile.js ${mutated.join(" ")}`,
    mochaFiles: tests.map(compiledPath),
    incrementalFile: `${folder}/incremental.json`,
    jsonReporter: { fileName: `${folder}/report.json` },
    force: values.force,
    ignoreStatic: values["skip-static"],
    ...(values.concurrency === undefined ? {} : { concurrency: Number(values.concurrency) }),
  }).runMutationTest();
  const { files } = JSON.parse(readFileSync(`${folder}/report.json`, "utf8")) as {
    files: Record<string, { mutants: MutantsByFile[string] }>;
  };
  const text = reportText(
    target,
    Object.fromEntries(Object.entries(files).map(([name, { mutants }]) => [name, mutants])),
  );
  writeFileAtomic(`${folder}/report.txt`, text);
  console.log(`${text}Reports: ${folder}/`);
}
