import { expect } from "chai";
import { type Scorer, scored } from "../../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type TaskSource } from "../../../env/contract/task.js";
import { listEnvs, type MakeOptions, make, makeVector, register, specOf } from "../../../env/registry.js";
import { UsageError } from "../../../infra/errors.js";
import { markupRenderer } from "../../support/markup-renderer.js";
import { rejection } from "../../support/rejection.js";

const sourceOf = (name: string): TaskSource => ({
  name,
  size: () => 5,
  at: (split, index) => ({
    id: `${name}/${split}/${index}`,
    kind: "html",
    prompt: "A page.",
    viewport: DEFAULT_VIEWPORT,
    meta: {},
  }),
  byId: () => undefined,
});
const pays = (value: number): Scorer => ({
  name: `pays ${value}`,
  needs: new Set(),
  score: async (contexts) => contexts.map(() => ({ total: scored(value), parts: {} })),
});
const page = "<!DOCTYPE html><html><body><p>x</p></body></html>";

describe("the registry", () => {
  const seen: MakeOptions[] = [];
  const spec = {
    id: "logic/Registry-v0",
    description: "For this test.",
    tasks: (options: MakeOptions) => {
      seen.push(options);
      return sourceOf("own");
    },
    scorer: async (options: MakeOptions) => {
      seen.push(options);
      return pays(0.5);
    },
    maxTurns: 4,
  };
  before(() => {
    expect(() => specOf("logic/Registry-v0")).to.throw(
      UsageError,
      'There is no environment "logic/Registry-v0".',
    );
    register(spec);
    register({ ...spec, id: "logic/A-v0" });
  });

  it("opens what an id stands for: its tasks, its reward, its turns", async () => {
    const renderer = markupRenderer();
    const env = await make("logic/Registry-v0", { renderer });
    const { observation } = await env.reset({ seed: 1 });
    expect(observation.taskId).to.match(/^own\/train\/\d$/);
    expect(observation.turnsLeft).to.equal(4);
    expect((await env.step(page)).reward).to.equal(0.5);
    expect(env.id).to.equal("logic/Registry-v0");
    await env.close();
    expect(renderer.closed, "a shared renderer stays open").to.equal(0);
  });

  it("puts in their place what the options give, and hands the options on", async () => {
    seen.length = 0;
    const options: MakeOptions = {
      renderer: markupRenderer(),
      tasks: sourceOf("given"),
      scorer: pays(0.25),
      maxTurns: 2,
      split: "test",
    };
    const env = await make("logic/Registry-v0", options);
    const { observation } = await env.reset();
    expect(observation.taskId).to.match(/^given\/test\//);
    expect(observation.turnsLeft).to.equal(2);
    expect((await env.step(page)).reward).to.equal(0.25);
    expect(seen).to.deep.equal([]);
    const own: MakeOptions = { renderer: markupRenderer(), dataset: { levels: [1] } };
    await make("logic/Registry-v0", own);
    expect(seen).to.deep.equal([own, own]);
  });

  it("opens several at once over one renderer", async () => {
    const renderer = markupRenderer();
    const env = await makeVector("logic/Registry-v0", { renderer, count: 3, split: "validation" });
    expect(env.count).to.equal(3);
    const resets = await env.reset({ seed: 1 });
    for (const { observation } of resets) expect(observation.taskId).to.match(/^own\/validation\//);
    expect((await makeVector("logic/Registry-v0", { renderer })).count).to.equal(1);
    expect((await rejection(makeVector("logic/Registry-v0", { renderer, count: 0 }))).message).to.match(
      /count must be a whole number of at least 1, but it is 0/,
    );
  });

  it("lists by id, and names the id that was probably meant", () => {
    const ids = listEnvs().map(({ id }) => id);
    expect(ids).to.include.members(["logic/A-v0", "logic/Registry-v0"]);
    expect(ids).to.deep.equal([...ids].sort());
    expect(specOf("logic/A-v0").description).to.equal("For this test.");
    expect(() => specOf("logic/Registri-v0")).to.throw(
      UsageError,
      'There is no environment "logic/Registri-v0". Did you mean "logic/Registry-v0"?',
    );
  });

  it("refuses ids that are malformed or taken", () => {
    for (const id of ["pages", "a/B", "a/B-v", "a/B-v1x", "x a/B-v1", "a/b/C-v1", "/B-v1", "a/-v"])
      expect(() => register({ ...spec, id }), id).to.throw(
        UsageError,
        `An environment id looks like "webgen/Pages-v0", but "${id}" came.`,
      );
    register({ ...spec, id: "my.lab-2/Own_Pages-v12" });
    expect(() => register(spec)).to.throw(
      UsageError,
      'The environment id "logic/Registry-v0" is already registered.',
    );
  });

  const wrong: [string, object, RegExp][] = [
    [
      "a split",
      { split: "tset" },
      /"split" of the options of make should be one of "train", "validation", "test", but is "tset"/,
    ],
    [
      "a misspelt name",
      { maxTurn: 3 },
      /"maxTurn" of the options of make is not known\. Did you mean "maxTurns"\?/,
    ],
    ["turns", { maxTurns: 0 }, /"maxTurns" of the options of make should be a whole number of at least 1/],
    ["turns as text", { maxTurns: "3" }, /"maxTurns" .* but is "3"/],
    [
      "a reward by name",
      { scorer: "pages" },
      /"scorer" of the options of make should be an object, but is "pages"/,
    ],
    [
      "a reward without a method",
      { scorer: {} },
      /"scorer\.score" of the options of make should be a function, but is missing/,
    ],
    ["tasks that are a list", { tasks: [] }, /"tasks.*" of the options of make should be/],
    [
      "a renderer",
      { renderer: {} },
      /"renderer\.render" of the options of make should be a function, but is missing/,
    ],
    ["rules", { extraction: 7 }, /"extraction" of the options of make should be a text/],
    ["data set options", { dataset: 7 }, /"dataset" of the options of make should be an object, but is 7/],
    ["options that are none", "test" as never, /The options of make should be an object, but is "test"/],
  ];
  for (const [what, options, sentence] of wrong)
    it(`refuses ${what} before anything is opened`, async () => {
      const error = await rejection(make("logic/Registry-v0", options as MakeOptions));
      expect(error).to.be.instanceOf(UsageError);
      expect(error.message).to.match(sentence);
    });

  it("refuses unknown extraction rules", async () => {
    const error = await rejection(
      make("logic/Registry-v0", { renderer: markupRenderer(), extraction: "webgan" }),
    );
    expect(error.message).to.match(/webgan/);
  });
});
