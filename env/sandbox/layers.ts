import { execFile } from "node:child_process";

/**
 * What stands around a worker besides being a process of its own with a deadline and a limited JavaScript heap, which
 * always holds:
 * - `memory`: the system bounds its memory, native code's and that of helper processes included (`ulimit -d`);
 * - `namespaces`: it sees no process but its own and no network;
 * - `capabilities`: it has no right of the superuser and cannot get any;
 * - `no files`: its root folder is empty, read-only and the only file system there is.
 */
export type Layer = "memory" | "namespaces" | "capabilities" | "no files";

/** Programs to run a worker through. */
export interface Wrapping {
  readonly namespaces: readonly string[];
  readonly capabilities: readonly string[];
}

let found: Promise<Wrapping> | undefined;

/** Finds out, once, what the system allows. */
export function wrapping(): Promise<Wrapping> {
  found ??= findWrapping();
  return found;
}

const OWN = ["--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child"];
const NO_CAPABILITIES = ["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];

async function findWrapping(): Promise<Wrapping> {
  if (process.platform !== "linux") return { namespaces: [], capabilities: [] };
  const asUser = ["unshare", "--user", "--map-root-user", ...OWN];
  const candidates = process.getuid?.() === 0 ? [["unshare", ...OWN], asUser] : [asUser];
  for (const namespaces of candidates)
    if (await succeeds([...namespaces, "true"])) {
      const capable = await succeeds([...namespaces, ...NO_CAPABILITIES, "true"]);
      return { namespaces, capabilities: capable ? NO_CAPABILITIES : [] };
    }
  return { namespaces: [], capabilities: [] };
}

function succeeds([command, ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command as string, args, { timeout: 10_000 }, (error) => resolve(error === null));
  });
}

/**
 * A shell script that starts a worker, empties its root folder on the word `seal`, and ends it with all it started when
 * its own input ends, as it does when the supervisor dies. Arguments: most memory of a process in KiB, a folder to mount on,
 * whether there are namespaces (`yes`, `no`), then the worker's program. It prints the layers that hold, then `ready`;
 * and `over` when the worker has ended.
 *
 * The root of a running process is moved by `pivot_root`, so the worker loads its modules from the real file system first.
 * The links let `umount` find itself and its libraries once the old root lies at `/.o`; without it, they lead nowhere.
 */
export const SUPERVISING_SCRIPT = `
memory=$1 place=$2 own=$3; shift 3
ulimit -c 0
ulimit -d "$memory" 2>/dev/null && echo memory
{ "$@" </dev/null >/dev/null; echo over; } &
exec 3<&- 4>&-
empty() {
  mount --make-rprivate / &&
  mount -t tmpfs -o size=256k,nr_inodes=256,mode=755 none "$place" &&
  mkdir "$place/.o" || return 1
  for name in bin sbin lib lib32 lib64 libx32 usr proc nix gnu etc; do
    [ -e "/$name" ] && ln -s ".o/$name" "$place/$name"
  done
  cd / && pivot_root "$place" "$place/.o" && cd / && mount -o remount,bind,ro / && umount -l /.o
}
read -r word
if [ "$own" = yes ] && [ "$word" = seal ]; then
  echo namespaces
  empty >&2 && echo "no files"
fi
echo ready
read -r word
kill -KILL 0
exit 1
`;
