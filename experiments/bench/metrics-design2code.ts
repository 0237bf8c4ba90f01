import type { Renderer } from "../../env/contract/rendered-page.js";
import { ensureBrowser } from "../../env/index.js";
import { InfrastructureError } from "../../infra/errors.js";
import {
  compareBlocks,
  DESIGN2CODE_VIEWPORT,
  exactPage,
  meanOfFour,
  nativePage,
  type TextBlock,
} from "../../rewards/metrics/design2code/index.js";
import { type BenchFigure, mustBeOne, skipped } from "./figure.js";
import { damaged, largePage } from "./metrics-pairs.js";
import type { Python } from "./metrics-python.js";
import { rateFigure, secondsOf } from "./metrics-timing.js";

/** Characters of each page, all tags included. */
const SIZE = 3000;

/** How far the two may be apart: fonts and settings of the browsers differ. */
const TOLERANCE = 0.02;

export interface Design2CodeBenchOptions {
  readonly renderer: Renderer;
  readonly python: Python;
  /** Counted runs of each form. */
  readonly repeats: number;
  /** Milliseconds. */
  readonly warmUp: number;
}

/**
 * Design2Code's score of a pair of pages (both rendered, without CLIP) in both forms, against the published code in the checkout that
 * `WEBGEN_DESIGN2CODE` names.
 */
export async function benchDesign2Code({
  renderer,
  python,
  repeats,
  warmUp,
}: Design2CodeBenchOptions): Promise<BenchFigure[]> {
  const reference = largePage(SIZE);
  const prediction = damaged(reference, "retext", 2);
  const seconds = { exact: [] as number[], native: [] as number[] };
  for (const [form, read] of [
    ["exact", exactBlocks],
    ["native", nativeBlocks],
  ] as const) {
    mustBeOne(`Design2Code ${form}`, await scorePair(read, renderer, reference, reference));
    seconds[form] = await secondsOf({ repeats, warmUp }, () =>
      scorePair(read, renderer, prediction, reference),
    );
  }
  const checkout = process.env.WEBGEN_DESIGN2CODE;
  if (checkout === undefined)
    skipped("the published Design2Code code", "WEBGEN_DESIGN2CODE names no checkout of its repository");
  const theirs =
    checkout === undefined
      ? null
      : await python.ask<{ published: number[]; shared: number[]; values: number[] }>({
          what: "design2code",
          checkout,
          browser: (await ensureBrowser()).path,
          pairs: [[prediction, reference]],
          published: 1,
        });
  const own = await scorePair(exactBlocks, renderer, prediction, reference);
  const value = theirs?.values[0] ?? own;
  if (Math.abs(value - own) > TOLERANCE)
    throw new InfrastructureError(`Design2Code gives ${own}, the published code ${value}.`);
  return (["exact", "native"] as const).flatMap((form) => {
    const name = `metrics/Design2Code ${form}`;
    if (!theirs) return [rateFigure(name, "pairs/s", seconds[form])];
    return [
      rateFigure(`${name}, against the published code`, "pairs/s", seconds[form], theirs.published),
      rateFigure(`${name}, against it in one browser`, "pairs/s", seconds[form], theirs.shared),
    ];
  });
}

type ReadBlocks = (
  html: string,
  role: "prediction" | "reference",
  renderer: Renderer,
) => Promise<readonly TextBlock[]>;

/** Both pages at the same time, as an environment does it. */
async function scorePair(
  read: ReadBlocks,
  renderer: Renderer,
  prediction: string,
  reference: string,
): Promise<number> {
  const [own, wanted] = await Promise.all([
    read(prediction, "prediction", renderer),
    read(reference, "reference", renderer),
  ]);
  return meanOfFour(compareBlocks(own, wanted));
}

const exactBlocks: ReadBlocks = async (html, role, renderer) =>
  (await exactPage(html, { renderer, role })).blocks;

const nativeBlocks: ReadBlocks = async (html, _, renderer) => {
  const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport: DESIGN2CODE_VIEWPORT });
  return outcome.status === "rendered" ? (await nativePage(outcome.page)).blocks : [];
};
