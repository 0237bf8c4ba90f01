import { expect } from "chai";
import { scored, unscored } from "../../env/contract/scoring.js";
import { PluginError, UsageError } from "../../infra/errors.js";
import { defineReward, getPreset, registerReward, rewardFromConfig } from "../../rewards/index.js";
import { listPresets, registerPreset } from "../../rewards/preset.js";
import { getReward, listRewards } from "../../rewards/reward.js";
import { contextOf } from "./support.js";

describe("the registry of rewards", () => {
  it("knows the shipped rewards and presets", () => {
    expect(listRewards()).to.include.members([
      "checklist",
      "length",
      "render",
      "repetition",
      "similarity",
      "visual",
    ]);
    expect(listPresets().map(({ name }) => name)).to.include.members([
      "pages",
      "frontcoder/paper",
      "frontcoder/compat",
    ]);
  });

  it("suggests the name that was meant", () => {
    expect(() => getReward("similarty")).to.throw(UsageError, 'Did you mean "similarity"');
    expect(() => getPreset("frontcoder/papers")).to.throw(UsageError, 'Did you mean "frontcoder/paper"');
  });

  it("takes a plugin once, or again when told to replace it", () => {
    const plugin = defineReward({ name: "test/registered", needs: [], score: () => scored(1) });
    registerReward(plugin, { replace: true });
    expect(getReward("test/registered")).to.equal(plugin);
    expect(() => registerReward(plugin)).to.throw(UsageError, "registered already");
    expect(() => getReward("test/registered", { size: 3 })).to.throw(UsageError, "takes no options");
  });
});

