import { expect } from "chai";
import sharp from "sharp";
import {
  type Need,
  type Scorer,
  type ScoringContext,
  scored,
  unscored,
} from "../../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type Task } from "../../../env/contract/task.js";
import { createEvaluator } from "../../../env/evaluate.js";
import { InfrastructureError, UsageError } from "../../../infra/errors.js";
import { markupPage, markupRenderer } from "../../support/markup-renderer.js";

const html = (text: string) => `<!DOCTYPE html><html><body><h1>${text}</h1></body></html>`;
const task = (changes: Partial<Task> = {}): Task => ({
  id: "t/1",
  kind: "html",
  prompt: "A page.",
  viewport: { width: 500, height: 400 },
  reference: { html: html("reference") },
  meta: {},
  ...changes,
});

/** Keeps what it is asked about; pays 1 for an answer that says "good". */
function watching(needs: readonly Need[] = [], changes: Partial<Scorer> = {}) {
  const calls: ScoringContext[][] = [];
  const scorer: Scorer = {
    name: "watching",
    needs: new Set(needs),
    async score(contexts) {
      calls.push([...contexts]);
      return contexts.map(({ page }) => {
        const total = scored(page?.html.includes("good") ? 1 : 0);
        return { total, parts: { only: total } };
      });
    },
    ...changes,
  };
  return { scorer, calls };
}

