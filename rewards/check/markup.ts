/** Escapes text for use in HTML. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** A small valid document. */
export function documentOf(body: string, css = ""): string {
  const style = css === "" ? "" : `\n<style>${css}</style>`;
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Page</title>${style}</head>\n<body>\n${body}\n</body>\n</html>`;
}

/** The page with rules that come after its own. */
export function withStyle(html: string, css: string): string {
  const last = html.lastIndexOf("</style>");
  if (last >= 0) return `${html.slice(0, last)}\n${css}\n${html.slice(last)}`;
  const head = html.indexOf("</head>");
  const style = `<style>${css}</style>`;
  return head >= 0 ? `${html.slice(0, head)}${style}${html.slice(head)}` : `${html}${style}`;
}

/** The page with markup as the last of its body. */
export function withEnd(html: string, markup: string): string {
  const end = /<\/body>|<\/html>/i.exec(html);
  return end ? `${html.slice(0, end.index)}${markup}\n${html.slice(end.index)}` : `${html}\n${markup}`;
}

/** A text as a JavaScript literal that cannot end its script. */
export function scriptText(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}
