import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import * as entry from "../../index.js";
import { isComposed } from "../../rewards/compose.js";
import * as rewards from "../../rewards/index.js";
import { getPreset, rewardFromConfig } from "../../rewards/index.js";
import { listPresets } from "../../rewards/preset.js";
import { listRewards } from "../../rewards/reward.js";
import { loadAdapters } from "../conformance/runner.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const DOCUMENTS = ["README.md", "FIDELITY.md", "judge/README.md", "models/README.md"].map(
  (name) => `rewards/${name}`,
);

/** Rows of the table under a header, as cells. */
function table(text: string, header: string): string[][] {
  const [, rows = ""] = text.split(`${header}\n`)[1]?.match(/^\| --- .*?\n((?:\|.*\n)+)/) ?? [];
  return rows
    .trim()
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

describe("rewards/README.md", () => {
  const text = read("rewards/README.md");

  it("lists every reward that ships", () => {
    const named = table(text, "| Reward | Measures |").flatMap(([cell = ""]) => codes(cell));
    const shipped = listRewards().filter((name) => !name.includes("/") && !name.startsWith("test"));
    expect(named.sort()).to.deep.equal(shipped);
  });

  it("lists every preset, and formulas as they are", () => {
    const rows = table(text, "| Preset | Formula |").map(([cell = "", formula = ""]) => {
      const [first = "", ...rest] = codes(cell);
      const names = [first, ...rest.map((name) => name.replace("/", `${first.split("/")[0]}/`))];
      return { names, formula: codes(formula)[0] };
    });
    const shipped = listPresets()
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("test/"));
    expect(rows.flatMap(({ names }) => names).sort()).to.deep.equal(shipped);
    const shown = rows.filter(({ formula }) => formula !== undefined);
    expect(shown.map(({ names }) => names[0])).to.include.members([
      "pages",
      "frontcoder/paper",
      "frontcoder/compat",
    ]);
    for (const { names, formula } of shown) {
      if (names[0]?.startsWith("vcoder")) continue;
      const preset = getPreset(names[0]!);
      expect(isComposed(preset) && preset.composition.formula, names[0]).to.equal(formula);
    }
  });
});

describe("rewards/FIDELITY.md", () => {
  const text = read("rewards/FIDELITY.md");

  it("says of every skipped example why", async () => {
    const skipped = (await loadAdapters()).flatMap((set) => Object.keys(set.skipped ?? {}));
    const listed = [...text.matchAll(/^\| Skipped \| Why \|\n/gm)].length;
    expect(listed).to.equal(2);
    for (const pattern of skipped) expect(text).to.contain(`\`${pattern}\``);
  });
});

describe("commands in the documents of rewards", () => {
  const commands = DOCUMENTS.flatMap((path) =>
    [...read(path).matchAll(/`webgen (\w+)([^`]*)`/g)].map(([, name = "", rest = ""]) => ({ name, rest })),
  );

  it("exist, with the options that are named", () => {
    expect(commands.length).to.be.at.least(3);
    const helps = new Map<string, string>();
    for (const { name, rest } of commands) {
      if (!helps.has(name)) {
        const { stdout } = spawnSync(process.execPath, ["dist/experiments/webgen.js", name, "--help"], {
          cwd: root,
          encoding: "utf8",
        });
        helps.set(name, stdout);
      }
      for (const [option] of rest.matchAll(/--[a-z-]+/g))
        expect(helps.get(name), `webgen ${name}`).to.contain(`${option} `);
    }
  }).timeout(60_000);
});

describe("functions that the documents of rewards call", () => {
  it("are exported", () => {
    const called = DOCUMENTS.flatMap((path) =>
      [...read(path).matchAll(/`([a-z]\w+)\(/g)].map(([, name = ""]) => name),
    );
    expect(called).to.include.members(["unscored", "judgedItems", "rewardFromConfig"]);
    for (const name of called) expect({ ...entry, ...rewards }, name).to.have.property(name);
  });
});

describe("examples of judges and models", () => {
  const folder = fileURLToPath(new URL("./document-examples/", import.meta.url));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("compile strictly", () => {
    mkdirSync(folder, { recursive: true });
    const files = ["judge", "models"].map((name) => {
      const [, code = ""] = /```ts\n(.*?)\n```/s.exec(read(`rewards/${name}/README.md`)) ?? [];
      expect(code).to.contain("webgen-gym/rewards");
      writeFileSync(`${folder}${name}.ts`, code);
      return `${folder}${name}.ts`;
    });
    const options =
      "--ignoreConfig --noEmit --strict --module nodenext --target es2023 --skipLibCheck --types node";
    const { stdout } = spawnSync(
      process.execPath,
      ["node_modules/typescript/bin/tsc", ...options.split(" "), ...files],
      { cwd: root, encoding: "utf8" },
    );
    expect(stdout).to.equal("");
  }).timeout(120_000);

  it("are configs that open", () => {
    const [, json = ""] = /```json\n(.*?)\n```/s.exec(read("rewards/judge/README.md")) ?? [];
    const { cache, ...judge } = JSON.parse(json).judge;
    expect(cache).to.equal("replies");
    expect(rewardFromConfig({ ...JSON.parse(json), judge }).name).to.equal("frontcoder/paper");
    const [, clip = ""] =
      /`(\{ "preset": "vcoder\/paper".*?\})`/.exec(read("rewards/models/README.md")) ?? [];
    expect(() => rewardFromConfig(JSON.parse(clip))).to.throw(
      /clip-vit-base-patch32" are not on this machine/,
    );
  });
});
