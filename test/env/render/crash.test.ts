import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { outcomeOf, pageOf, textOf } from "./support.js";

/** Process ids of the browsers this process started, or of their page processes. */
function browsers(kind: "browser" | "renderer" = "browser"): number[] {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
        return [
          {
            pid: Number(name),
            parent: Number(stat[1]),
            command: readFileSync(`/proc/${name}/cmdline`, "utf8"),
          },
        ];
      } catch {
        return [];
      }
    });
  const mine = processes.filter(
    ({ parent, command }) => parent === process.pid && command.includes("remote-debugging-pipe"),
  );
  if (kind === "browser") return mine.map(({ pid }) => pid);
  const family = new Set(mine.map(({ pid }) => pid));
  for (let grew = true; grew; ) {
    grew = false;
    for (const { pid, parent } of processes)
      if (family.has(parent) && !family.has(pid)) {
        family.add(pid);
        grew = true;
      }
  }
  return processes
    .filter(({ pid, command }) => family.has(pid) && command.includes("--type=renderer"))
    .map(({ pid }) => pid);
}

const numbered = (n: number) => `<h1>Page ${n}</h1>`;

describe("when things break", function () {
  this.timeout(60_000);
  let renderer: Renderer;
  before(async function () {
    if (process.platform !== "linux") this.skip();
    renderer = await createRenderer({ concurrency: 2 });
  });
  after(() => renderer?.close());

  it("a page that never ends is stopped, and its neighbours do not notice", async () => {
    const started = performance.now();
    const endless = outcomeOf(renderer, "<p>x<script>for (;;);</script>", { deadline: 1500 });
    const neighbours = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => textOf(await pageOf(renderer, numbered(n)))),
    );
    expect(neighbours).to.deep.equal(Array.from({ length: 10 }, (_, n) => `Page ${n}`));
    const outcome = await endless;
    expect(outcome).to.deep.include({ status: "failed", reason: "timeout" });
    expect(performance.now() - started).to.be.below(10_000);
    expect(textOf(await pageOf(renderer, numbered(11)))).to.equal("Page 11");
  });

  it("the browser killed in the middle of everything costs no page", async () => {
    const work = Array.from({ length: 60 }, async (_, n) => {
      const page = await pageOf(renderer, numbered(n), { deadline: 10_000 });
      if (n % 20 === 10) for (const pid of browsers()) process.kill(pid, "SIGKILL");
      return textOf(page);
    });
    expect(await Promise.all(work)).to.deep.equal(Array.from({ length: 60 }, (_, n) => `Page ${n}`));
  });

  it("the page's process killed costs no page", async () => {
    const work = Array.from({ length: 20 }, async (_, n) => {
      const page = await pageOf(renderer, numbered(n), { deadline: 10_000 });
      if (n === 8) for (const pid of browsers("renderer")) process.kill(pid, "SIGKILL");
      return textOf(page);
    });
    expect(await Promise.all(work)).to.deep.equal(Array.from({ length: 20 }, (_, n) => `Page ${n}`));
  });

  it("leaves no process behind", async () => {
    const other = await createRenderer({ concurrency: 3 });
    await Promise.all([1, 2, 3, 4].map((n) => pageOf(other, numbered(n))));
    const before = browsers().length;
    await other.close();
    expect(browsers().length).to.equal(before - 3);
  });
});
