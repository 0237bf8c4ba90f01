import { listExtractions, readHtml, readSite, readTsx } from "../../env/artifact/index.js";
import { unclosedAtEnd } from "../../env/artifact/unclosed.js";
import { iconModule, iconTable } from "../../env/bundle/icons.js";
import { computedImport, withoutSourceMap } from "../../env/bundle/imports.js";
import { withAddresses, withoutAddresses, withoutRemoteImports } from "../../env/bundle/site/addresses.js";
import { applyWeight } from "../../env/bundle/site/apply-weight.js";
import { mergeSite } from "../../env/bundle/site/merge.js";
import { readRoutes } from "../../env/bundle/site/routes.js";
import { FrameReader } from "../../env/sandbox/frames.js";
import "../../rewards/systems/extractions.js";
import { hostileTexts } from "../fixtures/hostile-answers/texts.js";

/** Something that takes any text. */
export interface FuzzTarget {
  readonly name: string;
  /** Reads a text; what it throws has to be a typed error of ours. Throws a plain Error where its result is wrong. */
  readonly read: (text: string) => unknown;
  /** Texts to begin with. */
  readonly corpus: readonly string[];
}

const FENCE = "```";
const PAGES = [
  "<!doctype html><html><head><title>a</title><style>p{}</style></head><body><p class='x'>b</p><script>let a = '<p>';</script></body></html>",
  `Here:\n${FENCE}html\n<html>\n${FENCE}\n</html>\n${FENCE}\nDone.`,
  "<think>a</think><svg><title>a</title><path d=''/></svg><!-- b --><![CDATA[c]]>",
];
const COMPONENTS = [
  `${FENCE}tsx\nimport { useState } from "react";\nexport default function Widget() { return <p>{1}</p>; }\n${FENCE}`,
  "Sure.\nconst a = require('./' + b); import('./x'); type A = 1;\nexport { a as default };",
  "<code>\nimport { Star, icons } from 'lucide-react';\nexport default () => <Star />;\n</code>",
];
const SITES = [
  '<webArtifact id="a" title="b"><webAction type="file" filePath="src/App.tsx">x</webAction><webAction type="shell">npm install a@1 && npm run dev</webAction></webArtifact>',
];
const SOURCES = [
  'import { Route } from "react-router-dom"; <Route path="/" element={<A />}><Route index /><Route path={"b/:id"} /></Route>',
  "react-router useRoutes([{ path: 'a', children: [{ index: true }, { path: 'b' }] }]) {/* c */}",
];
const STYLES = [
  "@import url('https://a.b/c.css'); a { background: url(#x) url('data:a') } .b, .c:hover { @apply p-4 b m-4; }",
];
const FRAME = Buffer.from('\u0016\0\0\0\u000e\0\0\0["a",{"b":1}]', "latin1").toString("latin1");

/** Words that the readers look for. */
export const WORDS: readonly string[] = [
  ...new Set(
    [
      ...hostileTexts.flatMap(({ before = "", unit, after = "" }) => [before, unit, after]),
      ...PAGES,
      ...COMPONENTS,
      ...SITES,
      ...SOURCES,
      ...STYLES,
    ]
      .flatMap((text) => [text.slice(0, 60), ...text.split(/(?<=[>;{}\s])/)])
      .filter((word) => word !== ""),
  ),
];

const expectWhole = (condition: boolean, what: string) => {
  if (!condition) throw new Error(what);
};

/** All that reads answers, and texts that are made of them. */
export async function fuzzTargets(): Promise<FuzzTarget[]> {
  const icons = await iconTable();
  const esbuild = await import("esbuild");
  return [
    { name: "html", corpus: PAGES, read: (text) => readHtml(text) },
    { name: "tsx", corpus: COMPONENTS, read: (text) => readTsx(text) },
    { name: "site", corpus: SITES, read: (text) => readSite(text) },
    ...listExtractions().map(({ name, extract }) => ({
      name,
      corpus: [...PAGES, ...COMPONENTS, ...SITES],
      read: extract,
    })),
    { name: "unclosed", corpus: PAGES, read: unclosedAtEnd },
    { name: "routes", corpus: SOURCES, read: (text) => readRoutes([text]) },
    {
      name: "scaffold",
      corpus: [...PAGES, '{"dependencies":{"a":"1"}}', "export default { /* a */ content: [] }; // b"],
      read: (text) =>
        mergeSite(
          { kind: "site", files: { "index.html": text, "package.json": text, "tailwind.config.js": text } },
          new Set(),
        ),
    },
    {
      name: "addresses",
      corpus: STYLES,
      read(text) {
        const { css } = withoutRemoteImports(text.replaceAll("webgen-kept-address-", ""));
        const kept: string[] = [];
        expectWhole(withAddresses(withoutAddresses(css, kept), kept) === css, "Addresses do not come back.");
      },
    },
    { name: "apply", corpus: STYLES, read: applyWeight },
    { name: "icons", corpus: COMPONENTS, read: (text) => iconModule(icons, [text]) },
    {
      name: "imports",
      corpus: COMPONENTS,
      read: (text) => computedImport({ file: "a.tsx", code: withoutSourceMap(text), loader: "tsx" }, esbuild),
    },
    {
      name: "frames",
      corpus: [FRAME],
      read: (text) => new FrameReader(100_000).push(Buffer.from(text, "latin1")),
    },
  ];
}
