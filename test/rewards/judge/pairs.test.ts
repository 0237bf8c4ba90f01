import { expect } from "chai";
import { judgedTournament, type VisionJudgeOptions } from "../../../rewards/judge/index.js";
import { scoreGroup } from "../../../rewards/testing.js";
import { sharedRenderer } from "../../support/browser.js";
import { type Asked, openJudge, picturesOf, type Reaction } from "./server.js";

/** A page that is a bar of some height: the higher, the larger its picture's height. */
const bar = (height: number) =>
  `<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><div style="height:${height}px;background:#246">${height}</div></body></html>`;

/** Height in the header of a PNG. */
const heightOf = (base64: string) => Buffer.from(base64, "base64").readUInt32BE(20);
const say = (better: "A" | "B" | "tie") => ({ says: { addresses_judge: false, reason: "So.", better } });
/** Prefers the higher page. */
const fair = (asked: Asked) => {
  const [a = 0, b = 0] = picturesOf(asked).slice(-2).map(heightOf);
  return say(a > b ? "A" : "B");
};

async function played(
  react: (asked: Asked, count: number) => Reaction,
  pages: readonly string[],
  options: { reference?: string; judge?: Partial<VisionJudgeOptions> } = {},
) {
  const { server, judge } = await openJudge(react, { retries: 0, ...options.judge });
  const { reference } = options;
  const against = reference === undefined ? "request" : "reference";
  const scores = await scoreGroup(judgedTournament({ judge, against }), pages, {
    renderer: await sharedRenderer(),
    ...(reference === undefined ? {} : { reference }),
  });
  return { scores, server, values: scores.map(({ value }) => value) };
}

describe("the tournament", () => {
  it("ranks a group by the share of meetings won, each asked in both orders", async () => {
    const { values, server } = await played(fair, [bar(900), bar(700), bar(1100)]);
    expect(values).to.deep.equal([0.5, 0, 1]);
    expect(server.seen).to.have.length(6);
  });

  it("makes a tie of two orders that disagree, so a judge who always says A favours nobody", async () => {
    const { values, scores } = await played(() => say("A"), [bar(900), bar(700)]);
    expect(values).to.deep.equal([0.5, 0.5]);
    expect(scores[0]?.evidence).to.deep.equal({ won: 0, tied: 1, lost: 0, undecided: 0, disagreed: 1 });
  });

  it("asks nobody about equal pictures", async () => {
    const { values, server } = await played(fair, [bar(700), bar(700)]);
    expect(values).to.deep.equal([0.5, 0.5]);
    expect(server.seen).to.have.length(0);
  });

  it("lets answers that are no page lose without a question", async () => {
    const { values, server } = await played(fair, [bar(900), "No.", bar(700)]);
    expect(values).to.deep.equal([1, 0, 0.5]);
    expect(server.seen).to.have.length(2);
  });

  it("shows the reference first when that decides", async () => {
    const { server } = await played(fair, [bar(900), bar(700)], { reference: bar(1000) });
    const heights = server.seen.map((asked) => picturesOf(asked).map(heightOf));
    expect(heights.map(([first]) => first)).to.deep.equal([heights[0]?.[0], heights[0]?.[0]]);
    expect(heights[0]).to.have.length(3);
    expect(heights[0]?.slice(1)).to.deep.equal(heights[1]?.slice(1).reverse());
  });

  it("leaves out a meeting that could not be judged, but gives none to whom half of them are missing", async () => {
    /** Fails for the two lowest pages. */
    const flaky = (asked: Asked): Reaction =>
      picturesOf(asked)
        .map(heightOf)
        .every((height) => height < 1000)
        ? { status: 500 }
        : fair(asked);
    const { values } = await played(flaky, [bar(900), bar(700), bar(1100), bar(1300)]);
    expect(values).to.deep.equal([0, 0, 2 / 3, 1]);
    // Of three, the two lowest have one of their two meetings: half of them.
    const { values: half, scores: halves } = await played(flaky, [bar(900), bar(700), bar(1100)]);
    expect(half).to.deep.equal([null, null, 1]);
    expect(halves[0]?.message).to.match(/1 of 2 meetings could not be judged/);
    const { values: down, scores } = await played(() => ({ status: 500 }), [bar(900), bar(700)]);
    expect(down).to.deep.equal([null, null]);
    expect(scores[0]?.message).to.match(/1 of 1 meetings could not be judged: .*500/);
  });

  it("has nothing to say about a lone answer", async () => {
    const { scores } = await played(fair, [bar(700)]);
    expect(scores[0]).to.include({ value: null, status: "skipped" });
  });
});
