import { expect } from "chai";
import type { RenderedPage, RenderOutcome } from "../../env/contract/rendered-page.js";
import type { RewardContext } from "../../env/contract/scoring.js";
import type { ChecklistItem } from "../../env/contract/task.js";
import {
  checklist,
  lengthControl,
  type Reward,
  relativeLength,
  renderGate,
  repetitionGate,
  similarity,
} from "../../rewards/index.js";
import { paddingGate } from "../../rewards/parts/padding.js";
import { contextOf } from "./support.js";

const take = async (reward: Reward, context: RewardContext) => reward.score(context);
const item = (id: number, probed = true): ChecklistItem => ({
  id,
  title: `Item ${id}`,
  description: "",
  maxScore: 5,
  ...(probed ? { probe: { kind: "exists", css: "p" } as const } : {}),
});

const FAILED: RenderOutcome = {
  status: "failed",
  reason: "timeout",
  message: "It never ended.",
  milliseconds: 5000,
};

/** A rendered context that holds these probe results and findings. */
function rendered(page: Partial<RenderedPage>, task: RewardContext["task"] | object = {}): RewardContext {
  const whole = { findings: [], probes: [], html: "<p>x</p>", ...page } as unknown as RenderedPage;
  return { ...contextOf("<p>x</p>", task), page: whole, render: { status: "rendered", page: whole } };
}

describe("the readable render gate", () => {
  const gate = renderGate({ readable: true });
  const read = (score: number | null) =>
    rendered({
      probes: [
        { score: 1, detail: "" },
        { score, detail: "Words are blurred.", legibility: { share: 0.5, steady: 1 } },
      ],
    });

  it("opens from a tenth to nine tenths of the text", async () => {
    for (const [score, open] of [
      [1, 1],
      [0.9, 1],
      [0.5, 0.5],
      [0.3, 0.25],
      [0.1, 0],
      [0, 0],
    ] as const)
      expect((await take(gate, read(score))).value, String(score)).to.be.closeTo(open, 1e-9);
    expect((await take(gate, read(0.5))).evidence).to.deep.equal({
      closing: [{ share: 0.5, reason: "Words are blurred." }],
    });
  });

  it("has no score where nothing was measured, and asks for the measurement", async () => {
    expect(await take(gate, read(null))).to.include({ value: null, status: "failed" });
    expect(await take(gate, rendered({}))).to.include({ value: null, status: "failed" });
    expect(gate.needs).to.deep.equal(["page", "reading"]);
    expect(renderGate().needs).to.deep.equal(["page"]);
  });
});

describe("paddingGate", () => {
  const task = { reference: { html: `<p>${"x".repeat(1000)}</p>` } };
  const open = async (text: number, more = "") =>
    (await take(paddingGate(), contextOf(`<p>${"y".repeat(text)}</p>${more}`, task))).value;

  it("is open for any honest length and shut for many times the reference", async () => {
    expect(await open(10)).to.equal(1);
    expect(await open(6000)).to.equal(1);
    expect(await open(12_000)).to.be.closeTo(0.5, 1e-9);
    expect(await open(18_000)).to.equal(0);
  });

  it("looks at the source, too, against no fewer than 2,000 characters", async () => {
    expect(await open(10, `<!--${"z".repeat(20_000)}-->`)).to.equal(1);
    expect(await open(10, `<!--${"z".repeat(60_000)}-->`)).to.be.closeTo(0.5, 0.01);
    expect(await open(10, `<!--${"z".repeat(100_000)}-->`)).to.equal(0);
  });

  it("is skipped without a reference", async () => {
    expect(await take(paddingGate(), contextOf("y"))).to.include({ value: null, status: "skipped" });
  });
});

describe("renderGate", () => {
  it("is 1 for a page that shows something, 0 with the reason otherwise", async () => {
    const gate = renderGate();
    const blank = rendered({ findings: [{ kind: "blank", message: "Nothing can be seen." }] });
    expect(await take(gate, rendered({}))).to.include({ value: 1 });
    expect(await take(gate, blank)).to.deep.include({
      value: 0,
      evidence: { reason: "Nothing can be seen." },
    });
    expect(await take(renderGate({ refuseBlank: false }), blank)).to.include({ value: 1 });
    expect(await take(gate, { ...contextOf("x"), render: FAILED })).to.deep.include({
      value: 0,
      evidence: { reason: "timeout: It never ended." },
    });
    const refused: RewardContext = {
      ...contextOf("sorry"),
      artifact: {
        status: "refused",
        kind: "html",
        refusal: { reason: "no_html", message: "There is no page." },
      },
    };
    expect(await take(gate, refused)).to.deep.include({
      value: 0,
      evidence: { reason: "There is no page." },
    });
  });
});

describe("repetitionGate", () => {
  it("judges the page, or the raw text when there is none", async () => {
    const gate = repetitionGate();
    expect((await take(gate, contextOf("abcdefgh".repeat(100)))).value).to.equal(0);
    const refused: RewardContext = {
      ...contextOf("na ".repeat(1000)),
      artifact: { status: "refused", kind: "html", refusal: { reason: "no_html", message: "" } },
    };
    expect((await take(gate, refused)).value).to.equal(0);
    expect((await take(gate, contextOf("<p>short</p>"))).value).to.equal(1);
  });
});

