import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/** How far processes step back, on the scale of `nice`. */
const BACKGROUND = 15;

/**
 * Lets all other processes go before these, or gives them their place back, which only root may. False when the system did not
 * allow it. Linux shares the processor between sessions before it looks at processes, so the session's value is set, too.
 *
 * @param pids of one session, its leader first
 */
export function setBackground(pids: readonly number[], background: boolean): boolean {
  const nice = background ? BACKGROUND : 0;
  let allowed = true;
  for (const pid of pids) {
    try {
      setPriority(pid, nice);
    } catch (error) {
      // A process that has ended has no priority, and needs none.
      if (!String(error).includes("ESRCH")) allowed = false;
    }
  }
  try {
    writeFileSync(`/proc/${pids[0]}/autogroup`, String(nice));
  } catch {
    // No such grouping on this system.
  }
  return allowed;
}
