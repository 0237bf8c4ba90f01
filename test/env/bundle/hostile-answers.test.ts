import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readSite } from "../../../env/artifact/index.js";
import { buildComponent } from "../../../env/bundle/index.js";
import { buildSite } from "../../../env/bundle/site/index.js";
import { hostileComponents } from "../../fixtures/hostile-answers/components.js";
import { hostileSites } from "../../fixtures/hostile-answers/sites.js";
import { longestStretch } from "../../support/longest-stretch.js";

const CANARY = "CANARY_7d31fa";
/** Files of the machine that answers name, by their first lines; what of them comes into an output was read. */
const KNOWN = ["/etc/passwd", "/etc/shadow"].flatMap((path) => {
  try {
    return readFileSync(path, "utf8").split("\n", 1);
  } catch {
    return [];
  }
});
/** Most milliseconds of this process's own time that an answer may take at a stretch, without the garbage collector. */
const MOST_OWN_TIME = 100;

const ORDINARY = `import { Star } from "lucide-react";
export default function Widget() { return <main className="flex gap-4 p-8"><Star /><h1 className="text-3xl">Fine</h1></main>; }`;

interface Made {
  /** What became of it: `built`, or the reason. */
  readonly outcome: string;
  /** All that came of it. */
  readonly output: string;
}

async function component(source: string): Promise<Made> {
  const build = await buildComponent(source);
  if (build.status === "failed") return { outcome: build.message, output: build.message };
  return { outcome: "built", output: build.page.html + build.page.map };
}

async function site(files: Readonly<Record<string, string>>): Promise<Made> {
  const build = await buildSite({ kind: "site", files });
  if (build.status === "failed") return { outcome: build.message, output: build.message };
  const { html, resources, notes } = build.site;
  const bodies = [...resources.values()].map(({ body }) => Buffer.from(body).toString());
  return { outcome: "built", output: [html, ...resources.keys(), ...bodies, ...notes].join("\n") };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

describe("hostile answers, when they are built,", function () {
  this.timeout(900_000);
  const folders: string[] = [];
  let ordinary: Made;
  let largest = { name: "", milliseconds: 0 };

  before(async () => {
    process.env.WEBGEN_CANARY = CANARY;
    for (const parent of [process.cwd(), "/", homedir(), tmpdir()].filter(isWritable)) {
      const folder = mkdtempSync(join(parent, "webgen-canary-"));
      folders.push(folder);
      for (const ending of ["json", "txt", "js", "ts", "css"])
        writeFileSync(join(folder, `x.${ending}`), ending === "json" ? `"${CANARY}"` : CANARY);
    }
    ordinary = await component(ORDINARY);
    expect(ordinary.outcome).to.equal("built");
  });
  after(() => {
    delete process.env.WEBGEN_CANARY;
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    console.log(
      `      Longest stretch of this process's own time: ${Math.round(largest.milliseconds)} ms (${largest.name}).`,
    );
  });

  /** One hostile answer with an ordinary one beside it, and one after it. */
  async function examine(
    name: string,
    build: () => Promise<Made>,
    expected: "built" | RegExp,
  ): Promise<string[]> {
    const { longest, value } = await longestStretch(() => Promise.all([build(), component(ORDINARY)]));
    if (longest > largest.milliseconds) largest = { name, milliseconds: longest };
    const [{ outcome, output }, beside] = value;
    const wrong: string[] = [];
    const isRight =
      expected === "built" ? outcome === "built" : outcome !== "built" && expected.test(outcome);
    if (!isRight) wrong.push(`${name}: ${outcome.slice(0, 300)}`);
    if (output.includes(CANARY) || output.includes("webgen-canary-")) wrong.push(`${name}: read a file`);
    if (KNOWN.some((line) => line !== "" && output.includes(line))) wrong.push(`${name}: read a known file`);
    for (const [made, place] of [
      [beside, "beside"],
      [await component(ORDINARY), "after"],
    ] as const)
      if (made.output !== ordinary.output)
        wrong.push(`${name}: the answer ${place} it came out otherwise: ${made.outcome.slice(0, 300)}`);
    return wrong;
  }

  it("are many, each of its own name", () => {
    for (const corpus of [hostileComponents, hostileSites]) {
      expect(corpus.length).to.be.at.least(60);
      expect(new Set(corpus.map(({ name }) => name)).size).to.equal(corpus.length);
    }
  });

  it("as components end for their right reason, read nothing and disturb nobody", async () => {
    const wrong: string[] = [];
    for (const { name, text, expected } of hostileComponents)
      wrong.push(...(await examine(name, () => component(text), expected)));
    expect(wrong).to.deep.equal([]);
  });

  it("as sites end for their right reason, read nothing and disturb nobody", async () => {
    const five = readSite(readFileSync("test/fixtures/site/five-pages.txt", "utf8"));
    if (five.status !== "ok" || five.artifact.kind !== "site") throw new Error("the fixture is a site");
    const { files } = five.artifact;
    const usual = await site(files);
    const wrong: string[] = [];
    for (const { name, text, expected } of hostileSites)
      wrong.push(...(await examine(name, () => site(text), expected)));
    expect(wrong).to.deep.equal([]);
    expect((await site(files)).output).to.equal(usual.output);
  });

  it("never hold this process up", () => {
    expect(largest.milliseconds, largest.name).to.be.below(MOST_OWN_TIME);
  });
});