describe("an evaluator", () => {
  it("gives each answer its own artifact, render and score, in order", async () => {
    const renderer = markupRenderer((markup) =>
      markup.includes("crash")
        ? { status: "failed", reason: "crash", message: "It crashed.", milliseconds: 1 }
        : undefined,
    );
    const { scorer, calls } = watching();
    const evaluator = createEvaluator({ renderer, scorer });
    expect([evaluator.renderer, evaluator.scorer]).to.deep.equal([renderer, scorer]);
    const answers = ["bad", "good", "crash"].map((text) => ({ text: html(text) }));
    const made = await evaluator.evaluate(task(), [...answers, { text: "" }]);
    expect(made.map(({ scorecard }) => scorecard.total.value)).to.deep.equal([0, 1, 0, 0]);
    expect(made.map(({ render }) => render.status)).to.deep.equal([
      "rendered",
      "rendered",
      "failed",
      "skipped",
    ]);
    expect(made.map(({ page }) => page?.html)).to.deep.equal([
      html("bad"),
      html("good"),
      undefined,
      undefined,
    ]);
    expect(made[3]?.artifact.status).to.equal("refused");
    expect(made.map(({ completion }) => completion)).to.deep.equal([...answers, { text: "" }]);
    expect(made.every((each) => each.infrastructureError === undefined)).to.equal(true);
    expect(renderer.requests).to.have.length(3);
    expect(renderer.requests[0]?.viewport).to.deep.equal({ width: 500, height: 400 });
    const [context] = calls[0] ?? [];
    expect(calls).to.have.length(1);
    expect(context?.task.id).to.equal("t/1");
    expect(context).to.include({ reference: null, referencePicture: null });
    for (const { milliseconds } of made) expect(milliseconds).to.be.at.least(0);
  });

  it("says in the refusal's own words why nothing was rendered", async () => {
    const evaluator = createEvaluator({ renderer: markupRenderer(), scorer: watching().scorer });
    const [made] = await evaluator.evaluate(task(), [{ text: "" }]);
    if (made?.artifact.status !== "refused" || made.render.status !== "skipped")
      throw new Error("Not refused.");
    expect(made.render.message).to.equal(made.artifact.refusal.message).and.not.equal("");
  });

  it("measures nothing, and pays null, where the machine failed; the other answers are paid", async () => {
    const renderer = markupRenderer((markup) => {
      if (markup.includes("gone")) throw new InfrastructureError("The browser is gone.");
      return undefined;
    });
    const { scorer, calls } = watching();
    const made = await createEvaluator({ renderer, scorer }).evaluate(
      task(),
      ["gone", "good", "gone"].map((text) => ({ text: html(text) })),
    );
    expect(made.map(({ scorecard }) => scorecard.total.value)).to.deep.equal([null, 1, null]);
    expect(made[0]?.scorecard).to.deep.equal({
      total: unscored("failed", "The browser is gone."),
      parts: {},
    });
    expect(made.map((each) => each.infrastructureError)).to.deep.equal([
      "The browser is gone.",
      undefined,
      "The browser is gone.",
    ]);
    expect(made[0]?.render).to.deep.equal({ status: "skipped", message: "The browser is gone." });
    expect(calls[0]).to.have.length(1);
    const alone = watching();
    const down = await createEvaluator({ renderer, scorer: alone.scorer }).evaluate(task(), [
      { text: html("gone") },
    ]);
    expect(down[0]?.scorecard.total.value).to.equal(null);
    expect(alone.calls).to.deep.equal([]);
  });

  it("neither renders nor scores an answer that never came", async () => {
    const renderer = markupRenderer();
    const { scorer } = watching();
    const [made] = await createEvaluator({ renderer, scorer }).evaluate(task(), [
      { text: "", failure: "The server refused the request." },
    ]);
    expect(made?.scorecard.total).to.deep.equal(unscored("failed", "The server refused the request."));
    expect(made?.infrastructureError).to.equal("The server refused the request.");
    expect(renderer.requests).to.deep.equal([]);
  });

  it("runs the checklist's probes for a reward that needs them, the audit last, and no others", async () => {
    const probe = { kind: "axe" } as const;
    const heading = { kind: "exists", query: { css: "h1" } } as never;
    const checklist = [
      { id: 1, title: "a", description: "", maxScore: 5, probe: heading },
      { id: 2, title: "b", description: "", maxScore: 5 },
    ];
    const siteProbes = [{ id: "p", requirement: "", given: "/", steps: [], expect: [] }];
    const asked = async (needs: readonly Need[], of: Partial<Task> = { checklist, siteProbes }) => {
      const renderer = markupRenderer();
      const evaluator = createEvaluator({ renderer, scorer: watching(needs).scorer });
      await evaluator.evaluate(task(of), [{ text: html("x") }]);
      return renderer.requests.at(-1);
    };
    expect(await asked(["page"]))
      .to.deep.include({ probes: [] })
      .and.not.have.property("siteProbes");
    expect(await asked(["probes"])).to.deep.include({ probes: [heading], siteProbes });
    expect(await asked(["accessibility"])).to.deep.include({ probes: [probe] });
    expect(await asked(["probes", "accessibility"])).to.deep.include({ probes: [heading, probe] });
    expect(await asked(["probes"], {}))
      .to.deep.include({ probes: [] })
      .and.not.have.property("siteProbes");
  });

  it("reads answers by the rules it is told, and knows no others", async () => {
    expect(() =>
      createEvaluator({ renderer: markupRenderer(), scorer: watching().scorer, extraction: "webgan" }),
    ).to.throw(UsageError, /webgan/);
  });
});

