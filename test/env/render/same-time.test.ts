import { expect } from "chai";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { pageOf, textOf } from "./support.js";

/** The page's clock begins on Tuesday, 15 April 2025, 10:00 UTC. */
const EPOCH = 1_744_711_200_000;

describe("whatever tells the time or is left to chance", function () {
  this.timeout(60_000);
  let renderer: Renderer;
  let other: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1, deadline: 15_000 });
    other = await createRenderer({ concurrency: 1, deadline: 15_000 });
  });
  after(async () => {
    await renderer?.close();
    await other?.close();
  });

  /** What an expression gives, in two browsers and twice in one. A promise is awaited. */
  async function resultOf(expression: string): Promise<string> {
    const html = `<p id="p"></p><script>(async () => { p.textContent = String(await (${expression})); })()
      .catch((error) => { p.textContent = String(error); });</script>`;
    const texts = [];
    for (const each of [renderer, renderer, other]) texts.push(textOf(await pageOf(each, html)));
    expect(new Set(texts).size, JSON.stringify(texts)).to.equal(1);
    return texts[0] ?? "";
  }

  const values: Record<string, [expression: string, value: string | RegExp]> = {
    "a date that is formatted without being given": [
      `[new Intl.DateTimeFormat("en").format(), new Intl.DateTimeFormat("en").format(undefined),
        new Intl.DateTimeFormat("en", { hour: "numeric", minute: "numeric" }).formatToParts().map(({ value }) => value).join(""),
        new Intl.DateTimeFormat("en").format(0), new Intl.DateTimeFormat("en").format(new Date(2020, 1, 1))].join("; ")`,
      "4/15/2025; 4/15/2025; 10:00 AM; 1/1/1970; 2/1/2020",
    ],
    "when the document was modified": ["document.lastModified", "04/15/2025 10:00:00"],
    "the address, and what is made of it": [
      `[location.host, new Error("x").stack.match(/https:..[^/]+/)[0] === location.origin,
        URL.createObjectURL(new Blob([])).startsWith("blob:" + location.origin)].join()`,
      /^[0-9a-f]{12}\.webgen\.invalid,true,true$/,
    ],
    "the time of an event": [
      "new Promise((resolve) => setTimeout(() => { const e = new Event('x'); const first = e.timeStamp; setTimeout(() => resolve([first, e.timeStamp].join()), 100) }, 200))",
      "200,200",
    ],
    "old timing": [
      "[performance.timing.navigationStart, performance.timing.loadEventEnd, JSON.parse(JSON.stringify(performance.timing)).domLoading].join()",
      `${EPOCH},${EPOCH},${EPOCH}`,
    ],
    "entries of performance": [
      `(performance.mark("a"), new Promise((resolve) => setTimeout(() => {
        const { startTime, duration } = performance.measure("m", "a");
        const [navigation] = performance.getEntriesByType("navigation");
        resolve([startTime, duration, performance.measure("n").duration, navigation.domComplete, JSON.parse(JSON.stringify(navigation)).responseEnd,
          performance.getEntriesByType("paint").length, performance.getEntries().every((e) => Number.isInteger(e.startTime)), performance.memory.usedJSHeapSize].join());
      }, 300)))`,
      "0,300,300,0,0,0,true,10000000",
    ],
    Temporal: [
      `typeof Temporal === "undefined" ? "2025-04-15T10:00:00Z 2025-04-15 2025-04-15T10:00:00 10:00:00 2025-04-15T12:00:00 UTC"
        : [Temporal.Now.instant(), Temporal.Now.plainDateISO(), Temporal.Now.plainDateTimeISO(), Temporal.Now.plainTimeISO(),
          Temporal.Now.zonedDateTimeISO("Europe/Berlin").toPlainDateTime(), Temporal.Now.timeZoneId()].join(" ")`,
      "2025-04-15T10:00:00Z 2025-04-15 2025-04-15T10:00:00 10:00:00 2025-04-15T12:00:00 UTC",
    ],
    "the key of a cipher": [
      `(async () => {
        const raw = async (algorithm, usages) => new Uint8Array(await crypto.subtle.exportKey("raw", await crypto.subtle.generateKey(algorithm, true, usages)));
        const [aes, hmac] = [await raw({ name: "AES-GCM", length: 256 }, ["encrypt"]), await raw({ name: "HMAC", hash: "SHA-256" }, ["sign"])];
        const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
        return [aes.length, hmac.length, aes.join("") === hmac.join(""), aes, pair.privateKey.type].join(" ");
      })()`,
      /^32 64 false \S+ private$/,
    ],
    "a task that is put off": [
      `(async () => { const at = () => performance.now(); const first = await scheduler.postTask(at, { delay: 400 });
        await scheduler.yield(); const controller = new AbortController();
        const aborted = scheduler.postTask(at, { delay: 50, signal: controller.signal }).catch((e) => e.name);
        controller.abort(); return [first, at(), await aborted, await scheduler.postTask(() => { throw 7 }).catch((e) => e)].join(); })()`,
      "400,401,AbortError,7",
    ],
    "a signal that times out": [
      "new Promise((resolve) => { const s = AbortSignal.timeout(250); s.onabort = () => resolve([performance.now(), s.reason.name].join()) })",
      "250,TimeoutError",
    ],
    "a wait in shared memory": [
      `(async () => { const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }); const cells = new Int32Array(buffer);
        const late = Atomics.waitAsync(cells, 0, 0, 300); const woken = Atomics.waitAsync(cells, 1, 0, 300);
        Atomics.notify(cells, 1); return [late.async, await woken.value, await late.value, performance.now(), Atomics.waitAsync(cells, 0, 1).value].join(); })()`,
      "true,ok,timed-out,300,not-equal",
    ],
    "the length of the history": [
      "(() => { const first = history.length; history.pushState(0, '', '#a'); return [first, history.length].join() })()",
      "1,2",
    ],
    "the machine": ["[navigator.hardwareConcurrency, navigator.deviceMemory].join()", "8,8"],
  };
  for (const [what, [expression, wanted]] of Object.entries(values))
    it(`is the same every time: ${what}`, async () => {
      const value = await resultOf(expression);
      if (typeof wanted === "string") expect(value).to.equal(wanted);
      else expect(value).to.match(wanted);
    });

  it("holds in frames of the page, too", async () => {
    const value = await resultOf(
      `(() => { const f = document.createElement("iframe"); document.body.append(f); const w = f.contentWindow;
        return [w.document.lastModified, new w.Intl.DateTimeFormat("en").format(), w.performance.timing.navigationStart, w.Math.random() < 1].join() })()`,
    );
    expect(value).to.equal(`04/15/2025 10:00:00,4/15/2025,${EPOCH},true`);
  });
});
