import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import { decodeOutcome, encodeOutcome } from "../../../env/render/cache/stored-page.js";
import {
  cachedRenderer,
  createRenderer,
  type RenderedPage,
  type Renderer,
  type RenderRequest,
} from "../../../env/render/index.js";
import { type DiskCache, openCache } from "../../../infra/cache.js";
import { VIEWPORT } from "./support.js";

const SETTINGS = { fonts: "bundled", options: { seed: 1 } };

const PROBES: Probe[] = [
  { kind: "exists", query: { role: "heading" } },
  { kind: "click", query: { role: "button" }, expect: [{ kind: "exists", query: { text: "Gone" } }] },
];

const request = (html: string, more: Partial<RenderRequest> = {}): RenderRequest => ({
  artifact: { kind: "html", html },
  viewport: VIEWPORT,
  ...more,
});

describe("renders kept on disk", function () {
  this.timeout(60_000);
  let folder: string;
  let inner: Renderer;
  let rendered: number;
  let cache: DiskCache;
  let renderer: Renderer;
  before(async () => {
    inner = await createRenderer({ concurrency: 1 });
  });
  after(() => inner.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-renders-"));
    rendered = 0;
    cache = openCache(folder);
    renderer = open();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const counting: Renderer = {
    get browserVersion() {
      return inner.browserVersion;
    },
    concurrency: 1,
    render(each) {
      rendered++;
      return inner.render(each);
    },
    close: async () => {},
  };
  const open = (settings = SETTINGS, over = counting) => cachedRenderer(over, { cache, settings });

  it("come back equal: pixels, layout, markup, console, findings, probes, other windows and clicks", async () => {
    const html = `<h1 class="big">Kept</h1><button onclick="this.textContent = 'Gone'">Go</button><div style="width:3000px">wide</div>
      <script>console.warn('careful', 1); setTimeout(() => { throw new Error('late') })</script>`;
    const wanted = request(html, {
      probes: PROBES,
      viewports: [{ width: 375, height: 667 }],
      clickStates: true,
    });
    const [first, second] = [await renderer.render(wanted), await open().render(wanted)];
    expect(rendered).to.equal(1);
    expect(renderer.cache).to.deep.equal({ hits: 1, misses: 1, writes: 1, evictions: 0, failures: 0 });
    if (first.status !== "rendered" || second.status !== "rendered") throw new Error("It did not render.");
    for (const key of [
      "viewport",
      "width",
      "height",
      "snapshot",
      "html",
      "console",
      "errors",
      "findings",
      "probes",
      "timing",
    ] as const)
      expect(second.page[key], key).to.deep.equal(first.page[key]);
    expect(second.page.findings.map(({ kind }) => kind)).to.include.members(["overflow", "script_error"]);
    expect(second.page.probes.map(({ score }) => score)).to.deep.equal([1, 1]);
    expect(Buffer.compare(second.page.png, first.page.png)).to.equal(0);
    expect(await second.page.hash()).to.equal(await first.page.hash());
    expect((await second.page.pixels()).data).to.deep.equal((await first.page.pixels()).data);
    expect(await second.page.views?.[0]?.hash()).to.equal(await first.page.views?.[0]?.hash());
    expect(second.page.views?.[0]?.snapshot).to.deep.equal(first.page.views?.[0]?.snapshot);
    expect(second.page.clicks?.[0]?.query).to.deep.equal({ role: "button" });
  });

  it("are found again only when all that bears on them is the same", async () => {
    const plain = request("<p>x");
    await renderer.render(plain);
    await renderer.render({ ...plain, deadline: 4000 });
    expect(rendered).to.equal(1);
    await renderer.render(request("<p>y"));
    await renderer.render({ ...plain, viewport: { width: 801, height: 600 } });
    await renderer.render({ ...plain, probes: PROBES.slice(0, 1) });
    await renderer.render({ ...plain, viewports: [VIEWPORT] });
    await open({ ...SETTINGS, fonts: "other" }).render(plain);
    await open({ ...SETTINGS, options: { seed: 2 } }).render(plain);
    await open(SETTINGS, { ...counting, browserVersion: "chromium 1" }).render(plain);
    expect(rendered).to.equal(8);
    expect(cache.counters.hits).to.equal(1);
  });

  it("are made once for requests that come at the same time", async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => renderer.render(request("<p>together"))));
    expect(rendered).to.equal(1);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["rendered", "rendered", "rendered"]);
  });

  it("hold lasting failures, but none that a busy machine may cause", async () => {
    const away = request("<p>x<script>location = 'about:blank'</script>");
    const [first, second] = [await renderer.render(away), await renderer.render(away)];
    expect(second).to.deep.equal(first).and.include({ status: "failed", reason: "navigated_away" });
    expect(rendered).to.equal(1);
    const endless = request("<script>for (;;);</script>", { deadline: 300 });
    expect(await renderer.render(endless)).to.include({ status: "failed", reason: "timeout" });
    await renderer.render(endless);
    expect(rendered).to.equal(3);
  });

  it("are made anew when what lies on disk is damaged", async () => {
    await renderer.render(request("<p>x"));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    for (const { parentPath, name } of files)
      if (parentPath.includes("content")) writeFileSync(join(parentPath, name), "damaged");
    expect((await renderer.render(request("<p>x"))).status).to.equal("rendered");
    expect(rendered).to.equal(2);
  });

  it("are not kept when a probe could not be run", async () => {
    const outcome = await inner.render(request("<p>x", { probes: PROBES.slice(0, 1) }));
    if (outcome.status !== "rendered") throw new Error("It did not render.");
    const bytes = encodeOutcome(outcome);
    expect(bytes && decodeOutcome(bytes).status).to.equal("rendered");
    expect(encodeOutcome({ status: "skipped", message: "x" })).to.equal(undefined);
    expect(encodeOutcome({ status: "rendered", page: { ...outcome.page } })).to.equal(undefined);
  });

  it("may be of a whole site, with the pages of its routes", async () => {
    const [start, about] = await Promise.all(
      ["start", "about"].map((word) => inner.render(request(`<p>${word}`))),
    );
    if (start?.status !== "rendered" || about?.status !== "rendered") throw new Error("It did not render.");
    const quiet = { links: [], controls: [], missing: false, errors: [] };
    const gone = { path: "/gone", from: "source", ...quiet } as const;
    const site: NonNullable<RenderedPage["site"]> = {
      routes: [
        { path: "/", from: "start", page: start.page, ...quiet },
        { path: "/about", from: "link", page: about.page, ...quiet },
        { ...gone, failure: { reason: "script_error", message: "x" } },
      ],
      unvisited: ["/posts/:id"],
      truncated: false,
      probes: [],
      notes: [],
      findings: [],
      timing: { build: 1, crawl: 2, probes: 3 },
    };
    const withSite = (value: typeof site) =>
      Object.defineProperties({} as RenderedPage, {
        ...Object.getOwnPropertyDescriptors(start.page),
        site: { value, enumerable: true },
      });
    const bytes = encodeOutcome({ status: "rendered", page: withSite(site) });
    const outcome = decodeOutcome(bytes ?? new Uint8Array());
    if (outcome.status !== "rendered") throw new Error("It was not kept.");
    const { routes = [], ...rest } = outcome.page.site ?? {};
    const { routes: given, ...facts } = site;
    expect(rest).to.deep.equal(facts);
    expect(await outcome.page.hash()).to.equal(await start.page.hash());
    expect(await routes[1]?.page?.hash()).to.equal(await about.page.hash());
    expect(routes[2]).to.deep.equal(given[2]);
    const late = { ...gone, failure: { reason: "timeout", message: "x" } } as const;
    const page = withSite({ ...site, routes: [given[0]!, late] });
    expect(encodeOutcome({ status: "rendered", page })).to.equal(undefined);
  });

  it("are switched on by a folder in the environment", async () => {
    const before = process.env.WEBGEN_CACHE;
    process.env.WEBGEN_CACHE = folder;
    try {
      const other = await createRenderer({ concurrency: 1 });
      await other.render(request("<p>kept"));
      await other.render(request("<p>kept"));
      expect(other.cache).to.include({ hits: 1, misses: 1 });
      await other.close();
    } finally {
      if (before === undefined) delete process.env.WEBGEN_CACHE;
      else process.env.WEBGEN_CACHE = before;
    }
    expect(inner.cache).to.equal(undefined);
  });
});
