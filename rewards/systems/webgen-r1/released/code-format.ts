import type { JsonObject } from "../../../../infra/json.js";
import { pythonPattern, strip } from "../../../metrics/ports/python-text.js";
import { isJsonObject, readPythonJson } from "./python-json.js";

const ARTIFACT = pythonPattern("<webArtifact\\s+([^>]*)>", "g");
const ID = pythonPattern("id\\s*=\\s*[\"']([^\"']+)[\"']");
const TITLE = pythonPattern("title\\s*=\\s*[\"']([^\"']+)[\"']");
const ACTION = pythonPattern(
  "<webAction\\s+type\\s*=\\s*[\"']([^\"']+)[\"'](?:\\s+filePath\\s*=\\s*[\"']([^\"']+)[\"'])?\\s*>",
  "g",
);
const DEFAULT_EXPORT = pythonPattern("export\\s+default\\s+");
const INSTALL = pythonPattern("\\bnpm install\\b");
const START = pythonPattern("\\bnpm run (?:dev|start)\\b");

/** The static constraints on a manifest. */
export const FORMAT_RULES = [
  "manifest",
  "attributes",
  "package.json",
  "package.json content",
  "vite.config.ts",
  "install command",
  "start command",
  "page or component",
  "default export",
] as const;

/** Name of a static constraint on a manifest. */
export type FormatRule = (typeof FORMAT_RULES)[number];

/** Result of the static check of an answer. */
export interface CodeFormat {
  /** True when every rule holds. */
  readonly valid: boolean;
  /** The rules that do not hold. Without a manifest or its attributes nothing else is looked at. */
  readonly failed: readonly FormatRule[];
  /**
   * True where the released check raises instead of returning: a `package.json` that is no object, or whose dependencies
   * or scripts are no object although all five keys are there. One such answer stops the original's training.
   */
  readonly raises: boolean;
}

interface Flags {
  packagePresent: boolean;
  packageValid: boolean;
  viteConfig: boolean;
  install: boolean;
  start: boolean;
  page: boolean;
}

/**
 * WebGen-R1's static check of an answer (`web_code_format`): the first `<webArtifact>` with id and title, and in it a complete
 * package.json, a vite.config.ts, a page or component, each of which exports a default, an `npm install` and an `npm run dev`
 * or `npm run start`. It works on the raw text: reasoning counts, comments hide nothing, an action with other attributes
 * or another order of them is not seen, and paths are not judged.
 */
export function checkCodeFormat(answer: string): CodeFormat {
  const artifact = firstArtifact(answer);
  if (!artifact) return { valid: false, failed: ["manifest"], raises: false };
  if (!ID.test(artifact.attributes) || !TITLE.test(artifact.attributes))
    return { valid: false, failed: ["attributes"], raises: false };
  const flags: Flags = {
    packagePresent: false,
    packageValid: false,
    viteConfig: false,
    install: false,
    start: false,
    page: false,
  };
  let raises = false;
  let defaultExports = true;
  for (const { type, path, body } of strictActions(artifact.content)) {
    if (type === "file" && path === "package.json") {
      flags.packagePresent = true;
      const verdict = packageVerdict(body);
      if (verdict === "valid") flags.packageValid = true;
      if (verdict === "raises") {
        raises = true;
        break;
      }
    } else if (type === "file" && path === "vite.config.ts") flags.viteConfig = true;
    else if (type === "file" && isPage(path)) {
      flags.page = true;
      if (!DEFAULT_EXPORT.test(body)) {
        defaultExports = false;
        break;
      }
    } else if (type === "shell" && INSTALL.test(body)) flags.install = true;
    else if (type === "start" && START.test(body)) flags.start = true;
  }
  const held: Partial<Record<FormatRule, boolean>> = {
    "package.json": flags.packagePresent,
    "package.json content": flags.packageValid,
    "vite.config.ts": flags.viteConfig,
    "install command": flags.install,
    "start command": flags.start,
    "page or component": flags.page,
    "default export": defaultExports,
  };
  const failed = FORMAT_RULES.filter((rule) => held[rule] === false);
  return { valid: failed.length === 0 && !raises, failed, raises };
}

function isPage(path: string): boolean {
  return (path.startsWith("src/pages/") || path.startsWith("src/components/")) && path.endsWith(".tsx");
}

function firstArtifact(text: string): { attributes: string; content: string } | null {
  ARTIFACT.lastIndex = 0;
  const open = ARTIFACT.exec(text);
  if (!open) return null;
  const from = open.index + open[0].length;
  const to = text.indexOf("</webArtifact>", from);
  return to < 0 ? null : { attributes: open[1] ?? "", content: text.slice(from, to) };
}

function* strictActions(content: string): Generator<{ type: string; path: string; body: string }> {
  ACTION.lastIndex = 0;
  let at = 0;
  for (;;) {
    ACTION.lastIndex = at;
    const open = ACTION.exec(content);
    if (!open) return;
    const from = open.index + open[0].length;
    const to = content.indexOf("</webAction>", from);
    if (to < 0) return;
    yield { type: open[1] ?? "", path: open[2] ?? "", body: strip(content.slice(from, to)) };
    at = to + "</webAction>".length;
  }
}

const PACKAGE_KEYS = ["name", "version", "scripts", "dependencies", "devDependencies"] as const;

function packageVerdict(body: string): "valid" | "invalid" | "raises" {
  const json = readPythonJson(body);
  if (!json.ok) return "invalid";
  if (!isJsonObject(json.value)) return "raises";
  const data = json.value;
  if (!PACKAGE_KEYS.every((key) => Object.hasOwn(data, key))) return "invalid";
  const { dependencies, devDependencies, scripts } = data;
  if (!isJsonObject(dependencies) || !isJsonObject(devDependencies)) return "raises";
  const has = (group: JsonObject, key: string) => Object.hasOwn(group, key);
  const core = ["react", "react-dom", "vite"];
  if (!core.every((key) => has(dependencies, key) || has(devDependencies, key))) return "invalid";
  if (!isJsonObject(scripts)) return "raises";
  return ["dev", "build", "preview"].every((key) => has(scripts, key)) ? "valid" : "invalid";
}
