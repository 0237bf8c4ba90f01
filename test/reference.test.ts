import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { exportsOf, SOURCES } from "./support/surface.js";

/** Kinds of names that have a page of their own, as folders of the reference. */
const KINDS = ["classes", "functions", "interfaces", "types", "variables"];

describe("the API reference", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-reference-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is written without a warning", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["reference.mjs", "--out", folder], {
      cwd: SOURCES,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    const told = `${stdout}${stderr}`.split("\n").filter((line) => /\[(warning|error)\]/.test(line));
    expect(told.join("\n")).to.equal("");
    expect(status, stderr).to.equal(0);
  });

  it("has a module for each entry point", () => {
    const { exports } = JSON.parse(readFileSync(join(SOURCES, "package.json"), "utf8"));
    const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
    const modules = entries.map((entry) => `webgen-gym${entry.slice(1)}`.replaceAll(/[^\w-]/g, "_"));
    expect(readdirSync(join(folder, "modules"))).to.include.members(modules.map((name) => `${name}.html`));
  });

  for (const [entry, module] of [
    ["index.ts", "webgen-gym"],
    ["experiments/index.ts", "webgen-gym_experiments"],
  ] as const)
    it(`has a page for each name of ${entry}`, () => {
      const names = [...exportsOf(entry).keys()];
      expect(names).to.not.have.length(0);
      const bare = names.filter(
        (name) => !KINDS.some((kind) => existsSync(join(folder, kind, `${module}.${name}.html`))),
      );
      expect(bare).to.deep.equal([]);
    });

  it("shows what a name's options are, and its example", () => {
    const page = readFileSync(join(folder, "functions/webgen-gym.createRenderer.html"), "utf8");
    expect(page).to.match(/href="[^"]*RendererOptions\.html"/);
    expect(page).to.contain("page.png");
  });
});
