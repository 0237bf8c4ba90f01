import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRenderer } from "../../env/index.js";
import { processTree } from "../../env/render/browser/processor-time.js";
import { UsageError } from "../../infra/errors.js";
import { createRandom } from "../../infra/random.js";
import { median } from "./figure.js";
import { documentsOf } from "./render.js";

export interface SoakOptions {
  /** Renders in all. */
  readonly renders: number;
  /** Different documents. */
  readonly pages: number;
  /** All browsers are killed after so many renders; 0 for never. */
  readonly killEvery: number;
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
  /** Resident megabytes of this process and its browsers, at each tenth of the way. */
  readonly megabytes: readonly number[];
  /** Megabytes in the last third of the way over those in the second; 1 is flat. The first third is for warming up. */
  readonly growth: number;
}

/** What can be soaked, by name. */
export const SOAKS: Readonly<Record<string, Omit<SoakOptions, "log">>> = {
  determinism: { renders: 1000, pages: 50, killEvery: 0 },
  kills: { renders: 2000, pages: 25, killEvery: 25 },
  memory: { renders: 10_000, pages: 50, killEvery: 0 },
};

/** Memory may grow by this factor before it is called growing. */
const FLAT = 1.1;

/**
 * Renders for a long time, in random order and with a number of pages under way that changes all the time, and counts: nothing may be
 * lost, though the browsers are killed again and again; each document has one hash; memory stays where it is. Linux only.
 *
 * @example
 * node dist/experiments/bench/render-soak.js kills        # 2,000 renders, the browsers killed after every 25
 * node dist/experiments/bench/render-soak.js memory 500   # fewer renders than the usual 10,000
 */
export async function soakRender({
  renders,
  pages: count,
  killEvery,
  log = () => {},
}: SoakOptions): Promise<SoakResult> {
  const pages = documentsOf(count);
  const hashes = pages.map(() => new Set<string>());
  const random = createRandom("soak");
  const order = random.stream("order").shuffle(Array.from({ length: renders }, (_, i) => i % count));
  const renderer = await createRenderer();
  const megabytes: number[] = [];
  let [done, lost, kills] = [0, 0, 0];
  const one = async (index: number) => {
    const artifact = { kind: "html", html: pages[index]! } as const;
    const outcome = await renderer.render({ artifact, viewport: { width: 800, height: 600 } });
    if (outcome.status === "rendered") hashes[index]!.add(await outcome.page.hash());
    else lost++;
    done++;
    if (done % Math.ceil(renders / 10) === 0) megabytes.push(residentMegabytes());
    if (done % 250 === 0)
      log(`${done} of ${renders}, ${lost} lost, ${kills} kills, ${residentMegabytes()} MB`);
    if (killEvery > 0 && done % killEvery === 0)
      for (const pid of browsers()) {
        process.kill(pid, "SIGKILL");
        kills++;
      }
  };
  try {
    const underWay = new Set<Promise<void>>();
    for (const index of order) {
      const work: Promise<void> = one(index).finally(() => underWay.delete(work));
      underWay.add(work);
      while (underWay.size >= random.integer(1, 2 * renderer.concurrency + 1)) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  } finally {
    await renderer.close();
  }
  const variants = hashes.reduce((sum, { size }) => sum + Math.max(0, size - 1), 0);
  const third = Math.floor(megabytes.length / 3);
  const growth = median(megabytes.slice(-third)) / median(megabytes.slice(third, -third));
  return { renders, lost, kills, variants, megabytes, growth };
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
  const [name = "determinism", renders] = process.argv.slice(2);
  const soak = SOAKS[name];
  if (!soak) throw new UsageError(`There is no soak "${name}". There are: ${Object.keys(SOAKS).join(", ")}.`);
  const result = await soakRender({
    ...soak,
    ...(renders === undefined ? {} : { renders: Number(renders) }),
    log: (line) => console.log(line),
  });
  console.log(JSON.stringify(result));
  const steady = name !== "memory" || result.growth <= FLAT;
  process.exitCode = result.lost === 0 && result.variants === 0 && steady ? 0 : 1;
}
