import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InfrastructureError, messageOf } from "../../../infra/errors.js";
import type { ArtifactOutcome } from "../../contract/artifact.js";
import { normalizePath } from "./paths.js";
import { MAX_SITE_BYTES, MAX_SITE_FILES, type ReadSiteOptions } from "./read-site.js";

/** Folders that hold no sources. */
const SKIPPED = /^(?:node_modules|dist|build|coverage|\..*)$/;

/**
 * Reads a project that lies in a folder as a site: its text files, without installed packages, build results, hidden
 * folders and symbolic links. Throws an InfrastructureError when the folder cannot be read.
 */
export function readSiteFolder(
  folder: string,
  { maxBytes = MAX_SITE_BYTES, maxFiles = MAX_SITE_FILES }: ReadSiteOptions = {},
): ArtifactOutcome {
  const files: Record<string, string> = {};
  const notes: string[] = [];
  let bytes = 0;
  try {
    for (const path of sourcesIn(folder, "")) {
      const place = normalizePath(path);
      const { size } = statSync(join(folder, path));
      bytes += size;
      if (bytes > maxBytes) return tooLarge(`The files have more than ${maxBytes} bytes together.`);
      if (Object.keys(files).length >= maxFiles) return tooLarge(`There are more than ${maxFiles} files.`);
      const body = readFileSync(join(folder, path));
      if (typeof place !== "string") notes.push(`${path} is left out, as it ${place.problem}.`);
      else if (body.includes(0)) notes.push(`${path} is left out: it is no text.`);
      else files[place] = body.toString("utf8");
    }
  } catch (error) {
    throw new InfrastructureError(`Cannot read the folder ${folder}: ${messageOf(error)}.`);
  }
  if (Object.keys(files).length === 0)
    return {
      status: "refused",
      kind: "site",
      refusal: { reason: "empty", message: "The folder holds no files." },
    };
  return { status: "ok", artifact: { kind: "site", files, notes } };
}

function sourcesIn(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : sourcesIn(root, path);
      return entry.isFile() && entry.name !== "package-lock.json" ? [path] : [];
    });
}

function tooLarge(message: string): ArtifactOutcome {
  return { status: "refused", kind: "site", refusal: { reason: "too_large", message } };
}
