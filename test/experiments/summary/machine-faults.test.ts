import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Agent } from "../../../agents/index.js";
import { createEvaluator, createRenderer, type Renderer, type Scorer, scored } from "../../../env/index.js";
import { findBrowser } from "../../../env/render/browser/find.js";
import { type AgentOpener, compareAgents } from "../../../experiments/compare.js";
import { buildSummary } from "../../../experiments/summary.js";
import { unmeasuredNotes } from "../../../experiments/unmeasured.js";
import { processTree } from "../../../infra/processor-time.js";
import { headingPage, headingTasks } from "../../support/headings.js";

/** 1 for what rendered, 0 for what did not. */
const scorer: Scorer = {
  name: "rendered",
  needs: new Set(["page"]),
  score: async (contexts) =>
    contexts.map(({ page }) => ({ total: scored(page === null ? 0 : 1), parts: {} })),
};

/** Processes of this one that are browsers. */
const browsers = () =>
  processTree(process.pid).filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "latin1");
      return command.includes("--remote-debugging-pipe") && !command.includes("--type=");
    } catch {
      return false;
    }
  });

describe("a comparison on a machine that fails", function () {
  this.timeout(300_000);
  let folder: string;
  let browserPath: string;
  let renderer: Renderer;
  let others: number[];
  before(async function () {
    const found = findBrowser();
    if (process.platform !== "linux" || !found) return this.skip();
    folder = mkdtempSync(join(tmpdir(), "webgen-browser-"));
    chmodSync(folder, 0o755);
    browserPath = join(folder, "headless-shell");
    writeFileSync(browserPath, `#!/bin/sh\nexec "${found.path}" "$@"\n`, { mode: 0o755 });
    others = browsers();
    renderer = await createRenderer({ browserPath, concurrency: 1 });
  });
  after(async () => {
    await renderer?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const killBrowsers = () => {
    const own = browsers().filter((pid) => !others.includes(pid));
    for (const pid of own) process.kill(pid, "SIGKILL");
    return own.length;
  };
  /** An agent that answers rightly, after something happened to the machine. */
  const agentThat = (name: string, happens: () => void, over = () => {}): AgentOpener => {
    const agent: Agent = {
      name,
      async act(observations) {
        happens();
        return observations.map(() => ({ text: headingPage("amber 0") }));
      },
    };
    return { name, open: async () => ({ agent, close: async () => over() }) };
  };

  it("scores what was rendered again, leaves null what was not, and says how often and of whom", async () => {
    let killed = 0;
    const lost = `${browserPath}.lost`;
    const comparison = await compareAgents({
      envId: "test/Headings-v0",
      tasks: headingTasks,
      evaluator: createEvaluator({ renderer, scorer }),
      agents: [
        agentThat("spared", () => {}),
        agentThat("struck", () => {
          killed += killBrowsers();
        }),
        agentThat(
          "browserless",
          () => {
            renameSync(browserPath, lost);
            killBrowsers();
          },
          () => renameSync(lost, browserPath),
        ),
      ],
      split: "train",
      count: 2,
      seeds: [1],
      gallery: 1,
    });
    const summary = buildSummary(comparison, {
      backend: "none",
      browser: renderer.browserVersion,
      seed: 1,
      throughput: { pagesPerSecond: null, generateTokensPerSecond: null, trainTokensPerSecond: null },
      resamples: 10,
    });
    expect(killed).to.equal(1);
    const [spared, struck, browserless] = summary.agents;
    expect([spared?.reward.mean, spared?.retries, spared?.unmeasured]).to.deep.equal([
      1,
      undefined,
      undefined,
    ]);
    expect([struck?.reward.mean, struck?.unmeasured]).to.deep.equal([1, undefined]);
    expect(struck?.retries).to.be.at.least(1);
    expect([browserless?.reward.mean, browserless?.unmeasured]).to.deep.equal([
      null,
      { machine: 2, plugin: 0 },
    ]);
    const notes = unmeasuredNotes(summary.agents).join("\n");
    expect(notes).to.match(/^struck: \d+ renders were begun again, since a browser ended under them\.$/m);
    expect(notes).to.match(/^browserless: answers without a reward: 2 by the machine's fault\.$/m);
    expect(notes).to.match(/^Agents differ in how many of their answers have no reward/m);
    expect(notes).to.not.match(/^spared/m);
  });
});
