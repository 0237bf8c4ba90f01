import { HALF_MISSING, WRONG_CONTENT, WRONG_ORDER } from "./content.js";
import { COVERED } from "./covered.js";
import { MOVED } from "./moved.js";
import type { Ruin } from "./ruin.js";
import { EMPTY_SHELLS, TRAPS } from "./shells.js";
import { SPRAYS } from "./sprays.js";
import { UNREADABLE } from "./unreadable.js";

export type { Ruin, RuinInput } from "./ruin.js";

/** A family of ruined pages. Nobody could use a page of a `worthless` family; one of the others is worth a part. */
export interface RuinFamily {
  readonly worthless: boolean;
  readonly kinds: Readonly<Record<string, Ruin>>;
}

/** Ways to ruin a good page, in nine families. */
export const RUINS: Readonly<Record<string, RuinFamily>> = {
  unreadable: { worthless: true, kinds: UNREADABLE },
  covered: { worthless: true, kinds: COVERED },
  "moved away": { worthless: true, kinds: MOVED },
  traps: { worthless: true, kinds: TRAPS },
  sprays: { worthless: true, kinds: SPRAYS },
  "empty shells": { worthless: true, kinds: EMPTY_SHELLS },
  "wrong content": { worthless: false, kinds: WRONG_CONTENT },
  "wrong order": { worthless: false, kinds: WRONG_ORDER },
  "half missing": { worthless: false, kinds: HALF_MISSING },
};
