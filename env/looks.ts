import type { RenderRequest } from "./contract/rendered-page.js";
import type { Need } from "./contract/scoring.js";

/**
 * What can keep letters from being read without touching where they stand, taken back: `page.plain` shows the text that
 * `page` should show. Backgrounds are gone and all text is black, so what is dark is text.
 */
export const PLAIN_CSS = `
*, *::before, *::after, *::first-line, *::first-letter, *::placeholder, *::marker {
  color: #000 !important; -webkit-text-fill-color: currentColor !important; -webkit-text-stroke: 0 !important;
  text-shadow: none !important; text-decoration: none !important; -webkit-text-security: none !important;
  background: none !important; opacity: 1 !important;
}
*, *::before, *::after {
  filter: none !important; backdrop-filter: none !important; mix-blend-mode: normal !important; box-shadow: none !important;
  mask: none !important; clip-path: none !important; border-color: transparent !important; outline: none !important;
}
:root { background: #fff !important }
`;

/** Milliseconds to the second look at what moves: no multiple of the usual periods of a blink. */
export const LATER = 730;

/** What a render is asked for, besides the picture, so that these needs can be met. */
export function looksFor(needs: ReadonlySet<Need>): Pick<RenderRequest, "plainCss" | "later"> {
  return {
    ...(needs.has("legibility") ? { plainCss: PLAIN_CSS } : {}),
    ...(needs.has("motion") ? { later: LATER } : {}),
  };
}