describe("the reference of a task", () => {
  const answer = [{ text: html("good") }];

  it("is rendered once for all answers and calls, when a reward needs it", async () => {
    const renderer = markupRenderer();
    const { scorer, calls } = watching(["reference"]);
    const evaluator = createEvaluator({ renderer, scorer });
    await Promise.all([evaluator.evaluate(task(), answer), evaluator.evaluate(task(), answer)]);
    await evaluator.evaluate(task(), answer);
    const ofReference = renderer.requests.filter(
      ({ artifact }) => artifact.kind === "html" && artifact.html === html("reference"),
    );
    expect(ofReference).to.have.length(1);
    expect(ofReference[0]?.viewport).to.deep.equal({ width: 500, height: 400 });
    for (const [context] of calls) {
      expect(context?.reference?.html).to.equal(html("reference"));
      expect(context?.referencePicture).to.equal(context?.reference);
      expect(context).to.not.have.property("referenceFailure");
    }
  });

  it("comes with the other good answers where a reward needs those, and they are rendered for no other", async () => {
    const reference = { html: html("reference"), alternatives: [html("second"), html("third")] };
    for (const [needs, texts] of [
      [["reference"], undefined],
      [
        ["reference", "alternatives"],
        ["second", "third"],
      ],
      [["alternatives"], ["second", "third"]],
    ] as const) {
      const renderer = markupRenderer();
      const { scorer, calls } = watching(needs);
      const evaluator = createEvaluator({ renderer, scorer });
      await evaluator.evaluate(task({ reference }), answer);
      await evaluator.evaluate(task({ reference }), answer);
      const [context] = calls.at(-1)!;
      expect(context?.reference?.html).to.equal(html("reference"));
      expect(context?.alternatives?.map((page) => page.html)).to.deep.equal(texts?.map(html));
      expect(renderer.requests).to.have.length(3 + (texts?.length ?? 0));
    }
    const { scorer, calls } = watching(["reference", "alternatives"]);
    await createEvaluator({ renderer: markupRenderer(), scorer }).evaluate(task(), answer);
    expect(calls[0]![0]).to.not.have.property("alternatives");
  });

  it("is another for another task, and forgotten from the oldest on", async () => {
    const renderer = markupRenderer();
    const evaluator = createEvaluator({
      renderer,
      scorer: watching(["reference"]).scorer,
      referenceCacheSize: 2,
    });
    const renders = async (id: string) => {
      const before = renderer.requests.length;
      await evaluator.evaluate(task({ id, reference: { html: html(`of ${id}`) } }), answer);
      return renderer.requests.length - before - 1;
    };
    const counts: number[] = [];
    for (const id of ["a", "b", "a", "c", "b", "c", "a"]) counts.push(await renders(id));
    expect(counts).to.deep.equal([1, 1, 0, 1, 0, 0, 1]);
  });

  it("is tried again after it failed", async () => {
    let down = true;
    const renderer = markupRenderer((markup) => {
      if (down && markup.includes("reference")) throw new InfrastructureError("The browser is gone.");
      return undefined;
    });
    const seen: (string | undefined)[] = [];
    const watch = watching(["reference"], {
      score: async (contexts) => {
        seen.push(contexts[0]?.referenceFailure);
        return contexts.map(({ reference }) => ({
          total: reference ? scored(1) : unscored("failed", "No reference."),
          parts: {},
        }));
      },
    });
    const strict = createEvaluator({ renderer, scorer: watch.scorer });
    const [first] = await strict.evaluate(task(), answer);
    expect(first?.scorecard.total.value).to.equal(null);
    expect(first?.infrastructureError).to.equal("The browser is gone.");
    down = false;
    const [second] = await strict.evaluate(task(), answer);
    expect(second?.scorecard.total.value).to.equal(1);
    expect(second?.infrastructureError).to.equal(undefined);
    expect(seen).to.deep.equal(["The browser is gone.", undefined]);
  });

  it("that failed takes nothing from rewards that do without it", async () => {
    const renderer = markupRenderer((markup) =>
      markup.includes("reference")
        ? { status: "failed", reason: "timeout", message: "It took too long.", milliseconds: 1 }
        : undefined,
    );
    const evaluator = createEvaluator({ renderer, scorer: watching(["reference"]).scorer });
    const [made] = await evaluator.evaluate(task(), answer);
    expect(made?.scorecard.total.value).to.equal(1);
    expect(made?.infrastructureError).to.equal(undefined);
    expect(made?.page?.html).to.equal(html("good"));
  });

  it("that is no page, or does not render, is told by the task's name", async () => {
    const failures: (string | undefined)[] = [];
    const { scorer } = watching(["reference"], {
      score: async (contexts) => {
        failures.push(contexts[0]?.referenceFailure);
        return contexts.map(() => ({ total: scored(0), parts: {} }));
      },
    });
    const renderer = markupRenderer((markup) =>
      markup.includes("slow")
        ? { status: "failed", reason: "timeout", message: "It took too long.", milliseconds: 1 }
        : undefined,
    );
    const evaluator = createEvaluator({ renderer, scorer });
    await evaluator.evaluate(task({ id: "a", reference: { html: "" } }), answer);
    await evaluator.evaluate(task({ id: "b", reference: { html: html("slow") } }), answer);
    await evaluator.evaluate(task({ id: "c", reference: { screenshot: Buffer.from("x") } }), answer);
    expect(failures[0]).to.match(/^The reference of task a is not a page: /);
    expect(failures[1]).to.equal("The reference of task b did not render: It took too long.");
    expect(failures[2]).to.match(/^The reference of task c is not a picture that can be read: .*\.$/);
  });

  it("may be a picture: the screenshot, else what the task shows, and markup before both", async () => {
    const red = { create: { width: 3, height: 2, channels: 3, background: "#ff0000" } } as const;
    const [png, jpeg] = [await sharp(red).png().toBuffer(), await sharp(red).jpeg().toBuffer()];
    const { scorer, calls } = watching(["reference"]);
    const evaluator = createEvaluator({ renderer: markupRenderer(), scorer });
    const seen = async (id: string, changes: Partial<Task>) => {
      const { reference: _, ...bare } = task({ id });
      await evaluator.evaluate({ ...bare, ...changes }, answer);
      return calls.at(-1)?.[0];
    };
    const alone = await seen("a", { reference: { screenshot: png }, image: jpeg });
    expect(alone?.reference).to.equal(null);
    expect(alone?.referencePicture).to.include({ width: 3, height: 2, png });
    expect([...((await alone?.referencePicture?.pixels())?.data ?? [])].slice(0, 4)).to.deep.equal([
      255, 0, 0, 255,
    ]);
    expect(await alone?.referencePicture?.hash()).to.match(/^[0-9a-f]{64}$/);
    const shown = await seen("b", { image: jpeg });
    expect(shown?.referencePicture).to.include({ width: 3, height: 2 });
    expect((await sharp(shown?.referencePicture?.png).metadata()).format).to.equal("png");
    const both = await seen("c", { reference: { html: html("r"), screenshot: png } });
    expect(both?.referencePicture).to.equal(both?.reference);
    const neither = await seen("d", {});
    expect(neither).to.include({ reference: null, referencePicture: null });
  });

  it("counts as an answer's own evaluation only where answers are not compared", async () => {
    const renderer = markupRenderer(undefined);
    const alone = createEvaluator({ renderer, scorer: watching().scorer });
    const [made, other] = await alone.evaluate(task(), [{ text: html("a") }, { text: html("b") }]);
    if (!made || !other) throw new Error("Two evaluations were expected.");
    expect(alone.vouches?.(task(), made)).to.equal(true);
    expect(alone.vouches?.(task({ id: "t/2" }), made)).to.equal(false);
    expect(createEvaluator({ renderer, scorer: watching().scorer }).vouches?.(task(), made)).to.equal(false);
    const comparing = createEvaluator({
      renderer,
      scorer: { ...watching().scorer, comparesAnswers: true },
    });
    const [first] = await comparing.evaluate(task(), [{ text: html("a") }, { text: html("b") }]);
    const [single] = await comparing.evaluate(task(), [{ text: html("a") }]);
    if (!first || !single) throw new Error("Evaluations were expected.");
    expect(comparing.vouches?.(task(), first)).to.equal(false);
    expect(comparing.vouches?.(task(), single)).to.equal(true);
    expect(markupPage("x").viewport).to.deep.equal(DEFAULT_VIEWPORT);
  });
});
