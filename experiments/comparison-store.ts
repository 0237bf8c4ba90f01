import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readTextIfThere, writeFileAtomic } from "../infra/files.js";
import type { ComparisonStore } from "./compare.js";
import type { ComparedAgent, ComparisonEntry } from "./comparison.js";

/** Entries that were kept before facts were counted have none. */
type StoredEntry = Omit<ComparisonEntry, "screenshot" | "facts"> &
  Partial<Pick<ComparisonEntry, "facts">> & { readonly screenshot?: string | null };
type Stored = Omit<ComparedAgent, "entries"> & { readonly entries: readonly StoredEntry[] };

/** One JSON file per finished agent in `folder`, screenshots in base64. */
export function createComparisonStore(folder: string): ComparisonStore {
  const pathOf = (agent: string) => join(folder, `${agent.replaceAll(/[^\w.+-]/g, "_")}.json`);
  return {
    load(agent) {
      const text = readTextIfThere(pathOf(agent));
      if (text === undefined) return undefined;
      const { entries, ...rest } = JSON.parse(text) as Stored;
      return { ...rest, entries: entries.map(decode) };
    },
    save({ entries, ...rest }) {
      mkdirSync(folder, { recursive: true });
      writeFileAtomic(pathOf(rest.name), JSON.stringify({ ...rest, entries: entries.map(encode) }));
    },
  };
}

function encode({ screenshot, ...entry }: ComparisonEntry): StoredEntry {
  if (screenshot === undefined) return entry;
  return { ...entry, screenshot: screenshot === null ? null : Buffer.from(screenshot).toString("base64") };
}

function decode({ screenshot, facts = {}, ...rest }: StoredEntry): ComparisonEntry {
  const entry = { ...rest, facts };
  if (screenshot === undefined) return entry;
  return { ...entry, screenshot: screenshot === null ? null : Buffer.from(screenshot, "base64") };
}
