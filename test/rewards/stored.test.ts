import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { scored } from "../../env/contract/scoring.js";
import { openCache } from "../../infra/cache.js";
import { composeReward, type GroupReward, type Reward } from "../../rewards/index.js";
import { contextOf } from "./support.js";

describe("scores kept on disk", () => {
  const folder = mkdtempSync(join(tmpdir(), "webgen-stored-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const asked: string[] = [];
  const single = (name: string): Reward => ({
    name,
    needs: [],
    score({ completion }) {
      asked.push(`${name} ${completion.text}`);
      return scored(1);
    },
  });
  const group: GroupReward = {
    name: "group",
    needs: [],
    version: "1",
    scoreGroup(contexts) {
      asked.push(`group of ${contexts.length}`);
      return contexts.map(() => scored(2));
    },
  };

  /** Totals, and what was asked for them. */
  async function score(version: string, ...texts: string[]) {
    asked.length = 0;
    const parts = { kept: { ...single("kept"), version }, unkept: single("unkept"), group };
    const cache = openCache(folder);
    const scorer = composeReward({ formula: "kept + group", parts, onNull: "fail", cache });
    const cards = await scorer.score(texts.map((text) => contextOf(text)));
    return { totals: cards.map(({ total }) => total.value), asked: asked.toSorted() };
  }

  it("are those of parts that carry a version, each of one answer or of a whole group", async () => {
    await score("1", "a");
    expect(await score("1", "a", "b")).to.deep.equal({
      totals: [3, 3],
      asked: ["group of 2", "kept b", "unkept a", "unkept b"],
    });
  });

  it("are left where they are when the version changes", async () => {
    expect((await score("2", "a", "b")).asked).to.deep.equal(["kept a", "kept b", "unkept a", "unkept b"]);
    expect((await score("2", "a", "b")).asked).to.deep.equal(["unkept a", "unkept b"]);
  });
});
