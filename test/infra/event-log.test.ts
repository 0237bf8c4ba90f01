import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { InfrastructureError, UsageError } from "../../infra/errors.js";
import { openEventLog, parseEvents, readEvents } from "../../infra/event-log.js";

describe("the event log", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-log-"));
    path = join(folder, "events.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const step = (phase: string, number: number) => ({
    phase,
    step: number,
    type: "metrics",
    metrics: { reward: 0.5 },
  });

  it("gives back what was appended, with version and time", () => {
    const log = openEventLog(path, { clock: () => Date.UTC(2026, 0, 2, 3, 4, 5) });
    const metrics = { reward: 0.25, "rewards/checklist/mean": null };
    log.append({ phase: "grpo", step: 3, type: "metrics", metrics });
    log.close();
    expect(readEvents(path)).to.deep.equal([
      { v: 1, time: "2026-01-02T03:04:05.000Z", phase: "grpo", step: 3, type: "metrics", metrics },
    ]);
  });

  it("goes on where it stopped", () => {
    for (let number = 0; number < 3; number++) {
      const log = openEventLog(path);
      log.append(step("sft", number));
      log.close();
    }
    expect(readEvents(path).map((event) => event.step)).to.deep.equal([0, 1, 2]);
  });

  it("writes a number that is not finite as null, never as 0", () => {
    const log = openEventLog(path);
    log.append({ ...step("sft", 0), metrics: { loss: Number.NaN, kl: Number.POSITIVE_INFINITY } });
    log.close();
    expect(readEvents(path)[0]?.metrics).to.deep.equal({ loss: null, kl: null });
  });

  it("survives a crash at any byte: whole lines stay, and the next line is whole", () => {
    const log = openEventLog(path);
    for (let number = 0; number < 4; number++) log.append({ ...step("sft", number), message: "schön 🚀" });
    log.close();
    const bytes = readFileSync(path);
    fc.assert(
      fc.property(fc.nat({ max: bytes.length }), (cut) => {
        writeFileSync(path, bytes.subarray(0, cut));
        const whole = readEvents(path).length;
        const reopened = openEventLog(path);
        reopened.append(step("sft", 99));
        reopened.close();
        const steps = readEvents(path).map((event) => event.step);
        expect(steps).to.deep.equal([...[0, 1, 2, 3].slice(0, whole), 99]);
      }),
      { numRuns: 60 },
    );
  });

  it("cuts a torn line longer than its read block", () => {
    const log = openEventLog(path);
    log.append(step("sft", 0));
    log.close();
    appendFileSync(path, `{"v":1,"message":"${"x".repeat(200_000)}`);
    openEventLog(path).close();
    expect(readEvents(path)).to.have.length(1);
    writeFileSync(path, "y".repeat(200_000));
    openEventLog(path).close();
    expect(readFileSync(path, "utf8")).to.equal("");
  });

  it("drops what a resumed run will do again, of that phase alone", () => {
    const log = openEventLog(path);
    for (const number of [0, 1, 2, 3]) log.append(step("sft", number));
    for (const number of [0, 1]) log.append(step("grpo", number));
    expect(log.rewind("sft", 1)).to.equal(2);
    expect(log.rewind("sft", 1)).to.equal(0);
    log.append(step("sft", 2));
    log.close();
    expect(readEvents(path).map(({ phase, step }) => `${phase}${step}`)).to.deep.equal([
      "sft0",
      "sft1",
      "grpo0",
      "grpo1",
      "sft2",
    ]);
  });

  it("says that the disk is full, and what to do", function () {
    if (!existsSync("/dev/full")) this.skip();
    const log = openEventLog("/dev/full");
    expect(() => log.append(step("sft", 0))).to.throw(
      InfrastructureError,
      "Could not write /dev/full because the disk is full. Free some space and run the same command again.",
    );
    log.close();
  });

  it("says that the folder may not be written to", function () {
    if (process.getuid?.() === 0) this.skip(); // Root may write anywhere.
    const locked = join(folder, "locked");
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect(() => openEventLog(join(locked, "events.jsonl"))).to.throw(InfrastructureError, "no permission");
  });

  it("says that a folder is in the way", () => {
    mkdirSync(path);
    expect(() => openEventLog(path)).to.throw(InfrastructureError, "because a folder is in its place");
  });

  it("refuses to write once closed, and closes twice", () => {
    const log = openEventLog(path);
    log.close();
    log.close();
    expect(() => log.append(step("sft", 0))).to.throw(UsageError, "is closed");
  });

  it("takes nothing for an event that lacks a field or has one of another type", () => {
    const whole = { v: 1, time: "2026-01-02T03:04:05.000Z", step: 1, phase: "sft", type: "metrics" };
    expect(parseEvents(`${JSON.stringify(whole)}\n\n`)).to.deep.equal([whole]);
    for (const changes of [{ time: 3 }, { step: "1" }, { phase: undefined }, { type: null }])
      expect(
        () => parseEvents(`${JSON.stringify({ ...whole, ...changes })}\n`),
        JSON.stringify(changes),
      ).to.throw(
        InfrastructureError,
        "Line 1 of events.jsonl is no event: expected an object with v, time, step, phase and type. Remove that line to go on.",
      );
    for (const line of ["null", "3", '"v"', "[]", "{}"])
      expect(() => parseEvents(`${JSON.stringify(whole)}\n${line}\n`), line).to.throw(
        InfrastructureError,
        "Line 2 of events.jsonl is no event",
      );
    expect(() => parseEvents("{]\n", "a.jsonl")).to.throw(
      InfrastructureError,
      "Line 1 of a.jsonl is not JSON: something else wrote to it. Remove that line to go on.",
    );
    expect(() => parseEvents(`${JSON.stringify({ ...whole, v: 2 })}\n`)).to.throw(
      UsageError,
      "Line 1 of events.jsonl has event format 2, and this program reads 1.",
    );
  });

  it("leaves a file alone that ends whole, and one that is empty", () => {
    for (const text of ["", "\n", '{"v":1}\n']) {
      writeFileSync(path, text);
      openEventLog(path).close();
      expect(readFileSync(path, "utf8")).to.equal(text);
    }
    writeFileSync(path, "\ntorn");
    openEventLog(path).close();
    expect(readFileSync(path, "utf8")).to.equal("\n");
  });

  it("names the line that is no event", () => {
    const good = JSON.stringify({ v: 1, time: "2026-01-02T03:04:05.000Z", ...step("sft", 0) });
    expect(() => parseEvents(`${good}\nnot json\n${good}\n`)).to.throw(
      InfrastructureError,
      "Line 2 of events.jsonl",
    );
    expect(() => parseEvents(`${good}\n{"v":1}\n`)).to.throw(
      InfrastructureError,
      "expected an object with v, time",
    );
    expect(() => parseEvents(`${good}\nnull\n`)).to.throw(InfrastructureError, "Line 2");
    expect(() => parseEvents(good.replace('"v":1', '"v":9').concat("\n"))).to.throw(
      UsageError,
      "event format 9",
    );
  });

  it("counts blank lines, which are no events, and leaves out a line without its end", () => {
    const good = JSON.stringify({ v: 1, time: "2026-01-02T03:04:05.000Z", ...step("sft", 0) });
    expect(parseEvents(`${good}\n\n${good}\n`)).to.have.length(2);
    expect(parseEvents(`${good}\n${good}`)).to.have.length(1);
    expect(parseEvents("")).to.deep.equal([]);
    expect(() => parseEvents(`${good}\n\nnot json\n`, "a.jsonl")).to.throw(
      InfrastructureError,
      "Line 3 of a.jsonl is not JSON: something else wrote to it. Remove that line to go on.",
    );
  });

  it("asks of an event its version, time, step, phase and type, each of its kind", () => {
    const whole = { v: 1, time: "2026-01-02T03:04:05.000Z", step: 1, phase: "sft", type: "metrics" };
    const read = (event: unknown) => parseEvents(`${JSON.stringify(event)}\n`);
    expect(read(whole)).to.deep.equal([whole]);
    for (const [key, wrong] of Object.entries({ time: 5, step: "1", phase: null, type: 7 })) {
      expect(() => read({ ...whole, [key]: wrong }), key).to.throw(InfrastructureError, "is no event");
      const { [key as keyof typeof whole]: _, ...less } = whole;
      expect(() => read(less), key).to.throw(InfrastructureError, "is no event");
    }
    for (const odd of [7, "text", [], null]) expect(() => read(odd)).to.throw(InfrastructureError);
    expect(() => read({ ...whole, v: "1" })).to.throw(
      UsageError,
      'Line 1 of events.jsonl has event format "1", and this program reads 1. Use the program that wrote it, or another run folder.',
    );
  });

  it("keeps the version and the time of the clock it is given, over all that is said", () => {
    const log = openEventLog(path, { clock: () => 0 });
    const event = log.append({ step: 0, phase: "sft", type: "note", message: "hello", data: { a: [1] } });
    expect(event).to.deep.equal({
      v: 1,
      time: "1970-01-01T00:00:00.000Z",
      step: 0,
      phase: "sft",
      type: "note",
      message: "hello",
      data: { a: [1] },
    });
    expect(log.path).to.equal(path);
    expect(log.read()).to.deep.equal([event]);
    log.close();
  });

  it("rewinds nothing without writing, and goes on appending after it rewound", () => {
    const log = openEventLog(path);
    for (const number of [1, 2]) log.append(step("sft", number));
    const before = readFileSync(path, "utf8");
    expect(log.rewind("grpo", 0)).to.equal(0);
    expect(readFileSync(path, "utf8")).to.equal(before);
    expect(log.rewind("sft", 0)).to.equal(2);
    expect(readFileSync(path, "utf8")).to.equal("");
    log.append(step("sft", 1));
    expect(log.read()).to.have.length(1);
    log.close();
    expect(() => log.rewind("sft", 0)).to.throw(UsageError, "is closed");
  });

  it("has no events where there is no file", () => {
    expect(readEvents(join(folder, "none.jsonl"))).to.deep.equal([]);
  });
});
