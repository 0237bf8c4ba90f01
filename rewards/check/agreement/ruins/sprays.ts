import { documentOf, escapeText } from "../../markup.js";
import type { Ruin } from "./ruin.js";

const phrases = (prompt: string) =>
  prompt
    .split(/[.,:\n"]|\bthen\b|\band\b|\bwith\b|\bbelow it\b|\babove\b/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Pages that hold every word that might be asked for, in every role, and say nothing. */
export const SPRAYS: Readonly<Record<string, Ruin>> = {
  "every phrase as a heading": ({ prompt, brand }) =>
    documentOf(
      `<main><h1>${escapeText(brand)}</h1>${phrases(prompt)
        .map((text) => `<h2>${escapeText(text)}</h2>`)
        .join("\n")}</main>`,
    ),
  "every phrase in every role": ({ prompt, brand }) => {
    const all = phrases(prompt).map(escapeText);
    const each = (write: (text: string) => string) => all.map(write).join("");
    return documentOf(
      `<nav><b>${escapeText(brand)}</b>${each((text) => `<a href="#">${text}</a> `)}</nav><main>${each((text) => `<h1>${text}</h1>`)}${each((text) => `<button>${text}</button>`)}<ol>${each((text) => `<li>${text}</li>`)}</ol><table><tr>${each((text) => `<th>${text}</th>`)}</tr><tr>${each((text) => `<td>${text}</td>`)}</tr></table>${each((text) => `<label>${text}<input></label>`)}${each((text) => `<details><summary>${text}</summary>${text}</details>`)}${each((text) => `<figure>${text}<figcaption>${text}</figcaption></figure>`)}</main><footer>${all.join(" ")}</footer>`,
      "body{font:14px sans-serif}",
    );
  },
  "every brand at once": ({ html, brand, rivals }) =>
    brand === ""
      ? null
      : html
          .replace(new RegExp(`>${brand}<`, "g"), () => `>${[brand, ...rivals].join(" ")}<`)
          .replace(/<h1([^>]*)>/, `<h1$1>${rivals.join(" ")} `),
  "words of the request without end": ({ prompt }) =>
    documentOf(
      `<main><h1>${escapeText(prompt.slice(0, 60))}</h1>${`<p>${escapeText(prompt)}</p>`.repeat(12)}</main>`,
    ),
  "single words in a grid": ({ prompt }) =>
    documentOf(
      `<main>${prompt
        .split(/\s+/)
        .map((word) => `<span>${escapeText(word)}</span>`)
        .join(" ")}</main>`,
      "main{display:grid;grid-template-columns:repeat(8,1fr);gap:4px}",
    ),
  "the page five times over": ({ html }) => {
    const body = /<main[\s\S]*<\/main>/.exec(html)?.[0];
    return body === undefined ? null : html.replace(body, () => Array(5).fill(body).join("\n"));
  },
};
