/** What is known of a rule before anything is measured. */
export interface RuleText {
  /** What must hold, short. */
  readonly title: string;
  /** Why a reward usually breaks it. */
  readonly cause: string;
  /** What usually mends it. */
  readonly remedy: string;
}

/** The rules a reward is checked against, in the order of the report. */
export const RULES = {
  measured: {
    title: "every score can be taken",
    cause: "A part threw, passed its deadline, or asks for something that the environment did not make.",
    remedy:
      "Return unscored(...) only for what cannot be measured, declare what the part needs, and give the models it asks for.",
  },
  "reference-top": {
    title: "the reference reaches the maximum",
    cause:
      "A part pays for something other than the task, or compares answer and reference after preparing them differently.",
    remedy:
      "Score the reference against itself part by part; prepare both sides in the same way, and take out what a right answer cannot earn.",
  },
  "nothing-above": {
    title: "nothing scores above the reference",
    cause:
      "A term has no upper end, or rewards more of something (text, boxes, length) instead of the right amount.",
    remedy: "Cap each term at what the reference earns.",
  },
  "blank-floor": {
    title: "a blank page stays at the floor",
    cause:
      "Terms are added that a page has without showing anything, such as valid markup, length, or likeness to white paper.",
    remedy: "Multiply by a gate that a page must pass on which something can be seen (renderGate).",
  },
  "colour-floor": {
    title: "a page of one colour stays at the floor",
    cause:
      "Likeness is counted from zero, although any page in the main colour of the reference is alike in most pixels.",
    remedy: "Count likeness only above what a flat page gets, and gate on something being visible.",
  },
  "no-page-floor": {
    title: "an answer without a page stays at the floor",
    cause:
      "A term that is good by default (length, repetition, a neutral 0.5) is paid without looking at a page.",
    remedy: "Give 0 to every term of an answer that is no page.",
  },
  "echo-floor": {
    title: "the prompt echoed stays at the floor",
    cause: "Words of the prompt are counted wherever they stand, or any page earns the other terms.",
    remedy: "Ask for words in their role (a heading, a link), and count likeness above what any page has.",
  },
  "template-floor": {
    title: "a generic template stays at the floor",
    cause: "What any tidy page has (header, cards, footer, validity) is paid as if it answered the task.",
    remedy:
      "Start each term at what generic pages get (similarity's skeletons), and weigh the checks of the task higher.",
  },
  "cheat-picture": {
    title: "the target as a picture stays at the floor",
    cause: "The reward looks at pixels alone, and a photograph of the target has all of them.",
    remedy: "Weigh text and structure that the layout confirms, or cap pixel terms by them.",
  },
  "cheat-hidden": {
    title: "hidden content stays at the floor",
    cause: "A term reads the source or the DOM, where content that nobody can see looks like content.",
    remedy:
      "Count only what the picture confirms (similarity's shownOnly, probes that look at visible text).",
  },
  "cheat-tiny": {
    title: "text of one pixel stays at the floor",
    cause: "Text counts whatever its size.",
    remedy: "Ignore text too small to read; compare sizes as well as words.",
  },
  "cheat-dump": {
    title: "a dump of the right words stays at the floor",
    cause: "Words are counted as a bag, without place, role or form.",
    remedy: "Ask for words where they belong, and compare positions and structure.",
  },
  "cheat-boxes": {
    title: "coloured boxes stay at the floor",
    cause: "Colours and boxes are compared without the content they stand for.",
    remedy: "Let boxes count only as far as their texts match.",
  },
  "cheat-sniffing": {
    title: "content only for the scorer stays at the floor",
    cause: "The page can tell the scoring browser from a person's.",
    remedy: "Hide the signs of automation in the renderer.",
  },
  "cheat-window": {
    title: "content only for one size of window stays at the floor",
    cause: "Every answer is seen in one window whose size is known.",
    remedy: "Load the page again in a window of another size and compare what is there.",
  },
  "cheat-injection": {
    title: "text addressed to a judge stays at the floor",
    cause: "A judge takes what the page says for an instruction.",
    remedy:
      "Mark page text as data, read replies by a schema, and cap the judge by measures that cannot be talked to.",
  },
  "cheat-dead": {
    title: "dead controls cost something",
    cause: "Nothing tries the controls, so a button that does nothing counts as one that works.",
    remedy: "Add probes that click, and probes for roles, names and keyboard access.",
  },
  "cheat-routes": {
    title: "one page under many routes stays at the floor",
    cause: "Routes are counted, not compared.",
    remedy: "Compare the pages of a site with one another; pay duplicates once.",
  },
  "cheat-vanishing": {
    title: "content that vanishes stays at the floor",
    cause: "The page is looked at before its timers and animations have run.",
    remedy: "Let the page's time pass before the picture is taken.",
  },
  "cheat-late": {
    title: "content that vanishes after a while stays at the floor",
    cause: "The page is looked at once, early in its life.",
    remedy: "Let more of the page's time pass (the renderer's settleTime), at the cost of every timer in it.",
  },
  "cheat-patched": {
    title: "patched DOM functions stay at the floor",
    cause: "Measurements run among the page's own scripts and believe what its functions return.",
    remedy: "Measure from outside (layout snapshot, pixels) or in an isolated script world.",
  },
  "damage-move": {
    title: "moving content lowers the score step by step",
    cause: "No part looks at where things are.",
    remedy: "Compare positions with the reference, or probe order, alignment and overlap.",
  },
  "damage-recolour": {
    title: "other colours lower the score step by step",
    cause: "No part looks at colours, or colour is compared without distance.",
    remedy: "Compare colours by a perceptual distance.",
  },
  "damage-drop": {
    title: "dropping content lowers the score step by step",
    cause: "Missing content costs nothing, or is averaged over what is left.",
    remedy: "Divide by what the reference has, not by what was found.",
  },
  "damage-retext": {
    title: "wrong words lower the score step by step",
    cause: "No part reads the text.",
    remedy: "Compare texts, or probe for those the task asks for.",
  },
  "damage-rescale": {
    title: "wrong sizes lower the score step by step",
    cause: "Pictures or boxes are brought to a common size before they are compared.",
    remedy: "Compare at true size, or add sizes and type sizes as terms.",
  },
  "same-score": {
    title: "the same answer has the same score",
    cause: "A part draws random numbers, reads the clock, keeps state, or depends on the other answers.",
    remedy: "Use seeded streams, no state between calls, and score each answer by itself.",
  },
  "no-leak": {
    title: "the observation does not hold the answer",
    cause: "The prompt was made from the reference or the checklist and still carries its text.",
    remedy: "Write what is wanted in words, and keep source and probes out of what the agent sees.",
  },
} as const satisfies Record<string, RuleText>;

export type RuleId = keyof typeof RULES;
