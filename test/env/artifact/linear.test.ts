import { readHtml, readSite, readTsx } from "../../../env/artifact/index.js";
import { type IconTable, iconModule, iconTable } from "../../../env/bundle/icons.js";
import { withoutAddresses, withoutRemoteImports } from "../../../env/bundle/site/addresses.js";
import { applyWeight } from "../../../env/bundle/site/apply-weight.js";
import { mergeSite } from "../../../env/bundle/site/merge.js";
import { readRoutes } from "../../../env/bundle/site/routes.js";
import { expectLinear, growth, type Repetition } from "../../support/linear.js";

const FENCE = "```";
const MANIFEST = '<webArtifact id="a" title="b">';
const FILE = '<webAction type="file" filePath="src/App.tsx">';
const options = { maxBytes: 10_000_000 };

/** What stalls readers that go back over a text. */
const HTML: Readonly<Record<string, Repetition>> = {
  "a fence and blanks": { before: FENCE, unit: " ", after: "`" },
  "a tagged fence and blanks": { before: `${FENCE}html`, unit: " ", after: "`" },
  "a fence and letters": { before: FENCE, unit: "a", after: "`" },
  fences: { unit: `${FENCE}\n` },
  "fences in documents": { unit: `${FENCE}html\n<html>\n` },
  "a document and fences": { before: `${FENCE}html\n<html>\n`, unit: `${FENCE}\n` },
  "long fences": { unit: "`" },
  "quoted fences": { unit: `> ${FENCE}\n` },
  "comments that end oddly": { before: "<html>", unit: "<!--x--!>" },
  "comments in a script": { before: "<html><script>", unit: "<!--<script>" },
  "comments left open": { before: "<html>", unit: "<!--" },
  "comment ends": { before: "<html><!--", unit: "-- " },
  "tags left open": { before: "<p>", unit: "<a " },
  "attributes of one tag": { before: "<p ", unit: "b=1 ", after: "></p>" },
  "quotes in a tag": { before: "<p ", unit: "b='\"" },
  "scripts left open": { before: "<html>", unit: "<script>" },
  "ends of scripts": { before: "<html><script>", unit: "</scrip" },
  "nested elements": { before: "<html>", unit: "<div>", after: "</html>" },
  "formatting elements": { before: "<html>", unit: "<b><p>", after: "</html>" },
  drawings: { before: "<html>", unit: "<svg>", after: "</html>" },
  "drawings in formulas": { before: "<html>", unit: "<math><mi><svg><desc>", after: "</svg></html>" },
  doctypes: { unit: "<!doctype " },
  "a doctype and blanks": { before: "<!doctype", unit: " ", after: "x" },
  "document ends": { unit: "</html" },
  "tags of drawings left open": { unit: "<svg " },
  "lesser signs": { unit: "<" },
  thoughts: { unit: "<think>" },
  blanks: { unit: " " },
  "line ends": { unit: "\r" },
};

const TSX: Readonly<Record<string, Repetition>> = {
  "type and letters": { before: "type ", unit: "a" },
  "types, line by line": { unit: "type a\n" },
  "type and blanks": { before: "type", unit: " ", after: "!" },
  "imports of nothing": { unit: "import a " },
  "import and blanks": { before: "import", unit: "\n", after: "x" },
  "functions without brackets": { unit: "function a\n" },
  "a function and letters": { before: "function ", unit: "a" },
  "async and lines": { unit: "async\n" },
  "exports of blanks": { before: "export", unit: " " },
  "code tags": { unit: "\n<code>" },
  "closed code tags": { unit: "\n<code>import a</code>" },
  "brackets at line ends": { unit: "; ", after: "x" },
  "comments left open": { unit: "/* " },
  exports: { unit: "export " },
  tabs: { unit: "\t" },
  "a cut default export": { before: `${FENCE}tsx\nexport default `, unit: "a", after: "!" },
  fences: { unit: `${FENCE}tsx\n` },
};

