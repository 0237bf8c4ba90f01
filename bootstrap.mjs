/**
 * Runs one of the project's commands in a checkout, after putting in place whatever it lacks: npm packages, the build,
 * a Chromium. Plain JavaScript without imports from npm, since it runs before anything is installed.
 *
 *   node bootstrap.mjs test [mocha arguments]
 *   node bootstrap.mjs quickstart|train|compare|render|score|check|bench [arguments]
 *   node bootstrap.mjs build
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

/** Pictures are decoded outside the heap; one that begins small is searched through for each few of them. */
const ROOMY = "--initial-heap-size=512";

const root = fileURLToPath(new URL(".", import.meta.url));
const [command = "build", ...rest] = process.argv.slice(2);

requireNode(20, 19);
installPackages();
build();
if (command === "build") process.exit(0);
await installBrowser();
run(
  command === "test"
    ? ["node_modules/mocha/bin/mocha.js", ...(rest.length > 0 ? rest : allTests())]
    : ["--enable-source-maps", ROOMY, "dist/experiments/webgen.js", command, ...rest],
);

/** All tests, several files at a time. */
function allTests() {
  return [
    "--parallel",
    "--jobs",
    String(Math.min(4, Math.max(2, availableParallelism()))),
    "dist/test/**/*.test.js",
  ];
}

function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(`webgen-gym needs Node ${major}.${minor} or later, but this is ${process.versions.node}.`);
}

/** `npm ci` when node_modules is missing or older than the lock file. */
function installPackages() {
  const stamp = new URL("node_modules/.package-lock.json", import.meta.url);
  const lock = new URL("package-lock.json", import.meta.url);
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return;
  if (existsSync(stamp) && samePackages(lock, stamp)) return;
  say("Installing npm packages ...");
  must(
    "npm",
    ["ci", "--no-fund", "--no-audit"],
    "The npm packages could not be installed; npm says why above.",
  );
}

/** Whether every package that the lock file requires here is installed in its version; optional ones may lack. */
function samePackages(lock, stamp) {
  const read = (url) => JSON.parse(readFileSync(url, "utf8")).packages;
  const installed = read(stamp);
  return Object.entries(read(lock)).every(
    ([path, { version, optional }]) => path === "" || optional || installed[path]?.version === version,
  );
}

/** TypeScript and the WebAssembly kernels; both do nothing when nothing changed. */
function build() {
  if (!existsSync(new URL("dist/.tsbuildinfo", import.meta.url))) say("Building ...");
  must(
    process.execPath,
    ["node_modules/typescript/bin/tsc"],
    "The TypeScript sources do not compile; see above.",
  );
  must(
    process.execPath,
    ["agents/policy/kernels/build.mjs"],
    "The WebAssembly kernels do not compile; see above.",
  );
  removeStale(new URL("dist/", import.meta.url));
}

/** Removes what was compiled from sources that are gone: a test among them would still run. */
function removeStale(dist) {
  for (const path of readdirSync(dist, { recursive: true })) {
    const compiled = /^(.+)\.(?:d\.ts|js|js\.map)$/.exec(path.replaceAll("\\", "/"));
    if (compiled && !existsSync(new URL(`${compiled[1]}.ts`, import.meta.url))) rmSync(new URL(path, dist));
  }
}

/** Finds a Chromium or installs one. */
async function installBrowser() {
  const { ensureBrowser } = await import("./dist/env/render/index.js");
  try {
    await ensureBrowser({ log: say });
  } catch (error) {
    fail(error.message);
  }
}

/** Hands the terminal to the command and leaves with its exit status; the command itself answers Ctrl-C. */
function run(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}

function must(program, args, sentence) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) fail(error ? `${sentence} (${error.message})` : sentence);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}
