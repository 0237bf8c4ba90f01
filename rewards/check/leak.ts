import type { Task } from "../../env/contract/task.js";

/** A line of the reference this long does not stand in a prompt by chance. */
const TELLING = 40; // characters

/** What of the answer the agent is shown; null when nothing is. The prompt may name texts, never source or probes. */
export function leakOf({ prompt, reference, checklist = [] }: Task): string | null {
  const shown = flatten(prompt);
  const sources = [reference?.html, reference?.tsx, ...Object.values(reference?.files ?? {})];
  for (const source of sources) {
    const line = (source ?? "")
      .split("\n")
      .map(flatten)
      .find((text) => text.length >= TELLING && /[<{;]/.test(text) && shown.includes(text));
    if (line !== undefined)
      return `The prompt holds this line of the reference's source: ${line.slice(0, 80)}`;
  }
  for (const { title, description, probe } of checklist) {
    if (description.length >= TELLING && shown.includes(flatten(description)))
      return `The prompt holds the description of the checklist item "${title}".`;
    if (probe && prompt.includes(JSON.stringify(probe))) return `The prompt holds the probe of "${title}".`;
  }
  return null;
}

const flatten = (text: string) => text.replace(/\s+/g, " ").trim();
