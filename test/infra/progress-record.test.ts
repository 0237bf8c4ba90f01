import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createProgress } from "../../infra/progress.js";
import { type ProgressRecord, readProgress, recordProgress } from "../../infra/progress-record.js";

describe("recorded progress", () => {
  function recorded() {
    const state = { now: Date.UTC(2026, 0, 2, 3, 4, 5) };
    const records: ProgressRecord[] = [];
    const lines: string[] = [];
    const shown = createProgress({
      plan: ["SFT", "GRPO"],
      output: { write: (text) => lines.push(text) },
      live: false,
      clock: () => state.now,
    });
    const progress = recordProgress(shown, {
      plan: ["SFT", "GRPO"],
      write: (text) => records.push(JSON.parse(text) as ProgressRecord),
      clock: () => state.now,
    });
    return { state, records, lines, progress };
  }

  it("keeps begin and end at once, and what is between once a second", () => {
    const { state, records, progress } = recorded();
    const phase = progress.phase({ name: "SFT", total: 10, done: 2 });
    expect(records).to.have.length(1);
    for (let i = 0; i < 7; i++) {
      state.now += 400;
      phase.advance(1, { metrics: { loss: 7 - i } });
    }
    phase.advance(2);
    expect(records.map(({ phases }) => phases[0]?.done)).to.deep.equal([2, 5, 8]);
    phase.done("ready");
    phase.done("twice");
    expect(records).to.have.length(4);
    expect(records.at(-1)).to.deep.equal({
      v: 1,
      plan: ["SFT", "GRPO"],
      phases: [
        {
          name: "SFT",
          unit: "steps",
          done: 11,
          total: 10,
          before: 2,
          metrics: { loss: 1 },
          started: "2026-01-02T03:04:05.000Z",
          ended: "2026-01-02T03:04:07.800Z",
          message: "ready",
        },
      ],
    });
  });

  it("ends a phase that is under way when the next begins, and leaves it open when the run breaks off", () => {
    const { state, records, progress } = recorded();
    progress.phase({ name: "SFT" });
    state.now += 1500;
    const grpo = progress.phase({ name: "GRPO", total: 4, unit: "updates" });
    const [sft, second] = records.at(-1)!.phases;
    expect(sft).to.include({ ended: "2026-01-02T03:04:06.500Z", total: null, message: null });
    expect(second).to.include({ ended: null, total: 4, unit: "updates", done: 0 });
    grpo.advance();
    progress.close();
    expect(records.at(-1)!.phases[1]).to.include({ ended: null, done: 1 });
  });

  it("shows what it would show without a record", () => {
    const { state, lines, progress } = recorded();
    const phase = progress.phase({ name: "GRPO", total: 2 });
    progress.note("a note");
    state.now += 20_000;
    phase.advance(1, { metrics: { reward: 0.5 } });
    phase.done("ready");
    progress.phase({ name: "SFT" });
    progress.close();
    expect(lines).to.deep.equal([
      "2/2 GRPO ░░░░░░░░░░░░░░░░░░░░ 0/2 steps · 0:00\n",
      "a note\n",
      "2/2 GRPO ██████████░░░░░░░░░░ 1/2 steps · 0.50 reward · 20 s/step · 0:20 left\n",
      "2/2 GRPO 1 steps in 0:20 · ready\n",
      "1/2 SFT 0:00\n",
      "1/2 SFT 0:00\n",
    ]);
  });

  it("is read back, and nothing is made of what is no record", () => {
    const folder = mkdtempSync(join(tmpdir(), "webgen-progress-"));
    const path = join(folder, "progress.json");
    try {
      expect(readProgress(path)).to.equal(undefined);
      for (const text of [
        "",
        "{",
        "null",
        "3",
        '{"v":2,"plan":[],"phases":[]}',
        '{"v":1,"plan":[]}',
        '{"v":1,"phases":[]}',
      ]) {
        writeFileSync(path, text);
        expect(readProgress(path), text).to.equal(undefined);
      }
      writeFileSync(path, '{"v":1,"plan":["A"],"phases":[]}');
      expect(readProgress(path)).to.deep.equal({ v: 1, plan: ["A"], phases: [] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
