const HEAD = "<think>\n";
const MIDDLE = "\n</think>\n<answer>\n";
const TAIL = /\n<\/answer>(?:\n|$)/u;

/**
 * WebGen-R1's `format` term, 1 or 0: the answer opens with `<think>` and a line feed, and somewhere after it come
 * `</think>`, `<answer>` and `</answer>`, each at the start of a line and directly followed by a line feed (or the end). At
 * least one line, perhaps an empty one, stands between the tags of each pair. Further text after the closing line passes.
 */
export function answerFormat(answer: string): 0 | 1 {
  if (!answer.startsWith(HEAD)) return 0;
  const middle = answer.indexOf(MIDDLE, HEAD.length);
  if (middle < 0) return 0;
  return TAIL.test(answer.slice(middle + MIDDLE.length)) ? 1 : 0;
}

const TAGS = ["<think>\n", "\n</think>\n", "\n<answer>\n", "\n</answer>"];

/** The registered but unused `tag_count` term: a quarter for each of the four tags that occurs exactly once. */
export function tagCount(answer: string): number {
  return TAGS.filter((tag) => answer.split(tag).length === 2).length / TAGS.length;
}
