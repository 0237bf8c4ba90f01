import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Command } from "commander";
import { listExtractions } from "../env/artifact/extraction.js";
import { BENCHES } from "../experiments/bench/benches.js";
import { attackCommand } from "../experiments/commands/attack.js";
import { benchCommand } from "../experiments/commands/bench.js";
import { checkCommand } from "../experiments/commands/check.js";
import { compareCommand } from "../experiments/commands/compare.js";
import { listCommand } from "../experiments/commands/list.js";
import { quickstartCommand } from "../experiments/commands/quickstart.js";
import { renderCommand } from "../experiments/commands/render.js";
import { scoreCommand } from "../experiments/commands/score.js";
import { SUMMARIES } from "../experiments/commands/summaries.js";
import { trainCommand } from "../experiments/commands/train.js";
import { watchCommand } from "../experiments/commands/watch.js";
import { make } from "../index.js";
import { sharedRenderer } from "./support/browser.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");

const ROOMS = ["infra", "env", "rewards", "datasets", "agents", "experiments", "docs", "test", "examples"];
const files = ROOMS.filter((room) => existsSync(join(root, room))).flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((path) => join(room, path)),
);
const PAGES = ["README.md", ...files.filter((path) => path.endsWith(".md") && !path.includes("fixtures"))];

const COMMANDS: Readonly<Record<string, Command>> = Object.fromEntries(
  [
    quickstartCommand(),
    trainCommand(),
    compareCommand(),
    renderCommand(),
    scoreCommand(),
    checkCommand(),
    attackCommand(),
    listCommand(),
    watchCommand(),
    benchCommand(),
  ].map((command) => [command.name(), command]),
);
/** Options that every command takes. */
const SHARED = ["--import", "--help"];

