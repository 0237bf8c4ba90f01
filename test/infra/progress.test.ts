import { expect } from "chai";
import fc from "fast-check";
import { createProgress } from "../../infra/progress.js";
import {
  bar,
  clockTime,
  figure,
  finishedLine,
  type PhaseView,
  runningLine,
} from "../../infra/progress-format.js";

const view: PhaseView = {
  name: "GRPO",
  index: 3,
  planned: 6,
  done: 41,
  total: 60,
  unit: "steps",
  metrics: { reward: 0.62, "tok/s": 8100 },
  rate: 19 / 72,
  elapsed: 151_000,
};

describe("progress lines", () => {
  it("shows plan, bar, count, metrics, rate and time left", () => {
    expect(runningLine(view)).to.equal(
      "3/6 GRPO █████████████▋░░░░░░ 41/60 steps · 0.62 reward · 8.1k tok/s · 3.79 s/step · 1:12 left",
    );
  });

  it("gives up the rate, then metrics, then the bar when room is short", () => {
    expect(runningLine(view, 78)).to.equal(
      "3/6 GRPO ████████████▎░░░░░ 41/60 steps · 0.62 reward · 8.1k tok/s · 1:12 left",
    );
    expect(runningLine(view, 55)).to.equal("3/6 GRPO █████▌░░ 41/60 steps · 0.62 reward · 1:12 left");
    expect(runningLine(view, 34)).to.equal("3/6 GRPO 41/60 steps · 1:12 left");
    expect(runningLine(view, 5)).to.equal("3/6 G");
  });

  it("never exceeds the width, whatever the state", () => {
    const state = fc.record({
      done: fc.nat(1e6),
      total: fc.option(fc.nat(1e6), { nil: undefined }),
      rate: fc.option(fc.double({ min: 1e-4, max: 1e5, noNaN: true }), { nil: null }),
      elapsed: fc.nat(1e7),
      metrics: fc.dictionary(fc.stringMatching(/^[a-z/]{1,12}$/), fc.double(), { maxKeys: 4 }),
    });
    fc.assert(
      fc.property(state, fc.integer({ min: 1, max: 140 }), (changes, width) => {
        expect(runningLine({ ...view, ...changes }, width).length).to.be.at.most(width);
      }),
    );
  });

  it("counts without a total, and shows the time spent then", () => {
    const open = { ...view, total: undefined, metrics: {}, rate: 12 };
    expect(runningLine(open)).to.equal("3/6 GRPO 41 steps · 12 steps/s · 2:31");
    expect(runningLine({ ...open, done: 0, rate: null, index: 0 })).to.equal("GRPO 2:31");
  });

  it("says nothing of a rate that there is not, and turns slow ones round", () => {
    const bare = { ...view, metrics: {}, total: undefined };
    expect(runningLine({ ...bare, rate: null })).to.equal("3/6 GRPO 41 steps · 2:31");
    expect(runningLine({ ...bare, rate: 0 })).to.equal("3/6 GRPO 41 steps · 2:31");
    expect(runningLine({ ...view, metrics: {}, rate: 0 })).to.equal(
      "3/6 GRPO █████████████▋░░░░░░ 41/60 steps · 2:31",
    );
    expect(runningLine({ ...bare, rate: 0.95 })).to.equal("3/6 GRPO 41 steps · 0.95 steps/s · 2:31");
    expect(runningLine({ ...bare, rate: 0.9, unit: "pages" })).to.equal(
      "3/6 GRPO 41 pages · 1.11 s/page · 2:31",
    );
  });

  it("sums a phase up", () => {
    expect(finishedLine({ ...view, done: 60 })).to.equal(
      "3/6 GRPO 60 steps in 2:31 · 0.62 reward · 8.1k tok/s",
    );
    expect(finishedLine({ ...view, done: 0 }, "already there")).to.equal("3/6 GRPO 2:31 · already there");
  });

  it("draws a bar of the asked width to an eighth of a cell", () => {
    expect([0, 1 / 16, 0.5, 1, 7, -1, Number.NaN].map((fraction) => bar(fraction, 2))).to.deep.equal([
      "░░",
      "▏░",
      "█░",
      "██",
      "██",
      "░░",
      "░░",
    ]);
  });

  it("writes figures and times as people say them", () => {
    expect(
      [0, 3, 0.6234, 12.34, 123.4, 8123, 99_960, 999_600, 2.4e6, 0.00012, -0.5].map(figure),
    ).to.deep.equal(["0", "3", "0.62", "12.3", "123", "8.1k", "100k", "1.0M", "2.4M", "0.00012", "-0.50"]);
    expect(figure(Number.NaN)).to.equal("?");
    expect([0.01, 1000, 99_950, 999_500].map(figure)).to.deep.equal(["0.01", "1.0k", "100k", "1.0M"]);
    expect([0, 7000, 72_000, 7_384_000].map(clockTime)).to.deep.equal(["0:00", "0:07", "1:12", "2:03:04"]);
  });
});

