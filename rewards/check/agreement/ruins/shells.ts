import { documentOf } from "../../markup.js";
import { ended, type Ruin, rewritten, styled } from "./ruin.js";

/** Pages that look built and hold nothing. */
export const EMPTY_SHELLS: Readonly<Record<string, Ruin>> = {
  "bars in place of words": ({ html }) =>
    rewritten(
      html,
      (text) =>
        `<i style="display:inline-block;width:${Math.min(24, text.trim().length / 2)}em;height:.8em;background:#8886"></i>`,
    ),
  "a page that loads for ever": () =>
    documentOf(
      `<main><div role="status" class="spinner"></div><p>Loading …</p></main>`,
      "main{display:grid;place-items:center;min-height:90vh}.spinner{width:40px;height:40px;border:4px solid #ccc;border-top-color:#333;border-radius:50%}",
    ),
  "coming soon": ({ brand }) =>
    documentOf(
      `<nav><b>${brand}</b></nav><main><h1>${brand}</h1><p>Our new page is coming soon.</p></main>`,
      "body{font:18px sans-serif;text-align:center}",
    ),
  "content only in attributes": ({ html }) =>
    html.replace(
      /<(h\d|p|a|button|li|td|th|summary|label|figcaption|cite|b)\b([^>]*)>([^<]+)</g,
      (_, tag: string, rest: string, text: string) =>
        `<${tag}${rest} aria-label="${text.replaceAll('"', "&quot;")}" title="${text.replaceAll('"', "&quot;")}"><`,
    ),
};

/** Pages that are right for one look only. */
export const TRAPS: Readonly<Record<string, Ruin>> = {
  "gone under the pointer": styled("html:hover body>*{visibility:hidden!important}"),
  "gone at the first move of the pointer": ended(
    `<script>addEventListener("mousemove",()=>{document.body.textContent=""})</script>`,
  ),
  "gone at the first scroll": ended(
    `<script>addEventListener("scroll",()=>{document.body.textContent=""},true)</script>`,
    "body{min-height:101vh}",
  ),
  "gone at the first click": ended(
    `<script>addEventListener("click",()=>{document.body.textContent=""},true)</script>`,
  ),
  "gone at the first key": ended(
    `<script>addEventListener("keydown",()=>{document.body.textContent=""},true)</script>`,
  ),
  "a strobe of one second": styled(
    "@keyframes strobe{0%,1%{opacity:1}2%,98%{opacity:0}99%,100%{opacity:1}}body{animation:strobe 1s steps(1) infinite}",
  ),
  "a strobe whose period divides ten seconds": styled(
    "@keyframes strobe{0%,4%{opacity:1}5%,95%{opacity:0}96%,100%{opacity:1}}body{animation:strobe 2.5s steps(1) infinite}",
  ),
  "flying about without end": styled(
    "@keyframes fly{25%{transform:translate(90vw,40vh)}50%{transform:translate(-90vw,60vh)}75%{transform:translate(40vw,-80vh)}}main,nav,footer,[role=main]{animation:fly 1s linear infinite}",
  ),
  "spinning without end": styled(
    "@keyframes spin{to{transform:rotate(360deg)}}body>*{animation:spin .7s linear infinite}",
  ),
};
