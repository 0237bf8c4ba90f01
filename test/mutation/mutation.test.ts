import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { writeFiles } from "../support/write-files.js";
import { nearestFirst, readImportGraph } from "./import-graph.js";
import { applyMutant, mutantsOf } from "./mutants.js";
import { mutationScore, reportText } from "./report.js";
import { groupByTarget, sourcesUnder, testsNamed, withoutLeftOut } from "./sources.js";

describe("mutation testing", () => {
  let root: string;
  const put = (files: Record<string, string>) => writeFiles(root, files);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "mutation-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("takes the sources below a folder or a file, and no kernels", () => {
    put({
      "a/one.ts": "",
      "a/b/two.ts": "",
      "a/page.html": "",
      "agents/policy/kernels/assembly/k.ts": "",
      "agents/agent.ts": "",
    });
    expect(sourcesUnder(root, "a/")).to.deep.equal(["a/b/two.ts", "a/one.ts"]);
    expect(sourcesUnder(root, "a/one.ts")).to.deep.equal(["a/one.ts"]);
    expect(sourcesUnder(root, "agents")).to.deep.equal(["agents/agent.ts"]);
  });

  it("gives each source to the target that names it most exactly", () => {
    const targets = { infra: ["infra/*.test.ts"], "infra/chat": ["infra/chat/**/*.test.ts"] };
    const sources = ["infra/chat/client.ts", "infra/cache.ts", "infra/in-page/x.ts", "infrared.ts"];
    const { groups, rest } = groupByTarget(sources, targets);
    expect(groups.map(({ target, sources }) => [target, sources])).to.deep.equal([
      ["infra/chat", ["infra/chat/client.ts"]],
      ["infra", ["infra/cache.ts"]],
    ]);
    expect(rest).to.deep.equal(["infra/in-page/x.ts", "infrared.ts"]);
  });

  it("leaves out sources, folders, and mutators of a target", () => {
    const sources = ["data/words.ts", "data/page/a.ts", "data/pages.ts", "data/logic.ts"];
    const leftOut = [
      { path: "data/words.ts", why: "Words." },
      { path: "data/page", why: "Markup." },
      { path: "data", mutators: ["StringLiteral"], why: "Titles." },
      { path: "other", mutators: ["Regex"], why: "Another target." },
    ];
    expect(withoutLeftOut({ target: "data", sources, tests: [] }, leftOut)).to.deep.equal({
      sources: ["data/pages.ts", "data/logic.ts"],
      excluded: ["StringLiteral"],
    });
    expect(withoutLeftOut({ target: "data/logic.ts", sources, tests: [] }, leftOut).excluded).to.deep.equal(
      [],
    );
  });

  it("finds the tests that a pattern names", () => {
    const tests = ["test/infra/a.test.ts", "test/infra/chat/b.test.ts", "test/infra/chat/deep/c.test.ts"];
    expect(testsNamed(tests, ["infra/*.test.ts"])).to.deep.equal(tests.slice(0, 1));
    expect(testsNamed(tests, ["infra/chat/**/*.test.ts"])).to.deep.equal(tests.slice(1));
    expect(testsNamed(tests, ["infra/chat/b.test.ts", "infra/**/*.test.ts"])).to.have.members(tests);
  });

  it("finds the tests that load a source, with their distance, types aside", async () => {
    put({
      "env/leaf.ts": "export const leaf = 1;\nexport interface Leaf {}",
      "env/index.ts": 'export { leaf } from "./leaf.js";',
      "env/worker.ts": 'import { leaf } from "./leaf.js";',
      "env/start.ts": 'new Worker(new URL("./worker.js", import.meta.url));',
      "test/near.test.ts": 'import { leaf } from "../env/leaf.js";\nconst page = \'import("../env")\';',
      "test/far.test.ts": 'import {\n  leaf,\n} from "../env/index.js";',
      "test/worker.test.ts": 'import "../env/start.js";',
      "test/types.test.ts": 'import type { Leaf } from "../env/leaf.js";',
    });
    const tests = sourcesUnder(root, "test");
    const distances = readImportGraph(root, tests)("env/leaf.ts");
    expect([...distances].sort()).to.deep.equal([
      ["test/far.test.ts", 2],
      ["test/near.test.ts", 1],
      ["test/worker.test.ts", 3],
    ]);
  });

  it("takes tests beside a source before those that import it from afar", () => {
    const distances = new Map([
      ["test/env/bundle/render.test.ts", 2],
      ["test/experiments/a.test.ts", 4],
      ["test/env/probes/rules.test.ts", 3],
      ["test/env/probes/checks.test.ts", 3],
      ["test/env/probes/all.test.ts", 2],
    ]);
    expect(nearestFirst("env/render/in-page/probes/rules.ts", distances)).to.deep.equal([
      "test/env/probes/rules.test.ts",
      "test/env/bundle/render.test.ts",
      "test/env/probes/all.test.ts",
      "test/env/probes/checks.test.ts",
      "test/experiments/a.test.ts",
    ]);
  });

  it("makes mutants that differ in one place, the same ones each time", async () => {
    const text = "// two lines\nexport const less = (a: number, b: number): boolean => a < b;\n";
    put({ "x.ts": text });
    const mutants = await mutantsOf(root, ["x.ts"]);
    expect(mutants.map((mutant) => applyMutant(text, mutant).split("\n")[1])).to.include.members([
      "export const less = (a: number, b: number): boolean => a <= b;",
      "export const less = (a: number, b: number): boolean => a >= b;",
      "export const less = (a: number, b: number): boolean => true;",
    ]);
    expect(mutants.every(({ line }) => line === 2)).to.equal(true);
    expect(await mutantsOf(root, ["x.ts"])).to.deep.equal(mutants);
    expect(new Set(mutants.map(({ id }) => id)).size).to.equal(mutants.length);
  });

  it("counts a mutant that no test runs as one that survived, and an invalid one not at all", () => {
    const at = (status: string) => ({
      mutatorName: "BooleanLiteral",
      status,
      replacement: "false",
      location: { start: { line: 3, column: 7 } },
    });
    const mutants = ["Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "Killed"].map(at);
    expect(mutationScore(mutants)).to.deep.equal({ caught: 3, survived: 2, percent: 60 });
    expect(mutationScore([at("CompileError")]).percent).to.equal(null);
    const text = reportText("all", { "a.ts": mutants });
    expect(text).to.match(/60\.0 % +3 caught \(1 by time\) +2 survived {2}a\.ts/);
    expect(text).to.contain("a.ts:3:7 BooleanLiteral (no test runs it): false");
    expect(text.match(/^a\.ts:3:7/gm)).to.have.length(2);
  });
});