describe("rewardFromConfig", () => {
  const config = {
    formula: "0.5 * rep + 0.5 * length",
    parts: { rep: "repetition", length: { reward: "length", of: "page", full: 10, none: 20 } },
  };

  it("builds a scorer from data alone", async () => {
    const [short, long] = await rewardFromConfig(config).score([
      contextOf("<p>1</p>"),
      contextOf("<p>123456789012345678901</p>"),
    ]);
    expect(short!.total.value).to.equal(1);
    expect(long!.total.value).to.equal(0.5);
  });

  it("takes a preset with options", () => {
    expect(rewardFromConfig({ preset: "frontcoder/paper", renderFailure: "soft" }).name).to.equal(
      "frontcoder/paper",
    );
    expect(rewardFromConfig({ preset: "pages", formula: "render * checklist" }).needs).to.include("probes");
  });

  it("gives its parts no longer than its deadline", async () => {
    const patient = defineReward({
      name: "test/patient",
      needs: [],
      score: ({ signal }) =>
        new Promise((resolve) => signal.addEventListener("abort", () => resolve(scored(1)))),
    });
    registerReward(patient, { replace: true });
    for (const composed of [
      { formula: "patient", parts: { patient: "test/patient" } },
      { preset: "frontcoder/compat", formula: "patient", parts: { patient: "test/patient" } },
    ]) {
      const [card] = await rewardFromConfig({ ...composed, deadline: 20 }).score([contextOf("<p>1</p>")]);
      expect(card!.parts.patient!.message).to.match(/did not answer within 20 ms/);
    }
  });

  it("keeps what a preset says when nothing is changed, and takes undefined for absent", () => {
    expect(rewardFromConfig({ preset: "pages", formula: undefined, judge: undefined }).name).to.equal(
      "pages",
    );
    const changed = rewardFromConfig({ preset: "pages", weights: { visual: 0.3 } });
    expect(changed.name).to.equal("pages (changed)");
    expect(rewardFromConfig({ preset: "pages", name: "mine", deadline: 5 }).name).to.equal("mine");
  });

  it("changes what nulls of a preset do, and its formula as it is written", async () => {
    registerReward(defineReward({ name: "test/one", needs: [], score: () => scored(1) }), { replace: true });
    const none = defineReward({ name: "test/none", needs: [], score: () => unscored("skipped", "No.") });
    registerReward(none, { replace: true });
    const changed = {
      preset: "frontcoder/compat",
      formula: "0.5 * (one)  +  0.5 * none",
      parts: { one: "test/one", none: "test/none" },
    };
    const total = async (config: object) =>
      (await rewardFromConfig(config as never).score([contextOf("<p>1</p>")]))[0]!.total;
    const failed = await total(changed);
    expect(failed).to.include({ value: null, status: "skipped" });
    const renormalized = await total({ ...changed, onNull: "renormalize" });
    expect(renormalized.value).to.equal(1);
    expect(renormalized.evidence).to.deep.equal({ formula: changed.formula });
    expect(rewardFromConfig(changed).name).to.equal("frontcoder/compat (changed)");
  });

  it("hands a preset that lists no options all of them, and changes no scorer that is not composed", () => {
    const seen: object[] = [];
    const plain = { name: "test/plain", needs: new Set<never>(), score: async () => [] };
    registerPreset({
      name: "test/plain",
      summary: "for this test",
      create(options) {
        seen.push(options);
        return plain;
      },
    });
    expect(rewardFromConfig({ preset: "test/plain", size: 3 })).to.equal(plain);
    expect(seen).to.deep.equal([{ size: 3 }]);
    expect(() => rewardFromConfig({ preset: "test/plain", name: "mine" })).to.throw(
      UsageError,
      'Preset "test/plain" is not a composition, so a config cannot change its parts.',
    );
  });

  it("lets a plugin's own fault through as it is", () => {
    const fault = new PluginError("It broke.");
    registerReward(
      {
        name: "test/broken",
        create() {
          throw fault;
        },
      },
      { replace: true },
    );
    expect(() => rewardFromConfig({ formula: "a", parts: { a: "test/broken" } })).to.throw(
      PluginError,
      /^It broke\.$/,
    );
  });

  const wrong: [config: unknown, says: string][] = [
    [{ ...config, formulas: "x" }, '"formulas" of the reward config is not known. Did you mean "formula"?'],
    [
      { parts: config.parts },
      '"formula" of the reward config should be a text that is not empty (arithmetic over part names; in its place a "preset" may be named), but is missing.',
    ],
    [
      { formula: "a" },
      '"parts" of the reward config should be an object with at least 1 entry, but is missing.',
    ],
    [
      { formula: "1", parts: {} },
      '"parts" of the reward config should be an object with at least 1 entry, but is {}.',
    ],
    [{ formula: "a", parts: { a: 3 } }, '"parts.a" of the reward config should be a text that is not empty'],
    [
      { formula: "a", parts: { a: { of: "page" } } },
      '"parts.a.reward" of the reward config should be a text',
    ],
    [
      { formula: "a", parts: { a: "lenght" } },
      '"parts.a" of the reward config: No reward is named "lenght". Did you mean "length"?',
    ],
    [
      { formula: "a", parts: { a: { reward: "length", ful: 3 } } },
      '"parts.a" of the reward config: "ful" of reward "length" is not known. Did you mean "full"?',
    ],
    [
      { formula: "a", parts: { a: { reward: "length", full: "3" } } },
      '"full" of reward "length" should be a number of at least 0 (tokens), but is "3".',
    ],
    [
      { ...config, deadline: "5s" },
      '"deadline" of the reward config should be a number above 0 (milliseconds for each part), but is "5s".',
    ],
    [{ ...config, deadline: -1 }, "should be a number above 0 (milliseconds for each part), but is -1."],
    [{ ...config, name: 7 }, '"name" of the reward config should be a text that is not empty, but is 7.'],
    [
      { ...config, onNull: "zero" },
      '"onNull" of the reward config should be one of "fail", "renormalize" or an object, but is "zero".',
    ],
    [
      { ...config, onNull: { failed: "fail" } },
      '"onNull.skipped" of the reward config should be one of "fail", "renormalize", but is missing.',
    ],
    [
      { preset: "frontcoder/paper", landmarks: "x" },
      '"landmarks" of preset "frontcoder/paper" should be one of "substring", "token", but is "x".',
    ],
    [
      { preset: "frontcoder/paper", dedline: 5 },
      '"dedline" of the reward config is not known. Did you mean "deadline"?',
    ],
    [{ preset: "frontcoder/paper", landmark: "token" }, 'not known. Did you mean "landmarks"?'],
    [{ preset: "pages", deadline: "5s" }, '"deadline" of the reward config should be a number above 0'],
    [
      { preset: "pages", weights: { visual: "0.3" } },
      '"weights.visual" of the reward config should be a number, but is "0.3".',
    ],
    [
      { preset: "pages", name: "" },
      '"name" of the reward config should be a text that is not empty, but is "".',
    ],
    [
      { preset: 7 },
      '"preset" of the reward config should be a text that is not empty (the name of a preset), but is 7.',
    ],
    [null, "The reward config should be an object, but is null."],
    ["pages", 'The reward config should be an object, but is "pages".'],
  ];
  for (const [entries, says] of wrong) {
    it(`refuses ${JSON.stringify(entries).slice(-60)}`, () => {
      expect(() => rewardFromConfig(entries as never)).to.throw(UsageError, says);
    });
  }
});
