import { expect } from "chai";
import { findBrowser } from "../../../env/render/browser/find.js";
import { type BrowserProcess, launchPatiently } from "../../../env/render/browser/launch.js";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { WebPage } from "../../../env/render/tab/web-page.js";
import { outcomeOf, pageOf, textOf, VIEWPORT } from "./support.js";

const CONTROL = "<h1>Control</h1><p>after it</p>";
const SPIN = "for (;;);";

describe("leaving a page", function () {
  this.timeout(120_000);
  let renderer: Renderer;
  let usual: string;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1, deadline: 2000 });
    usual = await (await pageOf(renderer, CONTROL)).hash();
  });
  after(() => renderer.close());

  const spinners: Record<string, string> = {
    "unload listener": `<script>addEventListener("unload", () => { ${SPIN} })</script>`,
    "pagehide listener": `<script>addEventListener("pagehide", () => { ${SPIN} })</script>`,
    "beforeunload property": `<script>onbeforeunload = () => { ${SPIN} }</script>`,
    "visibilitychange listener": `<script>document.addEventListener("visibilitychange", () => { ${SPIN} })</script>`,
    "body attribute": `<body onunload="${SPIN}" onpagehide="${SPIN}">`,
    "listener added late": `<script>setTimeout(() => { onpagehide = () => { ${SPIN} } }, 900)</script>`,
  };
  for (const [what, html] of Object.entries(spinners))
    it(`takes a spinning ${what} along without calling it`, async () => {
      expect((await outcomeOf(renderer, `<p>guilty</p>${html}`)).status).to.equal("rendered");
      const next = await pageOf(renderer, CONTROL);
      expect(await next.hash()).to.equal(usual);
    });

  it("is a page's own time, where its frames or elements do something about it", async () => {
    for (const html of [
      `<iframe srcdoc="<script>onunload = onpagehide = () => { ${SPIN} }</script>"></iframe>`,
      `<script>customElements.define("x-y", class extends HTMLElement { disconnectedCallback() { ${SPIN} } })</script><x-y></x-y>`,
    ]) {
      const outcome = await outcomeOf(renderer, html);
      if (outcome.status === "rendered") continue;
      expect(outcome).to.deep.include({ status: "failed", reason: "timeout" });
      expect(outcome.status === "failed" && outcome.message).to.match(/still leaving/);
    }
    expect(await (await pageOf(renderer, CONTROL)).hash()).to.equal(usual);
  });

  it("does not let a worker's message hold up who comes next", async () => {
    const html = `<p>guilty</p><script>
      const worker = new Worker(URL.createObjectURL(new Blob(["setInterval(() => postMessage(0), 1)"])));
      worker.onmessage = () => { while (document.documentElement === null); };
      </script>`;
    for (let turn = 0; turn < 3; turn++) {
      const outcome = await outcomeOf(renderer, html);
      if (outcome.status === "failed") expect(outcome.message).to.match(/still leaving/);
      expect(await (await pageOf(renderer, CONTROL)).hash()).to.equal(usual);
    }
  });

  const LEAVE_BEHIND = `<script>
    localStorage.a = sessionStorage.a = name = "mine";
    document.cookie = "a=mine";
    const done = [
      cookieStore.set("plain", "mine"),
      cookieStore.set({ name: "wide", value: "mine", domain: "webgen.invalid" }),
      caches.open("mine"),
      navigator.storage.getDirectory().then((root) => root.getFileHandle("mine", { create: true })),
      new Promise((resolve) => { const open = indexedDB.open("mine"); open.onsuccess = resolve; open.onerror = resolve; }),
    ];
    history.pushState("mine", "", "/mine");
    document.documentElement.requestFullscreen?.().catch(() => {});
    navigator.clipboard.writeText("mine").catch(() => {});
    document.addEventListener("copy", (event) => { event.clipboardData.setData("text", "mine"); event.preventDefault(); });
    document.execCommand("copy");
    document.body.style.zoom = 3;
    Promise.allSettled(done).then(() => { document.title = "left" });
  </script>`;
  const LOOK = `<textarea id="t"></textarea><p id="found">nothing</p><script>
    const found = [];
    const see = (what, value) => { if (value) found.push(what + "=" + value); };
    see("name", name); see("cookie", document.cookie);
    see("history", history.length > 2 ? history.length : "");
    see("state", history.state);
    see("zoom", devicePixelRatio !== 1);
    see("active", document.activeElement !== document.body);
    see("fullscreen", document.fullscreenElement);
    t.focus(); document.execCommand("paste"); see("clipboard", t.value);
    Promise.all([
      cookieStore.getAll().then((all) => see("cookies", all.map(({ name }) => name).join())),
      navigator.clipboard.readText().then((text) => see("clipboard", text), () => {}),
    ]).then(() => { document.querySelector("#found").textContent = found.join() || "clean"; });
  </script>`;
  it("leaves nothing for another page", async () => {
    await pageOf(renderer, LEAVE_BEHIND);
    const page = await pageOf(renderer, LOOK, {
      probes: [{ kind: "exists", query: { text: "clean" } }],
    });
    expect(textOf(page)).to.include("clean");
  });

  it("leaves nothing for the same page the next time, whose address is the same", async () => {
    const html = `<p id=p></p><script>
      const frame = document.createElement("iframe");
      document.body.append(frame);
      p.textContent = [location.host, history.length, localStorage.a, sessionStorage.a, frame.contentWindow.localStorage.b].join();
      localStorage.a = sessionStorage.a = frame.contentWindow.localStorage.b = "mine";
      history.pushState(0, "", "#1");
      </script>`;
    const first = await pageOf(renderer, html);
    expect(textOf(first)).to.match(/^[0-9a-f]{12}\.webgen\.invalid,1,,,$/);
    for (let turn = 0; turn < 2; turn++) {
      const again = await pageOf(renderer, html);
      expect([textOf(again), await again.hash()]).to.deep.equal([textOf(first), await first.hash()]);
    }
  });
});

