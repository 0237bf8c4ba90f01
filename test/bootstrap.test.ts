import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the build", function () {
  this.timeout(120_000);

  it("removes what was compiled from sources that are gone, and keeps the rest", () => {
    const stale = ["js", "js.map", "d.ts"].map((ending) => `${root}dist/test/gone-${process.pid}.${ending}`);
    for (const path of stale) writeFileSync(path, "");
    try {
      const build = spawnSync(process.execPath, ["bootstrap.mjs", "build"], { cwd: root, encoding: "utf8" });
      expect(build.status, build.stderr).to.equal(0);
      expect(stale.filter((path) => existsSync(path))).to.deep.equal([]);
      for (const kept of [
        "index.js",
        "index.d.ts",
        "agents/policy/kernels/kernels.wasm",
        "test/bootstrap.test.js",
      ])
        expect(existsSync(`${root}dist/${kept}`), kept).to.equal(true);
    } finally {
      for (const path of stale) rmSync(path, { force: true });
    }
  });
});
