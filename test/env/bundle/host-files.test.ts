import { execFileSync } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect } from "chai";
import { buildComponent, bundle, REACT } from "../../../env/bundle/index.js";
import { buildSite } from "../../../env/bundle/site/index.js";

const CANARY = "CANARY_b81c2e";
const ENDINGS = {
  json: `{"c":"${CANARY}"}`,
  txt: CANARY,
  js: `export default "${CANARY}"`,
  ts: `export default "${CANARY}"`,
  css: `.${CANARY}{color:red}`,
  svg: CANARY,
};
const COMPUTED = /must name what it loads by a text in quotes/;

const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** A way to name what is in a folder without naming it; `n` is known at run time only. */
const forms = (path: string): string[] => [
  `import("${path}/"+n+".json")`,
  `import("${path}/".concat(n) || "${path}/"+n)`,
  `import(\`${path}/\${n}.txt\`)`,
  `import(\`${path}/\${n}\`)`,
  `require("${path}/"+n+".js")`,
  `require(\`${path}/\${n}.ts\`)`,
  `import("${path}/"+n+".css")`,
  `import(/* x */ "${path}/" + n)`,
  `import/**/("${path}/" + n)`,
  `requ\\u0069re("${path}/" + n)`,
  `import("${path}/" + n, { with: { type: "json" } })`,
  `require?.("${path}/" + n)`,
];

describe("files of the machine", function () {
  this.timeout(120_000);
  let folders: string[];
  before(() => {
    folders = [process.cwd(), "/", homedir(), tmpdir()]
      .filter(isWritable)
      .map((parent) => mkdtempSync(join(parent, "webgen-canary-")));
    for (const folder of folders)
      for (const [ending, text] of Object.entries(ENDINGS)) writeFileSync(join(folder, `c.${ending}`), text);
  });
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** The folder as seen from the working directory, from the root, and from far below it. */
  const waysTo = (folder: string): string[] => [
    `./${relative(process.cwd(), folder)}`,
    `.${folder}`,
    `../..${folder}`,
    `${"../".repeat(30).slice(0, -1)}${folder}`,
  ];

  const expectClean = (made: string) => {
    expect(made).to.not.contain(CANARY);
    expect(made).to.not.contain("webgen-canary-");
  };

  it("are not read by names that a component puts together", async () => {
    for (const folder of folders)
      for (const path of waysTo(folder))
        for (const form of forms(path)) {
          const build = await buildComponent(`let n = "c";\nexport default () => { ${form}; return null; };`);
          if (build.status === "ok") expectClean(build.page.html);
          else {
            expectClean(build.message.replaceAll(form, ""));
            expect(build.message, form).to.match(COMPUTED);
            expect(build.message, form).to.match(
              /^component\.tsx, line 2, column \d+: (?:import|require)\(\) must/,
            );
          }
          expect(build.status, form).to.equal("failed");
        }
  });

  it("are not read by names that a site puts together", async () => {
    for (const folder of folders)
      for (const form of forms(`${"../".repeat(30).slice(0, -1)}${folder}`)) {
        const files = {
          "src/App.tsx": 'import "./more.js"; export default () => null;',
          "src/more.js": `let n = "c"; ${form};`,
        };
        const build = await buildSite({ kind: "site", files });
        expect(build.status === "failed" ? build.message : "", form).to.match(COMPUTED);
      }
  });

  it("do not matter to names in quotes", async () => {
    const source = `const pick = true;
      import(pick ? "react" : "clsx"); import(\`react\`); require("cl" + "sx");
      const text = 'import("./" + n)'; // import("./" + n)
      export default () => <p>{text}</p>;`;
    const build = await buildComponent(source);
    expect(build.status === "failed" ? build.message : build.status).to.equal("ok");
  });

  it("are not read as source maps", async () => {
    const fifo = join(folders[0] ?? "", "fifo.map");
    execFileSync("mkfifo", [fifo]);
    const css = { "src/index.css": "" };
    for (const address of [
      `file://${fifo}`,
      fifo,
      "file:///dev/zero",
      "/dev/zero",
      "../../../dev/zero",
      "file:///dev/stdin",
    ])
      for (const comment of [
        `//# sourceMappingURL=${address}`,
        `//@ sourceMappingURL=${address}`,
        `/*# sourceMappingURL=${address} */`,
      ]) {
        const component = await buildComponent(`export default () => null;\n${comment}`);
        expect(component.status, comment).to.equal("ok");
        if (comment.startsWith("/*")) css["src/index.css"] = `a{color:red}\n${comment}`;
        const site = await buildSite({
          kind: "site",
          files: { "src/App.tsx": `export default () => null;\n${comment}`, ...css },
        });
        expect(site.status, comment).to.equal("built");
      }
  });

  it("are not read by style sheets", async () => {
    for (const folder of folders)
      for (const rule of [
        `@import "${folder}/c.css";`,
        `@import url(file://${folder}/c.css);`,
        `a { background: url("${folder}/c.svg") }`,
        `@tailwind base; @config "${folder}/c.js";`,
        `@plugin "${folder}/c.js";`,
        `a { composes: b from "${folder}/c.css" }`,
      ]) {
        const build = await buildSite({
          kind: "site",
          files: { "src/App.tsx": "export default () => null;", "src/index.css": rule },
        });
        if (build.status === "built") {
          const css = Buffer.from(build.site.resources.get("/assets/index.css")?.body ?? "").toString();
          expect(css.replaceAll(rule, ""), rule).to.not.contain(CANARY);
        }
      }
  });

  it("are refused by the bundler itself, were a computed name to get past", async () => {
    // Without a worker around it, and by way of an entry that is not looked through.
    const files = { "App.js": `export * from "${folders[0]}/c.js";` };
    const outcome = await bundle({ files, entry: "App.js", libraries: [REACT] });
    expect(outcome.status === "failed" ? outcome.message : "").to.contain("cannot be imported");
  });
});
