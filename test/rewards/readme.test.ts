import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { rewardFromConfig } from "../../rewards/index.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Inside the build, so that the example's imports find this package by its own name. */
const folder = fileURLToPath(new URL("./readme-example/", import.meta.url));

async function block(language: string): Promise<string> {
  const readme = await readFile("rewards/README.md", "utf8");
  const [, code] = new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, "s").exec(readme) ?? [];
  if (code === undefined) throw new Error(`rewards/README.md has no ${language} block.`);
  return code;
}

describe("the plugin in rewards/README.md", () => {
  after(() => rm(folder, { recursive: true, force: true }));

  it("is at most 40 lines, compiles strictly, and passes its own tests in Chromium", async function () {
    this.timeout(60_000);
    const code = await block("ts");
    expect(code.split("\n").length).to.be.at.most(40);
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}example.test.ts`, code);
    const compile = [
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--skipLibCheck",
      "--types",
      "mocha,node",
    ];
    const node = async (...args: string[]) =>
      (await run(process.execPath, args, { cwd: root }).catch((error) => error as { stdout: string })).stdout;
    const problems = await node(
      "node_modules/typescript/bin/tsc",
      "--ignoreConfig",
      ...compile,
      `${folder}example.test.ts`,
    );
    expect(problems).to.equal("");
    const mocha = ["--no-config", "--timeout", "20000", "--reporter", "json"];
    const report = JSON.parse(
      await node("node_modules/mocha/bin/mocha.js", ...mocha, `${folder}example.test.js`),
    );
    expect(report.failures).to.deep.equal([]);
    expect(report.stats.passes).to.equal(2);
  });
});

describe("the config in rewards/README.md", () => {
  it("builds a scorer, once the plugin is registered", async () => {
    const config = JSON.parse(await block("json"));
    expect(() => rewardFromConfig(config)).to.throw('No reward is named "readable"');
    config.parts.readable = "render";
    expect([...rewardFromConfig(config).needs]).to.have.members(["page", "probes"]);
  });
});
