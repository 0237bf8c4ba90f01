import { withEnd, withStyle } from "../../markup.js";

/** What a ruin is made from. */
export interface RuinInput {
  /** A good page. */
  readonly html: string;
  /** The reference of another task. */
  readonly foreign: string;
  /** The words of the request. */
  readonly prompt: string;
  /** The brand that the page is for; "" when it is not known. */
  readonly brand: string;
  /** Names of other brands. */
  readonly rivals: readonly string[];
}

/** Turns a good page into one of known worth; null where the page has nothing to ruin in this way. */
export type Ruin = (input: RuinInput) => string | null;

/** A ruin by rules that come after the page's own. */
export function styled(css: string): Ruin {
  return ({ html }) => withStyle(html, css);
}

/** A ruin by markup at the end of the page's body. */
export function ended(markup: string, css = ""): Ruin {
  return ({ html }) => withEnd(css === "" ? html : withStyle(html, css), markup);
}

/** Whatever holds text. */
export const TEXTS =
  "h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite,blockquote,b,span,dt,dd,footer";

/** Blocks that hold a text of their own. */
export const BLOCKS = "h1,h2,h3,p,a,button,li,td,th,summary,label,figcaption,cite";

/** The sections of a page below its opening, as they stand in its source; at least two, else none. */
export function sectionsOf(html: string): string[] {
  const found = html.match(/<section\b[\s\S]*?<\/section>/g) ?? [];
  const whole = found.filter((part) => !part.includes("<h1"));
  return whole.length >= 2 ? whole : [];
}

/** The page with one section for another, in order. */
export function withSections(html: string, from: readonly string[], to: readonly string[]): string {
  let at = 0;
  const marks = from.map((part, i) => [part, `\u0000${i}\u0000`] as const);
  const marked = marks.reduce((text, [part, mark]) => text.replace(part, () => mark), html);
  return marks.reduce((text, [, mark]) => text.replace(mark, () => to[at++] ?? ""), marked);
}

/** Every run of text between tags in the body, rewritten. */
export function rewritten(html: string, rewrite: (text: string) => string): string {
  const start = /<body[^>]*>|<\/style>/gi;
  let from = 0;
  for (let match = start.exec(html); match; match = start.exec(html)) from = match.index + match[0].length;
  return (
    html.slice(0, from) +
    html
      .slice(from)
      .replace(/<script[\s\S]*?<\/script>|>([^<]+)</g, (all, text?: string) =>
        text === undefined || text.trim() === "" ? all : `>${rewrite(text)}<`,
      )
  );
}
