import { expect } from "chai";
import fc from "fast-check";
import { readSite } from "../../../env/artifact/index.js";
import { structurePart } from "../../../rewards/systems/webgen-r1/parts.js";
import { checkCodeFormat } from "../../../rewards/systems/webgen-r1/released/code-format.js";
import { unpackAsReleased, webActions } from "../../../rewards/systems/webgen-r1/released/unpack.js";
import { contextOf } from "../support.js";

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

describe("the structure of a site", () => {
  const structure = async (text: string) => {
    const context = { ...contextOf(""), completion: { text } };
    return structurePart().score({ ...context, task: { ...context.task, kind: "site" } });
  };

  const cases: [what: string, answer: string, share: number][] = [
    ["a complete manifest", VALID, 1],
    [
      "a closing think tag inside a file",
      site(...FILES, file("a.txt", "</think> stays text"), SHELL, START),
      1,
    ],
    [
      "a command that is no install",
      site(...FILES, SHELL, START, '<webAction type="shell">rm -rf /</webAction>'),
      8 / 9,
    ],
    [
      "a path that is both file and folder",
      site(...FILES, file("a", "1"), file("a/b", "2"), SHELL, START),
      8 / 9,
    ],
    ["a name with a dot at its end", site(...FILES, file("notes.", "1"), SHELL, START), 8 / 9],
    ["a path that leaves the project", site(...FILES, file("../a", "1"), SHELL, START), 8 / 9],
    ["a file written twice", site(...FILES, file("./package.json", PACKAGE), SHELL, START), 8 / 9],
    [
      "a manifest that is cut off, and lacks its start",
      site(...FILES, SHELL).replace("</webArtifact>", ""),
      0,
    ],
    ["no start command, by both readings", site(...FILES, SHELL), 8 / 9],
    ["two broken rules and an unsafe path", site(...FILES, file("../a", "1")), 7 / 9],
  ];
  for (const [what, answer, share] of cases)
    it(`is ${share.toFixed(2)} for ${what}, and whole only where the environment reads the answer`, async () => {
      const { value } = await structure(answer);
      expect(value).to.be.closeTo(share, 1e-12);
      if (value === 1) expect(readSite(answer).status).to.equal("ok");
    });

  it("says why the environment does not read it", async () => {
    const { evidence } = await structure(site(...FILES, file("notes.", "1"), SHELL, START));
    expect(evidence).to.deep.equal({
      broken: [],
      refused: 'The path "notes." holds a name with a blank or a dot at its edge.',
    });
  });
});

describe("the released readings of a manifest", () => {
  it("are total", () => {
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
        checkCodeFormat(answer);
        unpackAsReleased(answer);
        webActions(answer);
      }),
    );
  });
});
