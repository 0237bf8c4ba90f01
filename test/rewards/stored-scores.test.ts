import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type RewardContext, readArtifact, type Score, scored, unscored } from "../../env/index.js";
import { openCache } from "../../infra/cache.js";
import { storedScores } from "../../rewards/stored-scores.js";
import { sharedRenderer } from "../support/browser.js";
import { headingPage, headingTasks } from "../support/headings.js";

describe("stored scores", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-scores-"));
  const cache = openCache(folder);
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function contextOf(text: string, index = 0): Promise<RewardContext> {
    const renderer = await sharedRenderer();
    const task = headingTasks.at("test", index);
    const artifact = readArtifact("html", text);
    if (artifact.status !== "ok") throw new Error(artifact.refusal.message);
    const render = await renderer.render({ artifact: artifact.artifact, viewport: task.viewport });
    const page = render.status === "rendered" ? render.page : null;
    const signal = new AbortController().signal;
    return {
      task,
      completion: { text },
      artifact,
      render,
      page,
      reference: null,
      referencePicture: null,
      signal,
    };
  }

  let made = 0;
  const score = (
    contexts: RewardContext[],
    name = "length",
    version = "1",
    each: Score = scored(0.5, { n: 1 }),
  ) =>
    storedScores(cache, { name, version }, contexts, async () => {
      made++;
      return contexts.map(() => each);
    });

  it("are made once for the same answer, and again for any other, or by another reward or version", async () => {
    const hello = await contextOf(headingPage("Hello"));
    const first = await score([hello]);
    expect(await score([await contextOf(headingPage("Hello"))])).to.deep.equal(first);
    expect(made).to.equal(1);
    const other = await contextOf(headingPage("Other"));
    await score([other]);
    await score([hello, other]);
    await score([other, hello]);
    await score([await contextOf(headingPage("Hello"), 1)]);
    await score([{ ...hello, reference: other.page }]);
    await score([hello], "contrast");
    await score([hello], "length", "2");
    expect(made).to.equal(8);
    await score([other, hello]);
    expect(made).to.equal(8);
  });

  it("are made again when a site, or what a click showed, is another", async () => {
    const hello = await contextOf(headingPage("Hello"));
    made = 0;
    const page = hello.page!;
    const state = (byte: number) => ({ probe: 0, before: Buffer.from([byte]), after: Buffer.from([byte]) });
    const site = { routes: [], unvisited: [], truncated: false, probes: [], notes: [], findings: [] };
    const timing = { build: 1, crawl: 1, probes: 1 };
    const pages = [
      { ...page, clicks: [state(1)] },
      { ...page, clicks: [state(2)] },
      { ...page, site: { ...site, timing } },
      { ...page, site: { ...site, timing: { ...timing, crawl: 2 } } },
      { ...page, site: { ...site, truncated: true, timing } },
    ];
    for (const each of pages) await score([{ ...hello, page: each as unknown as NonNullable<typeof page> }]);
    expect(made).to.equal(4);
  });

  it("are not kept when one could not be taken", async () => {
    const hello = await contextOf(headingPage("Hello"));
    made = 0;
    const down = unscored("failed", "The judge did not answer.");
    expect(await score([hello], "judge", "1", down)).to.deep.equal([down]);
    expect(await score([hello], "judge", "1", unscored("skipped", "No checklist."))).to.have.length(1);
    await score([hello], "judge", "1");
    expect(made).to.equal(2);
  });
});
