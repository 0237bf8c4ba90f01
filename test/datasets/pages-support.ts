import { type Look, PALETTES } from "../../datasets/pages/look.js";
import type { Page } from "../../datasets/pages/page.js";
import type { Section } from "../../datasets/pages/section.js";

export const LOOK: Look = { palette: PALETTES[0]!, theme: "light", face: "serif", scale: "large" };
export const says = (includes: string) => ({ kind: "exists" as const, query: { includes } });
export const section = (name: Section["name"], changes: Partial<Section> = {}): Section => ({
  name,
  landmark: "main",
  requests: [`a ${name}`],
  lines: [`<p>${name}</p>`],
  styles: [],
  facts: [
    { title: "small", description: "Small.", probe: says("small"), weight: 0.5 },
    { title: "big one", description: "Big.", probe: says(`big ${name}`), weight: 1.5 },
    { title: "other", description: "Other.", probe: says("other") },
  ],
  subjects: [
    { query: { text: `${name} text` }, kind: "text" },
    { query: { text: `${name} anywhere` }, kind: "figure", anywhere: true },
  ],
  ...changes,
});
export const HEADLINE = { role: "heading", level: 1, like: "Hello" };
export const BUTTON = { role: ["button", "link"], text: "Go" };
export const hero = section("hero", {
  facts: [{ title: "headline", description: "It has one.", probe: says("Hello") }],
  subjects: [
    { query: HEADLINE, kind: "heading" },
    { query: BUTTON, kind: "control" },
    { query: { role: "textbox", label: "Email" }, kind: "field" },
  ],
});
export const page = (...sections: Section[]): Page => ({
  brand: "Luma",
  topic: "bar",
  level: 2,
  look: LOOK,
  sections,
});
export const foot = section("footer", {
  landmark: "contentinfo",
  subjects: [{ query: { text: "end" }, kind: "text" }],
});
export const PAGE = page(hero, section("stats"), foot);

export const names = ({ sections }: Page) => sections.map(({ name }) => name);
