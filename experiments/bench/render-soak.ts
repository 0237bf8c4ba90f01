import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRenderer } from "../../env/index.js";
import { processTree } from "../../env/render/browser/processor-time.js";
import { documentsOf } from "./render.js";

export interface SoakOptions {
  /** Renders in all, default 2,000. */
  readonly renders?: number;
  /** All browsers are killed after so many renders, default 25; 0 for never. */
  readonly killEvery?: number;
  /** Told the state of things every 250 renders. */
  readonly log?: (line: string) => void;
}

/** What came of a soak. */
export interface SoakResult {
  readonly renders: number;
  readonly lost: number;
  readonly kills: number;
  /** Different pixel hashes beyond one for each document. */
  readonly variants: number;
  /** Resident megabytes of this process and its browsers, at each quarter of the way. */
  readonly megabytes: readonly number[];
}

/**
 * Renders for a long time while the browsers are killed again and again, and counts what is lost: nothing should be, and
 * memory should stay where it is. Linux only.
 *
 * @example
 * node dist/experiments/bench/render-soak.js 2000 25
 */
export async function soakRender({
  renders = 2000,
  killEvery = 25,
  log = () => {},
}: SoakOptions = {}): Promise<SoakResult> {
  const pages = documentsOf(25);
  const hashes = pages.map(() => new Set<string>());
  const renderer = await createRenderer();
  const megabytes: number[] = [];
  let next = 0;
  let done = 0;
  let lost = 0;
  let kills = 0;
  const worker = async () => {
    for (let i = next++; i < renders; i = next++) {
      const artifact = { kind: "html", html: pages[i % pages.length]! } as const;
      const outcome = await renderer.render({ artifact, viewport: { width: 800, height: 600 } });
      if (outcome.status === "rendered") hashes[i % pages.length]!.add(await outcome.page.hash());
      else lost++;
      done++;
      if (done % Math.ceil(renders / 4) === 0) megabytes.push(residentMegabytes());
      if (done % 250 === 0)
        log(`${done} of ${renders}, ${lost} lost, ${kills} kills, ${residentMegabytes()} MB`);
      if (killEvery > 0 && done % killEvery === 0)
        for (const pid of browsers()) {
          process.kill(pid, "SIGKILL");
          kills++;
        }
    }
  };
  try {
    await Promise.all(Array.from({ length: renderer.concurrency }, worker));
  } finally {
    await renderer.close();
  }
  const variants = hashes.reduce((sum, { size }) => sum + Math.max(0, size - 1), 0);
  return { renders, lost, kills, variants, megabytes };
}

/** The browsers this process started. */
function browsers(): number[] {
  return processTree(process.pid).filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return command.includes("--remote-debugging-pipe") && !command.includes("--type=");
    } catch {
      return false;
    }
  });
}

function residentMegabytes(): number {
  const alive = new Set(readdirSync("/proc"));
  const kilobytes = processTree(process.pid)
    .filter((pid) => alive.has(String(pid)))
    .map((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
        return Number(/^Pss:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      } catch {
        return 0;
      }
    });
  return Math.round(kilobytes.reduce((sum, each) => sum + each, 0) / 1024);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [renders, killEvery] = process.argv.slice(2).map(Number);
  const result = await soakRender({
    ...(renders === undefined ? {} : { renders }),
    ...(killEvery === undefined ? {} : { killEvery }),
    log: (line) => console.log(line),
  });
  console.log(JSON.stringify(result));
  process.exitCode = result.lost === 0 && result.variants === 0 ? 0 : 1;
}
