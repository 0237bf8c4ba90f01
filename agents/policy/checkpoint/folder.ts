import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError } from "../../../infra/files.js";

/** A file's content, as a whole or in parts. */
export type FileContent = string | Iterable<Uint8Array>;

/**
 * Writes a folder so that `path` always names a whole one. Everything goes to a sibling first and reaches the disk;
 * then the old folder steps aside and the new one takes its name. A process killed between those two renames leaves
 * the old one under another name, from where `recoverFolder` takes it back. On an error the old folder is as it was
 * and an InfrastructureError says what went wrong.
 */
export async function writeFolder(path: string, files: Readonly<Record<string, FileContent>>): Promise<void> {
  const temporary = sibling(path, `${process.pid}.tmp`);
  const previous = sibling(path, "previous");
  try {
    await recoverFolder(path);
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeDurably(join(temporary, name), content);
    await syncFolder(temporary);
    if (existsSync(path)) await rename(path, previous);
    await rename(temporary, path);
    await syncFolder(dirname(path));
    await rm(previous, { recursive: true, force: true });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
    await recoverFolder(path).catch(() => {});
    throw fileError("write", path, error);
  }
}

/** Gives a folder back its name when a write was killed halfway, and clears away what killed writes left. */
export async function recoverFolder(path: string): Promise<void> {
  const previous = sibling(path, "previous");
  if (!existsSync(previous)) return;
  if (existsSync(path)) await rm(previous, { recursive: true, force: true });
  else await rename(previous, path);
}

/** Removes the temporary siblings of processes that are gone. */
export async function clearTemporaries(path: string): Promise<void> {
  const prefix = basename(sibling(path, ""));
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    const pid =
      name.startsWith(prefix) && name.endsWith(".tmp") ? Number.parseInt(name.slice(prefix.length), 10) : 0;
    if (pid > 0 && !isAlive(pid)) await rm(join(dirname(path), name), { recursive: true, force: true });
  }
}

function sibling(path: string, ending: string): string {
  return join(dirname(path), `.${basename(path)}.${ending}`);
}

async function writeDurably(path: string, content: FileContent): Promise<void> {
  const file = await open(path, "w");
  try {
    if (typeof content === "string") await file.writeFile(content);
    else for (const part of content) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
