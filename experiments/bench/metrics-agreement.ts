import type { Renderer } from "../../env/contract/rendered-page.js";
import { createRenderer } from "../../env/index.js";
import {
  type BlockComparison,
  compareBlocks,
  DESIGN2CODE_VIEWPORT,
  exactPage,
  meanOfFour,
  nativePage,
} from "../../rewards/metrics/design2code/index.js";
import { type BenchFigure, figure, mustBeOne } from "./figure.js";
import { type PagePair, pagePairs } from "./metrics-pairs.js";

/** How one pair of pages scores in both forms. */
export interface PairAgreement {
  readonly name: string;
  readonly exact: number;
  readonly native: number;
  /** Native minus exact, per score. */
  readonly differences: Readonly<Record<"size" | "text" | "position" | "color", number>>;
}

export interface Agreement {
  readonly measured: readonly PairAgreement[];
  readonly pairs: number;
  /** Of the mean of the four scores that need no CLIP. */
  readonly meanAbsolute: number;
  readonly largest: number;
  readonly spearman: number;
  /** Pairs that differ by more than 0.005, largest first. */
  readonly outliers: readonly PairAgreement[];
}

/** A difference that calls for an explanation. */
const OUTLIER = 0.005;

/**
 * How far Design2Code's `native` form is from the `exact` one, over generated pages of all levels, damaged in five ways.
 * Outliers are named on standard error.
 *
 * @throws InfrastructureError when a page does not score 1 against itself.
 */
export async function benchAgreement({
  pairs = 110,
}: {
  readonly pairs?: number;
} = {}): Promise<BenchFigure[]> {
  const renderer = await createRenderer();
  try {
    const compared = pagePairs(pairs);
    const equal = compared.slice(0, 1).map((pair) => ({ ...pair, prediction: pair.reference }));
    for (const { exact, native } of (await measureAgreement(equal, renderer)).measured) {
      mustBeOne("Design2Code exact", exact);
      mustBeOne("Design2Code native", native);
    }
    const agreement = await measureAgreement(compared, renderer);
    for (const outlier of agreement.outliers) console.error(describe(outlier));
    const name = `agreement/Design2Code native with exact, ${agreement.pairs} pairs`;
    return [
      figure(`${name}: mean difference`, agreement.meanAbsolute, ""),
      figure(`${name}: largest difference`, agreement.largest, ""),
      figure(`${name}: Spearman`, agreement.spearman, ""),
    ];
  } finally {
    await renderer.close();
  }
}

/** Scores pairs in both forms. Pages that occur again are read once. */
export async function measureAgreement(pairs: readonly PagePair[], renderer: Renderer): Promise<Agreement> {
  const native = remembered(async (html: string) => {
    const outcome = await renderer.render({
      artifact: { kind: "html", html },
      viewport: DESIGN2CODE_VIEWPORT,
    });
    return outcome.status === "rendered" ? (await nativePage(outcome.page)).blocks : [];
  });
  const exact = remembered(
    async (html: string) => (await exactPage(html, { renderer, impliedBody: "write" })).blocks,
  );
  const measured: PairAgreement[] = [];
  for (const { name, reference, prediction } of pairs) {
    const [own, wanted] = await Promise.all([native(prediction), native(reference)]);
    const [publishedOwn, publishedWanted] = await Promise.all([exact(prediction), exact(reference)]);
    const ours = compareBlocks(own, wanted);
    const published = compareBlocks(publishedOwn, publishedWanted);
    measured.push({
      name,
      exact: meanOfFour(published),
      native: meanOfFour(ours),
      differences: differences(ours, published),
    });
  }
  return summarize(measured);
}

function differences(own: BlockComparison, published: BlockComparison): PairAgreement["differences"] {
  return {
    size: own.size - published.size,
    text: own.text - published.text,
    position: own.position - published.position,
    color: own.color - published.color,
  };
}

const gapOf = ({ exact, native }: PairAgreement): number => Math.abs(native - exact);

function summarize(measured: readonly PairAgreement[]): Agreement {
  const gaps = measured.map(gapOf);
  return {
    measured,
    pairs: measured.length,
    meanAbsolute: gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length),
    largest: Math.max(0, ...gaps),
    spearman: correlation(
      ranks(measured.map(({ exact }) => exact)),
      ranks(measured.map(({ native }) => native)),
    ),
    outliers: measured.filter((pair) => gapOf(pair) > OUTLIER).sort((a, b) => gapOf(b) - gapOf(a)),
  };
}

function describe({ name, exact, native, differences: by }: PairAgreement): string {
  const parts = Object.entries(by).map(([part, difference]) => `${part} ${difference.toFixed(4)}`);
  return `${name}: exact ${exact.toFixed(4)}, native ${native.toFixed(4)} (${parts.join(", ")})`;
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] ?? my) - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

function remembered<T>(compute: (html: string) => Promise<T>): (html: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (html) => {
    const found = known.get(html) ?? compute(html);
    known.set(html, found);
    return found;
  };
}
