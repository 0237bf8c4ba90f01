import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { findBrowser } from "../../../env/render/browser/find.js";
import { collectProfiles, makeProfile } from "../../../env/render/browser/folders.js";
import { type BrowserProcess, launchPatiently } from "../../../env/render/browser/launch.js";
import { createRenderer } from "../../../env/render/index.js";
import { WebPage } from "../../../env/render/tab/web-page.js";
import { processTree } from "../../../infra/processor-time.js";
import { outcomeOf, VIEWPORT } from "./support.js";

const run = promisify(execFile);
const DIST = fileURLToPath(new URL("../../../", import.meta.url));
const path = findBrowser()?.path ?? "";
const stepped = /headless[-_]shell/.test(path);
const OPTIONS = {
  path,
  stepped,
  heapMegabytes: 512,
  seed: 1,
  settleTime: 1000,
  maxNodes: 1e5,
  maxHeight: 1e4,
  maxPixels: 1e7,
};
const ORDINARY = 65_517;

/** A line of a process's status. */
const statusOf = (pid: number, field: string) =>
  new RegExp(`^${field}:[ \\t]*(.*)$`, "m").exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? "";
const isRenderer = (pid: number) =>
  readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("--type=renderer");

/** Renders a page in another process, begun in another way, and returns what it printed. */
async function renderFrom(prefix: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const script = `
    import { createRenderer } from ${JSON.stringify(join(DIST, "env/render/index.js"))};
    import { readdirSync, readFileSync } from "node:fs";
    let answer;
    try {
      const renderer = await createRenderer({ concurrency: 1 });
      const { status } = await renderer.render({ artifact: { kind: "html", html: "<p>a" }, viewport: { width: 800, height: 600 } });
      const filtered = readdirSync("/proc").filter((pid) => {
        try {
          return readFileSync("/proc/" + pid + "/cmdline", "latin1").includes("--type=renderer")
            && readFileSync("/proc/" + pid + "/status", "latin1").includes("Seccomp:\\t2") && readFileSync("/proc/" + pid + "/status", "latin1").includes("Uid:\\t" + process.getuid());
        } catch { return false; }
      }).length;
      answer = [status, process.getuid(), filtered > 0].join();
      await renderer.close();
    } catch (error) { answer = String(error); }
    process.stdout.write(answer);`;
  const [program, ...args] = [...prefix, process.execPath, "--input-type=module", "-e", script];
  const { stdout } = await run(program as string, args, {
    env: { ...process.env, ...environment },
    cwd: tmpdir(),
  });
  return stdout;
}

