import { RUINS } from "./ruins/index.js";
import type { AgreementReport } from "./types.js";

/** Bounds of what people would pay, as shares of a reward's range. */
export const AGREEMENT_BOUNDS = {
  /** Least mean of competent designs, and least of each. */
  competentMean: 0.88,
  competentLeast: 0.8,
  /** Most that pages nobody could use may earn in the mean, and most that one kind of them may. */
  worthlessMean: 0.25,
  worthlessKind: 0.45,
  /** Most pairs in which a page nobody could use is paid as much as a competent one. */
  inversions: 0.02,
  /** Least Kendall tau of grade and loss within a page. */
  tau: 0.9,
  /** Least share of pairs in which acceptable damage is paid more than heavy damage, across pages. */
  acrossPages: 0.95,
  /** Most that a kind of half-right page may earn in the mean. */
  kinds: {
    "another firm's page under the right headline": 0.45,
    "another firm's page": 0.45,
    "half of the sections": 0.6,
    "sections in reverse": 0.9,
    "every brand wrong": 0.85,
  },
} as const;

/** One comparison of a report with its bound, in whole sentences. */
export interface AgreementVerdict {
  readonly title: string;
  readonly kept: boolean;
  readonly message: string;
}

/** Where a reward and people agree, and where not. What could not be measured is left out. */
export function agreementVerdicts(report: AgreementReport): AgreementVerdict[] {
  const bounds = AGREEMENT_BOUNDS;
  const { competent, designs, worthless, kinds, inversions, tau, acrossPages, spoiled } = report;
  const verdicts: AgreementVerdict[] = [];
  const say = (title: string, kept: boolean, message: string) => verdicts.push({ title, kept, message });
  if (competent) {
    const [poorest, spread] = Object.entries(designs).sort(([, a], [, b]) => a.least - b.least)[0]!;
    say(
      "competent pages are paid as such, whatever their school",
      competent.mean >= bounds.competentMean && competent.least >= bounds.competentLeast,
      `${show(competent.mean)} in the mean (at least ${bounds.competentMean}), ${show(competent.least)} at least (${bounds.competentLeast}); the poorest is "${poorest}" with ${show(spread.least)}.`,
    );
  }
  const useless = kinds.filter(({ family }) => WORTHLESS.has(family));
  const dearest = useless[0];
  if (worthless && dearest) {
    const over = useless.filter(({ spread }) => spread.mean > bounds.worthlessKind).length;
    say(
      "pages nobody could use are paid next to nothing",
      worthless.mean <= bounds.worthlessMean && over === 0,
      `${show(worthless.mean)} in the mean (at most ${bounds.worthlessMean}); ${over} of ${useless.length} kinds above ${bounds.worthlessKind}, the dearest "${dearest.name}" (${dearest.family}) with ${show(dearest.spread.mean)}.`,
    );
  }
  if (inversions !== null)
    say(
      "a competent page beats one that nobody could use",
      inversions <= bounds.inversions,
      `The other way about in ${percent(inversions)} of the pairs of one task (at most ${percent(bounds.inversions)}).`,
    );
  for (const [name, most] of Object.entries(bounds.kinds)) {
    const kind = kinds.find((each) => each.name === name);
    if (kind)
      say(`${name}: at most ${most}`, kind.spread.mean <= most, `${show(kind.spread.mean)} in the mean.`);
  }
  for (const { name, loss, share } of spoiled)
    say(
      `${name} cost at least their share`,
      loss >= share,
      `They cost ${show(loss)}; the part's share is ${show(share)}.`,
    );
  if (tau !== null)
    say(
      "worse damage costs more, within a page",
      tau >= bounds.tau,
      `Kendall's tau is ${show(tau)} (at least ${bounds.tau}).`,
    );
  if (acrossPages !== null)
    say(
      "acceptable damage is paid more than heavy damage, across pages",
      acrossPages >= bounds.acrossPages,
      `In ${percent(acrossPages)} of the pairs (at least ${percent(bounds.acrossPages)}).`,
    );
  return verdicts;
}

const WORTHLESS = new Set(Object.keys(RUINS).filter((family) => RUINS[family]?.worthless));

const show = (value: number) => value.toFixed(2);
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
