import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "webgen-chromium-";

/** What a folder is named after: the process that made it, and when that began, in the system it lives in. */
interface Owner {
  readonly pid: number;
  readonly mark: string;
}

/** Makes a folder for a browser's files. Its name says whose it is, so that it can be found when its owner was killed. */
export async function makeProfile(folder = tmpdir()): Promise<string> {
  const { pid, mark } = ownerOf(process.pid) ?? { pid: process.pid, mark: "0" };
  return mkdtemp(join(folder, `${PREFIX}${pid}-${mark}-`));
}

/**
 * Removes folders whose owners are gone, and says how many. Those of living processes stay, and those made in another container
 * or on another machine, of whose processes nothing is known here.
 */
export async function collectProfiles(folder = tmpdir()): Promise<number> {
  let collected = 0;
  for (const name of readdirSync(folder)) {
    const [, pid, mark] = /^webgen-chromium-(\d+)-([0-9a-z]+\.[0-9a-z]+)-\w{6}$/.exec(name) ?? [];
    if (pid === undefined || mark === undefined || !isOfHere(mark)) continue;
    if (ownerOf(Number(pid))?.mark === mark) continue;
    await rm(join(folder, name), { recursive: true, force: true }).then(
      () => collected++,
      () => {},
    );
  }
  return collected;
}

/** A running process; undefined where there is none, or where the system does not tell. */
function ownerOf(pid: number): Owner | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { pid, mark: `${Number(fields[19]).toString(36)}.${system()}` };
  } catch {
    return undefined;
  }
}

const isOfHere = (mark: string) => {
  try {
    return mark.endsWith(`.${system()}`);
  } catch {
    return false;
  }
};

/** Tells one view of processes from another: the namespace of their ids, and the machine's last start. */
function system(): string {
  const [namespace = "0"] = /\d+/.exec(readlinkSync("/proc/self/ns/pid")) ?? [];
  const start = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").replace(/\W/g, "").slice(0, 8);
  return `${Number(namespace).toString(36)}${start}`;
}
