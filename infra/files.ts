import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { InfrastructureError, messageOf } from "./errors.js";

/** What a person can do about a failed file operation, by the code of the operating system. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "because the disk is full. Free some space and run the same command again.",
  EDQUOT: "because the disk quota is used up. Free some space and run the same command again.",
  EACCES: "because this user has no permission to. Change the permissions or choose another folder.",
  EPERM: "because this user has no permission to. Change the permissions or choose another folder.",
  EROFS: "because the file system is read-only. Choose a folder on another one.",
  EMFILE: "because too many files are open. Close some programs or raise the limit (`ulimit -n`).",
  ENOENT: "because there is no such file or folder. Check the path.",
  EEXIST: "because a file of that name is in the way. Move it away or choose another path.",
  EISDIR: "because a folder is in its place. Move that folder away or choose another path.",
  ENOTDIR: "because a part of the path is a file, not a folder. Choose another path.",
};

/**
 * A failed file operation as a sentence that says what to do.
 *
 * @example
 * fileError("write", "runs/a/events.jsonl", error).message;
 * // "Could not write runs/a/events.jsonl because the disk is full. Free some space and run the same command again."
 */
export function fileError(action: string, path: string, error: unknown): InfrastructureError {
  const reason = REASONS[errorCode(error) ?? ""] ?? `(${messageOf(error)}).`;
  return new InfrastructureError(`Could not ${action} ${path} ${reason}`, { cause: error });
}

/** The operating system's code of an error (`ENOENT`), when it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Writes all bytes to an open file; one `write` may take fewer than it is given. */
export function writeFully(descriptor: number, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
}

/**
 * Replaces a file in one step: a reader, and whoever comes after a crash, finds the old bytes or the new ones,
 * never a part. Throws an InfrastructureError.
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const descriptor = openSync(temporary, "w");
    try {
      writeFully(descriptor, data);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError("write", path, error);
  }
}

/** The text of a file, or undefined when there is none. Throws an InfrastructureError for anything else. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw fileError("read", path, error);
  }
}

/** Makes a folder and those above it. Throws an InfrastructureError. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw fileError("make the folder", path, error);
  }
}
