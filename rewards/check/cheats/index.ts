import type { Sample } from "../types.js";
import type { Cheat, CheatInput } from "./cheat.js";
import { hidden, tiny } from "./hidden.js";
import { boxes, picture } from "./pictures.js";
import { late, oneWindow, patched, sniffing, vanishing } from "./scripts.js";
import { dead, dump, injection, routes } from "./texts.js";

export type { Cheat, CheatInput, CheatPages } from "./cheat.js";
export { hiddenPages } from "./hidden.js";

/** All cheats the checker knows. */
export const CHEATS: readonly Cheat[] = [
  picture,
  hidden,
  tiny,
  dump,
  boxes,
  sniffing,
  oneWindow,
  injection,
  dead,
  routes,
  vanishing,
  late,
  patched,
];

/** The pages of all cheats for a task, and why some families have none. */
export async function cheatPages(
  input: CheatInput,
): Promise<{ readonly samples: Sample[]; readonly skipped: { rule: Cheat["rule"]; reason: string }[] }> {
  const samples: Sample[] = [];
  const skipped: { rule: Cheat["rule"]; reason: string }[] = [];
  for (const { rule, make } of CHEATS) {
    const pages = await make(input);
    if (typeof pages === "string") skipped.push({ rule, reason: pages });
    else samples.push(...Object.entries(pages).map(([name, text]) => ({ rule, name, text })));
  }
  return { samples, skipped };
}
