import { expect } from "chai";
import { factsOf, type RewardContext, type Score, scored, unscored } from "../../env/contract/scoring.js";
import { PluginError, UsageError } from "../../infra/errors.js";
import { asReward, isComposed } from "../../rewards/compose.js";
import { composeReward, defineReward, type GroupReward, type Reward } from "../../rewards/index.js";
import { constant, contextOf } from "./support.js";

const context = contextOf("<p>hello</p>");

function reward(score: Reward["score"], more: Partial<Reward> = {}): Reward {
  return { name: "under-test", needs: [], score, ...more };
}

async function only(part: Reward | GroupReward, deadline?: number) {
  const scorer = composeReward({
    formula: "it",
    parts: { it: part },
    onNull: "fail",
    ...(deadline ? { deadline } : {}),
  });
  const [card] = await scorer.score([context]);
  return card!;
}

describe("composeReward", () => {
  it("scores each context, in order, with its parts", async () => {
    const length = reward(({ completion }) => scored(completion.text.length, { seen: completion.text }));
    const scorer = composeReward({ formula: "2 * it", parts: { it: length }, onNull: "fail" });
    const cards = await scorer.score([contextOf("a"), contextOf("abc")]);
    expect(cards.map(({ total }) => total.value)).to.deep.equal([2, 6]);
    expect(cards[1]!.parts.it).to.deep.include({ value: 3, evidence: { seen: "abc" } });
    expect(scorer.name).to.equal("2 * it");
  });

  it("unites the needs of its parts", () => {
    const parts = {
      a: reward(() => scored(1), { needs: ["page"] }),
      b: reward(() => scored(1), { needs: ["probes", "page"] }),
    };
    expect([...composeReward({ formula: "a", parts, onNull: "fail" }).needs]).to.have.members([
      "page",
      "probes",
    ]);
  });

  it("refuses a wrong formula, part name, policy or plugin at construction", () => {
    const compose = (options: object) => () =>
      composeReward({ formula: "a", parts: { a: constant(1) }, onNull: "fail", ...options });
    expect(compose({ formula: "b" })).to.throw(UsageError, 'no part is named "b"');
    for (const part of ["a-b", "1a", "a b", ""])
      expect(compose({ formula: "1", parts: { [part]: constant(1) } })).to.throw(
        UsageError,
        `Part "${part}" cannot be named in a formula; use letters, digits and _.`,
      );
    expect(compose({ formula: "_A1", parts: { _A1: constant(1) } })).not.to.throw();
    for (const deadline of [0, -1, Number.NaN])
      expect(compose({ deadline })).to.throw(
        UsageError,
        `deadline should be a number of milliseconds above 0, but is ${deadline}.`,
      );
    expect(compose({ onNull: { failed: "fail", skipped: "zero" } })).to.throw(
      UsageError,
      'onNull should be "fail" or "renormalize", but is "zero".',
    );
    expect(compose({ onNull: "zero" })).to.throw(UsageError, '"fail" or "renormalize"');
    expect(compose({ parts: { a: { name: "a", needs: [] } } })).to.throw(PluginError, "score and scoreGroup");
    expect(compose({ parts: { a: { ...constant(1), needs: ["pages"] } } })).to.throw(
      PluginError,
      'Did you mean "page"',
    );
  });

  it("treats a failed and a skipped part by their own policies", async () => {
    const total = async (other: "failed" | "skipped") => {
      const parts = { a: constant(0.5), b: constant(other) };
      const onNull = { failed: "fail", skipped: "renormalize" } as const;
      const [card] = await composeReward({ formula: "0.5*a + 0.5*b", parts, onNull }).score([context]);
      return card!.total;
    };
    expect(await total("skipped")).to.include({
      value: 0.5,
      status: "ok",
      message: "Without b skipped (It skipped.)",
    });
    expect(await total("failed")).to.include({
      value: null,
      status: "failed",
      message: "No total: b failed (It failed.)",
    });
  });

  it("says of a total why it lacks parts, and only of parts that count", async () => {
    const total = async (formula: string, onNull: "fail" | "renormalize") => {
      const silent = reward(() => ({ value: null, status: "skipped" }));
      const parts = { a: constant(1), b: constant("failed"), c: silent, watch: constant("failed") };
      const [card] = await composeReward({ formula, parts, onNull }).score([context]);
      return card!.total;
    };
    expect(await total("a + b + c", "fail")).to.deep.equal({
      value: null,
      status: "failed",
      message: "No total: b failed (It failed.); c skipped (no reason given)",
    });
    expect(await total("a + b + c", "renormalize")).to.deep.equal({
      value: 3,
      status: "ok",
      evidence: { formula: "a + b + c" },
      message: "Without b failed (It failed.); c skipped (no reason given)",
    });
    expect(await total("2 * a", "fail")).to.deep.equal({
      value: 2,
      status: "ok",
      evidence: { formula: "2 * a" },
    });
  });

  it("shows what it was composed of, by which it can be told from other scorers", () => {
    const options = { name: "mine", formula: "a", parts: { a: constant(1) }, onNull: "fail" } as const;
    const scorer = composeReward(options);
    expect(scorer.name).to.equal("mine");
    expect(scorer.composition).to.equal(options);
    expect(isComposed(scorer)).to.equal(true);
    expect(isComposed({ name: "other", needs: new Set(), score: async () => [] })).to.equal(false);
  });

  it("has no needs when its parts have none", () => {
    expect([
      ...composeReward({ formula: "a", parts: { a: constant(1) }, onNull: "fail" }).needs,
    ]).to.deep.equal([]);
  });

  it("fails a total that is not finite", async () => {
    const scorer = composeReward({ formula: "log(a)", parts: { a: constant(0) }, onNull: "fail" });
    const [card] = await scorer.score([context]);
    expect(card!.total.value).to.equal(null);
    expect(card!.total.message).to.contain("-Infinity");
  });

  it("measures a part that the formula does not name, without letting it count", async () => {
    const scorer = composeReward({
      formula: "a",
      parts: { a: constant(1), watch: constant("failed") },
      onNull: "fail",
    });
    const [card] = await scorer.score([context]);
    expect(card!.total.value).to.equal(1);
    expect(card!.parts.watch!.status).to.equal("failed");
  });
});

