import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { programVersions, versionsFrom } from "../../infra/versions.js";
import { writeFiles } from "../support/write-files.js";

describe("versions", () => {
  let root: string;
  const put = (path: string, manifest: object | string) =>
    writeFiles(root, { [path]: typeof manifest === "string" ? manifest : JSON.stringify(manifest) });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "versions-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("are those of the packages in or around the package itself", () => {
    put("node_modules/webgen-gym/package.json", { name: "webgen-gym", version: "3.2.1" });
    put("node_modules/webgen-gym/dist/package.json", { name: "inner" });
    put("node_modules/webgen-gym/dist/infra/versions.js", "");
    put("node_modules/webgen-gym/node_modules/sharp/package.json", { version: "9.9.9" });
    put("node_modules/sharp/package.json", { version: "1.0.0" });
    put("node_modules/playwright/package.json", { version: "2.0.0" });
    put("node_modules/seedrandom/package.json", "{ torn");
    expect(versionsFrom(join(root, "node_modules/webgen-gym/dist/infra"))).to.deep.equal({
      "webgen-gym": "3.2.1",
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
      playwright: "2.0.0",
      sharp: "9.9.9",
    });
  });

  it("are unknown outside of any package", () => {
    mkdirSync(join(root, "a/b"), { recursive: true });
    expect(versionsFrom(join(root, "a/b"))).to.deep.equal({
      "webgen-gym": "unknown",
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    });
  });

  it("are read once", () => {
    expect(programVersions()).to.equal(programVersions());
    expect(programVersions()).to.include.keys("@tensorflow/tfjs-core", "playwright", "seedrandom", "sharp");
  });
});
