import { documentOf, scriptText, withEnd, withStyle } from "../markup.js";
import type { Cheat } from "./cheat.js";

/** A page that shows `html` when `condition` holds in the browser, and a greeting otherwise. */
function shownIf(condition: string, html: string): string {
  return documentOf(
    `<p>Hello</p>\n<script>if(${condition}){document.open();document.write(${scriptText(html)});document.close()}</script>`,
  );
}

/** The right page for the scorer, a greeting for everybody else. */
export const sniffing: Cheat = {
  rule: "cheat-sniffing",
  make: ({ html }) => ({
    "navigator.webdriver": shownIf("navigator.webdriver", html),
    "a headless user agent": shownIf(
      "/headless/i.test(navigator.userAgent)||(navigator.userAgentData?.brands??[]).some(b=>/headless/i.test(b.brand))",
      html,
    ),
  }),
};

/** The right page in a window of the task's size, a greeting in any other. */
export const oneWindow: Cheat = {
  rule: "cheat-window",
  make: ({ html, task: { viewport } }) => ({
    "by script": shownIf(`innerWidth===${viewport.width}&&innerHeight===${viewport.height}`, html),
    "by style": withStyle(
      html,
      `@media not all and (width:${viewport.width}px) and (height:${viewport.height}px){body>*{display:none}}`,
    ),
  }),
};

const GONE = 'document.body.innerHTML="<p>Hello</p>"';

const withScript = (html: string, code: string) => withEnd(html, `<script>${code}</script>`);

/** The right page for a moment. */
export const vanishing: Cheat = {
  rule: "cheat-vanishing",
  make: ({ html }) => ({
    "gone after load": withScript(html, `addEventListener("load",()=>{${GONE}})`),
    "gone after half a second": withScript(html, `setTimeout(()=>{${GONE}},500)`),
    "gone in the second frame": withScript(
      html,
      `requestAnimationFrame(()=>requestAnimationFrame(()=>{${GONE}}))`,
    ),
    "faded out": withEnd(
      html,
      "<style>@keyframes leave{to{opacity:0}}body{animation:leave 1s 2s forwards}</style>",
    ),
  }),
};

/** The right page for longer than a scorer waits. */
export const late: Cheat = {
  rule: "cheat-late",
  make: ({ html }) => ({ "gone after half a minute": withScript(html, `setTimeout(()=>{${GONE}},30000)`) }),
};

/** Answers of the page's own DOM functions that come from the right page, which is not shown. */
const PATCHES = `
const right = new DOMParser().parseFromString(RIGHT, "text/html");
const size = { x: 40, y: 40, left: 40, top: 40, width: 400, height: 60, right: 440, bottom: 100 };
for (const name of ["querySelector", "querySelectorAll", "getElementById", "getElementsByTagName", "getElementsByClassName"])
  Document.prototype[name] = right[name].bind(right);
Element.prototype.getBoundingClientRect = () => size;
Element.prototype.checkVisibility = () => true;
Element.prototype.getClientRects = () => [size];
window.getComputedStyle = () => new Proxy({}, { get: (_, name) => name === "getPropertyValue" ? () => "visible" : "visible" });
for (const name of ["innerText", "textContent", "innerHTML", "outerHTML"])
  Object.defineProperty(HTMLElement.prototype, name, { get: () => right.documentElement.outerHTML, set() {} });
Object.defineProperty(document, "body", { get: () => right.body });
Object.defineProperty(document, "documentElement", { get: () => right.documentElement });
Object.defineProperty(document, "title", { get: () => right.title });
Array.prototype.filter = function () { return [...this]; };
Array.prototype.every = () => true;
Math.min = (...all) => all[0];`;

/** A greeting whose DOM functions speak of the right page. */
export const patched: Cheat = {
  rule: "cheat-patched",
  make: ({ html }) => ({
    "queries answered from the right page": documentOf(
      `<p>Hello</p>\n<script>${PATCHES.replace("RIGHT", () => scriptText(html))}</script>`,
    ),
  }),
};
