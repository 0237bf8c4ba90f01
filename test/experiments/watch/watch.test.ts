import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type Browser, chromium, type Page } from "playwright";
import { ensureBrowser } from "../../../env/render/browser/ensure.js";
import { type Watch, watchRun } from "../../../experiments/watch/server.js";
import { InfrastructureError } from "../../../infra/errors.js";
import { openRun, type RunFolder } from "../../../infra/run-folder.js";
import { rejection } from "../../support/rejection.js";
import { HOSTILE } from "../report/fixture.js";

const WEBGEN = fileURLToPath(new URL("../../../experiments/webgen.js", import.meta.url));

describe("a run that is watched", function () {
  this.timeout(60_000);
  let folder: string;
  let browser: Browser;
  let run: RunFolder;
  let watch: Watch;
  before(async () => {
    browser = await chromium.launch({ executablePath: (await ensureBrowser()).path });
  });
  after(() => browser?.close());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "webgen-watch-"));
    run = openRun(join(folder, "run"), { recipe: { grpo: { steps: 4 } } }, { command: "webgen train" });
    step(1, 0.25);
    watch = await watchRun(join(folder, "run"), { interval: 20 });
  });
  afterEach(async () => {
    await watch.close();
    run.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const step = (number: number, reward: number) =>
    run.events.append({ phase: "grpo", step: number, type: "metrics", metrics: { reward, kl: 0.01 } });

  /** Opens the page; whatever it complains about or asks for elsewhere fails the test. */
  async function visit(look: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (asked) => {
      if (!/^data:/.test(asked.url()) && !asked.url().startsWith(watch.url)) complaints.push(asked.url());
    });
    await page.goto(watch.url);
    await look(page);
    expect(complaints).to.deep.equal([]);
    await context.close();
  }

  it("shows its curves, and each step as it comes", () =>
    visit(async (page) => {
      expect(await page.title()).to.equal("grpo 1/4 steps · 0.25 · run");
      expect(await page.locator(".main .readout").textContent()).to.equal("0.25");
      expect(await page.locator("progress").getAttribute("value")).to.equal("1");
      await page.locator("summary").click();
      step(2, 0.75);
      await page.locator("dl.figures dd", { hasText: "0.75" }).waitFor();
      expect(await page.title()).to.equal("grpo 2/4 steps · 0.75 · run");
      expect(await page.locator("progress").getAttribute("value")).to.equal("2");
      expect(await page.locator("details").getAttribute("open")).to.equal("");
    }));

  it("does not change under a plot that is being read, and goes on after", () =>
    visit(async (page) => {
      await page.locator(".main .plot").hover();
      await page.locator(".main .cursor.on").waitFor({ state: "attached" });
      step(2, 0.75);
      await expectEventually(async () => watch.view().events.length === 2);
      await page.waitForTimeout(600);
      expect(await page.locator(".main .cursor.on").count()).to.equal(1);
      await page.mouse.move(2, 2);
      await page.locator("dl.figures dd", { hasText: "0.75" }).waitFor();
    }));

  it("takes whatever a run wrote as text", () =>
    visit(async (page) => {
      run.events.append({
        phase: HOSTILE,
        step: 1,
        type: "warning",
        message: HOSTILE,
        metrics: { [HOSTILE]: 1 },
      });
      await page.locator(".messages").waitFor();
      expect(await page.locator(".messages").textContent()).to.contain("onerror=");
      expect(await page.evaluate("window.hacked")).to.equal(undefined);
      await page.reload();
      expect(await page.evaluate("window.hacked")).to.equal(undefined);
    }));

  it("says when the run ended, and leads to its report", () =>
    visit(async (page) => {
      run.write("report.html", "<!doctype html><title>The report</title>");
      run.write("summary.json", "{}");
      run.close();
      await page.locator(".status.done").waitFor();
      await page.locator("text=Report").click();
      expect(await page.title()).to.equal("The report");
    }));

  it("says when the watch has ended", async () => {
    const page = await browser.newPage();
    await page.goto(watch.url);
    await watch.close();
    await page.locator("body.lost").waitFor();
    expect(await page.locator(".main").count()).to.equal(1);
    await page.close();
  });

  it("gives its state to programs, and nothing to other hosts, methods or addresses", async () => {
    const state = (await (await fetch(`${watch.url}state.json`)).json()) as Record<string, unknown>;
    expect(state).to.deep.include({
      name: "run",
      status: "running",
      last: { phase: "grpo", step: 1, metrics: { reward: 0.25, kl: 0.01 } },
    });
    const status = (options: { method?: string; path?: string; host?: string }) =>
      new Promise((resolve, reject) => {
        const { method = "GET", path = "/", host } = options;
        request(watch.url, { method, path, ...(host ? { headers: { host } } : {}) }, ({ statusCode }) =>
          resolve(statusCode),
        )
          .on("error", reject)
          .end();
      });
    expect(await status({})).to.equal(200);
    expect(await status({ host: "localhost:1234" })).to.equal(200);
    expect(await status({ host: "evil.test" })).to.equal(403);
    expect(await status({ host: "127.0.0.1.evil.test" })).to.equal(403);
    expect(await status({ method: "POST" })).to.equal(405);
    expect(await status({ path: "/config.json" })).to.equal(404);
    expect(await status({ path: "/report" })).to.equal(404);
  });

  it("ends although somebody has not finished asking", async () => {
    const socket = connect(Number(new URL(watch.url).port), "127.0.0.1");
    const ended = once(socket, "close");
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write("GET /events HTTP/1.1\r\n");
    await fetch(`${watch.url}state.json`);
    await watch.close();
    await ended;
  });

  it("says that a port is taken", async () => {
    const port = Number(new URL(watch.url).port);
    const error = await rejection(watchRun(join(folder, "run"), { port }));
    expect(error).to.be.instanceOf(InfrastructureError);
    expect(error.message).to.match(/^Port \d+ of 127\.0\.0\.1 cannot be had: .*EADDRINUSE/);
  });

  it("is watched from the command line until Ctrl-C", async () => {
    const child = spawn(process.execPath, [WEBGEN, "watch", join(folder, "run"), "--json"]);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const said = JSON.parse(String(line)) as { url: string; status: string };
    expect(said.status).to.equal("running");
    expect(await (await fetch(said.url)).text()).to.contain("<!doctype html>");
    child.kill("SIGINT");
    expect(await once(child, "exit")).to.deep.equal([0, null]);
  });
});

async function expectEventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
