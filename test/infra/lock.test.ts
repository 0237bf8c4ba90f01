import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { InfrastructureError, UsageError } from "../../infra/errors.js";
import { isLocked, takeLock } from "../../infra/lock.js";

const MODULE = new URL("../../infra/lock.js", import.meta.url).href;

describe("a lock", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-lock-"));
    path = join(folder, ".lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const take = () => takeLock(path, "The folder");
  const holder = () => JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  const write = (changes: Record<string, unknown>) =>
    writeFileSync(path, JSON.stringify({ pid: 1, host: hostname(), born: null, token: "a", ...changes }));
  /** A process id that no process has any more. */
  const ended = () => spawnSync(process.execPath, ["-e", ""]).pid;

  it("says who holds it, and leaves nothing else behind", () => {
    const lock = take();
    expect(lock.path).to.equal(path);
    expect(holder()).to.include({ pid: process.pid, host: hostname() });
    expect(readdirSync(folder)).to.deep.equal([".lock"]);
    lock.release();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("is refused to a second, naming process, place and way out", () => {
    const lock = take();
    expect(take).to.throw(
      UsageError,
      `The folder is in use by process ${process.pid} (this one). Wait until it ends, or choose another folder; if it has ended, delete ${path}.`,
    );
    lock.release();
    take().release();
  });

  it("is given back once, and never takes away another's", () => {
    const lock = take();
    write({ token: "another's", host: "elsewhere" });
    lock.release();
    expect(holder().token).to.equal("another's");
    rmSync(path);
    const again = take();
    lock.release();
    expect(existsSync(path)).to.equal(true);
    again.release();
    again.release();
    expect(existsSync(path)).to.equal(false);
  });

  it("is held by a process that is alive here, and by any of another machine", () => {
    const { born } = (() => {
      const lock = take();
      const own = holder();
      lock.release();
      return own;
    })();
    for (const changes of [
      { pid: process.ppid, born: null },
      { pid: 1, host: "elsewhere", born: "x" },
    ]) {
      write(changes);
      expect(isLocked(path), JSON.stringify(changes)).to.equal(true);
      expect(take, JSON.stringify(changes)).to.throw(UsageError, `process ${changes.pid}`);
      expect(holder().token).to.equal("a");
    }
    write({ pid: 1, host: "elsewhere" });
    expect(take).to.throw("in use by process 1 on elsewhere.");
    if (process.platform === "linux") expect(born).to.match(/^[0-9a-f-]{36}\/\d+$/);
  });

  it("is taken over from a process that ended, that never was, or whose number another has now", () => {
    for (const changes of [
      { pid: ended() },
      { pid: 0 },
      { pid: -1 },
      { pid: 1.5 },
      { pid: process.pid },
      ...(process.platform === "linux" ? [{ pid: process.ppid, born: "another boot/1" }] : []),
    ]) {
      write(changes);
      expect(isLocked(path), JSON.stringify(changes)).to.equal(false);
      const lock = take();
      expect(holder()).to.include({ pid: process.pid });
      expect(isLocked(path)).to.equal(true);
      lock.release();
      expect(readdirSync(folder)).to.deep.equal([]);
    }
  });

  it("is not held by what is no lock", () => {
    for (const text of [
      "no lock at all",
      "",
      "null",
      "7",
      "[]",
      "{}",
      '{"pid":1}',
      '{"pid":"1","host":"h","token":"t"}',
    ]) {
      writeFileSync(path, text);
      expect(isLocked(path), text).to.equal(false);
      take().release();
      expect(existsSync(path), text).to.equal(false);
    }
    expect(isLocked(path)).to.equal(false);
  });

  it("is given back without harm when somebody took the file away", () => {
    const lock = take();
    rmSync(path);
    lock.release();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("keeps no file open, and says when its process began", function () {
    if (process.platform !== "linux") this.skip();
    const open = () => readdirSync("/proc/self/fd").length;
    const before = open();
    for (let i = 0; i < 5; i++) take().release();
    expect(open()).to.equal(before);
    const lock = take();
    // Field 22 of proc(5): ticks between the start of the machine and that of the process.
    const [, started] = /^\d+ \(.*\)(?: \S+){19} (\d+) /.exec(readFileSync("/proc/self/stat", "utf8")) ?? [];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    expect(holder().born).to.equal(`${boot}/${started}`);
    lock.release();
  });

  it("is held by another process as long as that runs", async function () {
    this.timeout(60_000);
    const script = `import { takeLock } from ${JSON.stringify(MODULE)};
      takeLock(${JSON.stringify(path)}, "It");
      console.log("taken");
      process.stdin.resume();`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
    await once(child.stdout, "data");
    expect(isLocked(path)).to.equal(true);
    expect(take).to.throw(UsageError, `The folder is in use by process ${child.pid}. Wait`);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isLocked(path)).to.equal(false);
    take().release();
  });

  it("says that there is no folder to lock", () => {
    expect(() => takeLock(join(folder, "none", ".lock"), "It")).to.throw(
      InfrastructureError,
      `Could not write the lock ${join(folder, "none", ".lock")}`,
    );
  });

  it("goes to one alone of several processes that find it stale at the same time", async function () {
    this.timeout(120_000);
    const script = `import { takeLock } from ${JSON.stringify(MODULE)};
      process.stdin.once("data", () => {
        try { takeLock(${JSON.stringify(path)}, "It"); console.log("taken"); } catch (error) { console.log(error.name); }
        process.stdin.once("end", () => process.exit());
      });
      console.log("ready");`;
    write({ pid: ended() });
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    const said = async (child: ChildProcess) => String((await once(child.stdout!, "data"))[0]).trim();
    await Promise.all(children.map(said));
    const answers = children.map(said);
    for (const child of children) child.stdin.write("go");
    expect((await Promise.all(answers)).sort()).to.deep.equal([
      "UsageError",
      "UsageError",
      "UsageError",
      "taken",
    ]);
    for (const child of children) child.stdin.end();
    await Promise.all(children.map((child) => once(child, "exit")));
  });
});
