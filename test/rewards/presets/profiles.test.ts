import { expect } from "chai";
import { UsageError } from "../../../infra/errors.js";
import {
  frontcoderReward,
  getPreset,
  vcoderReward,
  webgenR1Reward,
  widgetanchorReward,
} from "../../../rewards/index.js";
import { listPresets } from "../../../rewards/preset.js";
import { openEnvReward } from "../../../rewards/systems/vcoder/openenv.js";

const clip = async () => 1;
const judge = async () => "Grade: 4";
const neural = { lpips: async () => 0, lpipsVgg: async () => 0 };

const SYSTEMS = {
  frontcoder: (profile: "paper" | "compat") => frontcoderReward({ profile, judge }),
  vcoder: (profile: "paper" | "compat") => vcoderReward({ profile, clip }),
  "webgen-r1": (profile: "paper" | "compat") => webgenR1Reward({ profile, judge }),
  widgetanchor: (profile: "paper" | "compat") =>
    widgetanchorReward(profile === "paper" ? { profile } : { profile, ...neural }),
};

describe("the presets' profiles", () => {
  for (const [system, create] of Object.entries(SYSTEMS)) {
    it(`${system} has paper and compat, registered and in code`, () => {
      for (const profile of ["paper", "compat"] as const) {
        expect(create(profile).name).to.equal(`${system}/${profile}`);
        expect(listPresets().map(({ name }) => name)).to.include(`${system}/${profile}`);
      }
    });

    it(`${system} suggests the profile that was meant`, () => {
      expect(() => create("compact" as "compat")).to.throw(UsageError, 'Did you mean "compat"');
      expect(() => getPreset(`${system}/compact`)).to.throw(UsageError, `Did you mean "${system}/compat"`);
    });

    it(`${system} alone lists what it has`, () => {
      expect(() => getPreset(system)).to.throw(UsageError, `${system}/paper`);
    });
  }

  it("are system/variant, but for the environment's own", () => {
    const names = listPresets().map(({ name }) => name);
    expect(
      names.filter((name) => !/^(frontcoder|vcoder|webgen-r1|widgetanchor|test)\/[\w-]+$/.test(name)),
    ).to.deep.equal(["pages"]);
  });

  it("start with paper", () => {
    expect(frontcoderReward().name).to.equal("frontcoder/paper");
    expect(vcoderReward({ clip }).name).to.equal("vcoder/paper");
    expect(openEnvReward().name).to.equal("vcoder/openenv");
    expect(webgenR1Reward().name).to.equal("webgen-r1/paper");
    expect(widgetanchorReward().name).to.equal("widgetanchor/paper");
  });

  it("say at once which model they lack", () => {
    expect(() => webgenR1Reward({ profile: "compat" })).to.throw(UsageError, "give it a judge");
    expect(() => widgetanchorReward({ profile: "compat" } as never)).to.throw(UsageError, "lpips");
  });
});
