import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Versions of what a result may depend on, by name. */
export type Versions = Readonly<Record<string, string>>;

const PACKAGES = ["@tensorflow/tfjs-core", "playwright", "seedrandom", "sharp"];

/**
 * Versions of this program, of Node, of the machine and of the packages that numbers depend on.
 *
 * @example
 * programVersions(); // { "webgen-gym": "0.1.0", node: "20.20.0", platform: "linux-x64", playwright: "1.65.1", ... }
 */
export function programVersions(): Versions {
  found ??= versionsFrom(dirname(fileURLToPath(import.meta.url)));
  return found;
}

/** They are read from a dozen files, and do not change while the program runs. */
let found: Versions | undefined;

/** Versions as seen from a folder of this package, wherever it is installed. */
export function versionsFrom(folder: string): Versions {
  const root = packageRoot(folder);
  const versions: Record<string, string> = {
    "webgen-gym": (root && versionIn(root)) ?? "unknown",
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  };
  for (const name of PACKAGES) {
    const version = root && installedVersion(root, name);
    if (version) versions[name] = version;
  }
  return versions;
}

function packageRoot(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (nameIn(folder) === "webgen-gym") return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** A package may lie beside this one (installed as a dependency) or inside it. */
function installedVersion(root: string, name: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const version = versionIn(join(folder, "node_modules", name));
    if (version || dirname(folder) === folder) return version;
  }
}

const nameIn = (folder: string): string | undefined => manifest(folder)?.name;
const versionIn = (folder: string): string | undefined => manifest(folder)?.version;

function manifest(folder: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      name?: string;
      version?: string;
    };
  } catch {
    return undefined;
  }
}
