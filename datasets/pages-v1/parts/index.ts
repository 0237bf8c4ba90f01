import type { DrawPart } from "../part.js";
import {
  groupedPrices,
  numberedSteps,
  orderTotal,
  ranking,
  schedule,
  shares,
  sortedPrices,
} from "./arranged.js";
import { checkedForm, counter, filter, questions, tabs } from "./interactive.js";
import { call, contact, figures, people, praise, traits } from "./plain.js";

/** A kind of part with the lowest level it appears at. `needs` tells what shows the same content and must not stand beside it. */
export interface PartKind {
  readonly draw: DrawPart;
  readonly level: number;
  /** Of the parts of one family a page has one at most, as they draw on the same words. */
  readonly family: string;
}

export const PART_KINDS: readonly PartKind[] = [
  { draw: traits, level: 1, family: "traits" },
  { draw: sortedPrices, level: 1, family: "offers" },
  { draw: numberedSteps, level: 1, family: "steps" },
  { draw: figures, level: 1, family: "counts" },
  { draw: contact, level: 1, family: "contact" },
  { draw: groupedPrices, level: 2, family: "offers" },
  { draw: questions, level: 2, family: "questions" },
  { draw: people, level: 2, family: "people" },
  { draw: praise, level: 2, family: "praise" },
  { draw: schedule, level: 2, family: "events" },
  { draw: shares, level: 2, family: "counts" },
  { draw: checkedForm, level: 3, family: "form" },
  { draw: tabs, level: 3, family: "offers" },
  { draw: filter, level: 3, family: "offers" },
  { draw: counter, level: 3, family: "offers" },
  { draw: orderTotal, level: 3, family: "offers" },
  { draw: ranking, level: 3, family: "ranking" },
  { draw: call, level: 4, family: "call" },
];
