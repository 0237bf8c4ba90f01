import { strip } from "../../../metrics/ports/python-text.js";

/** Why a manifest, or an entry of it, was refused. */
export interface ManifestProblem {
  readonly rule:
    | "manifest"
    | "unclosed"
    | "attributes"
    | "action"
    | "path"
    | "frozen"
    | "duplicate"
    | "limit"
    | "command";
  /** The path or command it is about, or "". */
  readonly where: string;
  readonly message: string;
}

export interface Manifest {
  /** True when there is a closed manifest and no problem with it. */
  readonly ok: boolean;
  readonly problems: readonly ManifestProblem[];
  /** Files by normalised path. A refused file is not among them. */
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly { readonly kind: "shell" | "start"; readonly text: string }[];
  /** Whether reasoning in `<think>` stands before the manifest. */
  readonly think: boolean;
}

export interface ManifestLimits {
  /** Default 200. */
  readonly files?: number;
  /** UTF-16 units of all files together; default 2,000,000. */
  readonly size?: number;
  /** Folders below the root; default 12. */
  readonly depth?: number;
  /** Paths of the scaffold that an answer may not replace. Default none. */
  readonly frozen?: readonly string[];
}

const OPEN = /<webArtifact(?=[\s>])((?:[^>"']|"[^"]*"|'[^']*')*)>/u;
const ACTION = /<webAction(?=[\s>])((?:[^>"']|"[^"]*"|'[^']*')*)>/gu;
const ATTRIBUTE = /([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const CLOSE_ACTION = "</webAction>";
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(ATTRIBUTE)].map(([, name = "", a, b]) => [name, a ?? b ?? ""]));
}

/**
 * Reads the manifest of a site answer: the first one after the reasoning. One reading serves the check, the files and the
 * commands, so that what passes is what is built. Attributes may come in any order and quote style; an entry that is not
 * understood is a problem, not silence. Never throws.
 */
export function readManifest(answer: string, limits: ManifestLimits = {}): Manifest {
  const { files: maxFiles = 200, size: maxSize = 2_000_000, depth = 12, frozen = [] } = limits;
  const think = answer.lastIndexOf("</think>");
  const text = think < 0 ? answer : answer.slice(think + "</think>".length);
  const problems: ManifestProblem[] = [];
  const files = new Map<string, string>();
  const commands: { kind: "shell" | "start"; text: string }[] = [];
  const problem = (rule: ManifestProblem["rule"], where: string, message: string) =>
    problems.push({ rule, where, message });
  const done = (): Manifest => ({
    ok: problems.length === 0,
    problems,
    files: Object.fromEntries(files),
    commands,
    think: think >= 0,
  });
  const open = OPEN.exec(text);
  if (!open) {
    problem("manifest", "", "The answer holds no <webArtifact>.");
    return done();
  }
  const attributes = attributesOf(open[1] ?? "");
  for (const name of ["id", "title"])
    if (!attributes.get(name)) problem("attributes", "", `The <webArtifact> lacks the attribute ${name}.`);
  const start = open.index + open[0].length;
  const end = text.indexOf("</webArtifact>", start);
  if (end < 0) problem("unclosed", "", "The <webArtifact> is not closed; the answer seems cut off.");
  const content = text.slice(start, end < 0 ? undefined : end);
  let size = 0;
  ACTION.lastIndex = 0;
  for (let action = ACTION.exec(content); action; action = ACTION.exec(content)) {
    const from = action.index + action[0].length;
    const to = content.indexOf(CLOSE_ACTION, from);
    if (to < 0) {
      problem("unclosed", action[0], "A <webAction> is not closed.");
      break;
    }
    ACTION.lastIndex = to + CLOSE_ACTION.length;
    const body = strip(content.slice(from, to));
    const own = attributesOf(action[1] ?? "");
    const type = own.get("type");
    if (type === "shell" || type === "start") {
      if (body === "") problem("command", type, `The ${type} action holds no command.`);
      else commands.push({ kind: type, text: body });
      continue;
    }
    const raw = own.get("filePath");
    if (type !== "file" || !raw) {
      problem("action", action[0], "An action should have the type file (with a filePath), shell or start.");
      continue;
    }
    const path = safePath(raw, depth);
    size += body.length;
    if (path === null)
      problem("path", raw, `The path ${JSON.stringify(raw)} does not stay inside the project.`);
    else if (frozen.includes(path))
      problem("frozen", path, `${path} belongs to the scaffold and cannot be replaced.`);
    else if (files.has(path)) problem("duplicate", path, `${path} is written twice.`);
    else if (files.size >= maxFiles) problem("limit", path, `There are more than ${maxFiles} files.`);
    else if (size > maxSize) problem("limit", path, `The files hold more than ${maxSize} characters.`);
    else files.set(path, body);
  }
  return done();
}

/** The path relative to the project, or null for one that is absolute, leaves it, is too deep, or no portable name. */
export function safePath(path: string, depth: number): string | null {
  if (/[\0\\]|^\/|^[A-Za-z]:|\p{Cc}/u.test(path)) return null;
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  if (steps.length === 0 || steps.length > depth + 1 || path.endsWith("/")) return null;
  if (steps.some((step) => step === ".." || step.length > 255 || RESERVED.test(step))) return null;
  return steps.join("/");
}
