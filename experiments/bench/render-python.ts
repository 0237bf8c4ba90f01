import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Viewport } from "../../env/contract/task.js";

/** Environment variable that names a Python with Playwright. */
const PYTHON_VARIABLE = "WEBGEN_BENCH_PYTHON";
const SCRIPT = "experiments/bench/python/render_service.py";

/**
 * Pages a second of the published service's way in Python, its best of several concurrencies; undefined where no Python
 * with Playwright is named, or the script is not there (it is part of a checkout, not of the package).
 */
export async function pythonServiceRate(
  browserPath: string,
  pages: readonly string[],
  { width, height }: Viewport,
): Promise<number | undefined> {
  const python = process.env[PYTHON_VARIABLE];
  const script = findUp(dirname(fileURLToPath(import.meta.url)));
  if (!python || script === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "webgen-bench-"));
  try {
    await Promise.all(pages.map((html, i) => writeFile(join(folder, `${i}.html`), html)));
    const child = spawn(python, [script, folder, browserPath, `${width}`, `${height}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`${python} ${script} ended with status ${code}.`);
    return (JSON.parse(said) as { pagesPerSecond: number }).pagesPerSecond;
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
