import { expect } from "chai";
import { chooseReward } from "../../experiments/choose/reward.js";
import { envLines, rewardJson, rewardLines, verdictOf } from "../../experiments/commands/check-report.js";
import { parseProfile } from "../../experiments/commands/options.js";
import { checkPage } from "../../experiments/explain/check-page.js";
import { type ScoredSample, THRESHOLDS } from "../../rewards/check/types.js";
import type { RewardReport } from "../../rewards/index.js";
import { rejection } from "../support/rejection.js";

function sample(rule: ScoredSample["rule"], name: string, value: number): ScoredSample {
  return {
    rule,
    name,
    text: "<p>source</p>",
    task: "pages/test/0",
    value,
    relative: value,
    parts: { it: value },
    picture: null,
  };
}

const report: RewardReport = {
  reward: "mine",
  passed: false,
  range: [0, 1],
  thresholds: THRESHOLDS,
  tasks: [{ id: "pages/test/0", blank: 0, reference: 1 }],
  rules: [
    { rule: "reference-top", status: "kept", message: "References score 1.000 or more of 1." },
    { rule: "cheat-hidden", status: "broken", message: "1 of 1 such pages earn more." },
    { rule: "cheat-window", status: "broken", message: "2 of 2 such pages earn more." },
    { rule: "cheat-routes", status: "skipped", message: "The tasks ask for one page." },
  ],
  findings: [
    {
      rule: "cheat-hidden",
      expected: "At most 25 %.",
      came: "1 of 1 such pages earn more.",
      cause: "The source is read.",
      remedy: "Look at the picture.",
    },
    {
      rule: "cheat-window",
      expected: "At most 25 %.",
      came: "2 of 2 such pages earn more.",
      cause: "One window.",
      remedy: "Look again.",
      known: "One window is seen.",
      limit: true,
    },
  ],
  curves: [{ rule: "damage-drop", means: [1, 0.9, 0.8, 0.6, 0.4, 0.2] }],
  unmeasured: [{ part: "clip", reason: "No image model was given." }],
  samples: [sample("reference-top", "reference", 1), sample("cheat-hidden", "<i>opacity</i>", 0.8)],
};

/** A check of a reward alone, its agreement with people left out. */
const alone = { agreement: null, published: false } as const;

describe("webgen check", () => {
  it("prints what was expected, why it came otherwise and what to do", () => {
    const text = rewardLines(report).join("\n");
    expect(text).to.include("ok     the reference reaches the maximum");
    expect(text).to.match(
      /BROKEN hidden content stays at the floor\n.*1 of 1.*\n.*Expected: .*\n.*Likely cause: The source is read\.\n.*What to do: Look at/,
    );
    expect(text).to.match(
      /limit {2}content only for one size.*\n.*\n.*\n.*Known limit: One window is seen\./,
    );
    expect(text).to.include("skip   one page under many routes");
    expect(text).to.include("Not measured: clip. No image model was given.");
    expect(text).to.include("Failed: 4 rules, 1 kept, 1 broken, 1 known limits, 1 skipped.");
    expect(envLines([{ rule: "close is final", ok: false, message: "It is not." }])).to.include(
      "  BROKEN close is final\n         It is not.",
    );
  });

  it("fails for a broken rule of the reward or of the environment, not for a known limit", () => {
    const limited = { ...report, passed: true };
    expect(verdictOf({ target: "mine", env: null, reward: report, ...alone })).to.equal(false);
    expect(verdictOf({ target: "mine", env: null, reward: limited, ...alone })).to.equal(true);
    expect(verdictOf({ target: "mine", env: null, reward: limited, ...alone }, true)).to.equal(false);
    const broken = [{ rule: "close is final", ok: false, message: "It is not." }];
    expect(verdictOf({ target: "mine", env: broken, reward: limited, ...alone })).to.equal(false);
  });

  it("gives programs every score, without sources and pictures", () => {
    const json = JSON.stringify(rewardJson(report));
    expect(JSON.parse(json).samples[1]).to.deep.equal({
      rule: "cheat-hidden",
      name: "<i>opacity</i>",
      task: "pages/test/0",
      value: 0.8,
      relative: 0.8,
      parts: { it: 0.8 },
    });
  });

  it("writes one page with every cheat, its score and what is wrong, and nothing to run", async () => {
    const page = await checkPage({ target: "mine", env: null, reward: report, ...alone });
    expect(page).to.include("mine breaks 1 rule").and.to.include("&lt;i&gt;opacity&lt;/i&gt;");
    expect(page).to.include("Look at the picture.").and.to.include("One window is seen.");
    expect(page).to.not.match(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it("finds presets by system and profile, single rewards, and the closest name", async () => {
    const nameOf = async (...choice: Parameters<typeof chooseReward>) => (await chooseReward(...choice)).name;
    const refusal = async (...choice: Parameters<typeof chooseReward>) =>
      (await rejection(chooseReward(...choice))).message;
    expect(await nameOf("frontcoder")).to.equal("frontcoder/paper");
    expect(await nameOf("frontcoder", "compat")).to.equal("frontcoder/compat");
    expect(await nameOf("frontcoder/paper", "compat")).to.equal("frontcoder/compat");
    expect(await nameOf("vcoder/openenv", "compat")).to.equal("vcoder/openenv-compat");
    expect(await nameOf("pages", "paper")).to.equal("pages");
    expect(await nameOf("similarity")).to.equal("similarity");
    expect(await refusal("frontcodr/paper")).to.match(/Did you mean "frontcoder\/paper"\?/);
    expect(await refusal("pages", "compat")).to.match(/No reward or preset is named "pages\/compat"/);
    expect(() => parseProfile("code")).to.throw("A profile is paper or compat");
    expect(await refusal("/nowhere/reward.json")).to.match(/Cannot read/);
  });

  it("reads a formula over registered rewards", async () => {
    const { scorer } = await chooseReward("render * (0.7 * checklist + 0.3 * length)");
    expect([...scorer.needs]).to.have.members(["page", "probes"]);
    expect((await rejection(chooseReward("render * cheklist"))).message).to.match(
      /Did you mean "checklist"\?/,
    );
  });

  it("builds VCoder without CLIP, and says so in the part", async () => {
    const { scorer } = await chooseReward("vcoder");
    expect(scorer.name).to.equal("vcoder/paper");
    expect([...scorer.needs]).to.include("reference");
  });
});
