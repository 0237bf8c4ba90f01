import type { ProbeResult } from "../../contract/probe.js";
import type {
  ClickState,
  ConsoleMessage,
  Finding,
  LayoutSnapshot,
  PageView,
  PixelImage,
  RenderedPage,
  RenderTiming,
} from "../../contract/rendered-page.js";
import type { Viewport } from "../../contract/task.js";
import { markupOf } from "../markup.js";
import { decodePng, hashPixels } from "../pixels.js";
import { decodeSnapshot, type RawSnapshot } from "../snapshot.js";

/** What one window of a page is made of. */
export interface ViewParts {
  readonly viewport: Viewport;
  readonly height: number;
  readonly png: Uint8Array;
  readonly snapshot: RawSnapshot;
  readonly findings: readonly Finding[];
}

/** What a rendered page is made of: plain data, which can be stored. */
export interface RenderedParts extends ViewParts {
  readonly navigation: { readonly console: readonly ConsoleMessage[]; readonly errors: readonly string[] };
  readonly probes: readonly ProbeResult[];
  readonly views?: readonly ViewParts[];
  readonly plain?: ViewParts;
  readonly later?: ViewParts;
  readonly clicks?: readonly ClickState[];
  readonly timing: RenderTiming;
}

const made = new WeakMap<RenderedPage, RenderedParts>();

/** What a page was put together from; undefined for a page that came about in another way. */
export function partsOf(page: RenderedPage): RenderedParts | undefined {
  return made.get(page);
}

/** How much there is to decode in a page, nodes and characters of its texts; nothing for a page put together otherwise. */
export function contentOf(page: RenderedPage): { readonly nodes: number; readonly characters: number } {
  const { documents = [], strings = [] } = made.get(page)?.snapshot ?? {};
  return {
    nodes: documents.reduce((sum, { nodes }) => sum + (nodes.nodeType?.length ?? 0), 0),
    characters: strings.reduce((sum, { length }) => sum + length, 0),
  };
}

/** Puts a rendered page together. Pixels, hash, markup and layout snapshot are decoded when first asked for. */
export function renderedPage(parts: RenderedParts): RenderedPage {
  const { viewport, height, png, findings, probes, timing, views, plain, later, clicks } = parts;
  const { console, errors } = parts.navigation;
  const lazy = lazily(parts);
  let html: string | undefined;
  const page: RenderedPage = {
    viewport,
    width: viewport.width,
    height,
    png,
    console,
    errors,
    findings,
    probes,
    timing,
    ...(views ? { views: views.map(pageView) } : {}),
    ...(plain ? { plain: pageView(plain) } : {}),
    ...(later ? { later: pageView(later) } : {}),
    ...(clicks ? { clicks } : {}),
    pixels: lazy.pixels,
    hash: lazy.hash,
    get snapshot() {
      return lazy.snapshot();
    },
    get html() {
      html ??= markupOf(parts.snapshot);
      return html;
    },
  };
  made.set(page, parts);
  return page;
}

function pageView(parts: ViewParts): PageView {
  const { viewport, height, png, findings } = parts;
  const lazy = lazily(parts);
  return {
    viewport,
    width: viewport.width,
    height,
    png,
    findings,
    pixels: lazy.pixels,
    hash: lazy.hash,
    get snapshot() {
      return lazy.snapshot();
    },
  };
}

/** What of a window is worked out once, when first asked for. */
function lazily({ png, snapshot: raw }: ViewParts) {
  let image: Promise<PixelImage> | undefined;
  let digest: Promise<string> | undefined;
  let layout: LayoutSnapshot | undefined;
  const pixels = () => {
    image ??= decodePng(png);
    return image;
  };
  return {
    pixels,
    hash() {
      digest ??= pixels().then(hashPixels);
      return digest;
    },
    snapshot() {
      layout ??= decodeSnapshot(raw);
      return layout;
    },
  };
}
