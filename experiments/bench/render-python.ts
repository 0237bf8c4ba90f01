import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Viewport } from "../../env/contract/task.js";
import { messageOf } from "../../infra/errors.js";
import { skipped } from "./figure.js";
import { pythonPath, runPython } from "./python.js";

const SCRIPT = "experiments/bench/python/render_service.py";

export interface PythonServiceOptions {
  readonly browserPath: string;
  readonly pages: readonly string[];
  readonly viewport: Viewport;
  /** Seconds of one measurement. */
  readonly seconds: number;
  /** How many documents at a time it is tried with, per core. */
  readonly tries: readonly number[];
}

/**
 * Pages a second of the published service's way in Python, its best of several concurrencies. Undefined, after a line on standard error,
 * where Python or its Playwright is missing, or the script (it is part of a checkout, not of the package).
 */
export async function pythonServiceRate({
  browserPath,
  pages,
  viewport: { width, height },
  seconds,
  tries,
}: PythonServiceOptions): Promise<number | undefined> {
  const what = "the render service in Python";
  const script = findUp(dirname(fileURLToPath(import.meta.url)));
  if (script === undefined) {
    skipped(what, `${SCRIPT} is part of a checkout alone`);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "webgen-bench-"));
  try {
    await Promise.all(pages.map((html, i) => writeFile(join(folder, `${i}.html`), html)));
    const said = await runPython([
      script,
      folder,
      browserPath,
      `${width}`,
      `${height}`,
      `${seconds}`,
      tries.join(),
    ]);
    return (JSON.parse(said) as { pagesPerSecond: number }).pagesPerSecond;
  } catch (error) {
    skipped(what, `${pythonPath()} says: ${messageOf(error)}`);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function findUp(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, SCRIPT))) return join(folder, SCRIPT);
    if (dirname(folder) === folder) return undefined;
  }
}
