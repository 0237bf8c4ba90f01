import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { docComment, examplesIn, exportsOf, memberComments, SOURCES } from "./support/surface.js";

/** Where a name that an example uses without declaring it is imported from, besides the package itself. */
const NODE: Readonly<Record<string, string>> = {
  readFile: "node:fs/promises",
  writeFile: "node:fs/promises",
  writeFileSync: "node:fs",
};

/** Types of what an example takes as given, with the package as `webgen`. */
const GIVEN: Readonly<Record<string, string>> = {
  clip: "ReturnType<typeof webgen.clipSimilarity>",
  env: "webgen.WebGenEnv",
  judge: "ReturnType<typeof webgen.createVisionJudge>",
  myAgent: "webgen.Agent",
  policy: "webgen.Policy",
  readable: "webgen.Reward",
  renderer: "webgen.Renderer",
  source: "webgen.TaskSource",
  task: "webgen.Task",
};

const ENTRIES = ["", "/experiments"] as const;
const surface = ENTRIES.flatMap((entry) => [
  ...[...exportsOf(join(`.${entry}`, "index.ts"))].map(([name, declared]) => ({ entry, name, declared })),
]);
const examples = surface.flatMap(({ name, declared }) =>
  [docComment(declared) ?? "", ...memberComments(declared)]
    .flatMap(examplesIn)
    .map((code, i) => ({ name: `${name}-${i + 1}`, code })),
);

/** Names that code uses, those that it declares, strings, comments and members of objects aside. */
function freeNames(code: string): Set<string> {
  const bare = code.replace(/\/\/.*$/gm, "").replace(/"[^"\n]*"/g, '""');
  const declared = [...bare.matchAll(/\b(?:const|let)\s+(?:(\w+)|[{[]([^}\]]*)[}\]])/g)].flatMap(
    ([, name = "", names = ""]) => [name, ...names.split(/\W+/)],
  );
  const used = [...bare.matchAll(/(?<![.\w])[A-Za-z_]\w*(?!\w|:)/g)].map(([name]) => name);
  return new Set(used.filter((name) => !declared.includes(name)));
}

/** An example as a reader's module: what it uses is imported from the package and from Node, or given. */
function moduleOf(code: string): string {
  const free = freeNames(code);
  const imports = ENTRIES.map((entry) => {
    const names = surface.filter((item) => item.entry === entry && free.has(item.name));
    return `import { ${names.map(({ name }) => name).join(", ")} } from "webgen-gym${entry}";`;
  });
  const node = Object.entries(NODE).filter(([name]) => free.has(name));
  const given = Object.entries(GIVEN).filter(([name]) => free.has(name));
  return [
    ...imports,
    ...node.map(([name, source]) => `import { ${name} } from "${source}";`),
    'import type * as webgen from "webgen-gym";',
    ...given.map(([name, type]) => `declare const ${name}: ${type};`),
    code,
    "export {};",
  ].join("\n");
}

describe("the examples in doc comments", () => {
  const folder = fileURLToPath(new URL("./doc-examples/", import.meta.url));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("compile strictly as modules of a user", () => {
    expect(examples.length).to.be.above(30);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const { name, code } of examples) writeFileSync(join(folder, `${name}.ts`), moduleOf(code));
    const compilerOptions = {
      module: "nodenext",
      target: "es2023",
      lib: ["es2023", "dom", "dom.iterable"],
      types: ["node"],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    const tsc = join(SOURCES, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect(stdout).to.equal("");
    expect(status).to.equal(0);
  }).timeout(120_000);

  it("take as given only what some example uses", () => {
    const used = new Set(examples.flatMap(({ code }) => [...freeNames(code)]));
    expect([...Object.keys(NODE), ...Object.keys(GIVEN)].filter((name) => !used.has(name))).to.deep.equal([]);
  });
});
