import { createRandom } from "../../../infra/random.js";
import { withEnd, withStyle } from "../markup.js";
import { rewritten, TEXTS } from "./ruins/ruin.js";

/** Damage of one family at a grade from 1, which few would notice, to {@link GRADES}, which nobody would accept. */
export type GradedDamage = (html: string, grade: number) => string;

/** The worst grade. */
export const GRADES = 5;
/** Grades up to this one people accept. */
export const ACCEPTABLE = 1;
/** Grades from this one nobody accepts. */
export const HEAVY = 4;

const at = (values: readonly number[], grade: number) => values[grade - 1]!;

/** A block of markup with text alone in it. */
const LEAF =
  /<(h[2-6]|p|li|a|button|th|td|dt|dd|b|strong|label|summary|figcaption|cite|blockquote|span|div)\b[^>]*>[^<]+<\/\1>/g;

/** Families of damage in five grades. Equal pages and grades give equal results. */
export const GRADED: Readonly<Record<string, GradedDamage>> = {
  blur: (html, grade) => withStyle(html, `body>*{filter:blur(${at([0.3, 0.7, 1.4, 2.6, 5], grade)}px)}`),
  fade: (html, grade) => withStyle(html, `body>*{opacity:${at([0.97, 0.88, 0.66, 0.28, 0.12], grade)}}`),
  shrink: (html, grade) => withStyle(html, `body{zoom:${at([0.96, 0.86, 0.66, 0.45, 0.28], grade)}}`),
  crowd: (html, grade) =>
    withStyle(html, `${TEXTS}{letter-spacing:${at([-0.005, -0.02, -0.08, -0.2, -0.45], grade)}em!important}`),
  cover: (html, grade) => {
    const share = at([0.01, 0.05, 0.25, 0.5, 0.85], grade);
    const [from, to] = [25 - 25 * share, 25 + 25 * share].map((y) => `${y.toFixed(2)}px`);
    const bars = `repeating-linear-gradient(transparent 0 ${from},#667 ${from} ${to},transparent ${to} 50px)`;
    const sheet = `<div aria-hidden="true" style="position:absolute;inset:0;pointer-events:none;z-index:9999;background:${bars}"></div>`;
    return withEnd(withStyle(html, "html{position:relative}"), sheet);
  },
  drop: (html, grade) => {
    const random = createRandom("grades/drop");
    const share = at([0.02, 0.12, 0.35, 0.6, 0.9], grade);
    return html.replace(LEAF, (leaf) => (random.next() < share ? "" : leaf));
  },
  retext: (html, grade) => {
    const random = createRandom("grades/retext");
    const share = at([0.02, 0.12, 0.35, 0.6, 0.95], grade);
    return rewritten(html, (text) =>
      text.replace(/[\p{L}\p{N}]+/gu, (word) =>
        random.next() < share ? WORDS[Math.floor(random.next() * WORDS.length)]! : word,
      ),
    );
  },
};

const WORDS = "amber ladder under seven copper often pocket rather window candle bitter margin".split(" ");
