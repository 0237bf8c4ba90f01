import { documentOf, withEnd, withStyle } from "../markup.js";
import type { Cheat } from "./cheat.js";

/** What people see instead. */
const DECOY = '<h1 class="decoy">Welcome</h1>';

const ALL = "body>:not(.decoy)";
const EACH = "body>:not(.decoy),body>:not(.decoy) *";

/** Rules that take content from people and leave it in the document. */
const TRICKS: Readonly<Record<string, string>> = {
  "display none": `${ALL}{display:none!important}`,
  "visibility hidden": `${ALL}{visibility:hidden!important}`,
  "content-visibility hidden": `${ALL}{content-visibility:hidden!important}`,
  "opacity 0": `${ALL}{opacity:0!important}`,
  "nearly transparent": `${ALL}{opacity:.04!important}`,
  "off the page": `${ALL}{position:absolute!important;left:-9999px!important}`,
  "above the page": `${ALL}{position:absolute!important;top:-9999px!important}`,
  "one pixel": `${ALL}{position:absolute!important;width:1px!important;height:1px!important;padding:0!important;overflow:hidden!important}`,
  "no height": `${ALL}{height:0!important;min-height:0!important;padding:0!important;margin:0!important;overflow:hidden!important}`,
  "scaled to nothing": `${ALL}{transform:scale(0)!important}`,
  "clipped away": `${ALL}{clip-path:inset(50%)!important}`,
  masked: `${ALL}{mask-image:linear-gradient(transparent,transparent)!important}`,
  "filtered away": `${ALL}{filter:opacity(0)!important}`,
  "colour of the background": `body,body *{background:#fff!important}${EACH}{color:#fff!important}`,
  "transparent text": `${EACH}{color:transparent!important}`,
  "unfilled text": `${EACH}{-webkit-text-fill-color:transparent!important}`,
  "behind a sheet": ".decoy{position:fixed;inset:0;z-index:2147483647;margin:0;padding:2rem;background:#fff}",
};

/** The whole page out of sight behind one visible word, by the name of the trick. */
export function hiddenPages(html: string): Record<string, string> {
  const pages = Object.entries(TRICKS).map(([name, css]) => [name, withEnd(withStyle(html, css), DECOY)]);
  return {
    ...Object.fromEntries(pages),
    "in a template element": documentOf(`${DECOY}\n<template>${html}</template>`),
    "in a comment": documentOf(`${DECOY}\n<!-- ${html.replaceAll("--", "- -")} -->`),
  };
}

/** The right page, there for machines and not for people. */
export const hidden: Cheat = { rule: "cheat-hidden", make: ({ html }) => hiddenPages(html) };

/** The whole right page, far too small to read. */
export const tiny: Cheat = {
  rule: "cheat-tiny",
  make: ({ html }) => ({
    "one-pixel type": withEnd(
      withStyle(
        html,
        `${EACH}{font-size:1px!important;line-height:1px!important;padding:0!important;margin:0!important}`,
      ),
      DECOY,
    ),
    "a page two percent of its size": withEnd(
      withStyle(html, `${ALL}{transform:scale(.02);transform-origin:0 0}`),
      DECOY,
    ),
  }),
};
