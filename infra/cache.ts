import { readdir, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import cacache from "cacache";
import { errorCode, fileError, makeFolder } from "./files.js";

/** Environment variable that names the cache folder; unset or empty means no cache. */
export const CACHE_VARIABLE = "WEBGEN_CACHE";

export interface CacheOptions {
  /** Bytes the contents may take, default 1 GiB. What was not used for longest goes first. */
  readonly maxBytes?: number;
  /** Told in a sentence, once, when the cache cannot be written. Default: silent; `counters.failures` counts in any case. */
  readonly onProblem?: (message: string) => void;
}

/** What a cache did since it was opened. */
export interface CacheCounters {
  readonly hits: number;
  readonly misses: number;
  readonly writes: number;
  readonly evictions: number;
  /** Writes that did not succeed. */
  readonly failures: number;
}

/** Bytes by key, on disk. */
export interface DiskCache {
  readonly folder: string;
  /** A copy of the numbers as they stand. */
  readonly counters: CacheCounters;
  /** The bytes of a key; undefined when there are none, or none that are whole. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keeps bytes under a key. Does not reject: a cache that cannot be written is only slow. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Brings the folder down to nine tenths of its limit, if it is over it, and removes what a killed process left. */
  sweep(): Promise<void>;
}

const GIBIBYTE = 2 ** 30;
/** The folder is measured after every twentieth of its limit that this process wrote. */
const SWEEP_SHARE = 1 / 20;
const KEEP_SHARE = 9 / 10;
/** Drafts and contents without an entry are what a killed process left, once they are this old. */
const ABANDONED_AFTER = 3_600_000;

/**
 * Opens a cache in a folder, which is made when first written to. It rests on cacache, npm's own: contents lie under their SHA-512 and
 * are checked when read, so a torn or altered file is a miss; files are written beside their place and moved there, so
 * that a killed process leaves nothing half; and several processes may use one folder at the same time. What is added
 * here is the limit: reading a content sets its file's time, and the oldest go first.
 *
 * @example
 * const cache = openCache("/tmp/renders", { maxBytes: 50_000_000 });
 * await cache.put("a", Buffer.from("bytes"));
 * await cache.get("a"); // the bytes
 */
export function openCache(
  folder: string,
  { maxBytes = GIBIBYTE, onProblem = () => {} }: CacheOptions = {},
): DiskCache {
  const counters = { hits: 0, misses: 0, writes: 0, evictions: 0, failures: 0 };
  let unmeasured = maxBytes * SWEEP_SHARE;
  let sweeping: Promise<void> | undefined;
  const problem = (error: unknown) => {
    if (counters.failures++ === 0) onProblem(fileError("write to the cache", folder, error).message);
  };

  async function get(key: string): Promise<Uint8Array | undefined> {
    const entry = await cacache.get.info(folder, key).catch(() => null);
    if (entry) {
      try {
        const bytes = await cacache.get.byDigest(folder, entry.integrity);
        const now = new Date();
        await utimes(entry.path, now, now).catch(() => {});
        counters.hits++;
        return bytes;
      } catch {
        // What is not whole is removed, or the next writing of the same bytes would take it for written.
        await cacache.rm.content(folder, entry.integrity).catch(() => {});
      }
    }
    counters.misses++;
    return undefined;
  }

  async function put(key: string, bytes: Uint8Array): Promise<void> {
    try {
      if (counters.writes === 0) makeFolder(folder);
      await cacache.put(folder, key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      counters.writes++;
    } catch (error) {
      problem(error);
      return;
    }
    unmeasured += bytes.byteLength;
    if (unmeasured >= maxBytes * SWEEP_SHARE) await sweep();
  }

  function sweep(): Promise<void> {
    unmeasured = 0;
    sweeping ??= evict()
      .catch(problem)
      .finally(() => {
        sweeping = undefined;
      });
    return sweeping;
  }

  async function evict(): Promise<void> {
    await removeAbandoned(join(folder, "tmp"), new Set());
    const entries = await Promise.all(
      Object.values(await cacache.ls(folder)).map(async ({ key, integrity, path }) => {
        const file = await stat(path).catch(() => undefined);
        return { key, integrity, path, size: file?.size ?? 0, used: file?.mtimeMs ?? 0 };
      }),
    );
    await removeAbandoned(join(folder, "content-v2"), new Set(entries.map(({ path }) => path)));
    let total = entries.reduce((sum, { size }) => sum + size, 0);
    if (total <= maxBytes) return;
    for (const { key, integrity, size } of entries.sort((a, b) => a.used - b.used)) {
      if (total <= maxBytes * KEEP_SHARE) return;
      await removeEntry(folder, key, { removeFully: true });
      await cacache.rm.content(folder, integrity);
      total -= size;
      counters.evictions++;
    }
  }

  return {
    folder,
    get counters() {
      return { ...counters };
    },
    get,
    put,
    sweep,
  };
}

/** The types do not know the third argument. */
const removeEntry: (cache: string, key: string, options: { removeFully: boolean }) => Promise<unknown> =
  cacache.rm.entry;

/** Removes old files that are not among those to keep. */
async function removeAbandoned(folder: string, keep: ReadonlySet<string>): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    if (!file.isFile() || keep.has(path)) continue;
    const changed = await stat(path).catch(() => undefined);
    if (changed && Date.now() - changed.mtimeMs > ABANDONED_AFTER) await rm(path, { force: true });
  }
}

const ofEnvironment = new Map<string, DiskCache>();

/** The cache in the folder that `WEBGEN_CACHE` names, one for the whole process; undefined where it is not set. */
export function environmentCache(): DiskCache | undefined {
  const folder = process.env[CACHE_VARIABLE];
  if (!folder) return undefined;
  const known = ofEnvironment.get(folder);
  if (known) return known;
  const cache = openCache(folder, { onProblem: (message) => process.emitWarning(message) });
  ofEnvironment.set(folder, cache);
  return cache;
}

/** Where a cache lies when only "on" was said: `$XDG_CACHE_HOME/webgen-gym`, else `~/.cache/webgen-gym`. */
export function defaultCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "webgen-gym");
}

/**
 * What a cache was good for, in a sentence.
 *
 * @example
 * describeCache(renderer.cache); // "The cache had 48 of 64 (75 %)."
 */
export function describeCache(counters: CacheCounters): string {
  const rate = hitRate(counters);
  if (rate === null) return "The cache was not asked.";
  const { hits, misses } = counters;
  return `The cache had ${hits} of ${hits + misses} (${Math.round(100 * rate)} %).`;
}

/** The share of look-ups that found something, 0 to 1; null before the first. */
export function hitRate({ hits, misses }: CacheCounters): number | null {
  return hits + misses === 0 ? null : hits / (hits + misses);
}
