import type { ChecklistItem } from "../../env/contract/task.js";
import { type FactGroup, pageFacts } from "./facts.js";
import type { Page } from "./page.js";
import type { Fact } from "./section.js";
import { universalItems } from "./universal.js";

/** Points of a checklist: what the prompt asks for, and what is asked of every page. */
export const FACT_POINTS = 70;
export const UNIVERSAL_POINTS = 30;

/** Parts of the points of facts. All sections share `sections` alike; one alone has those of order and whole, too. */
const PARTS = { look: 7, brand: 9, order: 16, whole: 20, sections: 18 } as const;

/**
 * The items of a page, worth 100 points, each with a probe that the page's own reference fulfils. What the prompt asks for is worth 70:
 * the look, the brand, each section, their order and that they are all there and nothing else is, each fact an item of its own. What is asked of every page is worth 30,
 * and is taken on the content that is there.
 *
 * @param said what the prompt says of each section besides the section's own facts
 */
export function pageChecklist(page: Page, said: readonly (readonly Fact[])[] = []): ChecklistItem[] {
  const groups = pageFacts(page, said);
  const shares = groups.map(({ topic }) => shareOf(topic, page.sections.length));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const facts = groups.flatMap((group, index) => factItems(group, (FACT_POINTS * shares[index]!) / whole));
  return [...facts, ...universalItems(page, UNIVERSAL_POINTS)].map((item, id) => ({ id, ...item }));
}

function shareOf(topic: FactGroup["topic"], sections: number): number {
  if (topic === "look" || topic === "brand" || topic === "order" || topic === "whole") return PARTS[topic];
  return sections === 1 ? PARTS.sections + PARTS.order + PARTS.whole : PARTS.sections / sections;
}

/** Kinds of facts as people call them, where their topic's own name says less. */
const KINDS: Partial<Readonly<Record<FactGroup["topic"], string>>> = {
  hero: "opening",
  stats: "numbers",
  faq: "questions",
  order: "order of sections",
  whole: "all of it, nothing else",
};

function factItems({ topic, facts }: FactGroup, points: number): Omit<ChecklistItem, "id">[] {
  const whole = facts.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return facts.map(({ title, description, probe, weight = 1, kind = KINDS[topic] ?? topic }) => ({
    title: title.charAt(0).toUpperCase() + title.slice(1),
    description,
    maxScore: rounded((points * weight) / whole),
    probe,
    kind,
  }));
}

/** Points are written with three digits. */
function rounded(points: number): number {
  return Math.round(1000 * points) / 1000;
}
