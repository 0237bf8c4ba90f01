import { expect } from "chai";
import type { RenderedPage } from "../../env/contract/rendered-page.js";
import type { RewardContext } from "../../env/contract/scoring.js";
import type { Task } from "../../env/contract/task.js";
import { frontcoderReward } from "../../rewards/index.js";
import { extractHtml } from "../../rewards/systems/frontcoder/extract.js";
import { parseScoresAsReleased, parseScoresStrictly } from "../../rewards/systems/frontcoder/judge-reply.js";
import type { FrontcoderOptions } from "../../rewards/systems/frontcoder/reward.js";
import { contextOf } from "./support.js";

const HTML = "<html><head><title>t</title></head><body><p>hello</p></body></html>";
const TASK: Partial<Task> = {
  prompt: "Say hello.",
  reference: { html: HTML },
  checklist: Array.from({ length: 20 }, (_, id) => ({
    id,
    title: `Item ${id}`,
    description: "",
    maxScore: 5,
    probe: { kind: "exists", css: "p" } as const,
  })),
};

function rendered(
  html: string,
  { score = 1 as number | null, task = TASK, blank = false } = {},
): RewardContext {
  const page = {
    png: new Uint8Array([1]),
    html,
    findings: blank ? [{ kind: "blank", message: "Nothing can be seen." }] : [],
    probes: new Array(20).fill({ score, detail: "" }),
  } as unknown as RenderedPage;
  return { ...contextOf(html, task), page, render: { status: "rendered", page } };
}

async function total(options: FrontcoderOptions, context: RewardContext) {
  const [card] = await frontcoderReward(options).score([context]);
  return card!;
}

const scores = (value: number) => JSON.stringify({ scores: new Array(20).fill(value) });

describe("FrontCoder as published", () => {
  it("is 0.6 checklist, 0.3 similarity, 0.1 length behind two gates", async () => {
    expect((await total({ profile: "paper" }, rendered(HTML))).total.value).to.be.closeTo(1, 1e-12);
    expect((await total({ profile: "paper" }, rendered(HTML, { score: 0.8 }))).total.value).to.be.closeTo(
      0.88,
      1e-12,
    );
  });

  it("is 0 for a page that is blank, did not render, or repeats itself", async () => {
    expect((await total({ profile: "paper" }, rendered(HTML, { blank: true }))).total.value).to.equal(0);
    expect((await total({ profile: "paper" }, contextOf(HTML, TASK))).total.value).to.equal(0);
    const looping = rendered(`<html>${"abcdefgh".repeat(500)}</html>`);
    expect((await total({ profile: "paper" }, looping)).total.value).to.equal(0);
  });

  it("lets the similarity of a task without a reference leave with its weight, or be 0", async () => {
    const { reference: _, ...task } = TASK;
    const context = rendered(HTML, { score: 0.5, task });
    expect((await total({ profile: "paper" }, context)).total.value).to.be.closeTo(0.4 / 0.7, 1e-12);
    expect((await total({ profile: "paper", missingReference: "zero" }, context)).total.value).to.be.closeTo(
      0.4,
      1e-12,
    );
  });

  it("is null when a probe could not be run", async () => {
    const card = await total({ profile: "paper" }, rendered(HTML, { score: null }));
    expect(card.total).to.include({ value: null, status: "failed" });
  });

  it("asks a judge for items without a probe and is null when it is down or babbles", async () => {
    const task = { ...TASK, checklist: TASK.checklist!.map(({ probe: _, ...item }) => item) };
    const judged = (reply: () => Promise<string>) =>
      total({ profile: "paper", judge: reply }, rendered(HTML, { task }));
    expect((await judged(async () => scores(4))).total.value).to.be.closeTo(0.88, 1e-12);
    expect((await judged(async () => "4 4 4 4")).total.value).to.equal(null);
    expect((await judged(() => Promise.reject(new Error("down")))).total.value).to.equal(null);
  });

  it("does not ask the judge about a page whose gates are shut", async () => {
    let asked = false;
    const judge = async () => {
      asked = true;
      return scores(5);
    };
    const task = { ...TASK, checklist: TASK.checklist!.map(({ probe: _, ...item }) => item) };
    await total({ profile: "paper", judge }, { ...rendered(HTML, { task, blank: true }) });
    expect(asked).to.equal(false);
  });

  it("keeps the soft terms of a page that did not render when told to", async () => {
    const render = { status: "failed", reason: "crash", message: "", milliseconds: 1 } as const;
    const card = await total(
      { profile: "paper", renderFailure: "soft" },
      { ...contextOf(HTML, TASK), render },
    );
    expect(card.total.value).to.be.closeTo(0.1, 1e-12);
  });
});

describe("FrontCoder as released", () => {
  const judge = async () => scores(4);

  it("pays text that was never rendered", async () => {
    const card = await total({ profile: "compat", judge }, contextOf("I am sorry.", TASK));
    expect(card.total.value).to.be.closeTo(0.58, 1e-12);
  });

  it("takes an outage of the judge for zeros", async () => {
    const down = () => Promise.reject(new Error("down"));
    const card = await total({ profile: "compat", judge: down }, rendered(HTML));
    expect(card.total.value).to.be.closeTo(0.4, 1e-12);
  });

  it("works with probes alone", async () => {
    expect((await total({ profile: "compat" }, rendered(HTML, { score: 0.8 }))).total.value).to.be.closeTo(
      0.88,
      1e-12,
    );
  });
});

describe("extractHtml", () => {
  it("takes the first fence, even an empty one, and does not fall through", () => {
    expect(extractHtml("```html\n<p>1</p>\n```\n```html\n<p>22</p>\n```")).to.equal("<p>1</p>");
    expect(extractHtml("```html\n\n\n```\n<html><body>A</body></html>")).to.equal("");
  });

  it("reduces a truncated page with an icon to the icon", () => {
    expect(extractHtml("<!DOCTYPE html><html><body><svg><path/></svg><p>trunc")).to.contain(
      "<svg><path/></svg>\n</body>",
    );
  });

  it("unwraps a body, and finds nothing in a bare fragment", () => {
    expect(extractHtml("<body class=x> hi </body>")).to.contain("<body>hi</body>");
    expect(extractHtml("<div>only</div>")).to.equal("");
  });
});

describe("a judge's reply", () => {
  it("is read strictly: one JSON object with as many numbers in range", () => {
    expect(parseScoresStrictly('```json\n{"scores": [1, 2.5]}\n```', 2)).to.deep.equal([1, 2.5]);
    for (const reply of [
      '{"scores": [1]}',
      '{"scores": [1, 6]}',
      '{"scores": ["1", 2]}',
      "1 2",
      '{"scores": [1, 2,]}',
    ])
      expect(parseScoresStrictly(reply, 2), reply).to.equal(null);
  });

  it("is read as released: strings, booleans and NaN pass, and stray digits count", () => {
    expect(parseScoresAsReleased(`{"scores": [${'"4.5",'.repeat(17)} true, NaN, -3]}`)).to.deep.equal([
      ...new Array(17).fill(4.5),
      1,
      5,
      0,
    ]);
    expect(parseScoresAsReleased("4/5 ".repeat(10))).to.deep.equal(new Array(10).fill([4, 5]).flat());
    expect(parseScoresAsReleased('{"scores": ["four"]}')).to.deep.equal(new Array(20).fill(0));
  });
});