const SITE: Readonly<Record<string, Repetition>> = {
  "install and blanks": {
    before: `${MANIFEST}<webAction type="shell">npm install`,
    unit: " ",
    after: "x</webAction></webArtifact>",
  },
  "install and lines": {
    before: `${MANIFEST}<webAction type="shell">npm install`,
    unit: "\n",
    after: "x</webAction></webArtifact>",
  },
  "commands joined": {
    before: `${MANIFEST}<webAction type="shell">`,
    unit: "npm i a && ",
    after: "x</webAction></webArtifact>",
  },
  manifests: { unit: MANIFEST },
  "manifests left open in a quote": { unit: '<webArtifact id="' },
  "actions left open in a quote": { before: MANIFEST, unit: '<webAction type="' },
  "mentions of manifests": { unit: "<webArtifact " },
  actions: { before: MANIFEST, unit: `${FILE}` },
  "actions cut short": { before: MANIFEST, unit: "<webAction " },
  "stray text": {
    before: MANIFEST,
    unit: `x<webAction type="shell">npm i</webAction>`,
    after: "</webArtifact>",
  },
  "an attribute and blanks": { before: "<webArtifact", unit: " ", after: "x" },
  attributes: { before: "<webArtifact", unit: ' a="b"', after: "!" },
  "ends of manifests": { before: `${MANIFEST}${FILE}`, unit: "</webArtifact>", after: "</webAction>" },
};

const MERGE: Readonly<Record<string, Repetition>> = {
  "comments left open": { unit: "/*a" },
  comments: { unit: "/*a*/" },
  slashes: { unit: "/" },
  titles: { unit: "<title>" },
  links: { unit: "<link " },
  scripts: { unit: "<script /src/main.tsx " },
};

const ROUTES: Readonly<Record<string, Repetition>> = {
  "routes left open": { unit: "<Route path=" },
  "a route and blanks": { before: "<Route path=", unit: " ", after: "x>" },
  "a path in braces and blanks": { before: "<Route path={", unit: " ", after: "x>" },
  "routes in one tag": { unit: "<Route {", after: ">" },
  "nested routes": { unit: '<Route path="a">' },
  "nested objects": { before: "useRoutes([", unit: "{ path: 'a', children: [" },
  "children of nothing": { before: "useRoutes(", unit: "children: " },
  "lists that end": { before: "useRoutes(", unit: "]" },
  "comments left open": { unit: "{/*" },
  "comments that go on": { before: "{/*", unit: "*/ " },
  "braces and blanks": { unit: "{ " },
};

const STYLES: Readonly<Record<string, Repetition>> = {
  "addresses left open": { unit: "url(#" },
  "an address and blanks": { before: "url(#", unit: " ", after: "x" },
  "addresses in quotes left open": { unit: 'url("#' },
  "data addresses": { unit: "url(data:" },
  "imports left open": { unit: "@import " },
  "imports of addresses": { unit: "@import '//" },
  "an import and letters": { before: "@import '//", unit: "a" },
  "an import, blanks": { before: "@import", unit: " ", after: "x" },
};

const ICONS: Readonly<Record<string, Repetition>> = {
  braces: { before: 'import { Star } from "lucide-react";', unit: "{" },
  "braces and icons": { unit: "{ icons " },
  "icons in braces": { unit: "{ icons }" },
  "stars and letters": { before: "* as ", unit: "a" },
  stars: { unit: "* as a " },
  "a brace and blanks": { before: "}", unit: " ", after: "x" },
};

describe("reading hostile text", function () {
  this.timeout(600_000);
  let icons: IconTable;
  before(async () => {
    icons = await iconTable();
  });
  after(() => {
    const { ratio, milliseconds } = growth;
    console.log(
      `      At most ${ratio.toFixed(2)} times for twice the length, and ${Math.round(milliseconds)} ms for 2 MB.`,
    );
  });

  const linear = (
    readers: string,
    texts: Readonly<Record<string, Repetition>>,
    read: (text: string) => void,
  ) => {
    for (const [name, repetition] of Object.entries(texts))
      it(`takes ${readers} time that grows with its length: ${name}`, () =>
        expectLinear(name, repetition, read));
  };
  linear("the page's reader", { ...HTML, ...TSX }, (text) => readHtml(text, options));
  linear("the component's reader", { ...TSX, ...HTML }, (text) => readTsx(text, options));
  linear("the site's reader", SITE, (text) => readSite(text, options));
  linear("the scaffold", MERGE, (text) => {
    const files = { "tailwind.config.js": text, "index.html": text, "package.json": text };
    mergeSite({ kind: "site", files }, new Set());
  });
  linear("the routes' reader", ROUTES, (text) => readRoutes([`react-router ${text}`]));
  linear("the style sheets' reader", STYLES, (text) => withoutAddresses(withoutRemoteImports(text).css, []));
  linear("the icons' reader", ICONS, (text) => iconModule(icons, [text]));
  linear(
    "the weigher of @apply",
    { rules: { unit: ".a{@apply b c}" }, chains: { unit: ".a .b{@apply a b}" } },
    applyWeight,
  );
});
