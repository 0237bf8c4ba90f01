import type { Task } from "../../env/contract/task.js";
import { documentOf, escapeText } from "./markup.js";
import { TEMPLATES } from "./templates.js";
import type { Sample } from "./types.js";

/** A valid page with nothing on it. */
export const BLANK_PAGE = `<!DOCTYPE html>
<html lang="en">
<title>Page</title>
<body></body>
</html>`;

/** Pages on which nothing is written: white, and of one colour from edge to edge. `main` is the main colour of the reference. */
export function colourPages(main: string | null): Sample[] {
  const colours = {
    blue: "#2563eb",
    "light grey": "#eeeeee",
    ...(main ? { "the target's main colour": main } : {}),
  };
  return Object.entries(colours).map(([name, colour]) => ({
    rule: "colour-floor",
    name,
    text: documentOf("", `html,body{margin:0;height:100%;background:${colour}}`),
  }));
}

const REFUSAL = "I am sorry, but I cannot make that page.";

/** Answers that are no page. */
export function noPages(): Sample[] {
  return [
    { rule: "no-page-floor", name: "an empty answer", text: "" },
    { rule: "no-page-floor", name: "a refusal", text: REFUSAL },
    { rule: "no-page-floor", name: "a refusal in a fence", text: `\`\`\`html\n${REFUSAL}\n\`\`\`` },
  ];
}

/** The prompt handed back as a page: as plain text, as a paragraph, as a headline in a tidy document, as list items. */
export function echoPages({ prompt }: Pick<Task, "prompt">): Sample[] {
  const items = prompt.split(/(?<=[.:])\s+/).map((sentence) => `<li>${escapeText(sentence)}</li>`);
  const pages = {
    text: `<html>${escapeText(prompt)}</html>`,
    paragraph: documentOf(`<p>${escapeText(prompt)}</p>`),
    headline: documentOf(`<main><h1>${escapeText(prompt)}</h1></main>`),
    list: documentOf(`<main><h1>Request</h1><ul>${items.join("\n")}</ul></main>`),
  };
  return Object.entries(pages).map(([name, text]) => ({ rule: "echo-floor", name, text }));
}

/** Good-looking pages that answer no request in particular. */
export function templatePages(): Sample[] {
  return Object.entries(TEMPLATES).map(([name, text]) => ({ rule: "template-floor", name, text }));
}
