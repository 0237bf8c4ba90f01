import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { UsageError } from "../../../infra/errors.js";
import type { JsonObject } from "../../../infra/json.js";
import { isComposed } from "../../../rewards/compose.js";
import { rewardFromConfig } from "../../../rewards/index.js";
import { contextOf } from "../support.js";

/** As a user does it: the config lies in a file. */
async function fromFile(config: object) {
  const folder = await mkdtemp(join(tmpdir(), "webgen-config-"));
  try {
    await writeFile(join(folder, "reward.json"), JSON.stringify(config));
    return rewardFromConfig(JSON.parse(await readFile(join(folder, "reward.json"), "utf8")) as JsonObject);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const formulaOf = (scorer: Parameters<typeof isComposed>[0]) =>
  isComposed(scorer) ? scorer.composition.formula : undefined;

describe("a preset changed by a file", () => {
  it("has another weight", async () => {
    const scorer = await fromFile({ preset: "frontcoder/paper", weights: { similarity: 0.1, length: 0.3 } });
    expect(formulaOf(scorer)).to.equal("rep * render * (0.6 * checklist + 0.1 * similarity + 0.3 * length)");
    expect(scorer.name).to.equal("frontcoder/paper (changed)");
  });

  it("has another gate, and keeps the other parts", async () => {
    const text = "same words again and again. ".repeat(200);
    const config = { preset: "frontcoder/paper", formula: "rep" };
    const context = contextOf(text, { reference: { html: "<p>words</p>" } });
    const strict = await (await fromFile(config)).score([context]);
    const lenient = { ...config, parts: { rep: { reward: "repetition", local: 1.1, jaccard: 1.1 } } };
    const loose = await (await fromFile(lenient)).score([context]);
    expect([strict[0]?.total.value, loose[0]?.total.value]).to.deep.equal([0, 1]);
    expect(Object.keys(loose[0]!.parts)).to.have.members([
      "rep",
      "render",
      "checklist",
      "similarity",
      "length",
    ]);
  });

  it("has another formula, with a part of its own, and still takes its own options", async () => {
    const scorer = await fromFile({
      preset: "pages",
      name: "brief",
      formula: "rep * (0.5 * checklist + 0.5 * brief)",
      parts: { brief: { reward: "length", of: "page", full: 10, none: 20 } },
      onNull: "renormalize",
    });
    expect(scorer.name).to.equal("brief");
    const [card] = await scorer.score([contextOf("<p>123456</p>")]);
    expect(card?.parts.brief?.value).to.be.within(0, 1);
    const soft = await fromFile({
      preset: "frontcoder/paper",
      renderFailure: "soft",
      weights: { length: 0.2 },
    });
    expect(formulaOf(soft)).to.contain("0.3 * render * similarity + 0.2 * length");
  });

  const wrong: [config: object, says: string][] = [
    [{ preset: "pages", weights: { checklst: 1 } }, 'Did you mean "checklist"'],
    [{ preset: "pages", weights: { rep: 0.5 } }, "not one term of a sum"],
    [{ preset: "pages", weights: { checklist: "1" } }, "should be a number"],
    [{ preset: "pages", weights: 3 }, "should be an object"],
    [{ preset: "pages", parts: { x: "lenght" } }, 'Did you mean "length"'],
    [{ preset: "pages", formula: "x" }, 'no part is named "x"'],
    [
      { preset: "pages", onNull: "zero" },
      'should be one of "fail", "renormalize" or an object, but is "zero"',
    ],
    [{ preset: "pages", weight: {} }, '"weight" of the reward config is not known. Did you mean "weights"?'],
    [{ preset: "webgen-r1/dense", weights: { structure: 1 } }, "2 times"],
  ];
  for (const [config, says] of wrong) {
    it(`refuses ${JSON.stringify(config)}`, async () => {
      const refused = await fromFile(config).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(UsageError);
      expect((refused as Error).message).to.contain(says);
    });
  }
});
