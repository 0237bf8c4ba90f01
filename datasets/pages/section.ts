import type { Probe, Query } from "../../env/contract/probe.js";
import type { RandomStream } from "../../infra/random.js";
import type { StyleName } from "./styles.js";

export type SectionName =
  | "navigation"
  | "hero"
  | "cards"
  | "pricing"
  | "table"
  | "form"
  | "gallery"
  | "testimonials"
  | "faq"
  | "stats"
  | "steps"
  | "call"
  | "footer";

/** One thing the prompt asks for, and the probe that tells whether the page has it. */
export interface Fact {
  /** A few words, e.g. `plans and prices`. */
  readonly title: string;
  /** A sentence a judge without probes can score by. */
  readonly description: string;
  readonly probe: Probe;
  /** How much it counts among the facts of its section; default 1. */
  readonly weight?: number;
  /** Kind it is reported under, e.g. `headline`; default that of its section. */
  readonly kind?: string;
}

/** One way to ask for a section, with what only this way says. */
export interface Request {
  /** A noun phrase. */
  readonly text: string;
  /** Facts besides those of the section. */
  readonly facts: readonly Fact[];
}

/** A way to ask for a section that says what its facts check and no more, or one that says more. */
export type Wording = string | Request;

/** Content that the universal checks are taken on. */
export interface Subject {
  readonly query: Query;
  readonly kind: "heading" | "text" | "control" | "field" | "figure";
  /** Whether it may stand in any landmark; default false. */
  readonly anywhere?: boolean;
}

/** One part of a page: what is asked, how the reference answers, how an answer is checked. All of it is data. */
export interface Section {
  readonly name: SectionName;
  readonly landmark: "main" | "navigation" | "contentinfo";
  /** Ways to ask for it, each a noun phrase that says everything the facts check, and maybe more. */
  readonly requests: readonly Wording[];
  /** Reference HTML, one element a line. */
  readonly lines: readonly string[];
  /** CSS rules that the lines need. */
  readonly styles: readonly StyleName[];
  readonly facts: readonly Fact[];
  /** The first one stands for the section when the order of sections is checked. */
  readonly subjects: readonly Subject[];
}

/** What a section may draw on besides chance. */
export interface PageContext {
  /** E.g. `Luma`. */
  readonly brand: string;
  /** E.g. `coffee bar`; takes the article "a". */
  readonly topic: string;
  /** The rest of the sentence "Luma is a coffee bar ...". */
  readonly tail: string;
  readonly level: number;
}

/** Draws one section of a page. */
export type DrawSection = (random: RandomStream, page: PageContext) => Section;

/** How many items a list gets: two or three, fewer threes on pages with many sections. */
export function itemCount(random: RandomStream, { level }: PageContext): number {
  return random.next() < (level >= 4 ? 0.3 : 0.5) ? 3 : 2;
}

/** `A, B and C`; with `last` another word than "and". */
export function listed(items: readonly string[], last = "and"): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** `a Send button`, `an Ask us button`. */
export function buttonNamed(text: string): string {
  return `${/^[AEIOU]/.test(text) ? "an" : "a"} ${text} button`;
}

const NUMBER_WORDS = ["no", "one", "two", "three", "four", "five", "six"];

/** `three` for a list of three. */
export function counted(items: readonly unknown[]): string {
  return NUMBER_WORDS[items.length] ?? String(items.length);
}

/** The mean of one `exists` probe per query. */
export function allExist(queries: readonly Query[]): Probe {
  return { kind: "all", of: queries.map((query) => ({ kind: "exists", query })) };
}

/** A way to ask that says more than others. */
export function saying(text: string, ...facts: readonly Fact[]): Request {
  return { text, facts };
}

/** Subjects of one kind. */
export function subjects(kind: Subject["kind"], queries: readonly Query[]): Subject[] {
  return queries.map((query) => ({ query, kind }));
}
