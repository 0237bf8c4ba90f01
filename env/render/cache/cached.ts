import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { DiskCache } from "../../../infra/cache.js";
import type { JsonObject } from "../../../infra/json.js";
import { programVersions } from "../../../infra/versions.js";
import type { Renderer, RenderOutcome, RenderRequest } from "../../contract/rendered-page.js";
import { PROBE_LIBRARY } from "../in-page/probe-script.js";
import { AUDIT } from "../probes/axe.js";
import { SNAPSHOT_STYLES } from "../snapshot.js";
import { clockScript } from "../tab/clock.js";
import { SharedRender } from "./shared-render.js";
import { decodeOutcome, encodeOutcome } from "./stored-page.js";

/** Raised when the way from an artifact to a rendered page changes, so that nothing kept before is taken for it. */
const REVISION = 5;

/** What components and sites are built with, and what audits pages. */
const BUILD_PACKAGES = [
  "axe-core",
  "esbuild",
  "lucide-react",
  "postcss",
  "react",
  "react-dom",
  "react-router-dom",
  "recharts",
  "tailwindcss",
];

/** What a render depends on besides its request. */
export interface RenderSettings {
  /** Changes whenever the fonts do. */
  readonly fonts: string;
  /** Seed, limits, settle time: whatever bears on the outcome. */
  readonly options: JsonObject;
}

/**
 * A renderer that keeps outcomes in a cache and looks there first. The key is all that bears on the outcome: artifact, windows,
 * probes, browser version, fonts, options, and the scripts that run in the page. The same request made twice at the same
 * time is rendered once. What came from the cache equals what was rendered; only `timing` is that of the first time.
 *
 * @example
 * const renderer = cachedRenderer(await createRenderer(), { cache: openCache("renders"), settings });
 */
export function cachedRenderer(
  renderer: Renderer,
  { cache, settings }: { readonly cache: DiskCache; readonly settings: RenderSettings },
): Renderer {
  const { browserVersion, concurrency } = renderer;
  const scripts = [PROBE_LIBRARY, AUDIT, clockScript(0), SNAPSHOT_STYLES.join()];
  const versions = { ...programVersions(), ...buildVersions() };
  const ground = { REVISION, browserVersion, ...settings, versions, scripts };
  const prefix = digest(JSON.stringify(ground));
  const underWay = new Map<string, SharedRender>();

  async function look(key: string, request: RenderRequest): Promise<RenderOutcome> {
    const found = await cache.get(key);
    if (found !== undefined) return decodeOutcome(found);
    const outcome = await renderer.render(request);
    const bytes = encodeOutcome(outcome);
    if (bytes !== undefined) await cache.put(key, bytes);
    return outcome;
  }

  return {
    browserVersion,
    concurrency,
    get cache() {
      return cache.counters;
    },
    render(request) {
      const key = `render/${digest(prefix + JSON.stringify(withoutDeadline(request)))}`;
      const { signal: own, ...rest } = request;
      let shared = underWay.get(key);
      if (!shared) {
        shared = new SharedRender(
          (signal) => look(key, { ...rest, signal }),
          () => underWay.delete(key),
        );
        underWay.set(key, shared);
      }
      return shared.join(own);
    },
    close: () => renderer.close(),
  };
}

/** A deadline bears on timeouts only, and those are not kept. */
function withoutDeadline(request: RenderRequest): Omit<RenderRequest, "deadline" | "signal" | "onRetry"> {
  const { deadline: _, signal: __, onRetry: ___, ...rest } = request;
  return { ...rest, probes: rest.probes ?? [] };
}

function buildVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string) => {
    try {
      const manifest = readFileSync(require.resolve(`${name}/package.json`), "utf8");
      return (JSON.parse(manifest) as { version: string }).version;
    } catch {
      return "unknown";
    }
  };
  return Object.fromEntries(BUILD_PACKAGES.map((name) => [name, versionOf(name)]));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
