import type { Box, ElementNode, RenderedPage } from "../../../env/contract/rendered-page.js";
import type { Rgb } from "../image/pixel-image.js";
import type { TextBlock } from "./blocks.js";
import { computedColor, shownColor } from "./computed-color.js";
import { ownerTexts } from "./owner-texts.js";
import { TEXT_TAGS } from "./recolor.js";
import { inlineColor } from "./text-tree.js";

/** Elements whose text has a colour of its own in every browser. */
const OWN_COLOR_TAGS: ReadonlySet<string> = new Set(
  "input textarea select option optgroup mark fieldset".split(" "),
);

/** The words of one owner, where its lines are, and its colour. */
export interface NativeText {
  /** Lower case. */
  readonly text: string;
  /** The lines that show in the owner's colour, in CSS pixels of the page; at least one. */
  readonly lines: readonly Box[];
  /** Computed, without the opacity of the elements around it. */
  readonly color: Rgb;
  /** As it shows on the page. */
  readonly shown: Rgb;
  /** Number of the colour that upstream would paint it with; -1 where that cannot be told. */
  readonly paint: number;
}

interface Collected {
  readonly element: ElementNode;
  readonly runs: { element: number; text: string }[];
  readonly lines: Box[];
}

/**
 * The texts of a rendered page from its layout alone, without recolouring. A text belongs to the nearest ancestor that
 * upstream would paint (or that has a colour in its own style attribute: such text upstream never finds). Text inside it with a
 * colour of its own adds to the words, but is no line of it.
 */
export function nativeTexts({
  snapshot: { elements, texts },
  html,
}: Pick<RenderedPage, "snapshot" | "html">): NativeText[] {
  const owners = findOwners(elements);
  const collected = new Map<number, Collected>();
  for (const { element, text, box } of texts) {
    const owner = owners[element];
    if (!owner || text.trim() === "") continue;
    let found = collected.get(owner.index);
    if (!found) {
      found = { element: owner.element, runs: [], lines: [] };
      collected.set(owner.index, found);
    }
    found.runs.push({ element, text });
    const visible = elements[element]?.styles.visibility;
    const seen = visible === undefined || visible === "visible" || visible === "";
    if (owner.sameColor && seen && box.width > 0 && box.height > 0) found.lines.push(box);
  }
  const words = ownerTexts(html, elements, texts);
  return [...collected.values()]
    .filter(({ lines }) => lines.length > 0)
    .map(({ element, runs, lines }) => ({
      text: (words.get(element.index)?.words || joinRuns(runs)).toLowerCase(),
      lines,
      color: computedColor(element, elements),
      shown: shownColor(element, elements),
      paint: words.get(element.index)?.paint ?? -1,
    }));
}

/**
 * Design2Code's blocks in one render and without looking at a pixel: each is where the lines of its owner are, in the owner's
 * computed colour. Boxes are line boxes, so a little higher than the ink that upstream measures.
 *
 * @example
 * const blocks = nativeBlocks(page);
 */
export function nativeBlocks(
  page: Pick<RenderedPage, "snapshot" | "html" | "width" | "height">,
): TextBlock[] {
  const { width, height } = page;
  if (!(width > 0 && height > 0)) return [];
  return nativeTexts(page).map(({ text, lines, color }) => {
    const box = lines.reduce(union);
    return { text, bbox: [box.x / width, box.y / height, box.width / width, box.height / height], color };
  });
}

interface Owner {
  readonly index: number;
  readonly element: ElementNode;
  /** False when the text would keep its colour although the owner is painted. */
  readonly sameColor: boolean;
}

/** Per element the owner of its texts; null where upstream finds none. Parents come before their children. */
function findOwners(elements: readonly ElementNode[]): readonly (Owner | null)[] {
  const owners: (Owner | null)[] = [];
  for (const element of elements) {
    const parent = elements[element.parent];
    const inherited = owners[element.parent] ?? null;
    if (TEXT_TAGS.has(element.tag)) {
      owners[element.index] = { index: element.index, element, sameColor: true };
    } else if (inlineColor({ attributes: new Map(Object.entries(element.attributes)) }) !== null) {
      owners[element.index] = null;
    } else if (inherited) {
      const recolored = OWN_COLOR_TAGS.has(element.tag) || element.styles.color !== parent?.styles.color;
      owners[element.index] = recolored ? { ...inherited, sameColor: false } : inherited;
    } else {
      owners[element.index] = null;
    }
  }
  return owners;
}

function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Scripts that are written without spaces between words, so that a line may end anywhere. */
const UNSPACED = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/;

function joinRuns(runs: readonly { readonly element: number; readonly text: string }[]): string {
  let joined = "";
  let last = -1;
  for (const { element, text } of runs) {
    const trimmed = text.trim().replace(/\s+/g, " ");
    const broken = element === last && UNSPACED.test(joined.slice(-1)) && UNSPACED.test(trimmed.slice(0, 1));
    joined += joined === "" || broken ? trimmed : ` ${trimmed}`;
    last = element;
  }
  return joined;
}
