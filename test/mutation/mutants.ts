import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "@stryker-mutator/api/logging";
import { Instrumenter } from "@stryker-mutator/instrumenter";

/** One small change of one source. */
export interface Mutant {
  /** The same while the source stays the same. */
  readonly id: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Name of Stryker's mutator, e.g. `EqualityOperator`. */
  readonly mutator: string;
  /** What stood there, and what stands there instead. */
  readonly original: string;
  readonly replacement: string;
  /** UTF-16 offset of the original. */
  readonly offset: number;
}

const silent = new Proxy({}, { get: () => () => false }) as Logger;

/** All mutants of sources by Stryker's mutators, in the order of the sources and of their text. */
export async function mutantsOf(root: string, files: readonly string[]): Promise<Mutant[]> {
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
  const { mutants } = await new Instrumenter(silent).instrument(
    [...texts].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [], noHeader: true } as never,
  );
  return mutants.map(({ fileName: file, location: { start, end }, mutatorName: mutator, replacement }) => {
    const text = texts.get(file) as string;
    const offset = offsetOf(text, start);
    const original = text.slice(offset, offsetOf(text, end));
    const id = createHash("sha256")
      .update(JSON.stringify([file, text, offset, original, replacement]))
      .digest("hex")
      .slice(0, 16);
    return { id, file, line: start.line + 1, mutator, original, replacement, offset };
  });
}

/** The text of a source with a mutant in it. */
export function applyMutant(text: string, { offset, original, replacement }: Mutant): string {
  return text.slice(0, offset) + replacement + text.slice(offset + original.length);
}

/** @param position line and column from 0 */
function offsetOf(
  text: string,
  { line, column }: { readonly line: number; readonly column: number },
): number {
  let offset = 0;
  for (let i = 0; i < line; i++) offset = text.indexOf("\n", offset) + 1;
  return offset + column;
}
