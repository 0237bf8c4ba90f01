import { expect } from "chai";
import { listEnvs, make, register } from "../../index.js";
import { sharedRenderer } from "../support/browser.js";
import { headingScorer, headingTasks } from "../support/headings.js";
import { rejection } from "../support/rejection.js";

describe("the registry of environments", () => {
  it("holds the built-in ones", () => {
    expect(listEnvs().map(({ id }) => id)).to.include("webgen/Pages-v0");
  });

  it("opens a registered id", async () => {
    register({
      id: "test/Headings-v0",
      description: "",
      tasks: () => headingTasks,
      scorer: () => headingScorer,
    });
    const env = await make("test/Headings-v0", { renderer: await sharedRenderer(), maxTurns: 3 });
    const { observation } = await env.reset({ seed: 1 });
    expect(observation.turnsLeft).to.equal(3);
    await env.close();
  });

  it("says which id was probably meant", async () => {
    expect((await rejection(make("webgen/Page-v0"))).message).to.equal(
      'There is no environment "webgen/Page-v0". Did you mean "webgen/Pages-v0"?',
    );
  });

  it("refuses malformed and taken ids", () => {
    const spec = { description: "", tasks: () => headingTasks, scorer: () => headingScorer };
    expect(() => register({ ...spec, id: "pages" })).to.throw(/looks like "webgen\/Pages-v0"/);
    expect(() => register({ ...spec, id: "webgen/Pages-v0" })).to.throw(/already registered/);
  });
});
