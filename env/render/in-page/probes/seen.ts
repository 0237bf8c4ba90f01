import type { NodeLegibility, PageBox } from "./scene.js";

/** What was seen of the page, kept from one script to the next. */
export interface Seen {
  readonly legible: WeakMap<Text, NodeLegibility>;
  /** Whether elements that may be pictures paint something. */
  readonly painted: WeakMap<Element, boolean>;
  /** Shares of the page's picture that are light and dark; null before it was looked at. */
  tone: { readonly light: number; readonly dark: number } | null;
  /** Nodes and elements of the last survey, in its order. */
  measured: readonly Text[];
  pictures: readonly Element[];
  /** Texts that could be seen before the last click, and the box of what was clicked. */
  before: WeakMap<Text, string> | null;
  clicked: PageBox | null;
  /** All the page's text when a second look was planned, lower case; null before. */
  vocabulary: string | null;
}

export function seenSoFar(): Seen {
  const world = globalThis as { webgenSeen?: Seen };
  world.webgenSeen ??= {
    legible: new WeakMap(),
    painted: new WeakMap(),
    tone: null,
    measured: [],
    pictures: [],
    before: null,
    clicked: null,
    vocabulary: null,
  };
  return world.webgenSeen;
}
