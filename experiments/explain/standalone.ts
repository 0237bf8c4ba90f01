import { createHash } from "node:crypto";
import { html, jsonForScript, type Markup, trusted } from "../report/html.js";
import { BASE_STYLE } from "../report/style-base.js";

/** A script of the page: a function that is given the data, put in as its own source text. */
export interface PageScript<Data> {
  readonly run: (data: Data) => void;
  readonly data: Data;
}

/**
 * One HTML document that needs nothing else, in the dress of the reports. A content security policy lets no script run but
 * its own; whatever tasks and answers wrote is escaped by the templates.
 */
export function standalonePage<Data>(
  title: string,
  body: Markup,
  ownStyle: string,
  script?: PageScript<Data>,
): string {
  const style = BASE_STYLE + ownStyle;
  const code = script ? `(${script.run})(JSON.parse(document.getElementById("data").textContent));` : "";
  const scripts = script ? `script-src '${hash(code)}'; ` : "";
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; ${scripts}base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title>
<style>${trusted(style)}</style></head>
<body>${body}${
    script &&
    html`<script type="application/json" id="data">${jsonForScript(script.data)}</script><script>${trusted(code)}</script>`
  }</body></html>
`.text;
}

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