describe("a part that misbehaves", () => {
  const cases: [what: string, score: () => unknown, says: string][] = [
    [
      "throws",
      () => {
        throw new Error("boom");
      },
      'Reward "under-test" threw: boom',
    ],
    ["rejects", () => Promise.reject(new TypeError("late boom")), "threw: late boom"],
    ["returns nothing", () => undefined, "should return a score"],
    ["returns a number", () => 0.5, "should return a score such as scored(0.5)"],
    ["returns NaN", () => ({ value: Number.NaN, status: "ok" }), "NaN instead of a finite number"],
    ["is ok with null", () => ({ value: null, status: "ok" }), "null instead of a finite number"],
    ["fails with a number", () => ({ value: 1, status: "failed" }), "instead of null"],
    ["invents a status", () => ({ value: 1, status: "good" }), '"good"'],
  ];
  for (const [what, score, says] of cases) {
    it(`fails with its message when it ${what}`, async () => {
      const { total, parts } = await only(reward(score as Reward["score"]));
      expect(parts.it).to.include({ value: null, status: "failed" });
      expect(parts.it!.message).to.contain(says);
      expect(total.value).to.equal(null);
    });
  }

  it("fails at its deadline, is told to stop, and blocks no other part", async () => {
    let stopped = false;
    const hangs = reward(
      ({ signal }) =>
        new Promise<Score>(() =>
          signal.addEventListener("abort", () => {
            stopped = true;
          }),
        ),
      { deadline: 30 },
    );
    const scorer = composeReward({ formula: "b", parts: { a: hangs, b: constant(1) }, onNull: "fail" });
    const started = performance.now();
    const [card] = await scorer.score([context]);
    expect(performance.now() - started).to.be.below(2000);
    expect(card!.parts.a!.message).to.contain("within 30 ms");
    expect(card!.total.value).to.equal(1);
    expect(stopped).to.equal(true);
  });

  it("uses the composition's deadline when it names none", async () => {
    const { parts } = await only(
      reward(() => new Promise<Score>(() => {})),
      20,
    );
    expect(parts.it!.message).to.contain("within 20 ms");
  });

  it("passes the episode's own cancellation on", async () => {
    const episode = new AbortController();
    const seen: RewardContext[] = [];
    const watching = reward(async (given) => {
      seen.push(given);
      episode.abort();
      return given.signal.aborted ? unscored("failed", "cancelled") : scored(1);
    });
    const scorer = composeReward({ formula: "it", parts: { it: watching }, onNull: "fail" });
    const [card] = await scorer.score([{ ...context, signal: episode.signal }]);
    expect(card!.total.value).to.equal(null);
    expect(seen).to.have.length(1);
  });
});

