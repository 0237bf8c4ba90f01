import { expect } from "chai";
import fc from "fast-check";
import sharp from "sharp";
import { drawChart } from "../../../experiments/report/chart.js";
import {
  type Curve,
  curvesOf,
  MOST_POINTS,
  scaleOf,
  smooth,
  thin,
} from "../../../experiments/report/curves.js";
import {
  agentLabel,
  amount,
  duration,
  figure,
  interval,
  moment,
  reward,
  signed,
} from "../../../experiments/report/format.js";
import { escapeHtml, html, jsonForScript, trusted } from "../../../experiments/report/html.js";
import { inlineImages, shrink } from "../../../experiments/report/images.js";
import { axisOf, whisker } from "../../../experiments/report/whisker.js";
import { InfrastructureError } from "../../../infra/errors.js";
import type { RunEvent } from "../../../infra/event-log.js";
import { paint } from "./fixture.js";

const event = (phase: string, step: number, metrics: Record<string, number | null>): RunEvent => ({
  v: 1,
  time: "2025-11-21T10:00:00.000Z",
  phase,
  step,
  type: "metrics",
  metrics,
});

describe("html of the report", () => {
  it("escapes every value that is not markup", () => {
    expect(html`<a title="${`"'<&>`}">${["<b>", html`<i>${"&"}</i>`, null, false, 3]}</a>`.text).to.equal(
      '<a title="&quot;&#39;&lt;&amp;&gt;">&lt;b&gt;<i>&amp;</i>3</a>',
    );
    expect(html`${trusted("<br>")}`.text).to.equal("<br>");
  });

  it("leaves nothing in any text that opens a tag or ends an attribute", () => {
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))));
  });

  it("writes JSON that cannot end its script", () => {
    const value = { text: "</script><!--<script>" };
    expect(jsonForScript(value).text).not.to.contain("<");
    expect(JSON.parse(jsonForScript(value).text)).to.deep.equal(value);
  });
});

describe("curves of the report", () => {
  it("sorts metrics by phase and step, and leaves out what could not be measured", () => {
    const curves = curvesOf([
      event("sft", 1, { loss: 3 }),
      event("grpo", 2, { loss: 0.2, reward: 0.5 }),
      event("grpo", 1, { loss: 0.1, reward: null }),
    ]);
    expect([...curves.keys()]).to.deep.equal(["loss", "reward"]);
    expect(
      curves.get("loss")?.phases.map(({ phase, points }) => [phase, points.map(({ value }) => value)]),
    ).to.deep.equal([
      ["sft", [3]],
      ["grpo", [0.1, 0.2]],
    ]);
    expect(curves.get("reward")?.phases[0]).to.include({ firstStep: 2, lastStep: 2 });
  });

  it("keeps a straight line straight away from its ends, and a constant constant", () => {
    const line = Array.from({ length: 24 }, (_, i) => i);
    const smoothed = smooth(line);
    for (let i = 2; i < 22; i++) expect(smoothed[i]).to.be.closeTo(i, 1e-9);
    expect(smooth([2, 2, 2, 2, 2, 2])).to.deep.equal([2, 2, 2, 2, 2, 2]);
    expect(smooth([1, 5])).to.deep.equal([1, 5]);
    expect(smooth([])).to.deep.equal([]);
  });

  it("weighs neighbours less the farther they are, in a triangle over about a sixth of the values", () => {
    const impulse = Array.from({ length: 24 }, (_, i) => (i === 12 ? 9 : 0));
    expect(smooth(impulse).slice(9, 16)).to.deep.equal([0, 1, 2, 3, 2, 1, 0]);
    expect(smooth([0, 0, 4, 0])).to.deep.equal([0, 0, 4, 0]);
    // At an end the neighbours that there are carry all the weight.
    expect(smooth([6, ...new Array<number>(23).fill(0)])[0]).to.equal((3 * 6) / (3 + 2 + 1));
  });

  it("thins long curves without moving their mean", () => {
    const points = Array.from({ length: MOST_POINTS * 10 }, (_, step) => ({ step, value: step % 7 }));
    const thinned = thin(points, MOST_POINTS);
    const mean = (list: readonly { value: number }[]) =>
      list.reduce((sum, { value }) => sum + value, 0) / list.length;
    expect(thinned).to.have.length(MOST_POINTS);
    expect(mean(thinned)).to.be.closeTo(mean(points), 1e-9);
    expect(thin(points.slice(0, 3), 5)).to.deep.equal(points.slice(0, 3));
  });

  it("finds round ticks around any values", () => {
    expect(scaleOf([0.43, 0.66]).ticks).to.deep.equal([0.4, 0.5, 0.6, 0.7]);
    expect(scaleOf([]).ticks).to.deep.equal([0, 0.25, 0.5, 0.75, 1]);
    const alike = scaleOf([-999999.9999985001, -999999.9999985002]);
    expect(alike.high).to.be.above(alike.low);
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(values, (list) => {
        const { low, high, ticks } = scaleOf(list);
        expect(low).to.be.at.most(Math.min(...list) + 1e-6);
        expect(high).to.be.at.least(Math.max(...list) - 1e-6);
        expect(high).to.be.above(low);
        expect(ticks.length).to.be.within(2, 9);
      }),
    );
  });
});

describe("a plot of the report", () => {
  const events = [1, 2, 3].flatMap((step) => [
    event("sft", step, { reward: 0.1 * step }),
    event("grpo", step, { reward: 0.5 }),
  ]);
  const curve = curvesOf(events).get("reward") as Curve;
  const { markup, data } = drawChart({ title: "<Reward>", curve, height: 100 }, 4);

  it("puts phases side by side on one scale", () => {
    expect(data.phases.map(({ phase, from, to }) => [phase, from, to])).to.deep.equal([
      ["SFT", 0, 0.485],
      ["GRPO", 0.515, 1],
    ]);
    expect([data.low, data.high]).to.deep.equal([0, 0.6]);
    expect(data.phases[0]?.points.map(([step, value]) => [step, value])).to.deep.equal([
      [1, 0.1],
      [2, 0.2],
      [3, 0.3],
    ]);
  });

  it("says in words what it shows", () => {
    expect(markup.text).to.contain('data-chart="4"');
    expect(markup.text).to.contain(
      "&lt;Reward&gt;. SFT steps 1 to 3: from 0.1 to 0.3; GRPO steps 1 to 3: from 0.5 to 0.5.",
    );
    expect(markup.text).not.to.contain("NaN");
  });
});

describe("numbers of the report", () => {
  it("are written as people read them, the unknown as a dash", () => {
    expect([
      reward(0.583),
      reward(null),
      signed(0.13),
      signed(-0.02),
      signed(0.001),
      signed(null),
    ]).to.deep.equal(["0.58", "–", "+0.13", "−0.02", "0.00", "–"]);
    expect([
      amount(1240.4),
      amount(86.25),
      amount(2.4),
      amount(7),
      amount(1234567),
      amount(null),
    ]).to.deep.equal(["1,240", "86.3", "2.40", "7", "1,234,567", "–"]);
    expect([figure(0.73412), figure(-0.0007), figure(0), figure(190.4)]).to.deep.equal([
      "0.734",
      "−7.0e−4",
      "0",
      "190",
    ]);
    expect([duration(40), duration(241), duration(3900)]).to.deep.equal(["40 s", "4 min", "1 h 5 min"]);
    expect([interval([0.1, 0.16]), interval(null)]).to.deep.equal(["0.10 to 0.16", "–"]);
    expect(moment("2025-11-21T09:58:00.000Z")).to.equal("21 November 2025, 09:58 UTC");
    expect(moment("yesterday")).to.equal("yesterday");
    expect(["sft", "sft+grpo", "best-of-8"].map(agentLabel)).to.deep.equal(["SFT", "SFT+GRPO", "best-of-8"]);
  });

  it("give whiskers that lie inside their axis", () => {
    const estimates = [
      { mean: 0.5, ci95: [0.4, 0.6] as const, n: 9, excluded: 0 },
      { mean: null, ci95: null, n: 0, excluded: 9 },
    ];
    const axis = axisOf(estimates, [0]);
    expect(axis.low).to.be.below(0);
    expect(axis.high).to.be.above(0.6);
    for (const estimate of estimates) {
      const shares = [...whisker(estimate, axis, { zero: true }).text.matchAll(/"([\d.-]+)%"/g)].map(
        ([, share]) => Number(share),
      );
      for (const share of shares) expect(share).to.be.within(0, 100);
    }
    expect(axisOf([])).to.deep.equal({ low: 0, high: 1 });
  });
});

describe("images of the report", () => {
  it("fit a budget together, as sharp as it allows", async () => {
    const noise = await sharp({
      create: {
        width: 800,
        height: 600,
        channels: 3,
        background: "#888",
        noise: { type: "gaussian", mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer();
    const sizes = async (budget: number) =>
      (await inlineImages([noise, null, noise], budget)).map(
        (image) => [image?.width, image?.url.length ?? 0] as const,
      );
    const large = await sizes(5_000_000);
    expect(large.map(([width]) => width)).to.deep.equal([800, undefined, 800]);
    const small = await sizes(150_000);
    expect(small[0]?.[0]).to.be.below(800);
    expect(small.reduce((sum, [, length]) => sum + length, 0)).to.be.at.most(150_000);
  });

  it("are cut when very tall, never enlarged, and equal for equal bytes", async () => {
    const tall = await paint(3, 4000);
    const image = await shrink(tall, { width: 400, quality: 70 });
    expect([image.width, image.height]).to.deep.equal([400, 880]);
    expect(await shrink(tall, { width: 400, quality: 70 })).to.deep.equal(image);
    expect(await shrink(await paint(1), { width: 2000, quality: 70 })).to.include({
      width: 800,
      height: 600,
    });
    expect(image.url).to.match(/^data:image\/webp;base64,[\w+/]+=*$/);
  });

  it("must be images", async () => {
    const error = await inlineImages([new Uint8Array([1, 2, 3])], 1000).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(InfrastructureError);
    expect((error as Error).message).to.contain("could not be read as an image");
  });
});
