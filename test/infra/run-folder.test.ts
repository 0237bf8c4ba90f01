import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { InfrastructureError, UsageError } from "../../infra/errors.js";
import { configDifferences, isRunOpen, openRun, readRecord } from "../../infra/run-folder.js";

const MODULE = new URL("../../infra/run-folder.js", import.meta.url).href;

describe("a run folder", () => {
  let root: string;
  let path: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "webgen-run-"));
    path = join(root, "runs", "quickstart");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const config = { seed: 7, grpo: { steps: 60, groupSize: 8 }, agents: ["sft", "grpo"] };

  it("keeps configuration, versions, seed and command", () => {
    const run = openRun(path, config, { command: "npm run quickstart -- --seed 7", clock: () => 0 });
    run.close();
    const record = JSON.parse(readFileSync(join(path, "config.json"), "utf8"));
    expect(record).to.include({
      v: 1,
      started: "1970-01-01T00:00:00.000Z",
      command: "npm run quickstart -- --seed 7",
    });
    expect(record.config).to.deep.equal(config);
    expect(record.versions).to.include({ node: process.versions.node });
    expect(record.versions["webgen-gym"]).to.match(/^\d+\.\d+\.\d+/);
    expect(record.versions.playwright).to.match(/^\d+\.\d+\.\d+/);
    expect(readdirSync(path).sort()).to.deep.equal(["checkpoints", "config.json", "events.jsonl"]);
  });

  it("resumes with the same configuration, whatever the order of its keys", () => {
    const first = openRun(path, config);
    first.events.append({ phase: "sft", step: 0, type: "metrics" });
    first.close();
    const again = openRun(path, { agents: ["sft", "grpo"], grpo: { groupSize: 8, steps: 60 }, seed: 7 });
    expect([first.resumed, again.resumed]).to.deep.equal([false, true]);
    expect(again.events.read()).to.have.length(1);
    expect(again.started).to.equal(first.started);
    again.close();
  });

  it("names what differs in another configuration, and leaves the run as it was", () => {
    openRun(path, config).close();
    const other = { seed: 8, grpo: { steps: 60, groupSize: 16 }, agents: ["sft"] };
    expect(() => openRun(path, other)).to.throw(
      UsageError,
      'agents is ["sft","grpo"] there and ["sft"] here; grpo.groupSize is 8 there and 16 here; seed is 7 there and 8 here',
    );
    expect(() => openRun(path, other)).to.throw(UsageError, `delete ${path} to start over`);
    const run = openRun(path, config);
    expect(run.resumed).to.equal(true);
    run.close();
  });

  it("tells which versions changed since the run was started", () => {
    openRun(path, config, { versions: { node: "20.19.0", playwright: "1.60.0" } }).close();
    const run = openRun(path, config, { versions: { node: "20.19.0", playwright: "1.65.1" } });
    expect(run.versionChanges).to.deep.equal([{ name: "playwright", was: "1.60.0", is: "1.65.1" }]);
    run.close();
  });

  it("writes its files in one step", () => {
    const run = openRun(path, config);
    expect(run.write("report.html", "<!doctype html>")).to.equal(run.reportPath);
    run.write("report.html", "<!doctype html><title>2</title>");
    expect(readFileSync(run.reportPath, "utf8")).to.contain("<title>2");
    expect(readdirSync(path).filter((name) => name.endsWith(".tmp"))).to.deep.equal([]);
    run.close();
  });

  it("is open to one at a time, and free again when closed", () => {
    const run = openRun(path, config);
    expect(() => openRun(path, config)).to.throw(
      UsageError,
      `is in use by process ${process.pid} (this one)`,
    );
    run.close();
    run.close();
    openRun(path, config).close();
  });

  it("is not open to a second process, and is taken over when the first was killed", () => {
    const run = openRun(path, config);
    const script = (last: string) =>
      `import { openRun } from ${JSON.stringify(MODULE)};
       try { openRun(${JSON.stringify(path)}, ${JSON.stringify(config)}); ${last} } catch (error) { console.log(error.message); }`;
    const node = (last: string) =>
      spawnSync(process.execPath, ["--input-type=module", "-e", script(last)], { encoding: "utf8" });
    expect(node("console.log('opened')").stdout).to.contain(
      `is in use by process ${process.pid}. Wait until it ends`,
    );
    run.close();
    expect(node("process.kill(process.pid, 'SIGKILL')").signal).to.equal("SIGKILL");
    expect(existsSync(join(path, ".lock"))).to.equal(true);
    const resumed = openRun(path, config);
    expect(resumed.resumed).to.equal(true);
    resumed.close();
    expect(existsSync(join(path, ".lock"))).to.equal(false);
  });

  it("is not fooled by a lock whose process id now belongs to another process, or that is no lock", () => {
    openRun(path, config).close();
    const stale = { pid: process.ppid, host: hostname(), born: "another boot/1", token: "a" };
    for (const text of [JSON.stringify(stale), JSON.stringify({ ...stale, pid: process.pid }), "", "{"]) {
      writeFileSync(join(path, ".lock"), text);
      openRun(path, config).close();
    }
  });

  it("does not judge a process on another machine", () => {
    openRun(path, config).close();
    writeFileSync(join(path, ".lock"), JSON.stringify({ pid: 1, host: "elsewhere", born: null, token: "a" }));
    expect(() => openRun(path, config)).to.throw(UsageError, "process 1 on elsewhere");
  });

  it("touches no folder that is not a run", () => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "thesis.tex"), "");
    expect(() => openRun(path, config)).to.throw(UsageError, "holds other files (thesis.tex) and no run");
    expect(readdirSync(path)).to.deep.equal(["thesis.tex"]);
  });

  it("picks up a run that was killed before its configuration was written", () => {
    mkdirSync(join(path, "checkpoints"), { recursive: true });
    writeFileSync(join(path, ".config.json.123.tmp"), "{");
    const run = openRun(path, config);
    expect(run.resumed).to.equal(false);
    run.close();
  });

  it("says what is wrong with a configuration it cannot read", () => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "config.json"), "{");
    expect(() => readRecord(path)).to.throw(UsageError, "is not JSON");
    writeFileSync(join(path, "config.json"), '{"v":2}');
    expect(() => openRun(path, config)).to.throw(
      UsageError,
      "not the configuration of a run this program can resume",
    );
  });

  it("says that a file is in the way", () => {
    writeFileSync(join(root, "runs"), "");
    expect(() => openRun(path, config)).to.throw(InfrastructureError, "a part of the path is a file");
  });

  it("knows its paths, is open while it is, and logs for TensorBoard unless told otherwise", () => {
    expect(isRunOpen(path)).to.equal(false);
    const run = openRun(path, config);
    expect(isRunOpen(path)).to.equal(true);
    expect(run).to.include({
      path,
      checkpoints: join(path, "checkpoints"),
      reportPath: join(path, "report.html"),
      summaryPath: join(path, "summary.json"),
    });
    expect(run.command).to.equal(null);
    const step = (number: number) =>
      run.events.append({ phase: "sft", step: number, type: "metrics", metrics: { loss: 1 } });
    for (const number of [1, 2, 3]) step(number);
    const sizeOfBoard = () => {
      const [name] = readdirSync(join(path, "tensorboard", "sft"));
      return statSync(join(path, "tensorboard", "sft", name as string)).size;
    };
    const whole = sizeOfBoard();
    expect(run.events.rewind("sft", 3)).to.equal(0);
    expect(sizeOfBoard()).to.equal(whole);
    expect(run.events.rewind("sft", 1)).to.equal(2);
    expect(sizeOfBoard()).to.be.below(whole);
    step(2);
    step(3);
    expect(sizeOfBoard()).to.equal(whole);
    run.close();
    expect(isRunOpen(path)).to.equal(false);
    expect(() => step(4)).to.throw(UsageError, "is closed; open it again before writing to it");
  });

  it("sorts what changed by name, what is absent on one side among it", () => {
    openRun(path, config, { versions: { node: "20.19.0", sharp: "1", "a-package": "2" } }).close();
    const run = openRun(path, config, { versions: { zod: "3", sharp: "2", node: "20.19.0" } });
    expect(run.versionChanges).to.deep.equal([
      { name: "a-package", was: "2", is: "absent" },
      { name: "sharp", was: "1", is: "2" },
      { name: "zod", was: "absent", is: "3" },
    ]);
    run.close();
  });

  it("names three files of a folder that is no run, and that there are more", () => {
    mkdirSync(path, { recursive: true });
    for (const name of ["a", "b", "c"]) writeFileSync(join(path, name), "");
    expect(() => openRun(path, config)).to.throw(
      UsageError,
      `The folder ${path} holds other files (a, b, c) and no run. Choose an empty or a new folder.`,
    );
    writeFileSync(join(path, "d"), "");
    expect(() => openRun(path, config)).to.throw("holds other files (a, b, c, ...) and no run");
    expect(existsSync(join(path, ".lock"))).to.equal(false);
  });

  it("goes on with whatever a killed run may have left before its configuration", () => {
    mkdirSync(join(path, "checkpoints"), { recursive: true });
    mkdirSync(join(path, "tensorboard"));
    for (const name of ["events.jsonl", "progress.json"]) writeFileSync(join(path, name), "");
    openRun(path, config).close();
    expect(readRecord(path)?.config).to.deep.equal(config);
  });

  it("takes no other JSON for a configuration", () => {
    mkdirSync(path, { recursive: true });
    for (const text of [
      "null",
      "3",
      '{"v":1,"config":{}}',
      '{"v":1,"versions":{}}',
      '{"v":2,"config":{},"versions":{}}',
    ]) {
      writeFileSync(join(path, "config.json"), text);
      expect(() => readRecord(path), text).to.throw(UsageError, "is not the configuration of a run");
    }
    writeFileSync(join(path, "config.json"), '{"v":1,"config":{},"versions":{}}');
    expect(readRecord(path)).to.deep.equal({ v: 1, config: {}, versions: {} });
  });

  it("lists differences of absent and nested keys", () => {
    expect(configDifferences({}, { a: { b: 1 } })).to.deep.equal(["a.b is not set there and 1 here"]);
    expect(configDifferences({ a: { b: null } }, { a: {} })).to.have.length(2);
    expect(configDifferences({ b: 1, a: { c: [1, 2] } }, { b: 2, a: { c: [2, 1] } })).to.deep.equal([
      "a.c is [1,2] there and [2,1] here",
      "b is 1 there and 2 here",
    ]);
    expect(configDifferences({ a: {} }, {})).to.deep.equal(["a is {} there and not set here"]);
    expect(configDifferences({}, {})).to.deep.equal([]);
    expect(configDifferences({ a: undefined }, {})).to.deep.equal([]);
  });
});