describe("progress", () => {
  function terminal(options: { isTTY?: boolean; columns?: number; environment?: Record<string, string> }) {
    const written: string[] = [];
    const state = { now: 0 };
    const { environment = {}, ...output } = options;
    const progress = createProgress({
      plan: ["SFT", "GRPO"],
      output: { ...output, write: (text) => written.push(text) },
      clock: () => state.now,
      environment,
    });
    return { written, progress, state };
  }

  it("redraws one line on a terminal, no more often than a frame, in its width", () => {
    const { written, progress, state } = terminal({
      isTTY: true,
      columns: 40,
      environment: { NO_COLOR: "1" },
    });
    const phase = progress.phase({ name: "GRPO", total: 100 });
    for (let step = 0; step < 100; step++) {
      state.now += 10;
      phase.advance();
    }
    expect(written.length).to.be.within(10, 16);
    for (const text of written) {
      expect(text.startsWith("\r") && text.endsWith("\u001b[K") && !text.includes("\n")).to.equal(true);
      expect(text.length - 4).to.be.at.most(39);
    }
    phase.done("ready");
    phase.done();
    expect(written.at(-1)).to.equal("\r✓ 2/2 GRPO 100 steps in 0:01 · ready\u001b[K\n");
    progress.close();
  });

  it("prints plain lines now and then elsewhere", () => {
    for (const options of [
      { isTTY: false },
      { isTTY: true, environment: { CI: "1" } },
      { isTTY: true, environment: { TERM: "dumb" } },
    ]) {
      const { written, progress, state } = terminal(options);
      const phase = progress.phase({ name: "SFT", total: 60 });
      for (let step = 0; step < 60; step++) {
        state.now += 1000;
        phase.advance(1, { metrics: { loss: 2 } });
      }
      phase.done();
      expect(written).to.deep.equal([
        "1/2 SFT ░░░░░░░░░░░░░░░░░░░░ 0/60 steps · 0:00\n",
        "1/2 SFT █████░░░░░░░░░░░░░░░ 15/60 steps · 2 loss · 1 steps/s · 0:45 left\n",
        "1/2 SFT ██████████░░░░░░░░░░ 30/60 steps · 2 loss · 1 steps/s · 0:30 left\n",
        "1/2 SFT ███████████████░░░░░ 45/60 steps · 2 loss · 1 steps/s · 0:15 left\n",
        "1/2 SFT ████████████████████ 60/60 steps · 2 loss · 1 steps/s · 0:00 left\n",
        "1/2 SFT 60 steps in 1:00 · 2 loss\n",
      ]);
    }
  });

  it("does not count what an earlier process did in its rate", () => {
    const { written, progress, state } = terminal({});
    const phase = progress.phase({ name: "SFT", total: 100, done: 80 });
    state.now = 20_000;
    phase.advance(10);
    expect(written.at(-1)).to.contain("90/100 steps · 2 s/step · 0:20 left");
    phase.done();
    expect(written.at(-1)).to.equal("1/2 SFT 10 steps in 0:20\n");
  });

  it("follows a change of speed", () => {
    const { written, progress, state } = terminal({});
    const phase = progress.phase({ name: "SFT", total: 1000 });
    for (let step = 0; step < 300; step++) {
      state.now += step < 100 ? 100 : 1000;
      phase.advance();
    }
    expect(written.at(-1)).to.contain("1 steps/s");
    phase.done();
  });

  it("prints notes above the bar and ends an open phase", () => {
    const { written, progress } = terminal({ isTTY: true, environment: { NO_COLOR: "1" } });
    progress.phase({ name: "SFT" });
    progress.note("backend: wasm");
    expect(written.slice(-2)).to.deep.equal(["\rbackend: wasm\u001b[K\n", "\r1/2 SFT 0:00\u001b[K"]);
    progress.phase({ name: "Elsewhere", unit: "pages" });
    expect(written.at(-2)).to.equal("\r✓ 1/2 SFT 0:00\u001b[K\n");
    progress.close();
    progress.close();
    expect(written.at(-1)).to.equal("\r✓ Elsewhere 0:00\u001b[K\n");
  });

  it("colours the bar where colour is wanted", () => {
    const { written, progress } = terminal({ isTTY: true });
    progress.phase({ name: "SFT", total: 2, done: 1 });
    expect(written.at(-1)).to.contain("\u001b[36m██████████\u001b[0m\u001b[2m░░░░░░░░░░\u001b[0m");
    progress.close();
  });
});
