/** Exit statuses of every `webgen` command; 0 is success. */
export const EXIT = {
  /** The answer is no page, a check found something, a server stayed silent, a disk is full, a plugin broke. */
  failed: 1,
  /** The call cannot be: an unknown name, a malformed formula, a wrong option. */
  usage: 2,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;
