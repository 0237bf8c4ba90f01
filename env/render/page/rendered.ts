import type { ProbeResult } from "../../probe.js";
import type { Viewport } from "../../task.js";
import { markupOf } from "../markup.js";
import { decodePng, hashPixels } from "../pixels.js";
import type { Finding, LayoutSnapshot, PixelImage, RenderedPage, RenderTiming } from "../rendered-page.js";
import { decodeSnapshot, type RawSnapshot } from "../snapshot.js";
import type { Visit } from "./visit.js";

export interface RenderedParts {
  readonly viewport: Viewport;
  readonly height: number;
  readonly png: Uint8Array;
  readonly snapshot: RawSnapshot;
  readonly visit: Visit;
  readonly findings: readonly Finding[];
  readonly probes: readonly ProbeResult[];
  readonly timing: RenderTiming;
}

/** Puts a rendered page together. Pixels, hash and layout snapshot are decoded when first asked for. */
export function renderedPage(parts: RenderedParts): RenderedPage {
  const { viewport, height, png, visit, findings, probes, timing } = parts;
  const raw = parts.snapshot;
  let snapshot: LayoutSnapshot | undefined;
  let html: string | undefined;
  let pixels: Promise<PixelImage> | undefined;
  let hash: Promise<string> | undefined;
  return {
    viewport,
    width: viewport.width,
    height,
    png,
    console: visit.console,
    errors: visit.errors,
    findings,
    probes,
    timing,
    pixels() {
      pixels ??= decodePng(png);
      return pixels;
    },
    hash() {
      hash ??= this.pixels().then(hashPixels);
      return hash;
    },
    get snapshot() {
      snapshot ??= decodeSnapshot(raw);
      return snapshot;
    },
    get html() {
      html ??= markupOf(raw);
      return html;
    },
  };
}
