import { expect } from "chai";
import { normalizePath } from "../../../../env/artifact/site/index.js";

describe("paths", () => {
  const problem = (path: string) => {
    const result = normalizePath(path);
    return typeof result === "string" ? `fine: ${result}` : result.problem;
  };

  it("are refused in words", () => {
    const deep = (folders: number) => [...Array<string>(folders).fill("a"), "b"].join("/");
    const cases: Record<string, string> = {
      "a\nb": "holds a control character",
      "a\u0000": "holds a control character",
      "a\ud800b": "holds half a character",
      "a:b": 'holds one of the characters \\ : * ? " < > |',
      "/a": "is absolute",
      "a/": "names a folder, not a file",
      "": "names no file",
      ".": "names no file",
      "~/a": "starts in a home folder",
      "~x": "starts in a home folder",
      "a/../b": "leaves the project",
      [deep(13)]: "is more than 12 folders deep",
      ["x".repeat(256)]: "holds a name of more than 255 bytes",
      ["é".repeat(128)]: "holds a name of more than 255 bytes",
      nul: "holds a name that Windows reserves",
      "a/COM1.txt": "holds a name that Windows reserves",
      "lpt9/a": "holds a name that Windows reserves",
      "Aux.tar.gz": "holds a name that Windows reserves",
      "a./b": "holds a name with a blank or a dot at its edge",
      "a /b": "holds a name with a blank or a dot at its edge",
      " a": "holds a name with a blank or a dot at its edge",
      "...": "holds a name with a blank or a dot at its edge",
    };
    for (const [path, words] of Object.entries(cases))
      expect(problem(path), JSON.stringify(path)).to.equal(words);
    for (const sign of '\\:*?"<>|') expect(problem(`a${sign}b`), sign).to.match(/^holds one of/);
  });

  it("are fine otherwise, without empty steps", () => {
    const deep = [...Array<string>(12).fill("a"), "b"].join("/");
    for (const path of [
      deep,
      "x".repeat(255),
      "é😀/ü.tsx",
      "a/~b",
      ".env",
      "a..b",
      "..a/b",
      "console.ts",
      "com/a",
      "com10",
      "com1x",
      "nullable",
      "a b",
      "xaux",
      "prn1",
    ])
      expect(problem(path), path).to.equal(`fine: ${path}`);
    expect(problem("./a//b/./c")).to.equal("fine: a/b/c");
  });
});
