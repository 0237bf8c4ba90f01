/** Something a site serves. */
export interface Resource {
  /** E.g. `text/css; charset=utf-8`. */
  readonly type: string;
  readonly body: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript",
  mjs: "text/javascript",
  css: "text/css",
  html: "text/html",
  json: "application/json",
  webmanifest: "application/manifest+json",
  svg: "image/svg+xml",
  txt: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  xml: "application/xml",
};

/** A resource of the type its name says. */
export function resourceOf(path: string, body: string): Resource {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return { type: `${TYPES[extension] ?? "text/plain"}; charset=utf-8`, body: Buffer.from(body) };
}
