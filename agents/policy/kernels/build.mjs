// Compiles the SIMD kernels from AssemblyScript to dist/agents/policy/kernels/kernels.wasm, unless that is up to date.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const source = join(here, "assembly");
const target = join(root, "dist/agents/policy/kernels/kernels.wasm");

// No runtime, no static data and an imported memory: the kernels live inside the heap of tfjs-wasm.
const flags = [
  "--runtime",
  "stub",
  "--importMemory",
  "--use",
  "abort=",
  "-O3",
  "--noAssert",
  "--disableWarning",
  "201",
];

function upToDate() {
  if (!existsSync(target)) return false;
  const built = statSync(target).mtimeMs;
  const inputs = readdirSync(source).map((name) => join(source, name));
  return [...inputs, fileURLToPath(import.meta.url)].every((file) => statSync(file).mtimeMs <= built);
}

if (!upToDate()) {
  mkdirSync(dirname(target), { recursive: true });
  const compiler = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");
  const entry = join(source, "index.ts");
  execFileSync(process.execPath, [compiler, entry, "--outFile", target, "--enable", "simd", ...flags], {
    stdio: "inherit",
    cwd: root,
  });
}
