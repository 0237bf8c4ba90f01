import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { readEvents } from "../../infra/event-log.js";

const WEBGEN = fileURLToPath(new URL("../../experiments/webgen.js", import.meta.url));

/** A model and a run small enough for a test, with every phase of a real one. */
const TINY = {
  dataset: { levels: [1] },
  vocabSize: 700,
  model: { hiddenSize: 32, intermediateSize: 64, layers: 1, heads: 2, kvHeads: 1, maxPositions: 256 },
  maxTokens: 64,
  sft: { demonstrations: 48, steps: 8, batchSize: 4 },
  grpo: { steps: 3, tasksPerStep: 2, groupSize: 4, tasksPerChunk: 1, epochs: 1 },
};

describe("a training run", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-train-"));
  const config = join(folder, "tiny.json");
  before(() => writeFileSync(config, JSON.stringify(TINY)));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const start = (name: string, seed = 1) =>
    spawn(
      process.execPath,
      [WEBGEN, "train", "--config", config, "--seed", `${seed}`, "--out", join(folder, name)],
      {
        env: { ...process.env, CI: "true" },
      },
    );

  /** The learning curve: all metrics but the clock's. */
  const curve = (name: string) =>
    readEvents(join(folder, name, "events.jsonl")).map(({ phase, step, metrics = {} }) => [
      phase,
      step,
      Object.fromEntries(
        Object.entries(metrics).filter(([metric]) => metric !== "step_time" && !metric.startsWith("time/")),
      ),
    ]);

  const keptStep = (name: string, phase: string): number => {
    const file = join(folder, name, "checkpoints", "latest", "trainer_state.json");
    const state = JSON.parse(readFileSync(file, "utf8")) as { phase: string; step: number };
    return state.phase === phase ? state.step : 0;
  };

  it("repeats its curve from the same seed, also when it was killed twice on the way", async () => {
    await finish(start("whole"));
    const whole = curve("whole");
    expect(whole.length).to.equal(TINY.sft.steps + TINY.grpo.steps);
    const values = (phase: string, metric: string) =>
      whole.flatMap((event) => (event[0] === phase ? (event[2] as Record<string, number>)[metric] : []));
    // A model that knows nothing pays about as much for each token as a uniform guess, and less and less from there.
    const losses = values("sft", "loss") as number[];
    expect(losses[0]).to.be.closeTo(Math.log(TINY.vocabSize), 1);
    expect(Math.min(...losses.slice(-3))).to.be.below(Math.min(...losses.slice(0, 3)));
    // GRPO begins at its reference and leaves it.
    const divergences = values("grpo", "kl") as number[];
    expect(divergences[0]).to.be.closeTo(0, 1e-6);
    expect(divergences.at(-1)).to.be.above(divergences[0] as number);
    for (const phase of ["sft", "grpo"]) {
      const counts = values(phase, "num_tokens") as number[];
      expect(counts).to.deep.equal([...counts].sort((a, b) => a - b));
      expect(new Set(counts).size).to.equal(counts.length);
    }

    for (const [phase, step] of [
      ["sft", 3],
      ["grpo", 1],
    ] as const) {
      const child = start("killed");
      const done = () => curve("killed").filter((event) => event[0] === phase).length;
      await until(() => existsSync(join(folder, "killed", "events.jsonl")) && done() >= step, child);
      child.kill("SIGKILL");
      await once(child, "exit");
      // What was logged is kept, but for at most the step whose checkpoint was still being written.
      const logged = done();
      const kept = keptStep("killed", phase);
      expect(logged - kept).to.be.within(0, 1);
    }
    await finish(start("killed"));
    expect(curve("killed")).to.deep.equal(whole);
  });

  it("takes another seed to another curve", async () => {
    await finish(start("other", 2));
    expect(curve("other")).to.not.deep.equal(curve("whole"));
  });

  it("says what differs when a folder holds another run", async () => {
    const { code, stderr } = await outcome(start("whole", 9));
    expect(code).to.equal(2);
    expect(stderr).to.match(/seed is 1 there and 9 here/);
  });

  it("stops with a sentence when the disk is full, and goes on when there is room", async function () {
    const small = join(folder, "full");
    mkdirSync(small);
    const mount = (...options: string[]) =>
      spawnSync("mount", ["-t", "tmpfs", "-o", options.join(","), "tmpfs", small]);
    // A checkpoint of the tiny run takes about 400 kB with its optimiser state.
    if (mount("size=700k").status !== 0) this.skip();
    try {
      const { code, stderr } = await outcome(start("full"));
      expect(code).to.equal(1);
      expect(stderr).to.match(/disk is full/);
      expect(mount("remount", "size=50m").status).to.equal(0);
      await finish(start("full"));
      expect(curve("full")).to.deep.equal(curve("whole"));
    } finally {
      spawnSync("umount", [small]);
    }
  });
});

async function outcome(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return { code, stderr };
}

async function finish(child: ChildProcess): Promise<void> {
  const { code, stderr } = await outcome(child);
  if (code !== 0) throw new Error(`The run ended with ${code}: ${stderr}`);
}

async function until(holds: () => boolean, child: ChildProcess): Promise<void> {
  while (!holds()) {
    if (child.exitCode !== null) throw new Error("The run ended before it could be killed.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
