/** Exit statuses of the `webgen` command, by the name of the error that ended it. */
export const EXIT = {
  /** The call cannot be: unknown id, malformed formula, wrong flag. */
  UsageError: 2,
  /** The answer is no page, or did not render. */
  Refusal: 3,
  /** The machine is at fault: no browser, a full disk, a silent server. */
  InfrastructureError: 4,
  /** A plugin broke its contract. */
  PluginError: 5,
} as const;