describe("group rewards", () => {
  const rank: GroupReward = {
    name: "rank",
    needs: [],
    scoreGroup: (contexts) => {
      const lengths = contexts.map(({ completion }) => completion.text.length);
      return lengths.map((length) => scored(lengths.filter((other) => other < length).length));
    },
  };

  it("see all contexts at once", async () => {
    const scorer = composeReward({ formula: "rank", parts: { rank }, onNull: "fail" });
    const cards = await scorer.score(["aa", "a", "aaa"].map((text) => contextOf(text)));
    expect(cards.map(({ total }) => total.value)).to.deep.equal([1, 0, 2]);
  });

  it("fail for every context when they return too few scores or throw", async () => {
    for (const scoreGroup of [
      () => [scored(1)],
      () => {
        throw new Error("no winner");
      },
    ]) {
      const scorer = composeReward({
        formula: "rank",
        parts: { rank: { ...rank, scoreGroup } },
        onNull: "fail",
      });
      const cards = await scorer.score([context, context]);
      expect(cards.map(({ total }) => total.status)).to.deep.equal(["failed", "failed"]);
    }
  });

  it("can be whole compositions", async () => {
    const inner = composeReward({
      formula: "0.5 * a + 0.5 * b",
      parts: { a: constant(1), b: constant(0) },
      onNull: "fail",
    });
    const part = asReward(inner, "inner") as GroupReward;
    expect(part.name).to.equal("inner");
    const card = await only(part);
    expect(card.total.value).to.equal(0.5);
    expect(card.parts.it!.evidence).to.deep.equal({
      a: { value: 1, status: "ok", message: undefined },
      b: { value: 0, status: "ok", message: undefined },
    });
    const needy = composeReward({
      formula: "a",
      parts: { a: reward(() => scored(1), { needs: ["page", "probes"] }) },
      onNull: "fail",
    });
    expect(asReward(needy, "needy").needs).to.deep.equal(["page", "probes"]);
  });

  it("may declare facts, which are right where all parts that tell find them so, whole compositions too", async () => {
    const telling = (facts: Record<string, boolean>) => reward(() => ({ ...scored(1), facts }));
    const scorer = composeReward({
      formula: "a",
      parts: {
        a: telling({ brand: true, links: true, form: false }),
        b: telling({ links: false, form: true }),
        c: constant(1),
      },
      onNull: "fail",
    });
    const [card] = await scorer.score([context]);
    const facts = { brand: true, links: false, form: false };
    expect(factsOf(card!)).to.deep.equal(facts);
    expect(factsOf(await only(asReward(scorer, "scorer")))).to.deep.equal(facts);
    expect(factsOf(await only(constant(1)))).to.deep.equal({});
    expect(
      await only(
        asReward(composeReward({ formula: "a", parts: { a: constant(1) }, onNull: "fail" }), "plain"),
      ),
    ).to.not.have.nested.property("parts.it.facts");
  });
});

describe("costly parts", () => {
  function judge() {
    const asked: string[] = [];
    const part = reward(
      ({ completion }) => {
        asked.push(completion.text);
        return scored(0.5);
      },
      { costly: true },
    );
    return { asked, part };
  }
  const open = reward(({ completion }) => scored(completion.text === "shut" ? 0 : 1));

  it("are asked only about answers that the cheap parts leave open", async () => {
    const { asked, part } = judge();
    const scorer = composeReward({ formula: "gate * part", parts: { part, gate: open }, onNull: "fail" });
    const cards = await scorer.score([contextOf("shut"), contextOf("fine")]);
    expect(asked).to.deep.equal(["fine"]);
    expect(cards.map(({ total }) => total.value)).to.deep.equal([0, 0.5]);
    expect(cards[0]!.parts.part).to.deep.equal({
      value: null,
      status: "skipped",
      message: "Not asked: the other parts decide the total.",
    });
    expect(Object.keys(cards[0]!.parts)).to.deep.equal(["part", "gate"]);
  });

  it("are asked wherever they would add to a sum, whatever becomes of nulls", async () => {
    for (const onNull of ["fail", "renormalize"] as const) {
      const { asked, part } = judge();
      const scorer = composeReward({
        formula: "0.5 * gate + 0.5 * part",
        parts: { part, gate: open },
        onNull,
      });
      const cards = await scorer.score([contextOf("shut"), contextOf("fine")]);
      expect(asked).to.deep.equal(["shut", "fine"]);
      expect(cards.map(({ total }) => total.value)).to.deep.equal([0.25, 0.75]);
    }
  });

  it("are asked about every answer when the formula does not name them", async () => {
    const { asked, part } = judge();
    await composeReward({ formula: "gate", parts: { part, gate: open }, onNull: "fail" }).score([
      contextOf("shut"),
    ]);
    expect(asked).to.deep.equal(["shut"]);
  });
});

describe("defineReward", () => {
  it("names what is wrong", () => {
    const define = (changes: object) => () => defineReward({ ...constant(1), ...changes });
    expect(define({ name: "" })).to.throw(PluginError, "name should start with a letter");
    expect(define({ needs: undefined })).to.throw(PluginError, 'a list such as ["page"]');
    expect(define({ scoreGroup: () => [] })).to.throw(PluginError, "exactly one of the methods");
    expect(define({ deadline: 0 })).to.throw(PluginError, "positive number of milliseconds");
  });
});
