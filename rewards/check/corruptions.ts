import { createRandom } from "../../infra/random.js";
import { withStyle } from "./markup.js";
import type { RuleId } from "./rules.js";
import type { Sample } from "./types.js";

/** The strongest damage. */
export const STRENGTHS = 5;

/** Makes a good page worse by a strength of 0 (unchanged) to {@link STRENGTHS}. */
export type Corruption = (html: string, strength: number) => string;

/** The ways to make a page worse, by the rule they test. Equal pages and strengths give equal results. */
export const CORRUPTIONS = {
  "damage-move": (html, strength) =>
    withStyle(
      html,
      `main,body:not(:has(main))>*{position:relative;left:${24 * strength}px;top:${30 * strength}px}`,
    ),
  "damage-recolour": recolour,
  "damage-drop": (html, strength) => {
    const random = createRandom("corruption/drop");
    return html.replace(LEAF, (leaf) => (random.next() < strength / (STRENGTHS + 1) ? "" : leaf));
  },
  "damage-retext": (html, strength) => {
    const random = createRandom("corruption/retext");
    return html.replace(LEAF, (_, open: string, text: string, close: string) => {
      const words = text.replace(/\S+/g, (word) =>
        random.next() < strength / (STRENGTHS + 1) ? [...word].reverse().join("") : word,
      );
      return `${open}${words}${close}`;
    });
  },
  "damage-rescale": (html, strength) => withStyle(html, `html{zoom:${1 + 0.12 * strength}}`),
} as const satisfies Partial<Record<RuleId, Corruption>>;

/** An element that holds text alone. */
const LEAF =
  /(<(?:h\d|p|li|a|button|th|td|dt|dd|b|strong|em|small|span|label|summary|figcaption|cite|blockquote)\b[^>]*>)([^<]+)(<\/\w+>)/g;

/** The reference at strengths 1 to {@link STRENGTHS} of every corruption. */
export function corruptedPages(html: string): Sample[] {
  return Object.entries(CORRUPTIONS).flatMap(([rule, corrupt]) =>
    Array.from({ length: STRENGTHS }, (_, i) => ({
      rule: rule as RuleId,
      name: `strength ${i + 1}`,
      strength: i + 1,
      text: corrupt(html, i + 1),
    })),
  );
}

/** What greys are tinted with, and by how much a step: turning the hue leaves them as they are. */
const TINT = [255, 180, 60] as const;
const TINT_STEP = 0.08;
const HUE_STEP = 30; // degrees

/** Turns the hue of every hexadecimal colour and tints it; a page without any is turned as a whole. */
function recolour(html: string, strength: number): string {
  let found = 0;
  const changed = html.replace(
    /#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?=[;,)}\s"'/])/gi,
    (_, digits: string) => {
      found++;
      return hex(shift(digits, strength));
    },
  );
  return found > 0 ? changed : withStyle(html, `html{filter:hue-rotate(${HUE_STEP * strength}deg)}`);
}

function shift(digits: string, strength: number): number[] {
  const pairs = digits.length <= 4 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0, ...alpha] = pairs.map((pair) => Number.parseInt(pair, 16));
  const turned = turn([red, green, blue], HUE_STEP * strength);
  const share = TINT_STEP * strength;
  return [...turned.map((channel, i) => (1 - share) * channel + share * TINT[i]!), ...alpha];
}

const hex = (channels: readonly number[]) =>
  `#${channels
    .map((channel) =>
      Math.round(Math.min(255, Math.max(0, channel)))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

/** Rotation of the hue that keeps luminance (the matrix of CSS hue-rotate, Filter Effects Module Level 1). */
function turn([red, green, blue]: readonly [number, number, number], degrees: number): number[] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const row = (r: number, g: number, b: number) => r * red + g * green + b * blue;
  return [
    row(
      0.213 + 0.787 * cos - 0.213 * sin,
      0.715 - 0.715 * cos - 0.715 * sin,
      0.072 - 0.072 * cos + 0.928 * sin,
    ),
    row(
      0.213 - 0.213 * cos + 0.143 * sin,
      0.715 + 0.285 * cos + 0.14 * sin,
      0.072 - 0.072 * cos - 0.283 * sin,
    ),
    row(
      0.213 - 0.213 * cos - 0.787 * sin,
      0.715 - 0.715 * cos + 0.715 * sin,
      0.072 + 0.928 * cos + 0.072 * sin,
    ),
  ];
}
