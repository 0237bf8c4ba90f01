import { ended, type Ruin, styled } from "./ruin.js";

const sheet = (background: string, more = "") =>
  ended(
    `<div aria-hidden="true" style="position:absolute;left:0;top:0;width:100%;height:100%;min-height:4000px;z-index:99999;pointer-events:none;background:${background};${more}"></div>`,
    "html,body{position:relative}",
  );

/** Pages whose content lies beneath something. */
export const COVERED: Readonly<Record<string, Ruin>> = {
  "an opaque sheet that lets clicks through": sheet("#7a7f87"),
  "a striped sheet that lets clicks through": sheet(
    "repeating-linear-gradient(45deg,#222 0 9px,#ddd 9px 18px)",
  ),
  "a fixed sheet": ended(
    `<div style="position:fixed;inset:0;z-index:99999;background:#fff;pointer-events:none"></div>`,
  ),
  fog: sheet("rgba(255,255,255,.94)"),
  "frosted glass": sheet("rgba(128,128,128,.2)", "backdrop-filter:blur(9px)"),
  "a generated sheet": styled(
    `html,body{position:relative}body::after{content:"";position:absolute;inset:0;min-height:4000px;background:#30343c;z-index:99999;pointer-events:none}`,
  ),
  "outlines over everything": styled(
    `main *,nav *,footer *{outline:34px solid #999!important;outline-offset:-30px}`,
  ),
  "a shade of inset shadow over each section": styled(
    `body>*,main>*,[role=main]>*{position:relative}body>*::before,main>*::before,[role=main]>*::before{content:"";position:absolute;inset:0;box-shadow:inset 0 0 0 2000px #808080;z-index:9999;pointer-events:none}`,
  ),
  "a cookie wall": ended(
    `<div style="position:fixed;inset:0;background:rgba(0,0,0,.97);color:#fff;z-index:99999;display:grid;place-items:center"><p>We value your privacy</p></div>`,
  ),
  "a hundred tiles": ({ html }) =>
    ended(
      `<div style="position:absolute;left:0;top:0;width:100%;z-index:9999;pointer-events:none;display:grid;gap:0;grid-template-columns:repeat(8,1fr)">${`<i style="height:60px;background:#5a6b7c;border:1px solid #5a6b7d"></i>`.repeat(480)}</div>`,
      "html,body{position:relative}",
    )({ html, foreign: "", prompt: "", brand: "", rivals: [] }),
  "a picture on top": sheet(
    "url(&quot;data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='80' height='80'%3E%3Crect width='80' height='80' fill='%23489'/%3E%3Ccircle cx='40' cy='40' r='30' fill='%23fc8'/%3E%3C/svg%3E&quot;)",
  ),
  "words of a watermark over everything": ended(
    `<div aria-hidden="true" style="position:absolute;inset:0;overflow:hidden;pointer-events:none;z-index:9999;font:700 44px/30px Arial,sans-serif;color:#555;word-break:break-all">${"SAMPLE COPY ".repeat(900)}</div>`,
    "html{position:relative}",
  ),
  "a dialog over the window": ended(
    `<dialog id="over-all" style="width:100vw;height:100vh;max-width:none;max-height:none;border:0;margin:0;box-sizing:border-box"><p>Read our letter</p></dialog><script>document.getElementById("over-all").showModal()</script>`,
  ),
};
