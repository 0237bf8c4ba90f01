import { expect } from "chai";
import { scored } from "../../env/contract/scoring.js";
import { UsageError } from "../../infra/errors.js";
import {
  defineReward,
  getPreset,
  getReward,
  listPresets,
  listRewards,
  registerReward,
  rewardFromConfig,
} from "../../rewards/index.js";
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

  const wrong: [config: object, says: string][] = [
    [{ ...config, formulas: "x" }, 'no entry "formulas". Did you mean "formula"'],
    [{ parts: config.parts }, 'needs a "formula"'],
    [{ formula: "a" }, 'needs "parts"'],
    [{ formula: "a", parts: { a: 3 } }, 'Part "a" should be'],
    [{ formula: "a", parts: { a: "lenght" } }, 'Did you mean "length"'],
    [{ formula: "a", parts: { a: { reward: "length", ful: 3 } } }, 'no option "ful". Did you mean "full"'],
    [{ formula: "a", parts: { a: { reward: "length", full: "3" } } }, "should be a number"],
    [{ preset: "frontcoder/paper", landmarks: "x" }, "one of substring, token"],
  ];
  for (const [entries, says] of wrong) {
    it(`refuses ${JSON.stringify(entries).slice(0, 60)}`, () => {
      expect(() => rewardFromConfig(entries as never)).to.throw(UsageError, says);
    });
  }
});
