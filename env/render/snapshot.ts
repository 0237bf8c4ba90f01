import type { Box, ElementNode, LayoutSnapshot, TextRun } from "../contract/rendered-page.js";

/** The computed styles every element of a snapshot carries. */
export const SNAPSHOT_STYLES = [
  "display",
  "visibility",
  "opacity",
  "color",
  "background-color",
  "background-image",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "line-height",
  "text-align",
  "position",
  "z-index",
  "overflow-x",
  "border-top-width",
  "border-top-color",
  "border-top-left-radius",
  "box-shadow",
  "transform",
] as const;

/** The parts of `DOMSnapshot.captureSnapshot` that are read here. Strings stand as indices into `strings`. */
export interface RawSnapshot {
  readonly documents: readonly {
    readonly contentWidth?: number;
    readonly contentHeight?: number;
    readonly nodes: {
      readonly parentIndex?: readonly number[];
      readonly nodeType?: readonly number[];
      readonly nodeName?: readonly number[];
      readonly nodeValue?: readonly number[];
      readonly attributes?: readonly (readonly number[])[];
      readonly pseudoType?: { readonly index: readonly number[] };
      readonly shadowRootType?: { readonly index: readonly number[]; readonly value?: readonly number[] };
      readonly backendNodeId?: readonly number[];
    };
    readonly layout: {
      readonly nodeIndex: readonly number[];
      readonly styles: readonly (readonly number[])[];
      readonly bounds: readonly (readonly number[])[];
      readonly text: readonly number[];
      readonly paintOrders?: readonly number[];
    };
    readonly textBoxes: {
      readonly layoutIndex: readonly number[];
      readonly bounds: readonly (readonly number[])[];
      readonly start: readonly number[];
      readonly length: readonly number[];
    };
  }[];
  readonly strings: readonly string[];
}

const ELEMENT = 1;

/** Decodes the main document of a snapshot. Documents inside frames are left out. */
export function decodeSnapshot({ documents, strings }: RawSnapshot): LayoutSnapshot {
  const document = documents[0];
  if (!document) return { elements: [], texts: [], contentWidth: 0, contentHeight: 0 };
  const { nodes, layout, textBoxes } = document;
  const { parentIndex = [], nodeType = [], nodeName = [], attributes = [] } = nodes;
  const textAt = (index: number | undefined) => (index === undefined ? "" : (strings[index] ?? ""));
  const elementOfNode = new Map<number, number>();
  // What is found on the way up is kept, so that long chains without boxes are gone through once.
  const nearestOfNode = new Map<number, number>();
  const nearest = (node: number): number => {
    const passed: number[] = [];
    let found = -1;
    for (let at = node; at >= 0; at = parentIndex[at] ?? -1) {
      const known = elementOfNode.get(at) ?? nearestOfNode.get(at);
      if (known !== undefined) {
        found = known;
        break;
      }
      passed.push(at);
    }
    for (const at of passed) nearestOfNode.set(at, found);
    return found;
  };
  const elements: ElementNode[] = [];
  for (let i = 0; i < layout.nodeIndex.length; i++) {
    const node = layout.nodeIndex[i] as number;
    // Pseudo elements have layout under their element's node; the element itself comes first.
    if (nodeType[node] !== ELEMENT || elementOfNode.has(node)) continue;
    const tag = textAt(nodeName[node]).toLowerCase();
    if (tag.startsWith("::")) continue;
    const index = elements.length;
    elements.push({
      index,
      parent: nearest(parentIndex[node] ?? -1),
      tag,
      attributes: pairs(attributes[node] ?? [], textAt),
      box: boxOf(layout.bounds[i]),
      styles: stylesOf(layout.styles[i] ?? [], textAt),
      paintOrder: layout.paintOrders?.[i] ?? 0,
    });
    elementOfNode.set(node, index);
  }
  nearestOfNode.clear();
  const texts: TextRun[] = [];
  for (let i = 0; i < textBoxes.layoutIndex.length; i++) {
    const at = textBoxes.layoutIndex[i] as number;
    const start = textBoxes.start[i] ?? 0;
    const text = textAt(layout.text[at]).slice(start, start + (textBoxes.length[i] ?? 0));
    if (text.trim() === "") continue;
    const element = nearest(layout.nodeIndex[at] ?? -1);
    texts.push({ text, box: boxOf(textBoxes.bounds[i]), element });
  }
  const { contentWidth = 0, contentHeight = 0 } = document;
  return { elements, texts, contentWidth, contentHeight };
}

function boxOf(bounds: readonly number[] | undefined): Box {
  const [x = 0, y = 0, width = 0, height = 0] = bounds ?? [];
  return { x, y, width, height };
}

function pairs(indices: readonly number[], textAt: (index: number | undefined) => string) {
  const record: Record<string, string> = {};
  for (let i = 0; i + 1 < indices.length; i += 2) record[textAt(indices[i])] = textAt(indices[i + 1]);
  return record;
}

function stylesOf(indices: readonly number[], textAt: (index: number | undefined) => string) {
  // Written out, it is an object of one shape, which takes a quarter of the time that setting names one by one does.
  return {
    display: textAt(indices[0]),
    visibility: textAt(indices[1]),
    opacity: textAt(indices[2]),
    color: textAt(indices[3]),
    "background-color": textAt(indices[4]),
    "background-image": textAt(indices[5]),
    "font-family": textAt(indices[6]),
    "font-size": textAt(indices[7]),
    "font-weight": textAt(indices[8]),
    "font-style": textAt(indices[9]),
    "line-height": textAt(indices[10]),
    "text-align": textAt(indices[11]),
    position: textAt(indices[12]),
    "z-index": textAt(indices[13]),
    "overflow-x": textAt(indices[14]),
    "border-top-width": textAt(indices[15]),
    "border-top-color": textAt(indices[16]),
    "border-top-left-radius": textAt(indices[17]),
    "box-shadow": textAt(indices[18]),
    transform: textAt(indices[19]),
  };
}
