import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readSiteFolder, writeManifest } from "../../../../env/artifact/site/index.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";
import { writeFiles } from "../../../support/write-files.js";

describe("a folder of sources", () => {
  let folder: string;
  const put = (files: Record<string, string | Buffer>) => writeFiles(folder, files);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-site-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const refused = (reason: string, message: string) => ({
    status: "refused",
    kind: "site",
    refusal: { reason, message },
  });

  it("is read without what is installed, built or hidden", () => {
    put({
      "b.ts": "b",
      "a/z.ts": "z",
      "a/dist.ts": "d",
      "package-lock.json": "{}",
      "a/package-lock.json": "{}",
      "package.json": "{}",
      ".env": "e",
      "node_modules/x": "x",
      "dist/x": "x",
      "build/x": "x",
      "coverage/x": "x",
      ".git/x": "x",
      "a/dist/x": "x",
      "builder/y": "y",
      "mydist/y": "y",
    });
    const outcome = readSiteFolder(folder);
    if (outcome.status !== "ok" || outcome.artifact.kind !== "site") throw new Error("refused");
    expect(Object.keys(outcome.artifact.files)).to.deep.equal([
      ".env",
      "a/dist.ts",
      "a/z.ts",
      "b.ts",
      "builder/y",
      "mydist/y",
      "package.json",
    ]);
  });

  it("is refused when empty or too large", () => {
    expect(readSiteFolder(folder)).to.deep.equal(refused("empty", "The folder holds no files."));
    put({ a: "12345", "b/c": "67890" });
    expect(readSiteFolder(folder, { maxBytes: 10, maxFiles: 2 })).to.have.property("status", "ok");
    expect(readSiteFolder(folder, { maxBytes: 9 })).to.deep.equal(
      refused("too_large", "The files have more than 9 bytes together."),
    );
    expect(readSiteFolder(folder, { maxFiles: 1 })).to.deep.equal(
      refused("too_large", "There are more than 1 files."),
    );
  });

  it("leaves out files whose names or contents cannot be a site's, and says so", () => {
    put({ "a.ts": "a", "con.ts": "c", "b.bin": Buffer.of(65, 0, 66) });
    expect(readSiteFolder(folder)).to.deep.equal({
      status: "ok",
      artifact: {
        kind: "site",
        files: { "a.ts": "a" },
        notes: [
          "b.bin is left out: it is no text.",
          "con.ts is left out, as it holds a name that Windows reserves.",
        ],
      },
    });
    expect(() => readSiteFolder(join(folder, "none"))).to.throw(
      InfrastructureError,
      /Cannot read the folder .*none: ENOENT/,
    );
  });
});

describe("writing a manifest", () => {
  it("gives the form that WebGen-R1 asks for", () => {
    expect(writeManifest({ files: { "a.ts": "x" } })).to.equal(
      [
        '<webArtifact id="site" title="Site">',
        '<webAction type="file" filePath="a.ts">\nx\n</webAction>',
        '<webAction type="shell">npm install</webAction>',
        '<webAction type="start">npm run dev</webAction>',
        "</webArtifact>",
      ].join("\n"),
    );
    expect(writeManifest({ id: "i", title: "t", files: {} })).to.match(/^<webArtifact id="i" title="t">\n/);
    expect(() => writeManifest({ files: { "a.ts": "x</webAction>" } })).to.throw(
      UsageError,
      'a.ts holds "</webAction>", where a manifest would end it.',
    );
  });
});
