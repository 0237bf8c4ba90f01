import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import {
  type AdapterSet,
  loadAdapters,
  skipReason,
  type Vector,
  type VectorResult,
  vectorRunner,
} from "./runner.js";

const folder = fileURLToPath(new URL("../../../test/conformance/vectors/", import.meta.url));

/** Systems whose originals computed worked examples. */
export const SYSTEMS = ["frontcoder", "vcoder", "webgen-r1", "widgetanchor"] as const;

/** Functions that render pages themselves. */
const RENDERS = /FromHtml$|^d2c\.scorePages/;

/**
 * Tests of the worked examples of a system: one for each function, and one that enough are run: an example that is
 * skipped proves nothing.
 *
 * @param which functions that render, or all others
 * @param least examples that must be run
 */
export function describeVectors(
  system: (typeof SYSTEMS)[number],
  which: "rendered" | "pure",
  least: number,
): void {
  const file = `${folder}${system}.json`;
  const vectors = (JSON.parse(readFileSync(file, "utf8")) as Vector[]).filter(
    ({ fn }) => RENDERS.test(fn) === (which === "rendered"),
  );
  describe(`the ${which === "rendered" ? "rendered " : ""}worked examples of ${system}`, function () {
    this.timeout(240_000);
    let sets: readonly AdapterSet[];
    before(async () => {
      sets = await loadAdapters();
    });

    for (const fn of new Set(vectors.map((vector) => vector.fn)))
      it(fn, async () => {
        const run = vectorRunner(sets);
        const results: VectorResult[] = [];
        for (const vector of vectors) if (vector.fn === fn) results.push(await run(file, vector));
        expect(results.filter(({ status }) => status === "failed")).to.deep.equal([]);
      });

    it(`are ${least} or more, those aside that are skipped`, () => {
      expect(vectors.filter((vector) => skipReason(sets, vector) === undefined)).to.have.lengthOf.at.least(
        least,
      );
    });
  });
}
