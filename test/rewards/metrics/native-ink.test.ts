import { expect } from "chai";
import {
  compareBlocks,
  DESIGN2CODE_VIEWPORT,
  exactPage,
  nativePage,
} from "../../../rewards/metrics/design2code/index.js";
import { inkCoverage } from "../../../rewards/metrics/design2code/ink-coverage.js";
import { PALETTE_SIZE } from "../../../rewards/metrics/design2code/palette.js";
import { sharedRenderer } from "../../support/browser.js";

describe("the ink of Design2Code's native form", function () {
  this.timeout(60_000);

  it("is as covered as the painted colour asks for: by its change for FAFAFA, by its distance from paper for FAFA0A", () => {
    expect(inkCoverage(0)).to.be.closeTo(1 - 8.5 / 206, 1e-12);
    expect(inkCoverage(15)).to.be.closeTo(1 - 4.5 / 245, 1e-12);
    for (let paint = -1; paint < PALETTE_SIZE; paint++) expect(inkCoverage(paint)).to.be.within(0.9, 0.99);
  });

  it("is found in faded text where the exact form finds it: inside elements that are painted", async () => {
    const html =
      '<!DOCTYPE html><html><body style="font:24px sans-serif"><div style="opacity:.5"><p style="color:#000000">' +
      'Faded words</p></div><section style="opacity:.5"><p>Lost words</p></section></body></html>';
    const renderer = await sharedRenderer();
    const outcome = await renderer.render({
      artifact: { kind: "html", html },
      viewport: DESIGN2CODE_VIEWPORT,
    });
    if (outcome.status !== "rendered") throw new Error(outcome.message);
    const { blocks } = await nativePage(outcome.page);
    const exact = await exactPage(html, { renderer });
    expect(blocks.map(({ text }) => text)).to.deep.equal(["faded words"]);
    expect(exact.blocks.map(({ text }) => text)).to.deep.equal(["faded words"]);
    const { position, color } = compareBlocks(blocks, exact.blocks);
    expect(position).to.be.above(0.999);
    expect(color).to.be.above(0.99);
  });
});