describe("a browser held in by the system", function () {
  this.timeout(120_000);
  let browser: BrowserProcess;
  before(async function () {
    if (process.platform !== "linux") this.skip();
    browser = await launchPatiently(OPTIONS);
    await (await WebPage.open(browser, OPTIONS)).load({ html: "<p>a" }, VIEWPORT);
  });
  after(() => browser?.kill());

  it("does not run as root where it can be handed to another user", function () {
    const { user } = browser.confinement;
    if (process.getuid?.() === 0 && user === undefined) this.skip();
    for (const pid of processTree(browser.pid))
      expect(statusOf(pid, "Uid"), String(pid)).to.not.match(/\b0\b/);
    if (user !== undefined) expect(statusOf(browser.pid, "Groups").trim()).to.equal("");
  });

  it("has Chromium's own sandbox around its pages", function () {
    if (!browser.confinement.sandbox) this.skip();
    const renderers = processTree(browser.pid).filter(isRenderer);
    expect(renderers).to.not.be.empty;
    for (const pid of renderers) {
      expect(statusOf(pid, "Seccomp"), "filters system calls").to.equal("2");
      expect(statusOf(pid, "NSpid").split(/\s+/).length, "has a namespace of processes").to.be.above(1);
      expect(readFileSync(`/proc/${pid}/cmdline`, "latin1")).to.not.include("--no-sandbox");
    }
  });

  it("has bounds on memory, files and what it may open", () => {
    for (const pid of processTree(browser.pid)) {
      const limits = readFileSync(`/proc/${pid}/limits`, "latin1");
      expect(limits, String(pid)).to.match(/^Max data size +3221225472 /m);
      expect(limits).to.match(/^Max file size +1073741824 /m);
      expect(limits).to.match(/^Max core file size +0 /m);
    }
  });

  it("loses a page that takes more memory than it may, and only that one", async () => {
    const renderer = await createRenderer({ concurrency: 1, deadline: 30_000 });
    try {
      const html = `<script>const kept = []; for (let i = 0; i < 60; i++) kept.push(new Uint8Array(2 ** 27));</script>`;
      const outcome = await outcomeOf(renderer, html);
      if (outcome.status === "failed") expect(outcome.reason).to.equal("crash");
      // Where memory was refused instead, the page was told.
      if (outcome.status === "rendered") expect(outcome.page.errors[0]).to.match(/RangeError/);
      expect((await outcomeOf(renderer, "<p>after")).status).to.equal("rendered");
    } finally {
      await renderer.close();
    }
  });

  it("renders with the sandbox on for an ordinary user", async function () {
    if (process.getuid?.() !== 0) {
      expect(browser.confinement).to.deep.include({ sandbox: true });
      expect(await renderFrom([])).to.equal(`rendered,${process.getuid?.()},true`);
      return;
    }
    const prefix = ["setpriv", `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, "--clear-groups", "--"];
    const reachable = (file: string) => run(prefix[0] as string, [...prefix.slice(1), "test", "-r", file]);
    const obstacle = await reachable(join(DIST, "env/render/index.js"))
      .then(() => reachable(path))
      .then(() => run(prefix[0] as string, [...prefix.slice(1), "unshare", "--user", "true"]))
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
    if (obstacle !== undefined) {
      console.log(`      skipped: ${obstacle}`);
      this.skip();
    }
    const home = mkdtempSync(join(tmpdir(), "webgen-test-home-"));
    try {
      await run("chown", [String(ORDINARY), home]);
      expect(await renderFrom(prefix, { HOME: home, TMPDIR: home })).to.equal(`rendered,${ORDINARY},true`);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it("says in a sentence that too many files are open", async function () {
    if (!existsSync("/usr/bin/prlimit")) this.skip();
    const script = `
      import { openSync, closeSync } from "node:fs";
      const { createRenderer } = await import(${JSON.stringify(join(DIST, "env/render/index.js"))});
      const { launchBrowser } = await import(${JSON.stringify(join(DIST, "env/render/browser/launch.js"))});
      const options = ${JSON.stringify(OPTIONS)};
      await (await launchBrowser(options)).kill();
      const open = [];
      try { for (;;) open.push(openSync("/dev/null")); } catch {}
      const said = [];
      for (const left of [0, 2, 4, 6, 9]) {
        for (let i = 0; i < left; i++) closeSync(open.pop());
        said.push(await launchBrowser(options).then((browser) => browser.kill().then(() => "started"), String));
        try { for (;;) open.push(openSync("/dev/null")); } catch {}
      }
      for (const each of open) closeSync(each);
      process.stdout.write(JSON.stringify(said));`;
    const { stdout } = await run("prlimit", [
      "--nofile=200",
      process.execPath,
      "--input-type=module",
      "-e",
      script,
    ]);
    const said = JSON.parse(stdout) as string[];
    expect(said[0]).to.match(/^InfrastructureError: [A-Z].*EMFILE/);
    for (const each of said) expect(each).to.match(/^(InfrastructureError: |started$)/);
  });
});

describe("folders of browsers", function () {
  this.timeout(60_000);
  let folder: string;
  const children: ChildProcess[] = [];
  before(function () {
    if (process.platform !== "linux") this.skip();
    folder = mkdtempSync(join(tmpdir(), "webgen-test-"));
  });
  after(() => {
    for (const child of children) child.kill("SIGKILL");
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it("are collected when their owner was killed, and never while it lives", async () => {
    const module = JSON.stringify(join(DIST, "env/render/browser/folders.js"));
    const script = `const { makeProfile } = await import(${module}); process.stdout.write(await makeProfile(${JSON.stringify(folder)})); setInterval(() => {}, 1000)`;
    const made: string[] = [];
    for (let i = 0; i < 2; i++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      const [name] = (await once(child.stdout, "data")) as [Buffer];
      made.push(String(name));
    }
    const own = await makeProfile(folder);
    const [first = "", second = ""] = made;
    // The same process id, but of a process that began at another time; one of another system; one of an older version.
    const recycled = join(folder, basename(own).replace(/-(\d+)-[0-9a-z]+\./, "-$1-1."));
    const elsewhere = join(folder, basename(own).replace(/\.[0-9a-z]+-/, ".zz-"));
    const older = join(folder, "webgen-chromium-AbCdEf");
    for (const each of [recycled, elsewhere, older]) mkdirSync(each);
    expect(await collectProfiles(folder)).to.equal(1);
    expect([recycled, first, second, own, elsewhere, older].map(existsSync)).to.deep.equal([
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
    const [child] = children;
    child?.kill("SIGKILL");
    if (child) await once(child, "exit");
    expect(await collectProfiles(folder)).to.equal(1);
    expect([first, second, own].map(existsSync)).to.deep.equal([false, true, true]);
    expect(statSync(own).isDirectory() && dirname(own)).to.equal(folder);
  });
});
