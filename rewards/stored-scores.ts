import { createHash } from "node:crypto";
import type { PagePicture, RenderedPage, RenderOutcome } from "../env/contract/rendered-page.js";
import type { Score, ScoringContext } from "../env/contract/scoring.js";
import type { DiskCache } from "../infra/cache.js";
import { programVersions } from "../infra/versions.js";

/** Raised when the form of stored scores or their keys changes. */
const REVISION = 1;

/** What scores are kept for. */
export interface ScoreSource {
  readonly name: string;
  /** Changes whenever the same page may score differently. */
  readonly version: string;
}

/**
 * Scores from the cache, or scores made now and kept. The key is all a reward may look at: its name and version, that of
 * this program, and of every context the task, the completion, and what answer and reference became, down to the pixels.
 * All contexts of one call form one key, since a reward may compare them with one another. Kept only when every score was
 * measured or does not apply; one that failed is tried again next time.
 *
 * @example
 * const scores = await storedScores(cache, { name: "judge", version: "2" }, contexts, () => judge.scoreGroup(contexts));
 */
export async function storedScores(
  cache: DiskCache,
  { name, version }: ScoreSource,
  contexts: readonly ScoringContext[],
  make: () => Promise<readonly Score[]>,
): Promise<readonly Score[]> {
  const inputs = contexts.map((context) => inputOf(context));
  const program = programVersions()["webgen-gym"];
  const key = `score/${digest(JSON.stringify({ REVISION, program, name, version, inputs }))}`;
  const found = await cache.get(key);
  if (found !== undefined) return JSON.parse(Buffer.from(found).toString("utf8")) as Score[];
  const scores = await make();
  if (scores.every(({ status }) => status !== "failed"))
    await cache.put(key, Buffer.from(JSON.stringify(scores), "utf8"));
  return scores;
}

function inputOf(context: ScoringContext) {
  const { task, completion, artifact, render, page, reference, referencePicture, alternatives } = context;
  return {
    task,
    completion,
    artifact,
    render: renderKey(render),
    page: page && pageKey(page),
    reference: reference ? pageKey(reference) : referencePicture && pictureKey(referencePicture),
    alternatives: alternatives?.map(pageKey),
  };
}

const renderKey = (render: RenderOutcome) =>
  "reason" in render ? [render.status, render.reason] : render.status;

const pictureKey = ({ png }: PagePicture) => createHash("sha256").update(png).digest("hex");

const keys = new WeakMap<RenderedPage, string>();

/** What a page showed, without how long it took. */
function pageKey(page: RenderedPage): string {
  const known = keys.get(page);
  if (known !== undefined) return known;
  const { viewport, html, console, errors, findings, probes, views, clicks, site, png } = page;
  const pictures = views?.map((view) => view.png);
  const facts = {
    viewport,
    html,
    console,
    errors,
    findings,
    probes,
    pictures,
    clicks,
    site: site && siteKey(site),
  };
  const hash = createHash("sha256").update(JSON.stringify(facts, withDigests)).update(png);
  const key = hash.digest("hex");
  keys.set(page, key);
  return key;
}

function siteKey({ timing: _, routes, ...rest }: NonNullable<RenderedPage["site"]>) {
  return { ...rest, routes: routes.map(({ page, ...route }) => ({ ...route, page: page && pageKey(page) })) };
}

/** Pictures by their digests. Buffers would be turned into lists of numbers before they come as `value`. */
function withDigests(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Uint8Array ? createHash("sha256").update(original).digest("hex") : value;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
