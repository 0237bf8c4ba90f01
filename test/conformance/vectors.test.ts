import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { reduced } from "./adapters/expected-keys.js";
import { sameMarkup } from "./adapters/markup.js";
import { loadAdapters, runVectors } from "./runner.js";

/** Worked examples that the originals computed, and how many of each must run: one that is skipped proves nothing. */
const LEAST = { frontcoder: 100, vcoder: 190, "webgen-r1": 80, widgetanchor: 230 } as const;

const folder = fileURLToPath(new URL("../../../test/conformance/vectors/", import.meta.url));

for (const [system, least] of Object.entries(LEAST)) {
  describe(`the worked examples of ${system}`, function () {
    this.timeout(240_000);

    it("all pass", async () => {
      const results = await runVectors([`${folder}${system}.json`], await loadAdapters());
      expect(results.filter(({ status }) => status === "failed")).to.deep.equal([]);
      expect(results.filter(({ status }) => status === "passed").length).to.be.at.least(least);
    });
  });
}

describe("comparing results with worked examples", () => {
  it("looks at expected keys only", () => {
    expect(reduced([{ a: 1, b: 2 }], [{ a: 0 }])).to.deep.equal([{ a: 1 }]);
    expect(reduced({ a: 1 }, { b: 1 })).to.deep.equal({});
  });

  it("takes markup for equal that parses to the same page", () => {
    expect(sameMarkup("<p a=1 b='2'>x", '<p a="1" b="2">x</p>')).to.equal(null);
    expect(sameMarkup("<p>x", "<p>y")).to.contain("expected");
    expect(sameMarkup(null, "<p>")).to.contain("expected");
  });
});
