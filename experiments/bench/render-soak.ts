import { readdirSync, readFileSync } from "node:fs";
import { createRenderer } from "../../env/index.js";
import { InfrastructureError } from "../../infra/errors.js";
import { processTree } from "../../infra/processor-time.js";
import { createRandom } from "../../infra/random.js";
import { type BenchFigure, figure, median } from "./figure.js";
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

/** What can be soaked, by name; the quick form after it. */
const SOAKS = {
  soak: [
    { renders: 1000, pages: 50, killEvery: 0 },
    { renders: 12, pages: 3, killEvery: 0 },
  ],
  "soak-kills": [
    { renders: 2000, pages: 25, killEvery: 25 },
    { renders: 12, pages: 3, killEvery: 4 },
  ],
  "soak-memory": [
    { renders: 10_000, pages: 50, killEvery: 0 },
    { renders: 30, pages: 3, killEvery: 0 },
  ],
} as const satisfies Record<string, readonly [SoakOptions, SoakOptions]>;

/** Memory may grow by this factor before it is called growing. */
const FLAT = 1.1;

/**
 * A soak by name, as figures. Its state is told on standard error every 250 renders.
 *
 * @throws InfrastructureError when a render was lost, a document had two pictures, no browser was killed though they should be, or (of
 * the whole `soak-memory`) memory grew.
 */
export async function benchSoak(
  name: keyof typeof SOAKS,
  { quick = false }: { readonly quick?: boolean } = {},
): Promise<BenchFigure[]> {
  const options: SoakOptions = SOAKS[name][quick ? 1 : 0];
  const result = await soakRender({ ...options, log: (line) => process.stderr.write(`${line}\n`) });
  const { renders, lost, kills, variants, megabytes, growth } = result;
  if (lost > 0 || variants > 0)
    throw new InfrastructureError(
      `Of ${renders} renders ${lost} were lost, and documents had ${variants} pictures too many.`,
    );
  if (options.killEvery > 0 && kills === 0 && process.platform === "linux")
    throw new InfrastructureError("No browser was found to kill, so this soak showed nothing.");
  if (name === "soak-memory" && !quick && growth > FLAT)
    throw new InfrastructureError(`Memory grew by a factor of ${growth.toFixed(2)} in ${renders} renders.`);
  return [
    figure(`${name}: renders, none lost, one picture a page`, renders, "renders"),
    ...(options.killEvery > 0 ? [figure(`${name}: browsers killed`, kills, "browsers")] : []),
    ...(megabytes.some((size) => size > 0)
      ? [
          figure(`${name}: most memory of all processes`, Math.max(...megabytes), "MB"),
          figure(`${name}: memory of the last third`, growth, "of the second"),
        ]
      : []),
  ];
}

/**
 * Renders for a long time, in random order and with a number of pages under way that changes all the time, and counts: nothing may be
 * lost, though the browsers are killed again and again; each document has one hash; memory stays where it is. Browsers are found and memory is
 * read on Linux alone.
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
  const third = Math.max(1, Math.floor(megabytes.length / 3));
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
