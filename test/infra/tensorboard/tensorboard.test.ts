import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { InfrastructureError } from "../../../infra/errors.js";
import type { RunEvent } from "../../../infra/event-log.js";
import { openRun } from "../../../infra/run-folder.js";
import { openScalarBoard } from "../../../infra/tensorboard/board.js";
import { crc32c, maskedCrc32c } from "../../../infra/tensorboard/crc32c.js";
import { scalarRecord, versionRecord } from "../../../infra/tensorboard/event-record.js";
import { readBoard, readEventFile } from "./reader.js";

/** Written by TensorBoard's own code: `python test/interop/event-files.py write FILE`. */
const FIXTURE = readFileSync("test/fixtures/tensorboard/events.bin");

describe("CRC-32C", () => {
  it("gives the values of RFC 3720, appendix B.4, and the check value of its catalogue entry", () => {
    const bytes = (of: (i: number) => number) => Uint8Array.from({ length: 32 }, (_, i) => of(i));
    expect(crc32c(bytes(() => 0))).to.equal(0x8a9136aa);
    expect(crc32c(bytes(() => 255))).to.equal(0x62a8ab43);
    expect(crc32c(bytes((i) => i))).to.equal(0x46dd794e);
    expect(crc32c(bytes((i) => 31 - i))).to.equal(0x113fdb5c);
    expect(crc32c(Buffer.from("123456789"))).to.equal(0xe3069283);
    expect(crc32c(new Uint8Array())).to.equal(0);
  });

  it("is masked as in the first record of TensorBoard's own file", () => {
    expect(maskedCrc32c(FIXTURE.subarray(0, 8))).to.equal(FIXTURE.readUInt32LE(8));
  });
});

describe("TensorBoard's event files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-board-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const event = (phase: string, step: number, metrics?: RunEvent["metrics"]): RunEvent => ({
    v: 1,
    time: "2026-01-02T03:04:05.500Z",
    phase,
    step,
    type: "metrics",
    ...(metrics === undefined ? {} : { metrics }),
  });
  const steps = (name: string) =>
    (readBoard(folder)[name] ?? []).flatMap(({ step, version }) => (version === undefined ? [step] : []));

  it("are those of TensorBoard's own code, byte for byte", () => {
    const written = Buffer.concat([
      versionRecord(1767322800.25),
      scalarRecord({ wallTime: 1767322801.5, step: 1, scalars: { "train/reward": 0.1, "train/kl": -2.5 } }),
      scalarRecord({ wallTime: 1767322999, step: 5_000_000_000, scalars: { "train/größe": 1e-30 } }),
    ]);
    expect(written.toString("hex")).to.equal(FIXTURE.toString("hex"));
    expect(readEventFile(FIXTURE)[2]).to.deep.equal({
      wallTime: 1767322999,
      step: 5_000_000_000,
      scalars: { "train/größe": Math.fround(1e-30) },
    });
  });

  it("leave the step out where it is 0, as protocol buffers do", () => {
    const [read] = readEventFile(scalarRecord({ wallTime: 2, step: 0, scalars: { a: 1 } }));
    expect(read).to.deep.equal({ wallTime: 2, step: 0, scalars: { a: 1 } });
    expect(scalarRecord({ wallTime: 2, step: 0, scalars: { a: 1 } })).to.have.length(16 + 9 + 2 + 2 + 3 + 5);
  });

  it("write steps in as few bytes as they need", () => {
    const lengths = [1, 127, 128, 16_383, 16_384].map((step) => {
      const record = scalarRecord({ wallTime: 2, step, scalars: { a: 1 } });
      expect(readEventFile(record)[0]?.step).to.equal(step);
      return record.length;
    });
    const [one = 0] = lengths;
    expect(lengths).to.deep.equal([one, one, one + 1, one + 1, one + 2]);
  });

  it("hold each phase in a folder of its own, metrics under TRL's names, null nowhere", () => {
    const board = openScalarBoard(folder, [event("sft", 1, { loss: 3.5 })]);
    board.append(event("grpo", 1, { reward: 0.25, "rewards/checklist/mean": null }));
    board.append(event("grpo", 2, { reward: null, kl: Number.NaN, loss: Number.POSITIVE_INFINITY }));
    board.append(event("grpo", 3));
    board.append(event("../odd name", 1, { a: 1 }));
    board.close();
    board.close();
    const wallTime = Date.UTC(2026, 0, 2, 3, 4, 5, 500) / 1000;
    const version = { wallTime, step: 0, version: "brain.Event:2", scalars: {} };
    expect(readBoard(folder)).to.deep.equal({
      sft: [version, { wallTime, step: 1, scalars: { "train/loss": 3.5 } }],
      grpo: [version, { wallTime, step: 1, scalars: { "train/reward": 0.25 } }],
      __odd_name: [version, { wallTime, step: 1, scalars: { "train/a": 1 } }],
    });
    expect(readdirSync(join(folder, "grpo"))[0]).to.match(/^events\.out\.tfevents\.\d{10}\./);
  });

  it("are written anew when opened or rewritten, so that no step stands there twice; other files stay", () => {
    const all = [1, 2, 3].map((step) => event("grpo", step, { reward: step }));
    const first = openScalarBoard(folder, all, { clock: () => 1e12 });
    writeFileSync(join(folder, "grpo", "notes.txt"), "");
    first.rewrite(all.slice(0, 2));
    first.append(event("grpo", 3, { reward: 9 }));
    first.close();
    expect(steps("grpo")).to.deep.equal([1, 2, 3]);
    openScalarBoard(folder, all.slice(0, 1), { clock: () => 2e12 }).close();
    expect(steps("grpo")).to.deep.equal([1]);
    expect(readdirSync(join(folder, "grpo")))
      .to.include("notes.txt")
      .and.to.have.length(2);
  });

  it("say that they could not be written", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => openScalarBoard(join(folder, "file"), [event("sft", 1, { loss: 1 })])).to.throw(
      InfrastructureError,
      "a part of the path is a file",
    );
  });

  it("stand beside the events of a run, follow its rewinds, and are off by option", () => {
    const path = join(folder, "run");
    const run = openRun(path, {});
    for (const step of [1, 2, 3])
      run.events.append({ phase: "sft", step, type: "metrics", metrics: { loss: step } });
    run.close();
    const again = openRun(path, {});
    expect(again.events.rewind("sft", 1)).to.equal(2);
    again.events.append({ phase: "sft", step: 2, type: "metrics", metrics: { loss: 7 } });
    again.close();
    const read = readBoard(join(path, "tensorboard")).sft!.slice(1);
    expect(read.map(({ step, scalars }) => [step, scalars["train/loss"]])).to.deep.equal([
      [1, 1],
      [2, 7],
    ]);

    const without = openRun(join(folder, "without"), {}, { tensorboard: false });
    without.events.append({ phase: "sft", step: 1, type: "metrics", metrics: { loss: 1 } });
    without.close();
    expect(existsSync(join(folder, "without", "tensorboard"))).to.equal(false);
  });
});
