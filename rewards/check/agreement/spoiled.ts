import { withEnd, withStyle } from "../markup.js";
import type { Ruin } from "./ruins/index.js";

/** Pages of which one part alone is spoiled; null where the page lacks the part. */
export const SPOILED: Readonly<Record<string, Ruin>> = {
  "blank pictures": ({ html }) =>
    changed(html, html.replace(/(<figure[\s\S]*?<svg\b[^>]*>)[\s\S]*?(<\/svg>)/g, "$1$2")),
  "questions that do not open": ({ html }) =>
    changed(
      html,
      html.replace(
        /<details([^>]*)>\s*<summary([^>]*)>([\s\S]*?)<\/summary>[\s\S]*?<\/details>/g,
        `<div$1><div$2 role="button" tabindex="0" aria-expanded="false" onclick="this.ariaExpanded='true'">$3</div></div>`,
      ),
    ),
  "fields without a label to see": ({ html }) =>
    changed(
      html,
      html
        .replace(
          /<label\b[^>]*>([^<]+)<(input|textarea)\b([^>]*)>/g,
          (_, text: string, tag: string, rest: string) =>
            `<label aria-label="${text.trim()}"><${tag} aria-label="${text.trim()}"${rest}>`,
        )
        .replace(
          /<label\b[^>]*for="([^"]*)"[^>]*>([^<]+)<\/label>/g,
          (_, id: string, text: string) => `<span data-for="${id}" aria-label="${text.trim()}"></span>`,
        ),
    ),
  "a stamp over the cards": ({ html }) =>
    html.includes("<h3")
      ? withEnd(
          withStyle(
            html,
            ".stamp-over{position:absolute;z-index:9999;background:#b91c1c;pointer-events:none}",
          ),
          `<script>addEventListener("load",()=>{const all=[...document.querySelectorAll("h3")];const boxes=all.map(h=>h.parentElement.getBoundingClientRect());const l=Math.min(...boxes.map(b=>b.left)),t=Math.min(...boxes.map(b=>b.top)),r=Math.max(...boxes.map(b=>b.right)),o=Math.max(...boxes.map(b=>b.bottom));const s=document.createElement("div");s.className="stamp-over";s.style.cssText="left:"+(l+scrollX)+"px;top:"+(t+scrollY)+"px;width:"+(r-l)+"px;height:"+(o-t)+"px";document.body.append(s)})</script>`,
        )
      : null,
  "a foreign section below": ({ html, foreign }) => {
    const sections = foreign.match(/<section\b[\s\S]*?<\/section>/g) ?? [];
    const last = sections.filter((part) => !part.includes("<h1")).slice(0, 2);
    return last.length === 0 ? null : html.replace(/<\/main>/, () => `${last.join("\n")}</main>`);
  },
};

const changed = (before: string, after: string) => (after === before ? null : after);
