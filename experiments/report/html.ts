/** Text that is HTML already. Only `html` and `trusted` make it, so whatever else is put into a page is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in an `html` template. Null, undefined and false are left out. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** Escapes a text for use between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/**
 * A piece of HTML; every value put in is escaped unless it is a Markup itself.
 *
 * @example
 * html`<b title="${name}">${items.map((item) => html`<i>${item}</i>`)}</b>`;
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.map((string, i) => string + render(values[i])).join(""));
}

/** Takes a text as HTML without escaping it. Never for anything a task, a policy or a page wrote. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** JSON for a `<script type="application/json">`: nothing in it can end the script. */
export function jsonForScript(value: unknown): Markup {
  return trusted(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

function render(content: Content): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(render).join("");
  return escapeHtml(String(content));
}
