import { between, pythonPattern, strip } from "../../../metrics/ports/python-text.js";
import { isJsonObject, readPythonJson } from "./python-json.js";

const ARTIFACT = /<webArtifact[^>]*>/gu;
const ACTION = pythonPattern('<webAction\\s+type="([^"]+)"', "g");
const FILE_PATH = /filePath="([^"]+)"/gu;
const SHELL = /<webAction type="shell">/gu;
const START = /<webAction type="start">/gu;
const CLOSE = "</webAction>";

/** A command or file as the released unpacking reads it. */
export interface LooseAction {
  readonly type: string;
  /** Null when no file path follows. */
  readonly path: string | null;
  readonly body: string;
}

/** What the released unpacking leaves on disk. */
export interface UnpackedProject {
  /** Whether there is a closed manifest. */
  readonly found: boolean;
  /** False where it stops half-way or finds no manifest; the files written until then stay. */
  readonly complete: boolean;
  /** Paths from the project folder, with `..` resolved as far as possible; an absolute path stays one. */
  readonly files: ReadonlyMap<string, string>;
  /** Lines appended to the two scripts, which nothing runs. */
  readonly installScript: string;
  readonly startScript: string;
}

/**
 * WebGen-R1's unpacking of a manifest (`extract_and_build_project`), defects included: a path is looked for across all text
 * that follows, so a command that stands before a file takes that file's path and body; paths are not judged; a later file
 * replaces an earlier one; a conflict of a file with a folder ends it. Pure: nothing is written.
 */
export function unpackAsReleased(answer: string): UnpackedProject {
  const files = new Map<string, string>();
  const content = between(answer, ARTIFACT, "</webArtifact>")[0];
  let installScript = "";
  let startScript = "";
  const done = (complete: boolean) => ({
    found: content !== undefined,
    complete,
    files,
    installScript,
    startScript,
  });
  if (content === undefined) return done(false);
  let packageFile: string | null = null;
  for (const { type, path, body } of looseActions(content)) {
    if (type === "shell") installScript += `${body}\n`;
    else if (type === "start") startScript += `${body}\n`;
    else if (type === "file" && path !== null) {
      const place = normalisePath(path);
      if (place === null || !fits(files, place)) return done(false);
      files.set(place, body);
      if (path === "package.json") packageFile = body;
    }
  }
  return done(packageFile === null || readablePackage(packageFile));
}

/** False where the released look at the package file raises: no object, or a section of it that is none. */
function readablePackage(body: string): boolean {
  const json = readPythonJson(body);
  if (!json.ok) return true;
  const data = json.value;
  if (!isJsonObject(data)) return false;
  return ["dependencies", "devDependencies", "scripts"].every(
    (key) => !Object.hasOwn(data, key) || isJsonObject(data[key]),
  );
}

/** The actions of a manifest as the released unpacking finds them. */
export function looseActions(content: string): LooseAction[] {
  const actions: LooseAction[] = [];
  ACTION.lastIndex = 0;
  for (let open = ACTION.exec(content); open; open = ACTION.exec(content)) {
    const after = ACTION.lastIndex;
    FILE_PATH.lastIndex = after;
    const path = FILE_PATH.exec(content);
    const found = (path ? bodyAfter(content, FILE_PATH.lastIndex) : null) ?? bodyAfter(content, after);
    if (!found) return actions;
    const within = path !== null && path.index < found.from;
    actions.push({ type: open[1] ?? "", path: within ? (path?.[1] ?? null) : null, body: strip(found.body) });
    ACTION.lastIndex = found.end;
  }
  return actions;
}

function bodyAfter(content: string, at: number): { body: string; from: number; end: number } | null {
  const bracket = content.indexOf(">", at);
  if (bracket < 0) return null;
  const close = content.indexOf(CLOSE, bracket + 1);
  if (close < 0) return null;
  return { body: content.slice(bracket + 1, close), from: bracket + 1, end: close + CLOSE.length };
}

/** The path without empty and `.` steps and with `..` resolved; null for one that no file can have. */
function normalisePath(path: string): string | null {
  const walk = path.split("/").filter((step) => step !== "" && step !== ".");
  if (path.includes("\0") || walk.at(-1) === "..") return null;
  const steps: string[] = [];
  for (const step of walk) {
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  if (steps.length === 0 || steps.some((step) => Buffer.byteLength(step) > 255)) return null;
  return `${path.startsWith("/") ? "/" : ""}${steps.join("/")}`;
}

/** False when a folder of the path is a file already, or the path itself is a folder. */
function fits(files: ReadonlyMap<string, string>, path: string): boolean {
  if ([...files.keys()].some((other) => other.startsWith(`${path}/`))) return false;
  const steps = path.split("/");
  return steps.every((_, i) => i === 0 || !files.has(steps.slice(0, i).join("/")));
}

/**
 * The commands that the released grading runs (`extract_web_actions`): all shell bodies of the whole answer, reasoning
 * included, and the last start body or ""; not trimmed.
 */
export function webActions(answer: string): { readonly shell: readonly string[]; readonly start: string } {
  return { shell: between(answer, SHELL, CLOSE), start: between(answer, START, CLOSE).at(-1) ?? "" };
}
