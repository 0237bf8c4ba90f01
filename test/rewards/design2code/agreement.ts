import { pagesTaskSource } from "../../../datasets/index.js";
import { createRenderer, type Renderer } from "../../../env/index.js";
import {
  type BlockComparison,
  compareBlocks,
  DESIGN2CODE_VIEWPORT,
  exactPage,
  meanOfFour,
  nativePage,
  type TextBlock,
} from "../../../rewards/metrics/design2code/index.js";
import { CORRUPTIONS } from "../corrupt.js";

/** How one pair of pages scores in both forms. */
export interface PairAgreement {
  readonly name: string;
  readonly exact: number;
  readonly native: number;
  /** Native minus exact, per score. */
  readonly differences: Readonly<Record<"size" | "text" | "position" | "color", number>>;
}

export interface Agreement {
  readonly pairs: number;
  readonly meanAbsolute: number;
  readonly largest: number;
  readonly spearman: number;
  /** Pairs that differ by more than 0.02, largest first. */
  readonly outliers: readonly PairAgreement[];
}

/**
 * Colours changed one by one. A filter over the page, the usual corruption, also shifts the colours that the exact form
 * paints texts with, so that it finds none: there the two forms cannot agree.
 */
function repaint(html: string, strength: number): string {
  return html.replace(/#([0-9a-f]{6})\b/gi, (_, digits: string) => {
    const channels = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
    const moved = channels.map((value, k) =>
      value < 128 ? value + 15 * strength : value - (10 + 4 * k) * strength,
    );
    return `#${moved.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  });
}

/** Pairs of a generated page and a worse version of it: `count` of them, every corruption in turn. */
export function generatedPairs(count: number): { name: string; reference: string; prediction: string }[] {
  const source = pagesTaskSource();
  const kinds = Object.entries({ ...CORRUPTIONS, recolour: repaint });
  return Array.from({ length: count }, (_, k) => {
    const page = source.at("test", Math.floor(k / kinds.length)).reference?.html ?? "";
    const [kind, corrupt] = kinds[k % kinds.length] as (typeof kinds)[number];
    const strength = 1 + (Math.floor(k / kinds.length) % 5);
    return {
      name: `${Math.floor(k / kinds.length)} ${kind} ${strength}`,
      reference: page,
      prediction: corrupt(page, strength),
    };
  });
}

/** Scores pairs in both forms. Pages that occur again are read once. */
export async function measureAgreement(
  pairs: readonly { readonly name: string; readonly reference: string; readonly prediction: string }[],
  renderer: Renderer,
): Promise<Agreement> {
  const native = remembered(async (html: string) => {
    const outcome = await renderer.render({
      artifact: { kind: "html", html },
      viewport: DESIGN2CODE_VIEWPORT,
    });
    return outcome.status === "rendered" ? (await nativePage(outcome.page)).blocks : [];
  });
  const exact = remembered(
    async (html: string): Promise<readonly TextBlock[]> =>
      (await exactPage(html, { renderer, impliedBody: "write" })).blocks,
  );
  const measured: PairAgreement[] = [];
  for (const { name, reference, prediction } of pairs) {
    const published = compareBlocks(await exact(prediction), await exact(reference));
    const own = compareBlocks(await native(prediction), await native(reference));
    measured.push({
      name,
      exact: meanOfFour(published),
      native: meanOfFour(own),
      differences: differences(own, published),
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

function summarize(measured: readonly PairAgreement[]): Agreement {
  const gaps = measured.map(({ exact, native }) => Math.abs(native - exact));
  return {
    pairs: measured.length,
    meanAbsolute: gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length),
    largest: Math.max(0, ...gaps),
    spearman: correlation(
      ranks(measured.map(({ exact }) => exact)),
      ranks(measured.map(({ native }) => native)),
    ),
    outliers: measured
      .filter(({ exact, native }) => Math.abs(native - exact) > 0.02)
      .sort((a, b) => Math.abs(b.native - b.exact) - Math.abs(a.native - a.exact)),
  };
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

// node dist/test/rewards/design2code/agreement.js [pairs]
if (process.argv[1]?.endsWith("agreement.js")) {
  const renderer = await createRenderer();
  console.log(
    JSON.stringify(await measureAgreement(generatedPairs(Number(process.argv[2] ?? 110)), renderer)),
  );
  await renderer.close();
}
