import { expect } from "chai";
import type { ProbeResult } from "../../../env/contract/probe.js";
import type { RenderedPage } from "../../../env/contract/rendered-page.js";
import { scored } from "../../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type Task } from "../../../env/contract/task.js";
import type { Evaluation } from "../../../env/evaluate.js";
import { failedChecks, feedbackOf } from "../../../env/feedback.js";
import { markupPage } from "../../support/markup-renderer.js";

const probe = { kind: "axe" } as const;
const item = (id: number, title: string, probed = true) => ({
  id,
  title,
  description: "",
  maxScore: 5,
  ...(probed ? { probe } : {}),
});
const task: Task = {
  id: "t/1",
  kind: "html",
  prompt: "A page.",
  viewport: DEFAULT_VIEWPORT,
  checklist: [
    item(1, "One headline"),
    item(2, "Looks friendly", false),
    item(3, "Four cards"),
    item(4, "A form"),
  ],
  meta: {},
};
const result = (score: number | null) => ({ score }) as unknown as ProbeResult;

function evaluation(page: RenderedPage | null, changes: Partial<Evaluation> = {}): Evaluation {
  const total = scored(0.4);
  return {
    completion: { text: "the answer" },
    artifact: { status: "ok", artifact: { kind: "html", html: "x" } },
    render: page
      ? { status: "rendered", page }
      : { status: "failed", reason: "crash", message: "It crashed.", milliseconds: 1 },
    page,
    scorecard: { total, parts: { cards: total } },
    milliseconds: 1,
    ...changes,
  };
}

describe("feedback", () => {
  it("names the checks that were not fully met, half-met ones too, and those that could not be run", () => {
    const page = (...scores: (number | null)[]) => markupPage("x", { probes: scores.map(result) });
    expect(failedChecks(task, evaluation(page(1, 0.5, 1)))).to.deep.equal(["Four cards"]);
    expect(failedChecks(task, evaluation(page(1, 1, 1)))).to.deep.equal([]);
    expect(failedChecks(task, evaluation(page(0, 0.99, null)))).to.deep.equal([
      "One headline",
      "Four cards",
      "A form",
    ]);
    expect(failedChecks(task, evaluation(page(1)))).to.deep.equal(["Four cards", "A form"]);
  });

  it("names all that could be checked when nothing rendered, and none without a checklist", () => {
    expect(failedChecks(task, evaluation(null))).to.deep.equal(["One headline", "Four cards", "A form"]);
    const { checklist: _, ...bare } = task;
    expect(failedChecks(bare, evaluation(null))).to.deep.equal([]);
  });

  it("tells answer, reward, parts, picture, findings and errors of a page that rendered", () => {
    const finding = { kind: "overflow", message: "It is too wide." } as const;
    const siteFinding = { kind: "dead_link", message: "A link leads nowhere." } as const;
    const page = markupPage("x", {
      probes: [1, 1, 0].map(result),
      findings: [finding],
      errors: ["TypeError: x"],
      console: [
        { level: "log" as never, text: "said" },
        { level: "warning", text: "warned" },
        { level: "error", text: "failed to load" },
      ],
      site: { findings: [siteFinding] } as never,
    });
    expect(feedbackOf(task, evaluation(page))).to.deep.equal({
      answer: "the answer",
      reward: 0.4,
      parts: { cards: scored(0.4) },
      failedChecks: ["A form"],
      findings: [finding, siteFinding],
      errors: ["TypeError: x", "failed to load"],
      screenshot: page.png,
    });
    expect(feedbackOf(task, evaluation(markupPage("x"))).findings).to.deep.equal([]);
  });

  it("says why an answer did not render or was refused", () => {
    const crashed = feedbackOf(task, evaluation(null));
    expect(crashed).to.include({ failure: "It crashed." }).and.not.have.property("screenshot");
    expect(crashed.findings).to.deep.equal([]);
    expect(crashed.errors).to.deep.equal([]);
    const refused = feedbackOf(
      task,
      evaluation(null, {
        artifact: { status: "refused", kind: "html", refusal: { reason: "empty", message: "It is empty." } },
      }),
    );
    expect(refused.failure).to.equal("It is empty.");
  });
});
