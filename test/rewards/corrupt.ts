import { type Corruption, CORRUPTIONS as SHIPPED } from "../../rewards/check/index.js";

/** The shipped ways to make a good page worse, by short names. */
export const CORRUPTIONS: Readonly<Record<string, Corruption>> = Object.fromEntries(
  Object.entries(SHIPPED).map(([rule, corrupt]) => [rule.replace("damage-", ""), corrupt]),
);
