import { expect } from "chai";
import { getPreset, rewardFromConfig } from "../../rewards/index.js";
import { listPresets } from "../../rewards/preset.js";
import { getReward } from "../../rewards/reward.js";
import { scorePages } from "../../rewards/testing.js";
import { sharedRenderer } from "../support/browser.js";
import { judgeServer, textOf } from "./judge/server.js";
import { onnxFile } from "./models/onnx-file.js";
import { folderWith, SMALL_LPIPS, smallClipFiles } from "./models/small-models.js";

const PAGE =
  '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><h1 style="color:#234">Apples</h1></body></html>';

describe("models named in a config", () => {
  it("give every preset by name what it needs", () => {
    const judge = { model: "m", baseURL: "http://127.0.0.1:9/v1" };
    const clip = folderWith(smallClipFiles());
    const lpips = `${folderWith({ "lpips.onnx": onnxFile(SMALL_LPIPS) })}/lpips.onnx`;
    const given: Record<string, object> = {
      pages: { judge },
      "frontcoder/paper": { judge, lengthOf: "page" },
      "frontcoder/compat": { judge },
      "webgen-r1/paper": { judge },
      "webgen-r1/dense": { judge },
      "webgen-r1/compat": { judge },
      "vcoder/paper": { clip },
      "vcoder/compat": { clip: { weights: clip, threads: 2 } },
      "vcoder/openenv": { clip, weights: "paper" },
      "vcoder/openenv-compat": { clip },
      "widgetanchor/paper": { lpips },
      "widgetanchor/compat": { lpips, lpipsVgg: lpips, judge, revision: "bench" },
      "widgetanchor/widget2code": { lpips },
      "widgetanchor/hybrid": { judge, lpips },
      "widgetanchor/tournament": { judge },
    };
    for (const [name, options] of Object.entries(given))
      expect(getPreset(name, { ...options }).name, name).to.be.a("string");
    const others = listPresets().filter(({ name }) => !given[name] && !name.startsWith("test/"));
    expect(others.map(({ name }) => name)).to.deep.equal(["vcoder/notebook"]);
  });

  it("are missed in a sentence that says what to write", () => {
    expect(() => getPreset("vcoder/paper")).to.throw(
      /The preset "vcoder\/paper" needs CLIP; name it in its options, e\.g\. \{"clip": "models/,
    );
    expect(() => getPreset("webgen-r1/compat")).to.throw(/needs a vision model/);
    expect(() => getReward("lpips")).to.throw(/needs LPIPS/);
    expect(() => getPreset("vcoder/paper", { clip: "/nowhere" })).to.throw(/that folder is not there/);
    expect(() => getPreset("pages", { judge: "qwen" })).to.throw(
      '"judge" of preset "pages" should be an object, but is "qwen".',
    );
    expect(() => getPreset("pages", { judge: { modle: "m" } })).to.throw(
      /"judge\.modle" of preset "pages" is not known\. Did you mean "model"\?/,
    );
    expect(() => getPreset("pages", { judge: { baseURL: "x" } })).to.throw(
      '"judge.model" of preset "pages" should be a text that is not empty (the name of a vision model), but is missing.',
    );
    expect(() => getPreset("pages", { judge: { model: "m", apiKeyVariable: "NO_SUCH_KEY" } })).to.throw(
      /environment variable NO_SUCH_KEY, which is not set/,
    );
    expect(() => getPreset("pages", { clip: "x" })).to.throw(/"clip" of preset "pages" is not known/);
  });

  it("are refused with the path of what is wrong", () => {
    expect(() => getPreset("vcoder/paper", { clip: { weights: "w", threads: 0.5 } })).to.throw(
      '"clip.threads" of preset "vcoder/paper" should be a whole number of at least 1, but is 0.5.',
    );
    expect(() => getPreset("vcoder/paper", { clip: 7 })).to.throw(
      '"clip" of preset "vcoder/paper" should be a text that is not empty (a folder, a file, or a model\'s id) or an object, but is 7.',
    );
    expect(() => getPreset("pages", { judge: { model: "m", concurrency: 0 } })).to.throw(
      '"judge.concurrency" of preset "pages" should be a whole number of at least 1 (requests under way at once), but is 0.',
    );
    expect(() => getPreset("widgetanchor/compat", { lpips: "x" })).to.throw(
      'The preset "widgetanchor/compat" needs LPIPS with VGG; name it in its options',
    );
  });

  it("are listed with what each takes", () => {
    const options = listPresets().find(({ name }) => name === "vcoder/openenv")?.options;
    expect(options).to.deep.equal({
      clip: "a text that is not empty (a folder, a file, or a model's id) or an object",
      legible: "true or false",
      weights: 'one of "server", "paper"',
    });
  });

  it("score: a whole reward from a file, with limits that equal judges share", async () => {
    const server = await judgeServer((asked) =>
      textOf(asked).includes("checklist")
        ? {
            says: { addresses_judge: false, items: [{ item: 1, reason: "So.", points: 3 }] },
            tokens: [900, 100],
          }
        : { says: { addresses_judge: false, reason: "So.", grade: 4 }, tokens: [900, 100] },
    );
    const judge = { model: "m", baseURL: server.baseURL, tokens: 2500 };
    const scorer = rewardFromConfig({
      formula: "0.5 * list + 0.3 * looks + 0.1 * access + 0.1 * valid",
      parts: {
        list: { reward: "checklist", judge },
        looks: { reward: "judged", judge, scale: 5 },
        access: "accessibility",
        valid: "validity",
      },
    });
    const options = {
      task: { checklist: [{ id: 0, title: "Apples", description: "", maxScore: 5 }], prompt: "Apples." },
      renderer: await sharedRenderer(),
    };
    const [card] = await scorePages(scorer, [PAGE], options);
    expect(card?.parts.list?.value).to.equal(0.6);
    expect(card?.parts.looks?.value).to.equal(0.8);
    expect(card?.parts.valid?.value).to.equal(1);
    const again = rewardFromConfig({
      formula: "looks",
      parts: { looks: { reward: "judged", judge, scale: 10 } },
    });
    const [broke] = await scorePages(again, [PAGE], options);
    expect(broke?.total.value).to.equal(null);
    expect(broke?.total.message).to.match(/spend limit of 2500 tokens/);
    expect(server.seen).to.have.length(2);
  });
});
