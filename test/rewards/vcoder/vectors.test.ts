import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { reduced } from "../../../rewards/vectors/adapters/expected-keys.js";
import { sameMarkup } from "../../../rewards/vectors/adapters/markup.js";
import { loadAdapters, runVectors } from "../../../rewards/vectors/runner.js";

describe("the worked examples of VCoder and Design2Code", function () {
  this.timeout(120_000);
  const file = join(process.env.WEBGEN_VECTORS ?? "../shared/reference/vectors", "vcoder.json");

  it("all pass", async function () {
    if (!existsSync(file)) {
      console.log(`        no ${file}; set WEBGEN_VECTORS to the folder of the vector files`);
      return this.skip();
    }
    const results = await runVectors([file], await loadAdapters());
    expect(results.filter(({ status }) => status === "failed")).to.deep.equal([]);
    expect(results.filter(({ status }) => status === "passed").length).to.be.at.least(190);
  });
});

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
