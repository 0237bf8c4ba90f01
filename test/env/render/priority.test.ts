import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { expect } from "chai";
import { setBackground } from "../../../env/render/browser/priority.js";
import { createRenderer } from "../../../env/render/index.js";
import { VIEWPORT } from "./support.js";

/** Priorities of all processes of browsers that this process started; 0 is the usual one, more is later. */
function browserPriorities(): number[] {
  const children = (pid: number): number[] =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1")
        .trim()
        .split(" ")
        .filter(Boolean)
        .map(Number),
    );
  const tree = (pid: number): number[] => [pid, ...children(pid).flatMap(tree)];
  return children(process.pid)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("remote-debugging-pipe"))
    .flatMap(tree)
    .map((pid) => getPriority(pid));
}

describe("a lower priority", function () {
  this.timeout(90_000);
  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  it("lets others go before a process, and forgives one that has ended", async () => {
    const child = spawn("sleep", ["60"], { detached: true });
    const pid = child.pid as number;
    expect(setBackground([pid], true)).to.equal(true);
    expect(getPriority(pid)).to.equal(15);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await ended;
    expect(setBackground([pid], true)).to.equal(true);
  });

  it("puts a page that does not come to an end behind the others, and the next one not", async () => {
    const renderer = await createRenderer({ concurrency: 1 });
    try {
      const render = (html: string) =>
        renderer.render({ artifact: { kind: "html", html }, viewport: VIEWPORT, deadline: 12_000 });
      await render("<h1>Warm</h1>");
      const before = browserPriorities().filter((priority) => priority === 15).length;
      const endless = render("<h1>x</h1><script>for (;;);</script>");
      const behind = () => browserPriorities().filter((priority) => priority === 15).length;
      // On a busy machine it is given more time to begin with.
      for (let look = 0; look < 110 && behind() <= before; look++)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(behind()).to.be.above(before);
      expect(await endless).to.include({ status: "failed", reason: "timeout" });
      expect(await render("<h1>Next</h1>")).to.include({ status: "rendered" });
      expect(browserPriorities().filter((priority) => priority === 15).length).to.equal(before);
    } finally {
      await renderer.close();
    }
  });
});
