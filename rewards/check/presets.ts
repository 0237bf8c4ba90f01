import { KNOWN_FLAWS, type KnownFlaw, RENDERER_LIMITS } from "./known-flaws.js";

export type { KnownFlaw } from "./known-flaws.js";

/** What is known of a shipped preset before it is checked. */
export interface PresetFacts {
  /** Least and most it can pay. */
  readonly range: readonly [least: number, most: number];
  /** How it wants a page handed in. */
  readonly form: (html: string) => string;
  /** Terms of the published reward that a name alone does not give, and why. */
  readonly absent: readonly { readonly part: string; readonly reason: string }[];
  /** Rules it is known to break. */
  readonly known: readonly KnownFlaw[];
  /** Whether it is a published reward: where it disagrees with people is told, and is no fault of ours to fail on. */
  readonly published: boolean;
}

const asItIs = (html: string) => html;
const fenced = (html: string) => `\`\`\`html\n${html}\n\`\`\``;
const reasoned = (html: string) => `<think>\nA page is wanted.\n</think>\n<answer>\n${html}\n</answer>`;

const LPIPS = {
  part: "lpips",
  reason: "LPIPS has weights that a name does not give; its share goes to the other terms.",
};

const PRESETS: Readonly<Record<string, Partial<PresetFacts>>> = {
  "webgen-r1/paper": { range: [0, 5.2], form: reasoned },
  "webgen-r1/compat": { range: [0, 9.2], form: reasoned },
  "vcoder/notebook": { form: fenced },
  "vcoder/paper": { range: [0, 6], form: fenced },
  "vcoder/compat": { range: [0, 6], form: fenced },
  "vcoder/openenv": { form: fenced },
  "vcoder/openenv-compat": { form: fenced },
  "widgetanchor/paper": { absent: [LPIPS] },
  "widgetanchor/widget2code": { absent: [LPIPS] },
  "widgetanchor/compat": { range: [-1, 1] },
};

/** The facts of a shipped preset; for any other name those of a reward from 0 to 1 that wants the page as it is. */
export function presetFacts(name: string): PresetFacts {
  return {
    range: [0, 1],
    form: asItIs,
    absent: [],
    ...PRESETS[name],
    known: [...(KNOWN_FLAWS[name] ?? []), ...RENDERER_LIMITS],
    published: name in KNOWN_FLAWS || name in PRESETS,
  };
}
