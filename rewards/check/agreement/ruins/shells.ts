import { documentOf } from "../../markup.js";
import { BLOCKS, ended, type Ruin, rewritten, styled } from "./ruin.js";

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
      /<(?!title|style|script|option|textarea)([a-z]+\d?)\b([^>]*)>([^<]*\S[^<]*)</g,
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
  "flashing ten times a second": styled(
    "@keyframes flash{0%,49%{opacity:1}50%,100%{opacity:0}}body{animation:flash .1s steps(1) infinite}",
  ),
  "every text jumping about": styled(
    `@keyframes jump{25%{translate:34px 20px}50%{translate:-30px -24px}75%{translate:20px -30px}}${BLOCKS},body :not(:has(*)){animation:jump .12s steps(1) infinite}`,
  ),
  "gone after four seconds": ended(`<script>setTimeout(()=>{document.body.textContent=""},4000)</script>`),
  "gone at the first turn of the wheel": ended(
    `<script>addEventListener("wheel",()=>{document.body.textContent=""})</script>`,
  ),
  "gone at the first touch": ended(
    `<script>addEventListener("touchstart",()=>{document.body.textContent=""})</script>`,
  ),
  "gone when another window comes to the front": ended(
    `<script>addEventListener("blur",()=>{document.body.textContent=""})</script>`,
  ),
  "gone on a screen of twice the pixels": styled(
    "@media (min-resolution:1.5dppx){body{display:none!important}}",
  ),
  "other letters at the first move of the pointer": ended(
    `<script>addEventListener("mousemove",()=>{const w=document.createTreeWalker(document.body,4);for(let n;n=w.nextNode();)n.nodeValue=n.nodeValue.replace(/[a-z]/gi,c=>"qzxvkjwypf"[c.charCodeAt(0)%10])},{once:true})</script>`,
  ),
  "thrown back to the top at each scroll": ended(
    `<script>addEventListener("scroll",()=>scrollTo(0,0))</script>`,
    "body{min-height:230vh}",
  ),
};
