import type { Block } from "../part.js";

/** Looks a page is set in: what was asked for, and a choice where it was left open. */
export interface Look {
  readonly accent: string;
  readonly ground: string;
  readonly dark: boolean;
  readonly face: "serif" | "sans-serif";
  readonly align: "center" | "left";
}

export interface PageSpec {
  readonly title: string;
  readonly brand: string;
  readonly links: readonly string[];
  readonly menu: boolean;
  readonly headline: string;
  readonly lead: string;
  readonly action: string;
  readonly sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
  readonly footer: string | null;
  readonly look: Look;
}

/** A school of layout: a style sheet, a frame, and a form for every kind of content. Texts come escaped. */
export interface School {
  readonly name: string;
  css(look: Look): string;
  navigation(spec: { brand: string; links: readonly string[]; menu: boolean }): string;
  opening(spec: { headline: string; lead: string; button: string }): string;
  section(title: string, inner: string, index: number): string;
  footer(text: string): string;
  button(text: string, attributes: string): string;
  /** A quieter button, for tabs, filters and counters. */
  choice(text: string, attributes: string): string;
  /** Things side by side, as many in a row as there are. */
  row(items: readonly string[]): string;
  card(title: string, text: string): string;
  prices(items: readonly { name: string; price: string }[]): string;
  group(name: string, inner: string): string;
  table(head: readonly string[], rows: readonly (readonly string[])[], foot?: readonly string[]): string;
  field(label: string, id: string, type: string): string;
  fold(question: string, answer: string, id: string): string;
  quote(text: string, by: string): string;
  amount(amount: string, label: string): string;
  steps(items: readonly string[]): string;
  person(name: string, role: string): string;
  details(items: readonly { label: string; value: string }[]): string;
  list(items: readonly string[]): string;
}

/** The markup of every item, one a line. */
export const each = <T>(items: readonly T[], write: (item: T, index: number) => string): string =>
  items.map(write).join("\n");

/** Text as HTML. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** Text that can be read on the ground, and a fainter one. */
export function inks({ dark }: Look): { ink: string; faint: string; line: string; panel: string } {
  return dark
    ? { ink: "#f1f1f4", faint: "#c3c4cc", line: "#ffffff3d", panel: "#ffffff14" }
    : { ink: "#1b1c20", faint: "#484b54", line: "#00000026", panel: "#0000000a" };
}