describe("checklist", () => {
  const probes = (...scores: (number | null)[]) =>
    scores.map((score) => ({ score, detail: `scored ${score}` }));

  it("pays points of probes, and lists what fell short", async () => {
    const task = { checklist: [item(0), { ...item(1), maxScore: 10 }, item(2)] };
    const score = await take(checklist(), rendered({ probes: probes(1, 0.5, 0) }, task));
    expect(score.value).to.equal(10 / 20);
    expect(score.evidence).to.deep.include({ earned: 10, possible: 20 });
    expect(
      (score.evidence as { failed: { title: string }[] }).failed.map(({ title }) => title),
    ).to.deep.equal(["Item 1", "Item 2"]);
  });

  it("keeps probes and items together when some items have none", async () => {
    const task = { checklist: [item(0, false), item(1), item(2)] };
    const score = await take(checklist(), rendered({ probes: probes(1, 0) }, task));
    expect(score.value).to.equal(0.5);
    expect(score.evidence).to.deep.include({ notCounted: 1 });
    expect(JSON.stringify(score.evidence)).to.contain('"title":"Item 2"').and.not.contain('"title":"Item 1"');
  });

  it("asks the judge for the rest", async () => {
    const task = { checklist: [item(0, false), item(1), item(2, false)] };
    const asked: number[] = [];
    const judge = async (items: readonly ChecklistItem[]) => {
      asked.push(...items.map(({ id }) => id));
      return [5, 2.5];
    };
    const score = await take(checklist({ judge }), rendered({ probes: probes(0) }, task));
    expect(asked).to.deep.equal([0, 2]);
    expect(score.value).to.equal(7.5 / 15);
    expect(checklist({ judge }).costly).to.equal(true);
  });

  it("declares each kind of fact, right where all its items hold in full", async () => {
    const kind = (id: number, name: string) => ({ ...item(id), kind: name });
    const task = {
      checklist: [
        kind(0, "brand"),
        kind(1, "links"),
        kind(2, "links"),
        item(3),
        kind(4, "links"),
        kind(5, "form"),
      ],
    };
    const score = await take(checklist(), rendered({ probes: probes(1, 1, 0.9, 0, 1, 0) }, task));
    expect(score.facts).to.deep.equal({ brand: true, links: false, form: false });
    const lost = await take(checklist(), { ...contextOf("x", task), render: FAILED });
    expect(lost.facts).to.deep.equal({ brand: false, links: false, form: false });
    const unsaid = await take(checklist(), rendered({ probes: probes(1, 1, 1, null, 1, 1) }, task));
    expect(unsaid).to.include({ value: null }).and.not.to.have.property("facts");
    const none = await take(checklist(), rendered({ probes: probes(1) }, { checklist: [item(0)] }));
    expect(none).not.to.have.property("facts");
  });

  it("is 0 for an answer that did not render", async () => {
    const context = { ...contextOf("x", { checklist: [item(0)] }), render: FAILED };
    expect(await take(checklist(), context)).to.deep.include({
      value: 0,
      evidence: { reason: "timeout: It never ended." },
    });
  });

  it("is null when a probe or the judge could not say, when nobody rendered it, and without items", async () => {
    const task = { checklist: [item(0), item(1, false)] };
    expect(await take(checklist(), rendered({ probes: probes(null) }, task))).to.include({
      value: null,
      status: "failed",
    });
    const judged = await take(
      checklist({ judge: async () => [null] }),
      rendered({ probes: probes(1) }, task),
    );
    expect(judged).to.include({ value: null, status: "failed" });
    expect(await take(checklist(), contextOf("", task))).to.include({ value: null, status: "skipped" });
    expect(await take(checklist(), rendered({}))).to.include({ value: null, status: "skipped" });
    expect(await take(checklist(), rendered({}, { checklist: [item(0, false)] }))).to.include({
      status: "skipped",
    });
  });
});

describe("length", () => {
  it("takes the policy's own count, else an estimate", async () => {
    const reward = lengthControl({ full: 10, none: 20 });
    const context = contextOf("<p>12345678901</p>");
    expect((await take(reward, { ...context, completion: { text: "x", tokenCount: 15 } })).value).to.equal(
      0.5,
    );
    expect((await take(reward, context)).evidence).to.deep.equal({ tokens: 18 * 0.75 });
  });

  it("can be relative to the reference", async () => {
    const task = { reference: { html: "x".repeat(100) } };
    const of = async (length: number) =>
      (await take(relativeLength(), contextOf("y".repeat(length), task))).value;
    expect([await of(50), await of(125), await of(150), await of(200)]).to.deep.equal([1, 1, 2 / 3, 0]);
    expect(await take(relativeLength(), contextOf("y"))).to.include({ value: null, status: "skipped" });
  });
});

describe("similarity", () => {
  const page = (body: string) => `<html><head><title>t</title></head><body>${body}</body></html>`;
  const task = { reference: { html: page("<nav></nav><main><p></p><p></p></main>") } };

  it("is half structure, half landmarks", async () => {
    const score = await take(similarity(), contextOf(page("<main><p></p></main>"), task));
    expect(score.evidence).to.deep.include({ structure: 6 / 8, semantics: 5 / 6, floor: 0 });
    expect(score.value).to.be.closeTo((6 / 8 + 5 / 6) / 2, 1e-12);
  });

  it("counts only above the best skeleton, and still reaches 1", async () => {
    const reward = similarity({ skeletons: [page(""), page("<main></main>")] });
    expect((await take(reward, contextOf(page(""), task))).value).to.equal(0);
    expect((await take(reward, contextOf(task.reference.html, task))).value).to.equal(1);
    const partly = (await take(reward, contextOf(page("<main><p></p></main>"), task))).value!;
    expect(partly).to.be.within(0.1, 0.9);
  });

  it("is skipped without a reference, or what the caller says", async () => {
    expect(await take(similarity(), contextOf(page("")))).to.include({ value: null, status: "skipped" });
    expect(await take(similarity({ missingReference: 0 }), contextOf(page("")))).to.include({ value: 0 });
  });
});
