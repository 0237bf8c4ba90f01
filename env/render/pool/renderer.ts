import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { type DiskCache, environmentCache } from "../../../infra/cache.js";
import { InfrastructureError, messageOf, UsageError } from "../../../infra/errors.js";
import type { Renderer, RenderOutcome, RenderRequest } from "../../contract/rendered-page.js";
import type { Viewport } from "../../contract/task.js";
import { PageGone, ProtocolError } from "../browser/connection.js";
import { findOrInstall } from "../browser/ensure.js";
import { cachedRenderer } from "../cache/cached.js";
import { bundledFonts } from "../fonts.js";
import { chargePage, renderIn } from "./attempts.js";
import { closedError, Pool } from "./pool.js";
import { type BrowserJob, WarmBrowser, type WarmBrowserOptions } from "./warm-browser.js";

/** Options of a renderer. */
export interface RendererOptions {
  /** Pages rendered at the same time, each in a browser of its own. Default: the number of cores, at most 16. */
  readonly concurrency?: number;
  /** Path of the Chromium; found by `findBrowser` otherwise. */
  readonly browserPath?: string;
  /** A fontconfig file; default: the bundled fonts where they are installed, else the machine's. */
  readonly fontconfig?: string;
  /** Milliseconds a render may take when the request names no deadline, default 5,000. */
  readonly deadline?: number;
  /** Milliseconds of its own time a page may run after loading, default 1,000. */
  readonly settleTime?: number;
  /** Tallest picture in pixels, default 32,768. */
  readonly maxHeight?: number;
  /** Most pixels of a picture, default 16,777,216 (64 MiB of RGBA); what lies below is cut, and a finding says so. */
  readonly maxPixels?: number;
  /** Most nodes of a document after its scripts ran, default 30,000; a larger one fails as `too_large`. */
  readonly maxNodes?: number;
  /** Largest document in UTF-8 bytes, default 2,000,000. */
  readonly maxBytes?: number;
  /** Most megabytes of JavaScript heap for a page, default 512. */
  readonly heapMegabytes?: number;
  /** Seed of `Math.random` in pages, default 1. */
  readonly seed?: number;
  /** Renders after which a browser is replaced by a fresh one, default 2,000. */
  readonly recycleAfter?: number;
  /** Renders that may wait for a browser, default 4,096; one more is refused with a QueueFull. */
  readonly queueLimit?: number;
  /** Keeps outcomes on disk. Default: a cache in the folder that `WEBGEN_CACHE` names, and none where it is not set. */
  readonly cache?: DiskCache | undefined;
}

const MAX_SIDE = 4096;
/** Most milliseconds a timer of Node waits. */
const MOST_MILLISECONDS = 2 ** 31 - 1;
const MOST_LATER = 60_000;

/**
 * Starts browsers and renders pages in them, many at once, each for itself: no network, no files, no state that another
 * page left, the same pixels for the same document. A page that never ends is stopped at its deadline, and a browser that
 * dies is replaced and its pages are rendered again.
 *
 * Throws an InfrastructureError when there is no browser or it does not start.
 *
 * @example
 * const renderer = await createRenderer();
 * const artifact = { kind: "html", html: "<h1>Hello</h1>" } as const;
 * const outcome = await renderer.render({ artifact, viewport: { width: 800, height: 600 } });
 * if (outcome.status === "rendered") await writeFile("page.png", outcome.page.png);
 * await renderer.close();
 */
