import { expect } from "chai";
import type { ImageSimilarity } from "../../../rewards/metrics/image/index.js";
import { openEnvReward, vcoderNotebookReward, vcoderReward } from "../../../rewards/systems/vcoder/index.js";
import { pixelLikeness } from "../../../rewards/systems/vcoder/openenv-images.js";
import { scorePages } from "../../../rewards/testing.js";
import { sharedRenderer } from "../../support/browser.js";

const PAGE = `<!DOCTYPE html><html><head><title>t</title></head><body style="margin:0;font-family:Liberation Sans">
<header style="background:#123456;color:#fff;padding:20px">Shop</header><main><h1>Hello</h1><p>Good things</p>
<ul><li><a>One</a></li></ul></main></body></html>`;
const BLANK = "<!DOCTYPE html><html><head></head><body></body></html>";
const fence = (html: string) => `\`\`\`html\n${html}\n\`\`\``;
/** A similarity that needs no weights. */
const pixels: ImageSimilarity = async (a, b) => pixelLikeness(a, b);
const down: ImageSimilarity = async () => {
  throw new Error("The model is down.");
};
const task = { viewport: { width: 640, height: 480 } };
const options = async () => ({ reference: PAGE, task, renderer: await sharedRenderer() });

describe("vcoderReward", function () {
  this.timeout(60_000);

  it("gives the reference 6 as published, and less to a blank page", async () => {
    const [same, blank] = await scorePages(
      vcoderReward({ profile: "paper", clip: pixels }),
      [fence(PAGE), fence(BLANK)],
      await options(),
    );
    expect(same?.total.value).to.be.closeTo(6, 1e-9);
    expect(blank?.total.value).to.be.below(5);
  });

  it("reads only fences as released, and answers an outage with 0", async () => {
    const [raw, fenced] = await scorePages(
      vcoderReward({ profile: "compat", clip: down }),
      [PAGE, fence(PAGE)],
      await options(),
    );
    expect(raw?.total.value).to.equal(0.5);
    expect(fenced?.total.value).to.be.closeTo(3, 1e-9);
  });

  it("has no value as published when the model is out", async () => {
    const [card] = await scorePages(
      vcoderReward({ profile: "paper", clip: down }),
      [fence(PAGE)],
      await options(),
    );
    expect(card?.total.value).to.equal(null);
    expect(card?.parts.clip?.status).to.equal("failed");
  });

  it("has a form that needs no model", async () => {
    const [same] = await scorePages(vcoderNotebookReward(), [fence(PAGE)], await options());
    expect(same?.total.value).to.be.closeTo(1, 1e-9);
  });
});

describe("openEnvReward", function () {
  this.timeout(60_000);

  it("gives the fenced reference 1, and a blank page nothing once content counts", async () => {
    const pages = [fence(PAGE), fence(BLANK)];
    const [same, blank] = await scorePages(
      openEnvReward({ profile: "paper", clip: pixels }),
      pages,
      await options(),
    );
    expect(same?.total.value).to.be.closeTo(1, 1e-9);
    expect(blank?.total.value).to.equal(0);
    const [, lenient] = await scorePages(
      openEnvReward({ profile: "compat", clip: pixels }),
      pages,
      await options(),
    );
    expect(lenient?.total.value).to.be.above(0.1);
  });

  it("leaves CLIP out as published, and replaces it by pixels as released, when there is no model", async () => {
    for (const profile of ["paper", "compat"] as const) {
      const [same] = await scorePages(openEnvReward({ profile }), [fence(PAGE)], await options());
      expect(same?.total.value).to.be.closeTo(1, 1e-9);
      expect(same?.parts.clip?.status).to.equal(profile === "paper" ? "skipped" : "ok");
    }
  });
});
