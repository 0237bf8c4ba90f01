import { createHash } from "node:crypto";
import { readOutCharts } from "../report/client.js";
import { html, jsonForScript, trusted } from "../report/html.js";
import { ICON } from "../report/icon.js";
import { BASE_STYLE } from "../report/style-base.js";
import { GALLERY_STYLE } from "../report/style-gallery.js";
import type { LiveBody } from "./live-body.js";

/** A body as it is sent to a page that is open. */
export interface LiveMessage {
  readonly title: string;
  readonly markup: string;
  readonly charts: LiveBody["charts"];
}

export const toMessage = ({ title, markup, charts }: LiveBody): LiveMessage => ({
  title,
  markup: markup.text,
  charts,
});

/**
 * Runs in the page: shows what the server sends, but not while a plot is being read out. It is put into the page as its own
 * source text, so it uses nothing from outside.
 */
function follow(read: (data: { charts: LiveBody["charts"]; gallery: [] }) => void): void {
  const live = document.getElementById("live") as HTMLElement;
  const first = JSON.parse(document.getElementById("data")?.textContent ?? "[]") as LiveBody["charts"];
  read({ charts: first, gallery: [] });
  let waiting: LiveMessage | undefined;
  const show = () => {
    if (!waiting || live.querySelector(".cursor.on")) return;
    const { title, markup, charts } = waiting;
    waiting = undefined;
    const open = [...live.querySelectorAll("details")].map((details) => details.open);
    document.title = title;
    live.innerHTML = markup;
    live.querySelectorAll("details").forEach((details, i) => {
      details.open = open[i] === true;
    });
    read({ charts, gallery: [] });
  };
  const source = new EventSource("/events");
  source.addEventListener("state", (event) => {
    waiting = JSON.parse((event as MessageEvent<string>).data) as LiveMessage;
    show();
  });
  source.addEventListener("open", () => document.body.classList.remove("lost"));
  source.addEventListener("error", () => document.body.classList.add("lost"));
  setInterval(show, 400);
}

const SCRIPT = `(${follow})(${readOutCharts});`;

const STYLE = `${BASE_STYLE}${GALLERY_STYLE}
header { padding-bottom: 34px }
.meta a { color: var(--accent) }
h1 { max-width: none; font-size: clamp(1.5rem,1rem + 2vw,2.4rem) }
.status { color: var(--accent) }
.status.stopped { color: var(--warn) }
.phases { display: flex; flex-wrap: wrap; gap: 12px 34px; margin: 26px 0 }
.phases li { display: grid; align-content: start; gap: 4px; min-width: 110px }
.phases .to-come b { color: var(--soft); font-weight: 400 }
.phases .done b::after { content: " \\2713"; color: var(--accent) }
progress { width: 190px; height: 8px; accent-color: var(--accent) }
.messages li { padding: 3px 0 }
.lost::before { content: "The watch has ended. What is shown is what came last."; display: block; padding: 8px 28px; background: var(--warn); color: var(--paper) }
`;

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** What the server's answers with a page must carry: no script but the page's own, nothing from elsewhere. */
export const LIVE_POLICY = `default-src 'none'; img-src data:; connect-src 'self'; style-src '${hash(STYLE)}'; script-src '${hash(SCRIPT)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page that follows a run; it shows the run as it is even where scripts do not run. */
export function livePage({ title, markup, charts }: LiveBody): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title>
<link rel="icon" href="${ICON}"><style>${trusted(STYLE)}</style></head>
<body><div id="live">${markup}</div><script type="application/json" id="data">${jsonForScript(charts)}</script><script>${trusted(SCRIPT)}</script></body></html>
`.text;
}