/** Lines of a page that a person would type: shell blocks, and code in the text. */
function typed(page: string): string[] {
  const text = read(page);
  const blocks = [...text.matchAll(/^```(?:sh|bash|console)?\n(.*?)^```/gms)].map(([, block]) => block!);
  const inline = [...text.replaceAll(/^```.*?^```/gms, "").matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
  return [...blocks.flatMap((block) => block.split("\n")), ...inline].map((line) =>
    line.replace(/\s#\s.*$/, "").trim(),
  );
}

interface Call {
  readonly line: string;
  readonly name: string;
  readonly words: readonly string[];
}

/** The calls of `webgen` in a line, behind `npm run`, `npx` or variables. */
function callsIn(line: string): Call[] {
  const names = Object.keys(SUMMARIES).join("|");
  const own = /^(?:[A-Z_]+=\S+ )*(?:npx )?(?:npm run webgen -- |webgen )(\S+)(.*)$/.exec(line);
  if (own && !own[2]!.startsWith(" |") && /^[a-z]/.test(own[1]!))
    return [{ line, name: own[1]!, words: wordsOf(own[2]!) }];
  const script = new RegExp(`^(?:[A-Z_]+=\\S+ )*npm run (${names})(?: --(.*))?$`).exec(line);
  return script ? [{ line, name: script[1]!, words: wordsOf(script[2] ?? "") }] : [];
}

const wordsOf = (text: string) => text.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];

describe("the documentation", () => {
  for (const page of PAGES)
    describe(page, () => {
      it("links to files that are there", () => {
        const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
        const missing = targets.filter(
          (target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target)),
        );
        expect(missing).to.deep.equal([]);
      });

      it("names source files that are there", () => {
        const names = typed(page).filter(
          (code) => /^[\w./-]+\.(ts|py|md)$/.test(code) && !/^(\.\/|runs\/)/.test(code),
        );
        const shown = new Set([...read(page).matchAll(/filePath="([^"]+)"|`(src\/[^`]+)`/g)].flat());
        const missing = names.filter(
          (name) =>
            !shown.has(name) &&
            !USERS_OWN.has(name) &&
            !files.some((path) => `/${path}`.endsWith(`/${name}`)),
        );
        expect(missing).to.deep.equal([]);
      });

      it("calls commands that there are, with options that they have", () => {
        for (const { line, name, words } of typed(page).flatMap(callsIn)) {
          const command = COMMANDS[name];
          expect(command, line).to.not.equal(undefined);
          const known = [...command!.options.flatMap(({ long, short }) => [long, short]), ...SHARED];
          for (const word of words.filter((word) => /^--?[a-z]/.test(word)))
            expect(known, line).to.include(word.split("=")[0]);
          if (name === "bench")
            for (const word of words.filter((word) => /^[a-z]/.test(word)))
              expect(
                BENCHES.map((bench) => bench.name),
                line,
              ).to.include(word);
        }
      });

      it("runs scripts that package.json has", () => {
        const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
        const named = typed(page).flatMap((line) => /\bnpm run ([\w:]+)/.exec(line)?.[1] ?? []);
        for (const script of named) expect(scripts, script).to.have.property(script);
      });
    });

  it("names a test that is there for each claim", () => {
    const named = [
      ...read("docs/claims.md").matchAll(/`((?:[\w-]+\/)*(?:[\w.-]+\.test\.ts|[\w-]+\/))`/g),
    ].map(([, path]) => path!);
    expect(named.length).to.be.above(40);
    expect(named.filter((path) => path !== "test/" && !existsSync(join(root, "test", path)))).to.deep.equal(
      [],
    );
    const held = read("docs/claims.md")
      .split("\n")
      .filter((line) => /^\| [^*-]/.test(line) && !line.startsWith("| claim"));
    expect(
      held.filter((line) => !/\.test\.ts`|npm run|webgen |`\w+\/\w+\/`|the command beside|once/.test(line)),
    ).to.deep.equal([]);
  });

  it("lists every command", () => {
    const [line] = /`webgen ((?:\w+ \| )+\w+)`/.exec(read("README.md"))!.slice(1);
    expect(line!.split(" | ").sort()).to.deep.equal(Object.keys(SUMMARIES).sort());
    expect(Object.keys(COMMANDS).sort()).to.deep.equal(Object.keys(SUMMARIES).sort());
  });

  it("knows every variable of the environment, and each is read", () => {
    const pages = PAGES.map(read).join("\n");
    const variables = (text: string) =>
      new Set([...text.matchAll(/\bWEBGEN_[A-Z0-9_]+\b/g)].map(([name]) => name));
    const sources = files.filter((path) => path.endsWith(".ts") && !path.startsWith("test/"));
    const used = new Set(
      sources.flatMap((path) =>
        [...read(path).matchAll(/(?:env\.|env\[")(WEBGEN_\w+)|_VARIABLE = "(WEBGEN_\w+)"/g)].map(
          ([, plain, named]) => (plain ?? named) as string,
        ),
      ),
    );
    const codes = new Set(
      sources.flatMap((path) => [...read(path).matchAll(/code: "(WEBGEN_\w+)"/g)].map(([, code]) => code)),
    );
    for (const name of variables(pages)) expect([...used, ...codes], name).to.include(name);
    for (const name of used) expect([...variables(pages)], name).to.include(name);
  });

  it("shows the prompt and the parts that the first example gives", async function () {
    this.timeout(60_000);
    const text = read("README.md");
    const shown = /observation\.prompt: "(.*?)(?: \.\.\.)?"/.exec(text)?.[1] ?? "";
    const parts = /where it comes from: \{ (.*?) \}/.exec(text)?.[1]?.split(", ");
    const env = await make("webgen/Pages-v0", { renderer: await sharedRenderer() });
    const { observation } = await env.reset({ seed: 1 });
    expect(shown.length).to.be.above(20);
    expect(observation.prompt.startsWith(shown), observation.prompt).to.equal(true);
    const { reward, info } = await env.step("<!DOCTYPE html><html><body><h1>Hello</h1></body></html>");
    expect(reward).to.be.a("number");
    expect(Object.keys(info.parts)).to.deep.equal(parts);
    await env.close();
  });

  it("counts what it counts", () => {
    const words = ["six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    const count = /`webgen list extractions` names all (\w+)/.exec(read("README.md"))?.[1] ?? "";
    expect(words.indexOf(count) + 6).to.equal(listExtractions().length);
    const [, plugin] = /```ts\n(.*?)```/s.exec(read("rewards/README.md")) ?? [];
    expect(read("README.md")).to.contain(`, in ${plugin?.trim().split("\n").length} lines`);
    const hostile = files.filter((path) => /^test\/fixtures\/hostile\/.*\.html$/.test(path)).length;
    expect(read("docs/rendering.md")).to.contain(`\`test/fixtures/hostile\` holds ${hostile} pages`);
  });
});

/** Files in examples that are the reader's own. */
const USERS_OWN = new Set(["mine.ts", "webgen.config.ts", "readable.test.ts"]);
