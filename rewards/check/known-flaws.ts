import type { RuleId } from "./rules.js";

/** Rules that a shipped preset, or every reward, is known to break, and why. */
export interface KnownFlaw {
  readonly rules: readonly RuleId[];
  /** A `defect` of released code fails the check; a `limit` of what a reward of this kind looks at is only named. */
  readonly kind: "defect" | "limit";
  readonly what: string;
}

/** What no reward can see that looks at one render. */
export const RENDERER_LIMITS: readonly KnownFlaw[] = [
  {
    rules: ["cheat-window"],
    kind: "limit",
    what: "An answer is rendered in one window of a known size; a page made for that size alone looks right in it.",
  },
  {
    rules: ["cheat-late"],
    kind: "limit",
    what: "An answer is looked at after a second of its own time; what changes later is not seen.",
  },
];

/** What the paper's profile pays to any tidy page; in the released one a blank page earns that already. */
const GENERIC = limit(
  "Similarity and length, four tenths of the reward, are paid to any tidy page as published; a generic page earns most of them.",
  ["template-floor", "echo-floor"],
);

/** FrontCoder's published terms. */
const FRONTCODER: readonly KnownFlaw[] = [
  limit(
    "Similarity reads the source, as published: content that nobody can see, or that stands in the wrong place, earns its three tenths.",
    ["cheat-hidden", "cheat-tiny", "cheat-vanishing", "cheat-dump", "cheat-patched"],
  ),
  limit("Looks count only through the checklist; without a judge that is the probes for colours and sizes.", [
    "damage-move",
    "damage-recolour",
    "damage-rescale",
  ]),
];

/** VCoder's published sum. */
const VCODER: readonly KnownFlaw[] = [
  limit(
    "A sum without a gate, as published: the fence, valid markup and common tags are paid to any page, a blank one included.",
    ["blank-floor", "colour-floor", "echo-floor", "template-floor", "cheat-dump", "cheat-injection"],
  ),
  limit("Structure is read from the source, so content that nobody can see counts.", [
    "cheat-hidden",
    "cheat-tiny",
    "cheat-vanishing",
  ]),
  limit("Tags and pictures are compared; no term reads what the page says or tries what it does.", [
    "cheat-picture",
    "cheat-boxes",
    "cheat-dead",
    "cheat-sniffing",
    "cheat-patched",
    "damage-retext",
  ]),
];

const VCODER_WITHOUT_CLIP = limit(
  "Without CLIP, tags alone are compared: place, colour and size are not seen.",
  ["damage-move", "damage-recolour", "damage-rescale"],
);

const FENCE = defect(
  "The released validity parses whatever a closed fence holds, so a fence with a sentence or with nothing in it is paid as a page.",
  ["no-page-floor"],
);

/** What earns a reward that has no gate for what can be seen. */
const UNGATED: readonly RuleId[] = [
  "echo-floor",
  "template-floor",
  "cheat-picture",
  "cheat-hidden",
  "cheat-tiny",
  "cheat-dump",
  "cheat-boxes",
  "cheat-sniffing",
  "cheat-injection",
  "cheat-vanishing",
  "cheat-patched",
];

const OPENENV = limit(
  "A weighted mean of eight likenesses without a gate for content: white paper, common tags and texts near the right place earn a good part of each.",
  ["colour-floor", ...UNGATED, "damage-move"],
);

const PICTURES = limit(
  "Pictures are compared, not pages: a screenshot of the target is the target, and any page shares paper and palette with it.",
  UNGATED,
);

/** Flaws of the shipped presets, by name. Where two have the same rule the first one is meant. */
export const KNOWN_FLAWS: Readonly<Record<string, readonly KnownFlaw[]>> = {
  "frontcoder/paper": [GENERIC, ...FRONTCODER],
  "frontcoder/compat": [
    defect(
      "The released code keeps the checklist and length terms of a page that shows nothing, and pays the length of an answer without a page: an empty answer earns 0.1.",
      ["blank-floor", "colour-floor", "no-page-floor"],
    ),
    ...FRONTCODER,
  ],
  "webgen-r1/paper": [
    limit(
      "Looks are 5 of 5.2 points, as published: whatever looks like the target earns nearly all. webgen-r1/dense ties looks to function.",
      ["cheat-picture", "cheat-hidden", "cheat-boxes", "cheat-dump", "template-floor"],
    ),
  ],
  "webgen-r1/dense": [
    limit("Partial credit by design: 0.1 for structure alone.", [
      "blank-floor",
      "colour-floor",
      "no-page-floor",
    ]),
    limit(
      "Partial credit by design: a page that renders without faults has 0.3 for it and 0.1 for quality, whatever it says.",
      UNGATED,
    ),
  ],
  "vcoder/paper": [...VCODER, VCODER_WITHOUT_CLIP],
  "vcoder/compat": [FENCE, ...VCODER, VCODER_WITHOUT_CLIP],
  "vcoder/notebook": VCODER,
  "vcoder/openenv": [OPENENV],
  "vcoder/openenv-compat": [
    defect(
      "The released server has no content multiplier, and shows a failed answer as a white page: nothing at all earns what white paper does.",
      ["blank-floor", "colour-floor", "no-page-floor"],
    ),
    OPENENV,
  ],
  "widgetanchor/paper": [
    PICTURES,
    limit("No term reads text; wrong words of the same size cost only the pixels that differ.", [
      "damage-retext",
    ]),
  ],
  "widgetanchor/widget2code": [PICTURES],
};

function limit(what: string, rules: readonly RuleId[]): KnownFlaw {
  return { rules, kind: "limit", what };
}

function defect(what: string, rules: readonly RuleId[]): KnownFlaw {
  return { rules, kind: "defect", what };
}
