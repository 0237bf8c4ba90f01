import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createSandbox, type Layer, type Sandbox } from "../../../env/sandbox/index.js";
import { processTree } from "../../../infra/processor-time.js";

const module = new URL("./curious-jobs.js", import.meta.url);
const CANARY = "canary-5f0c7a1e";

/** Ends a test as skipped, with a reason, where the system does not put this layer around workers. */
async function needing(context: Mocha.Context, sandbox: Sandbox, layer: Layer): Promise<void> {
  if ((await sandbox.layers()).includes(layer)) return;
  const { title } = context.test as Mocha.Runnable;
  (context.test as Mocha.Runnable).title = `${title} (skipped: this system does not give workers "${layer}")`;
  context.skip();
}

const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("a sandbox", function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  before(() => {
    sandbox = createSandbox({
      module,
      workers: 2,
      limit: 400,
      heapMegabytes: 64,
      memoryMegabytes: 512,
      replyBytes: 2 ** 20,
    });
  });
  after(() => sandbox.close());

  const roomySandbox = (memoryMegabytes: number): Sandbox =>
    createSandbox({ module, workers: 1, limit: 60_000, heapMegabytes: 64, memoryMegabytes });
  const resultOf = async (job: string, input: unknown): Promise<unknown> => {
    const outcome = await sandbox.run(job, input);
    if (outcome.status !== "done") throw new Error(`${outcome.reason}: ${outcome.message}`);
    return outcome.value;
  };
  const reasonOf = async (job: string): Promise<string> => {
    const outcome = await sandbox.run(job, null);
    return outcome.status === "stopped" ? outcome.reason : outcome.status;
  };

  it("does jobs, and keeps its workers for the next", async () => {
    expect(await resultOf("echo", { a: [1, null, "x".repeat(10_000)] })).to.deep.equal({
      a: [1, null, "x".repeat(10_000)],
    });
    const before = sandbox.pids.toSorted();
    for (let i = 0; i < 20; i++) expect(await resultOf("echo", i)).to.equal(i);
    expect(sandbox.pids.toSorted()).to.include.members(before);
  });

  it("stops what overruns its limits, for the right reason, and goes on", async () => {
    const reasons: Record<string, string> = {
      spin: "deadline",
      exit: "crash",
      signal: "crash",
      throwIt: "threw",
      leave: "threw",
      answerLong: "too_large",
      answerMany: "too_large",
    };
    for (const [job, reason] of Object.entries(reasons)) {
      expect(await reasonOf(job), job).to.equal(reason);
      expect(await resultOf("echo", job)).to.equal(job);
    }
  });

  it("lets jobs beside one that is stopped go on", async () => {
    const spinning = reasonOf("spin");
    for (let i = 0; i < 10; i++) expect(await resultOf("echo", i)).to.equal(i);
    expect(await spinning).to.equal("deadline");
  });

  it("bounds memory, of JavaScript's heap and other", async function () {
    const roomy = roomySandbox(512);
    try {
      const outcomeOf = async (job: string) => {
        const outcome = await roomy.run(job, null);
        return outcome.status === "stopped" ? outcome.reason : outcome.status;
      };
      expect(await outcomeOf("fillHeap")).to.equal("memory");
      await needing(this, sandbox, "memory");
      expect(await outcomeOf("fillMemory")).to.be.oneOf(["memory", "threw"]);
    } finally {
      roomy.close();
    }
  });

  it("gives a job the memory it may have, whatever the jobs before it left behind", async function () {
    const roomy = roomySandbox(1024);
    try {
      const outcomes = [];
      for (let i = 0; i < 4; i++) outcomes.push(await roomy.run("keep", 400));
      await needing(this, sandbox, "memory");
      expect(outcomes.map(({ status }) => status)).to.deep.equal(["done", "done", "done", "done"]);
      const small = await Promise.all([1, 1, 1].map((megabytes) => roomy.run("keep", megabytes)));
      const pids = small.map((outcome) => (outcome.status === "done" ? outcome.value : undefined));
      expect(new Set(pids).size, "little left behind costs no worker").to.equal(1);
    } finally {
      roomy.close();
    }
  });

  it("leaves no process behind", async () => {
    await resultOf("echo", 1);
    const pids = sandbox.pids.flatMap(processTree);
    expect(pids.length).to.be.above(0);
    sandbox.close();
    for (let round = 0; round < 200 && pids.some(alive); round++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(pids.filter(alive)).to.deep.equal([]);
    expect(await resultOf("echo", "again")).to.equal("again");
  });

  it("goes when the supervisor is killed, busy workers included", async () => {
    const script = `import { createSandbox } from ${JSON.stringify(new URL("../../../env/sandbox/index.js", import.meta.url).href)};
      const sandbox = createSandbox({ module: new URL(${JSON.stringify(module.href)}), workers: 1, limit: 60_000 });
      await sandbox.layers();
      void sandbox.run("spin", null);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      console.log(sandbox.pids.join());`;
    const supervisor = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(supervisor.stdout, "data")) as [Buffer];
    const pids = line.toString().trim().split(",").map(Number).flatMap(processTree);
    expect(pids.length).to.be.above(1);
    supervisor.kill("SIGKILL");
    for (let round = 0; round < 400 && pids.some(alive); round++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(pids.filter(alive)).to.deep.equal([]);
  });

  it("gives workers no right of the superuser", async function () {
    await needing(this, sandbox, "capabilities");
    expect(await resultOf("becomeAnother", null)).to.be.oneOf(["EPERM", "EINVAL"]);
  });

  it("gives workers nothing of the environment", async () => {
    process.env.WEBGEN_CANARY = CANARY;
    sandbox.close();
    try {
      const names = (await resultOf("environment", null)) as string[];
      expect(
        names.filter(
          (name) => !["PATH", "LANG", "PWD", "LD_LIBRARY_PATH", "SHLVL", "_", "OLDPWD"].includes(name),
        ),
      ).to.deep.equal([]);
    } finally {
      delete process.env.WEBGEN_CANARY;
    }
  });

  it("lets no text become code", async () => {
    expect(await resultOf("evaluate", "return 1")).to.contain("EvalError");
  });

  it("shows workers no file, and lets them write none", async function () {
    await needing(this, sandbox, "no files");
    const folders = [process.cwd(), "/", homedir(), tmpdir()]
      .filter(isWritable)
      .map((parent) => mkdtempSync(join(parent, `${CANARY}-`)));
    try {
      for (const folder of folders) {
        writeFileSync(join(folder, "canary.txt"), CANARY);
        for (const prefix of ["", "/proc/1/root", "/proc/self/root", "/..", "/.o"]) {
          expect(await resultOf("read", prefix + join(folder, "canary.txt"))).to.be.oneOf([
            "ENOENT",
            "ENOTDIR",
          ]);
          expect(await resultOf("list", prefix + folder)).to.be.oneOf(["ENOENT", "ENOTDIR"]);
        }
        expect(await resultOf("write", join(folder, "new.txt"))).to.equal("ENOENT");
      }
      for (const path of [".", "/", "..", "/../..", "/./.."])
        for (const name of String(await resultOf("list", path)).split(" "))
          expect(await resultOf("list", `${path}/${name}`), name).to.be.oneOf(["ENOENT", ""]);
      expect(await resultOf("write", "/new.txt")).to.equal("EROFS");
      for (const path of ["/etc/passwd", "/proc/self/environ", "/dev/zero", process.execPath])
        expect(await resultOf("read", path), path).to.equal("ENOENT");
      expect(await resultOf("start", "/bin/sh")).to.equal("ENOENT");
    } finally {
      for (const folder of folders) rmSync(folder, { recursive: true });
    }
  });

  it("gives workers no network", async function () {
    await needing(this, sandbox, "namespaces");
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      expect(await resultOf("dial", (server.address() as AddressInfo).port)).to.be.oneOf([
        "ENETUNREACH",
        "ECONNREFUSED",
      ]);
    } finally {
      server.close();
    }
  });

  it("says when workers cannot start", async () => {
    const broken = createSandbox({ module: new URL("./no-such-module.js", import.meta.url), workers: 1 });
    const error = await broken.run("echo", 1).catch((thrown: unknown) => thrown);
    expect(String(error)).to.match(
      /^InfrastructureError: A worker process does not start: .*no-such-module/s,
    );
    broken.close();
  });
});
