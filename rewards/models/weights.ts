import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { defaultCacheFolder } from "../../infra/cache.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import { makeFolder, readTextIfThere, writeFileAtomic } from "../../infra/files.js";

/** Place of a model's weights. */
export interface WeightsOptions {
  /**
   * A folder as published on the Hugging Face hub, an `.onnx` file, or the id of a model there (`owner/name`), which is looked for
   * among what was downloaded before.
   */
  readonly weights: string;
  /** Fetch a model that is not on this machine from the hub (or `HF_ENDPOINT`); default false: nothing is ever downloaded. */
  readonly download?: boolean;
}

/** Which files of a model are wanted. */
export interface WantedFiles {
  /** What the model is, for messages: `CLIP`. */
  readonly what: string;
  /** Names of the model's file, the best first. */
  readonly models: readonly string[];
  /** Files that must be beside it. */
  readonly others: readonly string[];
}

/** Where files are. */
export interface FoundWeights {
  readonly folder: string;
  readonly model: string;
}

/** The hub, unless `HF_ENDPOINT` names another. */
const HUB = "https://huggingface.co";

/** Finds a model on this machine; null when it may be downloaded but was not yet. Throws a UsageError that says what is missing where. */
export function findWeights(
  { weights, download = false }: WeightsOptions,
  wanted: WantedFiles,
): FoundWeights | null {
  const { what, models, others } = wanted;
  if (weights.endsWith(".onnx")) {
    if (!existsSync(weights))
      throw new UsageError(`The weights of ${what} should be in ${weights}, but that file is not there.`);
    const near = dirname(weights);
    const folder =
      others.every((file) => existsSync(join(near, file))) || basename(near) !== "onnx"
        ? near
        : dirname(near);
    return checked(folder, weights, wanted);
  }
  const folders = isModelId(weights) && !existsSync(weights) ? cachedFolders(weights) : [weights];
  for (const folder of folders) {
    const model = models.map((file) => join(folder, file)).find((file) => existsSync(file));
    if (model) return checked(folder, model, wanted);
  }
  if (isModelId(weights) && !existsSync(weights)) {
    if (download) return null;
    throw new UsageError(
      `The weights of ${what} "${weights}" are not on this machine. Allow the download with { download: true }, or name a folder that has them.`,
    );
  }
  const there = existsSync(weights) && statSync(weights).isDirectory();
  throw new UsageError(
    `The weights of ${what} should be in the folder ${weights}, but ${there ? `it has none of ${models.join(", ")}` : "that folder is not there"}.`,
  );
}

function checked(folder: string, model: string, { what, others }: WantedFiles): FoundWeights {
  const missing = others.find((file) => !existsSync(join(folder, file)));
  if (missing)
    throw new UsageError(`The folder ${folder} of ${what} lacks ${missing}, which belongs to its weights.`);
  return { folder, model };
}

function isModelId(weights: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(weights) && !weights.startsWith(".");
}

/** Where downloads of a model may lie: our own, and those of Hugging Face's tools. */
function cachedFolders(id: string): string[] {
  const home = process.env.HF_HOME ?? join(homedir(), ".cache", "huggingface");
  const hub = process.env.HF_HUB_CACHE ?? join(home, "hub");
  const repository = join(hub, `models--${id.replace("/", "--")}`);
  const revision = readTextIfThere(join(repository, "refs", "main"))?.trim();
  return [ownFolder(id), ...(revision ? [join(repository, "snapshots", revision)] : [])];
}

function ownFolder(id: string): string {
  return join(defaultCacheFolder(), "models", ...id.split("/"));
}

/**
 * Tells weights apart by name, size and time of their file; undefined as long as they are not on this machine. Reading
 * hundreds of megabytes for a hash would take longer than most uses of them.
 */
export function weightsVersion(found: FoundWeights | null): string | undefined {
  if (!found) return undefined;
  const { size, mtimeMs } = statSync(found.model);
  return `${basename(found.model)}-${size}-${Math.round(mtimeMs)}`;
}

/** Downloads a model from the hub. Throws an InfrastructureError that says what could not be had. */
export async function downloadWeights(id: string, { models, others }: WantedFiles): Promise<FoundWeights> {
  const folder = ownFolder(id);
  for (const file of others) await fetchFile(id, file, folder);
  let refusal: unknown;
  for (const file of models) {
    try {
      return { folder, model: await fetchFile(id, file, folder) };
    } catch (error) {
      refusal ??= error;
    }
  }
  throw refusal;
}

async function fetchFile(id: string, file: string, folder: string): Promise<string> {
  const url = `${process.env.HF_ENDPOINT ?? HUB}/${id}/resolve/main/${file}`;
  const path = join(folder, file);
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    makeFolder(dirname(path));
    writeFileAtomic(path, bytes);
    return path;
  } catch (error) {
    if (error instanceof InfrastructureError) throw error;
    throw new InfrastructureError(`Could not download ${url}: ${messageOf(error)}.`);
  }
}
