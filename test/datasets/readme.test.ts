import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Inside the build, so that the example's imports find this package by its own name. */
const folder = fileURLToPath(new URL("./readme-example/", import.meta.url));

/** What a Node program prints, whether it succeeds or not. */
async function node(...args: string[]): Promise<string> {
  const result = run(process.execPath, args, { cwd: root });
  return (await result.catch((error) => error as { stdout: string })).stdout;
}

describe("the data set in datasets/README.md", () => {
  after(() => rm(folder, { recursive: true, force: true }));

  it("compiles strictly and passes its own test in Chromium", async function () {
    this.timeout(120_000);
    const readme = await readFile(`${root}datasets/README.md`, "utf8");
    const code = /```ts\n(.*?)\n```/s.exec(readme)![1]!;
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}example.test.ts`, code);
    const strictly =
      "--ignoreConfig --strict --module nodenext --target es2023 --skipLibCheck --types mocha,node";
    const problems = await node(
      "node_modules/typescript/bin/tsc",
      ...strictly.split(" "),
      `${folder}example.test.ts`,
    );
    expect(problems).to.equal("");
    const output = await node(
      ...[
        "node_modules/mocha/bin/mocha.js",
        "--no-config",
        "--exit",
        "--timeout",
        "100000",
        "--reporter",
        "json",
      ],
      `${folder}example.test.js`,
    );
    const report = JSON.parse(output.slice(output.indexOf("{")));
    expect(report.failures).to.deep.equal([]);
    expect(report.stats.passes).to.equal(1);
  });
});
