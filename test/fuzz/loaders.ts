import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCheckpoint, saveCheckpoint } from "../../agents/policy/checkpoint/index.js";
import { QUICKSTART } from "../../experiments/recipes/quickstart.js";
import { mergeRecipe } from "../../experiments/recipes/recipe.js";
import { parseSummary } from "../../experiments/summary-file.js";
import { parseEvents } from "../../infra/event-log.js";
import { rewardFromConfig } from "../../rewards/config.js";
import { evaluate } from "../../rewards/formula/evaluate.js";
import { parseFormula } from "../../rewards/formula/parse.js";
import { withWeights } from "../../rewards/formula/weights.js";
import { smallCheckpoint } from "../agents/policy/checkpoint/folders.js";
import type { FuzzTarget } from "./targets.js";

const PARTS = ["a", "b", "render", "checklist"];
const FORMULAS = [
  "render * (0.7 * checklist + 0.3 * a)",
  "min(a, b) + max(1, a, b) - -2.5e-3 / (a + 1)",
  "clamp(a, 0, 1) * if(b, 1, 0)",
];
const CONFIGS = [
  '{"formula":"render * (0.8 * checklist + 0.2 * length)","parts":{"render":"render","checklist":"checklist","length":{"reward":"length","full":2000,"none":4000}},"onNull":"fail","deadline":5000}',
  '{"preset":"frontcoder/paper","weights":{"similarity":0.1},"parts":{"render":{"reward":"render","refuseBlank":false}}}',
  '{"preset":"pages","judge":{"model":"x","baseURL":"http://localhost:1/v1","concurrency":2}}',
];
const RECIPES = [
  '{"grpo":{"steps":100,"sampling":{"temperature":0.9}},"sft":{"learningRate":{"peak":0.001}},"stages":["sft"]}',
];

/** A model whose file is no longer than a text may become. */
const SIZES = { hiddenSize: 8, intermediateSize: 8, layers: 1, heads: 2, kvHeads: 1, maxPositions: 8 };

/** The value a text is JSON of; undefined for a text that is none, of which the reader of a file says so. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A reader of JSON files, given what is JSON. */
const ofJson = (read: (value: never) => unknown) => (text: string) => {
  const value = jsonOf(text);
  return value === undefined ? undefined : read(value as never);
};

/** What reads what users and earlier runs wrote: formulas, configs, recipes, checkpoints, logs. */
export async function loaderTargets(): Promise<FuzzTarget[]> {
  const folder = mkdtempSync(join(tmpdir(), "webgen-fuzz-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  await saveCheckpoint(folder, { ...smallCheckpoint(1, SIZES), trainerState: { step: 3 } });
  const files = readdirSync(folder).map(
    (name) => [name, readFileSync(join(folder, name), "latin1")] as const,
  );
  return [
    {
      name: "formula",
      corpus: FORMULAS,
      read(text) {
        const term = parseFormula(text, PARTS);
        evaluate(
          term,
          { a: 0.5, b: "failed", render: 1, checklist: "skipped" },
          { failed: "fail", skipped: "renormalize" },
        );
        return withWeights(text, { a: 0.5 });
      },
    },
    { name: "reward config", corpus: CONFIGS, read: ofJson(rewardFromConfig) },
    { name: "recipe", corpus: RECIPES, read: ofJson((value) => mergeRecipe(QUICKSTART, value)) },
    {
      name: "summary",
      corpus: ['{"backend":"a","agents":[{"name":"b","n":1}]}'],
      read: (text) => parseSummary(text),
    },
    {
      name: "events",
      corpus: ['{"version":1,"type":"step","step":1,"metrics":{"a":1}}\n'],
      read: (text) => parseEvents(text),
    },
    ...files.map(([name, content]) => ({
      name: `checkpoint ${name}`,
      corpus: [content],
      async read(text: string) {
        writeFileSync(join(folder, name), text, "latin1");
        try {
          await loadCheckpoint(folder);
        } finally {
          writeFileSync(join(folder, name), content, "latin1");
        }
      },
    })),
  ];
}
