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
import type { BenchFigure } from "./figure.js";
import { type PagePair, pagePairs } from "./metrics-pairs.js";
import type { Python } from "./metrics-python.js";
import { processorSecondsOf, rateFigure } from "./metrics-timing.js";

/** The two take turns. */
const ROUNDS = 3;
const REPEATS = 3;
/** Seconds of processor time a run of the baselines, measured with Python 3.11 and scikit-image 0.26 on two cores. */
const STORED = { uniform: 0.4, gaussian: 0.43, lcs: 0.02 };

/** SSIM of two screenshots of 1280 x 960 against scikit-image, with both of its windows, in processor time. Values have to agree. */
export async function benchSsim(renderer: Renderer, python: Python): Promise<BenchFigure[]> {
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
      const seconds: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        seconds.push(...(await processorSecondsOf(REPEATS, () => imageSsim(a, b, options))));
        const request = { ...files, what: "ssim", width, height, window, repeats: REPEATS };
        const answer = await python.ask<{ value: number; seconds: number[] }>(request);
        if (answer === null) break;
        if (answer.value !== value)
          throw new InfrastructureError(`SSIM gives ${value}, scikit-image ${answer.value}.`);
        theirs.push(...answer.seconds);
      }
      const name = `metrics/SSIM ${width}x${height} ${window} window, against scikit-image`;
      figures.push(rateFigure(name, "pairs/s", seconds, theirs, STORED[window]));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return figures;
}

/** The longest common subsequence of two DOMs of some hundred nodes against the plain table in Python, in processor time. */
export async function benchLcs(python: Python): Promise<BenchFigure[]> {
  const pairs = pagePairs(60).filter((_, k) => k % 5 === 2);
  const join = (side: "reference" | "prediction") => pairs.flatMap((pair) => domSequence(pair[side]));
  const a = join("reference").slice(0, 1000);
  const b = join("prediction").slice(0, 1000);
  const numbers = new Map<string, number>();
  const numbered = (nodes: typeof a) =>
    nodes.map(({ key }) => {
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      return numbers.get(key)!;
    });
  const seconds = await processorSecondsOf(50, () => domLcsRatio(a, b));
  const theirs = await python.ask<{ value: number; seconds: number[] }>({
    what: "lcs",
    a: numbered(a),
    b: numbered(b),
    repeats: 3,
  });
  const own = Math.round(domLcsRatio(a, b) * Math.max(a.length, b.length));
  if (theirs && theirs.value !== own)
    throw new InfrastructureError(
      `The longest common subsequence has ${own} nodes, in Python ${theirs.value}.`,
    );
  const name = `metrics/DOM-LCS ${a.length}x${b.length} nodes, against quadratic Python`;
  return [rateFigure(name, "pairs/s", seconds, theirs?.seconds, STORED.lcs)];
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
