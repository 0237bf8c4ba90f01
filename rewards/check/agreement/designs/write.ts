import type { PageContent } from "../content.js";

/** Text as HTML. */
export function esc(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The markup of every item, joined. */
export function each<T>(items: readonly T[], write: (item: T, index: number) => string): string {
  return items.map(write).join("\n");
}

const MENU = `<style>[data-menu]{display:none}@media(max-width:480px){[data-menu]{display:inline-block;min-height:32px}body:not(.menu-open) [data-link]{display:none!important}}</style>`;

/** Controls of widgets are set as large as text where a design says nothing of them. */
const CONTROLS = "<style>:where(button,input,textarea){font-size:1rem}</style>";

/** A page with the behaviour its content asks for: the script of its widgets, and a menu button for phones. */
export function withBehaviour(html: string, { links, menu, script }: PageContent): string {
  let page = html;
  if (menu) {
    for (const link of links)
      page = page.replace(new RegExp(`<a ([^>]*)>${escapeRegExp(esc(link))}</a>`), (anchor, attributes) =>
        anchor.replace(attributes, () => `${attributes} data-link`),
      );
    page = page.replace(
      /<a [^>]* data-link>/,
      (anchor) => `<button type="button" data-menu aria-expanded="false">Menu</button>${anchor}`,
    );
    page = page.replace("</head>", () => `${MENU}</head>`);
  }
  if (script === "") return page;
  return page
    .replace("</head>", () => `${CONTROLS}</head>`)
    .replace("</body>", () => `<script>\n${script}\n</script>\n</body>`);
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A text as part of an `id`. */
export function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "part"
  );
}

/** A price with its period, as pricing cards write it: `$9` becomes `$9 / month`. */
export function priced(lines: readonly string[]): { price: string | null; rest: readonly string[] } {
  const price = lines.find((line) => /^[$€£]\s?\d/.test(line)) ?? null;
  return { price, rest: lines.filter((line) => line !== price && line !== "a month") };
}
