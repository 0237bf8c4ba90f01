import { execFile } from "node:child_process";
import { chownSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { makeProfile } from "./folders.js";

/** How a browser is held in by the system. */
export interface Confinement {
  /** What its command line begins with. */
  readonly prefix: readonly string[];
  /** The user it runs as, when that is another than this process's. */
  readonly user?: number;
  /** Whether Chromium's own sandbox is on. */
  readonly sandbox: boolean;
  /** Why it is not held in further, in a sentence; absent when all is on. */
  readonly warning?: string;
}

export interface ConfinementOptions {
  readonly path: string;
  readonly fontconfig?: string;
  /** Most bytes of memory for the data of one process. */
  readonly processBytes: number;
}

/** A user that owns nothing and is nobody else's: the last but one of the range for users made on the fly. */
const UNPRIVILEGED = 65_518;
/** Largest file a browser may write, and with it the largest piece of shared memory. */
const MOST_FILE_BYTES = 2 ** 30;
/** Processes and threads of all browsers of the unprivileged user. */
const MOST_PROCESSES = 8192;
/** Files one process may have open. */
const MOST_FILES = 8192;

const known = new Map<string, Promise<Confinement>>();

/**
 * Finds out, once, how tightly a browser can be held in here. Root hands the browser to a user that owns nothing, where the
 * browser and its fonts can be read by one; Chromium's sandbox is on unless that cannot be done and this is root, or where user namespaces
 * are closed to the unprivileged user. The network is a namespace without interfaces where the system has them, and
 * memory, files and processes are limited where it has `prlimit`.
 */
export function confinementOf(options: ConfinementOptions): Promise<Confinement> {
  const key = JSON.stringify(options);
  let found = known.get(key);
  if (!found) {
    found = findConfinement(options);
    known.set(key, found);
  }
  return found;
}

async function findConfinement({ path, fontconfig, processBytes }: ConfinementOptions): Promise<Confinement> {
  const root = process.getuid?.() === 0;
  if (process.platform !== "linux") return { prefix: [], sandbox: !root };
  const most = await working([
    "prlimit",
    `--data=${processBytes}`,
    `--fsize=${MOST_FILE_BYTES}`,
    `--nofile=${MOST_FILES}`,
    "--core=0",
  ]);
  const network = await working(
    root ? ["unshare", "--net"] : ["unshare", "--user", "--map-current-user", "--net"],
  );
  if (!root) return { prefix: [...most, ...network], sandbox: true };
  const ids = [`--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, "--clear-groups", "--inh-caps=-all"];
  const handing = ["setpriv", ...ids];
  const fewer = await working(["prlimit", `--nproc=${MOST_PROCESSES}`]);
  const dropped = [...most, ...fewer, ...network, ...handing];
  const obstacle = await obstacleTo(dropped, path, fontconfig);
  if (obstacle !== undefined)
    return {
      prefix: [...most, ...network],
      sandbox: false,
      warning: `This runs as root, and the browser cannot be handed to another user (${obstacle}), so Chromium's own sandbox is off: a page that breaks out of Chromium would be root, too. Run as another user to have the sandbox on.`,
    };
  const prefix = dropped;
  if (await succeeds([...handing, "unshare", "--user", "--map-current-user", "true"]))
    return { prefix, user: UNPRIVILEGED, sandbox: true };
  return {
    prefix,
    user: UNPRIVILEGED,
    sandbox: false,
    warning:
      "User namespaces are closed to ordinary users here, so Chromium's own sandbox is off; the browser runs as a user that owns nothing.",
  };
}

/** Why a browser does not run under such a prefix; undefined when it does. */
async function obstacleTo(
  prefix: readonly string[],
  path: string,
  fontconfig: string | undefined,
): Promise<string | undefined> {
  const profile = await makeProfile();
  try {
    chownSync(profile, UNPRIVILEGED, UNPRIVILEGED);
    if (!(await succeeds([...prefix, "true"]))) return "the system has no setpriv";
    if (!(await succeeds([...prefix, "test", "-w", profile])))
      return "the folder for its files is out of reach";
    for (const file of fontconfig === undefined ? [] : [fontconfig, ...fontFolders(fontconfig)])
      if (!(await succeeds([...prefix, "test", "-r", file]))) return `${file} is out of reach`;
    if (!(await succeeds([...prefix, path, "--version"]))) return `${path} is out of reach`;
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    await rm(profile, { recursive: true, force: true }).catch(() => {});
  }
}

function fontFolders(fontconfig: string): string[] {
  const text = readFileSync(fontconfig, "utf8");
  return [...text.matchAll(/<dir[^>]*>([^<]+)<\/dir>/g)].map(([, folder]) => String(folder));
}

async function working(prefix: readonly string[]): Promise<readonly string[]> {
  return (await succeeds([...prefix, "true"])) ? prefix : [];
}

function succeeds([command, ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command as string, args, { timeout: 20_000 }, (error) => resolve(error === null));
  });
}
