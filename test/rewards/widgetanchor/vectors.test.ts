import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { loadAdapters, runVectors } from "../../../rewards/vectors/runner.js";

const FOLDER = process.env.WEBGEN_VECTORS ?? "../shared/reference/vectors";

for (const [system, least] of [
  ["widgetanchor", 230],
  ["webgen-r1", 80],
] as const) {
  describe(`the worked examples of ${system}`, function () {
    this.timeout(60_000);

    it("all pass", async function () {
      const file = join(FOLDER, `${system}.json`);
      if (!existsSync(file)) {
        console.log(`        no ${file}; set WEBGEN_VECTORS to the folder of the vector files`);
        return this.skip();
      }
      const results = await runVectors([file], await loadAdapters());
      expect(results.filter(({ status }) => status === "failed")).to.deep.equal([]);
      expect(results.filter(({ status }) => status === "passed").length).to.be.at.least(least);
    });
  });
}
