import { expect } from "chai";
import { pagesTaskSource } from "../../../datasets/index.js";
import type { Renderer } from "../../../env/contract/rendered-page.js";
import type { Score, Scorecard } from "../../../env/contract/scoring.js";
import { createRenderer } from "../../../env/index.js";
import { briefOf } from "../../../rewards/check/agreement/brief.js";
import { DESIGNS } from "../../../rewards/check/agreement/designs/index.js";
import { RUINS } from "../../../rewards/check/agreement/ruins/index.js";
import { presetFacts } from "../../../rewards/check/index.js";
import {
  composeReward,
  defineReward,
  type GroupReward,
  rewardFromConfig,
  scorePages,
  unscored,
} from "../../../rewards/index.js";

/** The table of rewards/FIDELITY.md: means over six competent designs, seven unreadable pages and three covered ones, without the gate and with it. */
const FOUND = {
  "frontcoder/paper": { competent: [0.87, 0.87], unreadable: [0.33, 0.02], covered: [0.2, 0] },
  "webgen-r1/paper": { competent: [0.44, 0.44], unreadable: [0.23, 0.01], covered: [0.1, 0] },
  "webgen-r1/dense": { competent: [0.9, 0.9], unreadable: [0.43, 0.02], covered: [0.22, 0] },
  "vcoder/openenv": { competent: [0.73, 0.73], unreadable: [0.71, 0.02], covered: [0.45, 0] },
  "widgetanchor/paper": { competent: [0.68, 0.68], unreadable: [0.61, 0.02], covered: [0.26, 0] },
} as const;

const KINDS = {
  unreadable: [
    "letters as discs",
    "mirrored",
    "upside down",
    "blurred by 4 px",
    "squeezed to a sliver",
    "washed out to nothing",
    "masked to stripes",
  ],
  covered: ["an opaque sheet that lets clicks through", "a striped sheet that lets clicks through", "fog"],
} as const;

const task = pagesTaskSource().at("test", 2);

/** A preset as one part beside others: handed the page in its own form, its total as a share of its range. */
function share(preset: string, legible: boolean): GroupReward {
  const scorer = rewardFromConfig({ preset, legible });
  const { form, range } = presetFacts(preset);
  return defineReward({
    name: preset,
    needs: [...scorer.needs],
    deadline: 300_000,
    async scoreGroup(contexts) {
      const answers = contexts.map((context) => ({
        ...context,
        completion: { ...context.completion, text: form(context.completion.text) },
      }));
      return (await scorer.score(answers)).map(({ total }): Score => {
        if (total.value === null) return unscored("failed", total.message ?? "");
        return { value: (total.value - range[0]) / (range[1] - range[0]), status: "ok" };
      });
    },
  });
}

const partOf = (preset: string, legible: boolean) =>
  `${preset.replace(/\W/g, "_")}${legible ? "_legible" : ""}`;

describe("what the gate of legibility changes in published presets", function () {
  this.timeout(600_000);
  let renderer: Renderer;
  const means: Record<string, Record<string, number>> = {};

  before(async () => {
    renderer = await createRenderer({ deadline: 60_000 });
    const html = task.reference!.html!;
    const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport: task.viewport });
    if (outcome.status !== "rendered") throw new Error(outcome.message);
    const brief = briefOf(task, outcome.page, 2)!;
    const made = { html: DESIGNS.utility!(brief), foreign: "", prompt: task.prompt, brand: "", rivals: [] };
    const ruined = (family: keyof typeof KINDS) =>
      KINDS[family].map((kind) => RUINS[family]!.kinds[kind]!(made)!);
    const pages = {
      competent: Object.values(DESIGNS).map((design) => design(brief)),
      unreadable: ruined("unreadable"),
      covered: ruined("covered"),
    };
    const parts = Object.fromEntries(
      Object.keys(FOUND).flatMap((preset) =>
        [false, true].map((legible) => [partOf(preset, legible), share(preset, legible)]),
      ),
    );
    const scorer = composeReward({ name: "all", formula: "1", parts, onNull: "fail", deadline: 300_000 });
    for (const [group, htmls] of Object.entries(pages)) {
      const cards: Scorecard[] = [];
      for (const page of htmls) cards.push(...(await scorePages(scorer, [page], { task, renderer })));
      means[group] = Object.fromEntries(
        Object.keys(parts).map((part) => [
          part,
          cards.reduce((sum, card) => sum + card.parts[part]!.value!, 0) / cards.length,
        ]),
      );
    }
  });

  after(() => renderer?.close());

  for (const [preset, groups] of Object.entries(FOUND))
    it(`${preset}: nothing of competent pages, nearly all of unreadable and covered ones`, () => {
      for (const [group, [without, gated]] of Object.entries(groups)) {
        expect(means[group]![partOf(preset, false)], `${group} without`).to.be.closeTo(without, 0.02);
        expect(means[group]![partOf(preset, true)], `${group} with`).to.be.closeTo(gated, 0.02);
      }
    });
});
