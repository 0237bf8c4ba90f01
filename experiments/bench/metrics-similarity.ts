import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Renderer } from "../../env/contract/rendered-page.js";
import { InfrastructureError } from "../../infra/errors.js";
import { DESIGN2CODE_VIEWPORT } from "../../rewards/metrics/design2code/index.js";
import { domLcsRatio } from "../../rewards/metrics/dom-lcs.js";
import { domSequence } from "../../rewards/metrics/dom-sequence.js";
import type { PixelImage } from "../../rewards/metrics/image/index.js";
import { imageSsim, type SsimOptions } from "../../rewards/metrics/ssim.js";
import { type BenchFigure, mustBeOne } from "./figure.js";
import { type PagePair, pagePairs } from "./metrics-pairs.js";
import type { Python } from "./metrics-python.js";
import { processorSecondsOf, rateFigure } from "./metrics-timing.js";

export interface SsimBenchOptions {
  readonly renderer: Renderer;
  readonly python: Python;
  /** Turns that the two take. */
  readonly rounds: number;
  /** Counted runs of a turn. */
  readonly repeats: number;
  /** Milliseconds. */
  readonly warmUp: number;
}

/** SSIM of two screenshots of 1280 x 960 against scikit-image, with both of its windows, in processor time. Values have to agree. */
export async function benchSsim({
  renderer,
  python,
  rounds,
  repeats,
  warmUp,
}: SsimBenchOptions): Promise<BenchFigure[]> {
  const pair = pagePairs(1)[0] as PagePair;
  const a = await picture(renderer, pair.reference);
  const b = await picture(renderer, pair.prediction);
  const folder = await mkdtemp(join(tmpdir(), "webgen-bench-"));
  const figures: BenchFigure[] = [];
  try {
    await writeFile(join(folder, "a"), withoutAlpha(a));
    await writeFile(join(folder, "b"), withoutAlpha(b));
    for (const window of ["uniform", "gaussian"] as const) {
      const options: Omit<SsimOptions, "dataRange"> =
        window === "gaussian" ? { window, useSampleCovariance: false } : {};
      const { width, height } = a;
      const files = { a: join(folder, "a"), b: join(folder, "b") };
      const value = imageSsim(a, b, options);
      mustBeOne("SSIM", imageSsim(a, a, options));
      const seconds: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < rounds; round++) {
        seconds.push(...(await processorSecondsOf({ repeats, warmUp }, () => imageSsim(a, b, options))));
        const request = { ...files, what: "ssim", width, height, window, repeats };
        const answer = await python.ask<{ value: number; seconds: number[] }>(request);
        if (answer === null) break;
        if (answer.value !== value)
          throw new InfrastructureError(`SSIM gives ${value}, scikit-image ${answer.value}.`);
        theirs.push(...answer.seconds);
      }
      const name = `metrics/SSIM ${width}x${height} ${window} window, against scikit-image`;
      figures.push(rateFigure(name, "pairs/s", seconds, theirs));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return figures;
}

export interface LcsBenchOptions {
  readonly python: Python;
  /** Counted runs. */
  readonly repeats: number;
  /** Milliseconds. */
  readonly warmUp: number;
}

/**
 * The longest common subsequence of two DOMs of some hundred nodes, in processor time, against the plain quadratic table: in
 * JavaScript, and in Python where it is installed. Values have to agree.
 */
export async function benchLcs({ python, repeats, warmUp }: LcsBenchOptions): Promise<BenchFigure[]> {
  const pairs = pagePairs(60).filter((_, k) => k % 5 === 2);
  const nodesOf = (side: "reference" | "prediction") =>
    pairs.flatMap((pair) => domSequence(pair[side])).slice(0, 1000);
  const [a, b] = [nodesOf("reference"), nodesOf("prediction")];
  const numbers = new Map<string, number>();
  const numbered = (nodes: typeof a) =>
    nodes.map(({ key }) => {
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      return numbers.get(key)!;
    });
  const [left, right] = [numbered(a), numbered(b)];
  const seconds = await processorSecondsOf({ repeats, warmUp }, () => domLcsRatio(a, b));
  const plain = await processorSecondsOf({ repeats: 3, warmUp }, () => quadraticLcs(left, right));
  const theirs = await python.ask<{ value: number; seconds: number[] }>({
    what: "lcs",
    a: left,
    b: right,
    repeats: 3,
  });
  const own = Math.round(domLcsRatio(a, b) * Math.max(a.length, b.length));
  const counted = [quadraticLcs(left, right), ...(theirs ? [theirs.value] : [])];
  if (counted.some((value) => value !== own))
    throw new InfrastructureError(
      `The longest common subsequence has ${own} nodes, by the plain table ${counted.join(", in Python ")}.`,
    );
  const name = `metrics/DOM-LCS ${a.length}x${b.length} nodes, against the quadratic table`;
  return [
    rateFigure(name, "pairs/s", seconds, plain),
    ...(theirs ? [rateFigure(`${name} in Python`, "pairs/s", seconds, theirs.seconds)] : []),
  ];
}

/** The length of the longest common subsequence by the textbook's table, row by row. */
export function quadraticLcs(a: readonly number[], b: readonly number[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    const row = [0];
    for (let j = 0; j < b.length; j++)
      row.push(item === b[j] ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!));
    above = row;
  }
  return above[b.length]!;
}

async function picture(renderer: Renderer, html: string): Promise<PixelImage> {
  const outcome = await renderer.render({ artifact: { kind: "html", html }, viewport: DESIGN2CODE_VIEWPORT });
  if (outcome.status !== "rendered") throw new InfrastructureError("A page of the bench did not render.");
  const { width, data } = await outcome.page.pixels();
  const height = 960;
  const cut = new Uint8Array(width * height * 4).fill(255);
  cut.set(data.subarray(0, cut.length));
  return { width, height, data: cut };
}

function withoutAlpha({ data }: PixelImage): Uint8Array {
  return data.filter((_, at) => at % 4 !== 3);
}
