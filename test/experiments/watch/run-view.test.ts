import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { phasesOf, readRun, runSignature } from "../../../experiments/watch/run-view.js";
import { UsageError } from "../../../infra/errors.js";
import type { PhaseRecord } from "../../../infra/progress-record.js";
import { openRun } from "../../../infra/run-folder.js";

const NOON = Date.UTC(2026, 0, 2, 12);
const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();

const record = (changes: Partial<PhaseRecord>): PhaseRecord => ({
  name: "GRPO",
  unit: "steps",
  done: 30,
  total: 90,
  before: 10,
  metrics: {},
  started: at(0),
  ended: null,
  message: null,
  ...changes,
});

describe("the view of a run", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-watch-"));
    path = join(folder, "mine");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("says of each phase how far it is and how long it will take at the pace of this process", () => {
    const plan = ["SFT", "GRPO", "Compare"];
    const sft = record({ name: "SFT", ended: at(-5), started: at(-65), done: 90 });
    const [first, second, third] = phasesOf({ v: 1, plan, phases: [sft, record({})] }, true, NOON + 40_000);
    expect(first).to.deep.include({ name: "SFT", state: "done", seconds: 60, secondsLeft: null });
    // 20 steps in 40 s, 60 to go
    expect(second).to.deep.include({ name: "GRPO", state: "under way", seconds: 40, secondsLeft: 120 });
    expect(third).to.deep.include({ name: "Compare", state: "to come", seconds: null, total: null });
  });

  it("cannot say how long when nothing was done yet, nobody knows the total, or nobody works on it", () => {
    const left = (changes: Partial<PhaseRecord>, isOpen = true) =>
      phasesOf({ v: 1, plan: [], phases: [record(changes)] }, isOpen, NOON + 40_000)[0];
    expect(left({ done: 10 })).to.include({ secondsLeft: null });
    expect(left({ total: null })).to.include({ secondsLeft: null });
    expect(left({}, false)).to.include({ secondsLeft: null, state: "stopped" });
    expect(left({ done: 95 })).to.include({ secondsLeft: 0 });
  });

  it("shows a phase once that was recorded twice", () => {
    const phases = [record({ ended: at(1) }), record({ done: 60 })];
    expect(phasesOf({ v: 1, plan: ["GRPO"], phases }, true, NOON)).to.have.length(1);
    expect(phasesOf({ v: 1, plan: ["GRPO"], phases }, true, NOON)[0]).to.include({
      done: 60,
      state: "under way",
    });
  });

  it("tells a run that goes on from one that was stopped and one that is done", () => {
    const run = openRun(path, { recipe: { grpo: { steps: 2 } } });
    const step = (number: number) =>
      run.events.append({ phase: "grpo", step: number, type: "metrics", metrics: { reward: 0.5 } });
    step(1);
    expect(readRun(path)).to.deep.include({ name: "mine", status: "running", hasReport: false });
    expect(readRun(path).phases).to.have.length(1);
    expect(readRun(path).phases[0]).to.include({ name: "grpo", done: 1, total: 2, state: "under way" });
    step(2);
    expect(readRun(path).phases[0]).to.include({ done: 2, state: "done" });
    run.close();
    expect(readRun(path).status).to.equal("stopped");
    writeFileSync(
      join(path, "progress.json"),
      JSON.stringify({ v: 1, plan: ["GRPO"], phases: [record({ ended: at(1) })] }),
    );
    expect(readRun(path).status).to.equal("done");
    writeFileSync(
      join(path, "progress.json"),
      JSON.stringify({ v: 1, plan: ["GRPO", "Report"], phases: [record({ ended: at(1) })] }),
    );
    expect(readRun(path).status).to.equal("stopped");
    writeFileSync(join(path, "summary.json"), "{}");
    writeFileSync(join(path, "report.html"), "");
    expect(readRun(path)).to.deep.include({ status: "done", hasReport: true });
  });

  it("counts the time of a stopped phase to its last event, and of one that goes on to now", () => {
    const run = openRun(path, {}, { clock: () => NOON + 30_000 });
    run.events.append({ phase: "grpo", step: 1, type: "metrics" });
    writeFileSync(join(path, "progress.json"), JSON.stringify({ v: 1, plan: [], phases: [record({})] }));
    const now = () => NOON + 50_000;
    expect(readRun(path, now).phases[0]).to.include({ seconds: 50, state: "under way" });
    run.close();
    expect(readRun(path, now).phases[0]).to.include({ seconds: 30, state: "stopped" });
  });

  it("has a signature that changes with what it reads", () => {
    const seen = new Set<string>();
    const look = () => seen.add(runSignature(path));
    look();
    const run = openRun(path, {});
    look();
    run.events.append({ phase: "sft", step: 1, type: "metrics" });
    look();
    run.write("progress.json", "{}");
    look();
    run.write("report.html", "");
    look();
    run.close();
    look();
    look();
    expect(seen.size).to.equal(6);
  });

  it("names the runs beside a folder that holds none", () => {
    openRun(path, {}).close();
    expect(() => readRun(join(folder, "other"))).to.throw(
      UsageError,
      `There is no run in ${join(folder, "other")}. There are: ${path}.`,
    );
    expect(() => readRun(join(folder, "a", "b"))).to.throw(UsageError, /^There is no run in \S+\.$/);
  });
});