describe("what a document stored", function () {
  this.timeout(60_000);
  let browser: BrowserProcess;
  let page: WebPage;
  before(async () => {
    const path = findBrowser()?.path ?? "";
    const stepped = /headless[-_]shell/.test(path);
    const options = {
      path,
      stepped,
      heapMegabytes: 512,
      seed: 1,
      settleTime: 1000,
      maxNodes: 1e5,
      maxHeight: 1e4,
      maxPixels: 1e7,
    };
    browser = await launchPatiently(options);
    page = await WebPage.open(browser, options);
  });
  after(() => browser?.kill());

  const FILL = `(async () => {
    localStorage.a = sessionStorage.a = "mine";
    await caches.open("mine");
    await (await navigator.storage.getDirectory()).getFileHandle("mine", { create: true });
    await new Promise((resolve, reject) => { const open = indexedDB.open("mine"); open.onsuccess = resolve; open.onerror = reject; });
    return "filled";
  })()`;
  const FROM_WORKER = `new Promise((resolve) => {
    const code = "const open = indexedDB.open('mine'); open.onsuccess = () => postMessage('filled')";
    new Worker(URL.createObjectURL(new Blob([code]))).onmessage = ({ data }) => resolve(data);
  })`;
  const LIST = `(async () => {
    const files = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return [localStorage.a, sessionStorage.a, await caches.keys(), files, databases].join();
  })()`;
  const ask = async (expression: string) => {
    const answer = await page.session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    return answer.result.value ?? answer.exceptionDetails?.exception?.description;
  };

  it("is cleared away when the document is left, of whatever kind", async () => {
    for (const fill of [FILL, FROM_WORKER]) {
      const before = await page.load({ html: "<p>the same" }, VIEWPORT);
      expect(await ask(fill)).to.equal("filled");
      expect(await ask(LIST)).to.include("mine");
      expect(await page.leave()).to.equal(true);
      const after = await page.load({ html: "<p>the same" }, VIEWPORT);
      expect(after.url).to.equal(before.url);
      expect(await ask(LIST)).to.equal(",,,,");
      await page.leave();
    }
  });

  it("is cleared away when another document is opened without leaving, too", async () => {
    await page.load({ html: "<p>the same" }, VIEWPORT);
    await ask(FILL);
    await page.load({ html: "<p>the same" }, VIEWPORT);
    expect(await ask(LIST)).to.equal(",,,,");
  });
});
