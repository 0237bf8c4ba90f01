import { expect } from "chai";
import { fuzz } from "./fuzz.js";
import { loaderTargets } from "./loaders.js";
import { fuzzTargets } from "./targets.js";

describe("fuzzing", function () {
  this.timeout(600_000);

  it("finds no text that a reader throws at or takes long for", async () => {
    for (const target of [...(await fuzzTargets()), ...(await loaderTargets())]) {
      const { findings, texts } = await fuzz(target, { seconds: 0.5, seed: 7 });
      expect(findings, target.name).to.deep.equal([]);
      expect(texts, target.name).to.be.above(20);
    }
  });

  it("finds what hides behind a few branches", async () => {
    const read = (text: string) => {
      if (text.includes("<webArtifact") && text.includes("```") && text.length > 100)
        throw new TypeError("found");
    };
    const { findings } = await fuzz({ name: "planted", read, corpus: ["a"] }, { seconds: 20, seed: 1 });
    expect(findings[0]?.what).to.equal("threw TypeError: found");
  });
});
