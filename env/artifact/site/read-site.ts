import { UsageError } from "../../../infra/errors.js";
import type { ArtifactOutcome, Refusal, RefusalReason, SiteCommand } from "../../contract/artifact.js";
import { readCommand } from "./commands.js";
import { normalizePath } from "./paths.js";
import { type ManifestToken, manifestTokens } from "./tokens.js";

export interface ReadSiteOptions {
  /** Most UTF-8 bytes of all files together, default 2,000,000. */
  readonly maxBytes?: number;
  /** Most files, default 200. */
  readonly maxFiles?: number;
}

/** Largest site accepted unless told otherwise: UTF-8 bytes of all its files. */
export const MAX_SITE_BYTES = 2_000_000;
/** Most files of a site unless told otherwise. */
export const MAX_SITE_FILES = 200;
/** Most oddities that are told of an answer. */
const MOST_NOTES = 100;
/** An answer may be this many times as long as its files before it is not read at all. */
const LONGEST_ANSWER = 4;

/** What a manifest says, in the order of its actions. */
export interface SiteManifest {
  readonly title?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly SiteCommand[];
  /** Harmless oddities, each in a sentence. */
  readonly notes: readonly string[];
}

/**
 * Reads a multi-page project out of what a model wrote: the manifest of WebGen-R1 (arXiv:2604.20398), a `<webArtifact>`
 * that holds `<webAction type="file" filePath="...">` for each file and actions of the types `shell` and `start`. Total:
 * every string gives an artifact, whose files all lie inside the project, or a refusal with its reason.
 *
 * Unlike the published reading, one tokenizer finds files and commands, attributes may come in any order, paths may not
 * leave the project or repeat, and a command is only read, never run. Reasoning in a leading `<think>` block is dropped.
 *
 * @example
 * readSite('<webArtifact id="a" title="A"><webAction type="file" filePath="src/App.tsx">...</webAction></webArtifact>');
 */
export function readSite(
  text: string,
  { maxBytes = MAX_SITE_BYTES, maxFiles = MAX_SITE_FILES }: ReadSiteOptions = {},
): ArtifactOutcome {
  if (text.trim() === "") return refuse("empty", "The answer is empty; a site was expected.");
  if (text.length > maxBytes * LONGEST_ANSWER)
    return refuse("too_large", `The answer has ${text.length} characters; a site is not looked for in it.`);
  const answer = text.replace(/^\s*<think>[\s\S]*?<\/think>/i, "");
  if (/^\s*<think>/i.test(answer)) return refuse("truncated", "The answer stops inside its <think> block.");
  const read = readManifest(manifestTokens(answer), { maxBytes, maxFiles });
  if ("reason" in read) return refuse(read.reason, read.message);
  const { title, files, commands, notes } = read;
  const artifact = { kind: "site", files, commands, notes, ...(title ? { title } : {}) } as const;
  return { status: "ok", artifact };
}

function readManifest(
  tokens: readonly ManifestToken[],
  { maxBytes, maxFiles }: Required<ReadSiteOptions>,
): SiteManifest | Refusal {
  if (tokens.length === 0)
    return no("no_manifest", 'The answer holds no <webArtifact id="..." title="...">.');
  const files = new Map<string, string>();
  const folders = new Set<string>();
  const commands: SiteCommand[] = [];
  const notes: string[] = [];
  let title: string | undefined;
  let bytes = 0;
  for (const token of tokens) {
    if (token.kind === "cut") return no("truncated", `The answer stops inside ${token.inside}.`);
    if (token.kind === "bad_tag") return no("malformed", `This is no <webAction> tag: ${token.text}`);
    if (token.kind === "stray" && notes.length < MOST_NOTES)
      notes.push(`Text between the actions is ignored: ${token.text}`);
    if (token.kind === "open") {
      title = token.attributes.get("title");
      for (const name of ["id", "title"])
        if (!token.attributes.get(name)) notes.push(`The <webArtifact> lacks the attribute ${name}.`);
    }
    if (token.kind !== "action") continue;
    const type = token.attributes.get("type");
    if (type === "shell" || type === "start") {
      const command = readCommand(type, token.body);
      if (command === null)
        return no(
          "unknown_command",
          `A ${type} action may only install packages or run a script of the project, but says ${JSON.stringify(token.body.slice(0, 100))}.`,
        );
      commands.push(command);
      continue;
    }
    const raw = token.attributes.get("filePath");
    if (type !== "file" || raw === undefined)
      return no("malformed", "A <webAction> has the type file with a filePath, or the type shell or start.");
    const path = normalizePath(raw);
    if (typeof path !== "string")
      return no("unsafe_path", `The path ${JSON.stringify(raw.slice(0, 200))} ${path.problem}.`);
    const parents = parentsOf(path);
    if (files.has(path)) return no("duplicate_path", `The file ${path} is written twice.`);
    const clash = folders.has(path) ? path : parents.find((folder) => files.has(folder));
    if (clash !== undefined) return no("duplicate_path", `${clash} is both a file and a folder.`);
    bytes += Buffer.byteLength(token.body);
    if (bytes > maxBytes) return no("too_large", `The files have more than ${maxBytes} bytes together.`);
    if (files.size >= maxFiles) return no("too_large", `There are more than ${maxFiles} files.`);
    files.set(path, token.body);
    for (const folder of parents) folders.add(folder);
  }
  if (files.size === 0) return no("empty", "The manifest holds no files.");
  return { ...(title ? { title } : {}), files: Object.fromEntries(files), commands, notes };
}

function parentsOf(path: string): string[] {
  const steps = path.split("/");
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join("/"));
}

/**
 * A manifest as text, such that reading it gives the same files; bodies lose the white space at their edges. Throws a
 * UsageError for a body that holds `</webAction>`, which a manifest cannot say.
 */
export function writeManifest({
  id = "site",
  title = "Site",
  files,
}: {
  readonly id?: string;
  readonly title?: string;
  readonly files: Readonly<Record<string, string>>;
}): string {
  for (const [path, body] of Object.entries(files))
    if (body.includes("</webAction>"))
      throw new UsageError(`${path} holds "</webAction>", where a manifest would end it.`);
  const actions = Object.entries(files).map(
    ([path, body]) => `<webAction type="file" filePath="${path}">\n${body}\n</webAction>`,
  );
  const commands = [
    '<webAction type="shell">npm install</webAction>',
    '<webAction type="start">npm run dev</webAction>',
  ];
  return [`<webArtifact id="${id}" title="${title}">`, ...actions, ...commands, "</webArtifact>"].join("\n");
}

function no(reason: RefusalReason, message: string): Refusal {
  return { reason, message };
}

function refuse(reason: RefusalReason, message: string): ArtifactOutcome {
  return { status: "refused", kind: "site", refusal: { reason, message } };
}