export async function createRenderer({
  concurrency = Math.min(16, availableParallelism()),
  browserPath,
  fontconfig = bundledFonts()?.fontconfig,
  deadline = 5000,
  settleTime = 1000,
  maxHeight = 32_768,
  maxPixels = 2 ** 24,
  maxNodes = 30_000,
  maxBytes = 2_000_000,
  heapMegabytes = 512,
  seed = 1,
  recycleAfter = 2000,
  queueLimit = 4096,
  cache = environmentCache(),
}: RendererOptions = {}): Promise<Renderer> {
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new UsageError(`The renderer's concurrency is ${concurrency}; it must be a whole number from 1.`);
  checkMilliseconds({ deadline });
  const path = browserPath ?? (await findOrInstall()).path;
  const options: WarmBrowserOptions = {
    path,
    heapMegabytes,
    maxHeight,
    maxPixels,
    maxNodes,
    settleTime,
    seed,
    recycleAfter,
    stepped: /headless[-_]shell/.test(basename(path)),
    ...(fontconfig === undefined ? {} : { fontconfig }),
  };
  const { warmBrowser, version, stepped } = await openFirst(options);
  const pool = new Pool<WarmBrowser>({
    size: concurrency,
    queueLimit,
    create: () => new WarmBrowser({ ...options, stepped }),
    first: [warmBrowser],
  });
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function render(request: RenderRequest): Promise<RenderOutcome> {
    if (closed) throw closedError();
    const work = chargePage(() => renderArtifact(request));
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }

  async function renderArtifact(request: RenderRequest): Promise<RenderOutcome> {
    const { artifact, viewport, viewports = [] } = request;
    for (const each of [viewport, ...viewports]) checkViewport(each);
    checkMilliseconds(request);
    if (artifact.kind === "tsx") {
      const { renderComponent } = await import("../../bundle/tsx/render.js");
      return renderComponent(artifact.source, (html) => renderDocument({ html }, request));
    }
    if (artifact.kind === "site") {
      const { renderSite } = await import("../site/render-site.js");
      return renderSite(artifact, request, renderDocument);
    }
    const bytes = Buffer.byteLength(artifact.html);
    if (bytes > maxBytes) {
      const message = `The document has ${bytes} bytes; at most ${maxBytes} are rendered.`;
      return { status: "failed", reason: "too_large", message, milliseconds: 0 };
    }
    return renderDocument({ html: artifact.html }, request);
  }

  async function renderDocument(
    source: Pick<BrowserJob, "html" | "path" | "serve" | "inspect">,
    request: RenderRequest,
  ): Promise<RenderOutcome> {
    const { viewport, probes = [], viewports = [], clickStates = false, plainCss, later } = request;
    const { signal, onRetry } = request;
    const warmBrowser = await pool.acquire(signal);
    const stop = () => void warmBrowser.close();
    signal?.addEventListener("abort", stop);
    try {
      const limit = request.deadline ?? deadline;
      const looks = {
        viewports,
        ...(plainCss === undefined ? {} : { plainCss }),
        ...(later === undefined ? {} : { later }),
      };
      const job = { ...source, viewport, probes, ...looks, clickStates, deadline: limit };
      const check = () => {
        signal?.throwIfAborted();
        if (closed) throw closedError();
      };
      return await renderIn(warmBrowser, job, { check, onRetry });
    } finally {
      signal?.removeEventListener("abort", stop);
      if (closed) await warmBrowser.close();
      pool.release(warmBrowser);
    }
  }

  const renderer: Renderer = {
    browserVersion: version,
    concurrency,
    render,
    close() {
      closed ??= (async () => {
        pool.close();
        await Promise.all(pool.all.map((each) => each.close()));
        await Promise.allSettled(underWay);
        await Promise.all(pool.all.map((each) => each.close()));
      })();
      return closed;
    },
  };
  if (cache === undefined) return renderer;
  const limits = { maxHeight, maxPixels, maxNodes, maxBytes, heapMegabytes };
  const settings = { fonts: fontsKey(fontconfig), options: { ...limits, settleTime, seed, stepped } };
  return cachedRenderer(renderer, { cache, settings });
}

/** Changes whenever the fonts do, as far as can be told: the machine's own fonts are not looked at. */
function fontsKey(fontconfig: string | undefined): string {
  if (fontconfig === undefined) return "machine";
  const bundled = bundledFonts();
  if (bundled?.fontconfig === fontconfig) return bundled.key;
  return createHash("sha256").update(readFileSync(fontconfig)).digest("hex");
}

/** Opens the first warm browser, stepping frames where the browser can. */
async function openFirst(
  options: WarmBrowserOptions,
): Promise<{ warmBrowser: WarmBrowser; version: string; stepped: boolean }> {
  const warmBrowser = new WarmBrowser(options);
  try {
    const { browser } = await warmBrowser.ready();
    const job = { html: "<p>Ready</p>", viewport: { width: 800, height: 600 }, probes: [], deadline: 20_000 };
    const outcome = await warmBrowser.render(job);
    if (outcome.status !== "rendered")
      throw new InfrastructureError("The browser does not render a plain page.");
    const [, number = "unknown"] = browser.product.split("/");
    const name = options.stepped ? "chromium-headless-shell" : "chromium";
    return { warmBrowser, version: `${name} ${number}`, stepped: options.stepped };
  } catch (error) {
    await warmBrowser.close();
    if (options.stepped && (error instanceof ProtocolError || error instanceof PageGone))
      return openFirst({ ...options, stepped: false });
    if (error instanceof InfrastructureError) throw error;
    throw new InfrastructureError(`The browser ${options.path} cannot be used: ${messageOf(error)}`);
  }
}

/** A deadline of no number would pass at once, and every page would be too slow. */
function checkMilliseconds({ deadline, later }: Pick<RenderRequest, "deadline" | "later">): void {
  if (deadline !== undefined && !(deadline > 0 && deadline <= MOST_MILLISECONDS))
    throw new UsageError(
      `The deadline is ${deadline}; it must be a number of milliseconds above 0, at most ${MOST_MILLISECONDS}.`,
    );
  if (later !== undefined && !(later >= 1 && later <= MOST_LATER))
    throw new UsageError(
      `The later look is asked for after ${later}; it must be a number of milliseconds from 1 to ${MOST_LATER}.`,
    );
}

function checkViewport({ width, height }: Viewport): void {
  const fits = (side: number) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE;
  if (!fits(width) || !fits(height))
    throw new UsageError(
      `The viewport is ${width}x${height}; both sides must be whole numbers from 1 to ${MAX_SIDE}.`,
    );
}
