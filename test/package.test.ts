import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { findBrowser } from "../env/render/browser/find.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

describe("the packed package in an empty folder", function () {
  this.timeout(900_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-package-"));
  const modules = join(folder, "node_modules");
  const installed = join(modules, "webgen-gym");
  after(() => rmSync(folder, { recursive: true, force: true }));

  // The tarball is unpacked beside links to the packages that npm would install for it.
  before(() => {
    const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(packed.status, packed.stderr).to.equal(0);
    mkdirSync(installed, { recursive: true });
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) as string;
    expect(
      spawnSync("tar", ["xzf", join(folder, tarball), "--strip-components=1", "-C", installed]).status,
    ).to.equal(0);
    for (const name of readdirSync(join(ROOT, "node_modules")))
      if (!name.startsWith(".")) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  });

  function run(file: string, text: string, environment: Readonly<Record<string, string>> = {}) {
    writeFileSync(join(folder, file), text);
    return spawnSync(process.execPath, [file], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
  }

  /** The six lines of "Use it". */
  const README = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, lines = ""] = /## Use it\n\n```ts\n(.*?)```/s.exec(README) ?? [];

  it("runs the README's lines as a module", () => {
    const { status, stdout, stderr } = run("use.mjs", lines);
    expect(status, stderr).to.equal(0);
    expect(stdout)
      .to.match(/^[\d.]+ \{/)
      .and.to.match(/checklist/);
  });

  it("is required from CommonJS, as npm init makes a folder", () => {
    writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
    const body = lines.replace(
      'import { make } from "webgen-gym";',
      'const { make } = require("webgen-gym");',
    );
    const { status, stdout, stderr } = run("use.cjs", `(async () => {${body}})();`);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(/checklist/);
  });

  for (const type of ["module", "commonjs"] as const)
    it(`compiles strictly as ${type}`, () => {
      const project = join(folder, type);
      mkdirSync(project);
      writeFileSync(join(project, "package.json"), JSON.stringify({ type }));
      const compilerOptions = {
        module: "nodenext",
        target: "es2023",
        lib: ["es2023", "dom", "dom.iterable"],
        types: ["node"],
        strict: true,
        skipLibCheck: false,
        noEmit: true,
      };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      const parts = ["", "/env", "/rewards", "/agents", "/datasets", "/experiments"];
      const imports = parts.map((part, i) => `import * as part${i} from "webgen-gym${part}";`).join("\n");
      const body = lines.split("\n").slice(1).join("\n");
      writeFileSync(
        join(project, "use.ts"),
        `import { make, type JsonObject } from "webgen-gym";\n${imports}
export async function use(json: JsonObject) {${body}\nreturn [json, ${parts.map((_, i) => `part${i}`)}]; }`,
      );
      const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
      const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
      expect(status, stdout).to.equal(0);
    });

  it("has every page and picture that its pages link to", () => {
    const pages = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".md"),
    );
    expect(pages).to.include.members([
      "README.md",
      "rewards/README.md",
      "docs/command-line.md",
      "CHANGELOG.md",
    ]);
    const dead = pages.flatMap((page) =>
      [...readFileSync(join(installed, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target]) => target as string)
        .filter((target) => !existsSync(join(installed, dirname(page), target)))
        .map((target) => `${page} -> ${target}`),
    );
    expect(dead).to.deep.equal([]);
  });

  it("has source maps with their sources", () => {
    const maps = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".js.map"),
    );
    expect(maps.length).to.be.greaterThan(100);
    for (const map of [maps[0], maps.at(-1)])
      expect(
        JSON.parse(readFileSync(join(installed, "dist", map as string), "utf8")).sourcesContent?.[0],
      ).to.be.a("string");
  });

  it("runs its command", () => {
    const bin = join(installed, "dist/experiments/webgen.js");
    const { status, stdout } = spawnSync(process.execPath, [bin, "list", "envs", "--json"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(status).to.equal(0);
    expect(JSON.parse(stdout).envs[0].name).to.equal("webgen/Pages-v0");
  });

  /** A machine without a Chromium: an empty PATH, and a folder of Playwright's without one that cannot be filled. */
  const bare = () => ({
    PATH: join(folder, "bin"),
    PLAYWRIGHT_BROWSERS_PATH: join(folder, "browsers"),
    PLAYWRIGHT_DOWNLOAD_HOST: "http://127.0.0.1:9",
    WEBGEN_CHROMIUM: "",
  });

  it("says what to install where it must not install a browser", () => {
    const { status, stderr } = run("bare.mjs", lines, { ...bare(), WEBGEN_INSTALL_BROWSER: "0" });
    expect(status).to.equal(1);
    expect(stderr).to.match(
      /No Chromium was found, and WEBGEN_INSTALL_BROWSER=0 forbids to install one; run "npx/,
    );
  });

  it("installs its browser by itself when it is first used", function () {
    const real = findBrowser()?.path;
    if (process.getuid?.() !== 0 || real === undefined || !/headless-shell/.test(real)) this.skip();
    const bin = join(folder, "bin");
    mkdirSync(bin);
    // In place of Debian's: it puts the command where a package would.
    const script = `#!/bin/sh\n/bin/ln -s ${real} ${join(bin, "chromium-headless-shell")}\n`;
    writeFileSync(join(bin, "apt-get"), script, { mode: 0o755 });
    const { status, stdout, stderr } = run("install.mjs", lines, bare());
    expect(status, stderr).to.equal(0);
    expect(stderr).to.match(/No Chromium found; installing the one that belongs to Playwright/);
    expect(stdout).to.match(/checklist/);
  });
});
