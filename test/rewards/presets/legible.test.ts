import { expect } from "chai";
import { UsageError } from "../../../infra/errors.js";
import { isComposed } from "../../../rewards/compose.js";
import {
  frontcoderReward,
  rewardFromConfig,
  scorePages,
  vcoderReward,
  webgenR1Reward,
  widgetanchorReward,
} from "../../../rewards/index.js";
import { openEnvReward } from "../../../rewards/systems/vcoder/openenv.js";
import { sharedRenderer } from "../../support/browser.js";

const clip = async () => 1;
const judge = async () => "Grade: 4";
const neural = { lpips: async () => 0, lpipsVgg: async () => 0 };

const PAPER = {
  "frontcoder/paper": (legible?: boolean) => frontcoderReward({ legible }),
  "webgen-r1/paper": (legible?: boolean) => webgenR1Reward({ legible }),
  "webgen-r1/dense": (legible?: boolean) => webgenR1Reward({ profile: "dense", legible }),
  "vcoder/paper": (legible?: boolean) => vcoderReward({ clip, legible }),
  "vcoder/openenv": (legible?: boolean) => openEnvReward({ legible }),
  "widgetanchor/paper": (legible?: boolean) => widgetanchorReward({ legible }),
};

const COMPAT = {
  FrontCoder: () => frontcoderReward({ profile: "compat", legible: true }),
  "WebGen-R1": () => webgenR1Reward({ profile: "compat", judge, legible: true }),
  VCoder: () => vcoderReward({ profile: "compat", clip, legible: true }),
  OpenEnv: () => openEnvReward({ profile: "compat", legible: true }),
  WidgetAnchor: () => widgetanchorReward({ profile: "compat", ...neural, legible: true } as object),
};

const formulaOf = (scorer: Parameters<typeof isComposed>[0]) =>
  isComposed(scorer) ? scorer.composition.formula : undefined;

describe("the gate of legibility", () => {
  for (const [name, create] of Object.entries(PAPER))
    it(`is an option of ${name}: it multiplies the whole, and without it nothing changes`, () => {
      const [plain, gated] = [create(), create(true)];
      expect(create(false).name).to.equal(name);
      expect(formulaOf(create(false))).to.equal(formulaOf(plain));
      expect(plain.needs.has("reading")).to.equal(false);
      expect(formulaOf(gated)).to.equal(`legible * (${formulaOf(plain)})`);
      expect(gated.name).to.equal(`${name} (legible)`);
      expect([...gated.needs]).to.include.members([...plain.needs, "page", "reading"]);
    });

  for (const [system, create] of Object.entries(COMPAT))
    it(`is none of what ${system} released`, () => {
      expect(create).to.throw(UsageError, "compat profile is what was released");
    });

  it("can be named in a file, for published presets alone", () => {
    for (const preset of [
      "frontcoder/paper",
      "webgen-r1/paper",
      "webgen-r1/dense",
      "vcoder/openenv",
      "widgetanchor/paper",
    ])
      expect(rewardFromConfig({ preset, legible: true }).name).to.equal(`${preset} (legible)`);
    expect(rewardFromConfig({ preset: "frontcoder/paper", legible: false }).name).to.equal(
      "frontcoder/paper",
    );
    for (const preset of ["frontcoder/compat", "vcoder/openenv-compat", "widgetanchor/compat"])
      expect(() => rewardFromConfig({ preset, legible: true })).to.throw(UsageError, "legible");
  });

  it("takes from a blurred page what it leaves to a readable one", async function () {
    this.timeout(60_000);
    const page = (style: string) =>
      `<!DOCTYPE html><html lang="en"><head><title>Fern</title></head><body><main style="${style}"><h1>Fern and friends</h1><p>A bike shop by the river, open every day from nine to five.</p><p>Bring your bike, take a coffee.</p></main></body></html>`;
    const pages = [page(""), page("filter:blur(9px)")];
    const options = { reference: page(""), renderer: await sharedRenderer() };
    const totals = async (legible: boolean) =>
      (await scorePages(frontcoderReward({ legible }), pages, options)).map(({ total }) => total.value!);
    const [plain, gated] = [await totals(false), await totals(true)];
    expect(plain[1]).to.be.above(0.8 * plain[0]!);
    expect(gated[0]).to.be.closeTo(plain[0]!, 1e-9);
    expect(gated[1]).to.be.below(0.1);
  });
});
