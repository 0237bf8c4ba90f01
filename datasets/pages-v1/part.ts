import type { Probe, Query } from "../../env/contract/probe.js";
import type { RandomStream } from "../../infra/random.js";
import type { Fact, Subject } from "../pages/section.js";
import type { Topic } from "./lexicon/index.js";

export { counted, listed } from "../pages/section.js";

/** Content of a part, before any school of design gives it a form. */
export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "button"; readonly text: string }
  | { readonly kind: "cards"; readonly items: readonly { title: string; text: string }[] }
  /** Names with prices, under headings where there are groups. */
  | {
      readonly kind: "prices";
      readonly groups: readonly { name: string | null; items: readonly { name: string; price: string }[] }[];
    }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly foot?: readonly string[];
    }
  /** `error` is shown when the field `required` is empty. */
  | {
      readonly kind: "form";
      readonly fields: readonly { label: string; type: string }[];
      readonly submit: string;
      readonly required: string;
      readonly error: string;
    }
  | { readonly kind: "questions"; readonly items: readonly { question: string; answer: string }[] }
  | { readonly kind: "quotes"; readonly items: readonly { text: string; by: string }[] }
  | { readonly kind: "amounts"; readonly items: readonly { amount: string; label: string }[] }
  | { readonly kind: "steps"; readonly items: readonly string[] }
  | { readonly kind: "tabs"; readonly tabs: readonly { label: string; lines: readonly string[] }[] }
  | {
      readonly kind: "filter";
      readonly groups: readonly string[];
      readonly items: readonly { name: string; group: string }[];
    }
  /** A quantity with buttons that change it, and a total: `currency` stands before the number. */
  | {
      readonly kind: "counter";
      readonly item: string;
      readonly price: number;
      readonly currency: string;
      readonly more: string;
      readonly less: string;
    }
  | { readonly kind: "people"; readonly items: readonly { name: string; role: string }[] }
  | { readonly kind: "details"; readonly items: readonly { label: string; value: string }[] };

/** One part of a page: how it is asked for, what it holds, and how an answer is checked. */
export interface Part {
  readonly name: string;
  /** Ways to ask for it, each a noun phrase that says everything its facts check. */
  readonly asks: readonly string[];
  /** The same as whole sentences. */
  readonly sentences: readonly string[];
  /** Headings that fit; the prompt does not ask for one. */
  readonly titles: readonly string[];
  readonly blocks: readonly Block[];
  readonly facts: readonly Fact[];
  /** Content that universal rules are taken on; the first stands for the part when order is checked. */
  readonly subjects: readonly Subject[];
}

/** What a part may draw on besides chance. */
export interface PartContext {
  readonly topic: Topic;
  readonly brand: string;
  /** `$`, `€` or `£`. */
  readonly currency: string;
  readonly year: number;
}

export type DrawPart = (random: RandomStream, context: PartContext) => Part;

export const exists = (query: Query): Probe => ({ kind: "exists", query });
export const says = (text: string): Probe => exists({ includes: text });
/** Nothing says exactly this. */
export const gone = (text: string): Probe => ({ kind: "count", query: { text }, equals: 0 });
export const all = (of: readonly Probe[]): Probe => ({ kind: "all", of });
export const inOrder = (texts: readonly string[]): Probe => ({
  kind: "order",
  queries: texts.map((text) => ({ text })),
});
/** A click on what has this text, and what must hold after it. */
export const clicked = (text: string, expect: readonly Probe[]): Probe => ({
  kind: "click",
  query: { role: ["button", "tab", "link", "radio"], text },
  expect,
});

/** Subjects of one kind, one for each text. */
export function subjectsOf(kind: Subject["kind"], texts: readonly string[]): Subject[] {
  return texts.map((text) => ({ query: { text }, kind }));
}
