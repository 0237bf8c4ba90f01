import { expect } from "chai";
import fc from "fast-check";
import { checkCodeFormat } from "../../../rewards/systems/webgen-r1/released/code-format.js";
import { readManifest, safePath } from "../../../rewards/systems/webgen-r1/released/manifest.js";
import { unpackAsReleased, webActions } from "../../../rewards/systems/webgen-r1/released/unpack.js";

const PACKAGE = JSON.stringify({
  name: "demo",
  version: "0.0.0",
  scripts: { dev: "vite", build: "vite build", preview: "vite preview" },
  dependencies: { react: "1", "react-dom": "1" },
  devDependencies: { vite: "5" },
});

const file = (path: string, body: string) =>
  `<webAction type="file" filePath="${path}">\n${body}\n</webAction>`;
const SHELL = '<webAction type="shell">npm install</webAction>';
const START = '<webAction type="start">npm run dev</webAction>';
const FILES = [
  file("package.json", PACKAGE),
  file("vite.config.ts", "export default {}"),
  file("src/pages/Home.tsx", "export default function Home() { return null }"),
];
const site = (...actions: string[]) =>
  `<webArtifact id="demo" title="Demo">\n${actions.join("\n")}\n</webArtifact>`;
const VALID = site(...FILES, SHELL, START);

describe("checkCodeFormat", () => {
  it("passes a complete manifest and names what others lack", () => {
    expect(checkCodeFormat(VALID)).to.deep.equal({ valid: true, failed: [], raises: false });
    expect(checkCodeFormat("hello").failed).to.deep.equal(["manifest"]);
    expect(checkCodeFormat(site(...FILES, START)).failed).to.deep.equal(["install command"]);
    expect(checkCodeFormat(site(...FILES.slice(1), SHELL, START)).failed).to.deep.equal([
      "package.json",
      "package.json content",
    ]);
    expect(checkCodeFormat(VALID.replace("export default function", "export function")).failed).to.include(
      "default export",
    );
  });

  it("marks what makes the original raise", () => {
    expect(checkCodeFormat(VALID.replace(PACKAGE, "[]"))).to.deep.include({ valid: false, raises: true });
    expect(checkCodeFormat(VALID.replace(PACKAGE, '{"a": NaN}'))).to.deep.include({
      valid: false,
      raises: false,
    });
  });
});

describe("unpackAsReleased", () => {
  it("writes files and scripts", () => {
    const { files, complete, installScript } = unpackAsReleased(VALID);
    expect([...files.keys()]).to.deep.equal(["package.json", "vite.config.ts", "src/pages/Home.tsx"]);
    expect([complete, installScript]).to.deep.equal([true, "npm install\n"]);
  });

  it("loses the file after a command, and stops at a conflict", () => {
    const { files, startScript } = unpackAsReleased(site(START, file("a.txt", "lost")));
    expect([files.size, startScript]).to.deep.equal([0, "lost\n"]);
    const conflict = unpackAsReleased(site(file("a", "1"), file("a/b", "2"), file("c", "3")));
    expect([conflict.complete, [...conflict.files.keys()]]).to.deep.equal([false, ["a"]]);
  });

  it("reads commands from the whole answer", () => {
    expect(webActions(`<think>${SHELL}</think>${VALID}`).shell).to.have.length(2);
    expect(webActions("").start).to.equal("");
  });
});

describe("readManifest", () => {
  it("reads in any order what the released unpacking loses", () => {
    const { ok, files, commands } = readManifest(site(START, SHELL, ...FILES));
    expect(ok).to.equal(true);
    expect(Object.keys(files)).to.have.length(3);
    expect(commands.map(({ kind }) => kind)).to.deep.equal(["start", "shell"]);
  });

  it("takes attributes in any order and quote style, and the manifest after the reasoning", () => {
    const answer = `<think><webArtifact id="x"></webArtifact></think>
      <webArtifact title='T' id='x'><webAction filePath='a.txt' type='file'>1</webAction></webArtifact>`;
    expect(readManifest(answer)).to.deep.include({ ok: true, think: true });
    expect(readManifest(answer).files).to.deep.equal({ "a.txt": "1" });
  });

  it("refuses paths that leave the project, duplicates, frozen files and too much", () => {
    const rules = (answer: string, limits = {}) =>
      readManifest(answer, limits).problems.map(({ rule }) => rule);
    for (const path of ["../a", "/etc/passwd", "C:\\x", "a/../../b", "con", "a\0b", "src/"])
      expect(rules(site(file(path, "x"))), path).to.deep.equal(["path"]);
    expect(rules(site(file("a", "1"), file("./a", "2")))).to.deep.equal(["duplicate"]);
    expect(rules(site(file("a", "1")), { frozen: ["a"] })).to.deep.equal(["frozen"]);
    expect(rules(site(file("a", "1"), file("b", "2")), { files: 1 })).to.deep.equal(["limit"]);
    expect(rules('<webArtifact id="a" title="b">')).to.deep.equal(["unclosed"]);
  });

  it("writes every file of an answer that passes both checks", () => {
    const actions = fc.shuffledSubarray([...FILES, SHELL, START, file("a.txt", "1"), file("b/c.txt", "2")]);
    fc.assert(
      fc.property(actions, (chosen) => {
        const answer = site(...chosen);
        const { ok, files } = readManifest(answer);
        expect(ok).to.equal(true);
        expect(Object.keys(files).length).to.equal(
          chosen.filter((action) => action.includes("filePath")).length,
        );
        if (checkCodeFormat(answer).valid) expect(files).to.have.property("package.json");
      }),
    );
  });

  it("is total, as are the released readings", () => {
    const pieces = [
      ...FILES,
      SHELL,
      START,
      "<webArtifact ",
      'id="a" title="b">',
      "</webArtifact>",
      "<webAction ",
      "</webAction>",
      '"',
      ">",
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary" })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const answer = parts.join("");
        readManifest(answer);
        checkCodeFormat(answer);
        unpackAsReleased(answer);
        webActions(answer);
      }),
    );
  });

  it("normalises safe paths", () => {
    expect(safePath("./src//a.ts", 12)).to.equal("src/a.ts");
    expect(safePath("a/b/c", 1)).to.equal(null);
  });
});
