import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import type { SiteArtifact } from "../../../../env/artifact/index.js";
import { readSite } from "../../../../env/artifact/site/index.js";
import { buildSite, FROZEN_FILES, type SiteBuild } from "../../../../env/bundle/site/index.js";

const APP = "export default function App() { return <h1 className='text-3xl'>Hello</h1>; }";

const build = (files: Readonly<Record<string, string>>, more: Partial<SiteArtifact> = {}) =>
  buildSite({ kind: "site", files: { "src/App.tsx": APP, ...files }, ...more });

function built(outcome: SiteBuild) {
  if (outcome.status !== "built") throw new Error(outcome.message);
  return outcome.site;
}

async function problemOf(files: Readonly<Record<string, string>>): Promise<string> {
  const outcome = await build(files);
  return outcome.status === "failed" ? outcome.message : "built";
}

async function textOf(outcome: Promise<SiteBuild>, path: string): Promise<string> {
  return Buffer.from(built(await outcome).resources.get(path)?.body ?? "").toString();
}

describe("building a site", function () {
  this.timeout(60_000);

  it("bundles the answer with the scaffold, its libraries and its styles", async () => {
    const site = built(await build({}, { title: "A & B" }));
    expect([...site.resources.keys()]).to.deep.equal([
      "/@libraries/react.js",
      "/assets/index.css",
      "/assets/index.js",
    ]);
    expect(site.html).to.include("<title>A &amp; B</title>");
    expect(await textOf(build({}), "/assets/index.css")).to.include(".text-3xl");
    expect(site.notes).to.deep.equal([]);
  });

  it("builds the five-page project, a second time like the first", async () => {
    const outcome = readSite(readFileSync("test/fixtures/site/five-pages.txt", "utf8"));
    if (outcome.status !== "ok" || outcome.artifact.kind !== "site") throw new Error("the fixture is a site");
    const { milliseconds: _, ...first } = built(await buildSite(outcome.artifact));
    const { milliseconds, ...second } = built(await buildSite(outcome.artifact));
    expect(milliseconds).to.be.above(0);
    expect(second).to.deep.equal(first);
    const { routes } = second;
    expect(routes).to.deep.equal({
      paths: ["/", "/breads", "/order", "/about", "/hours"],
      patterns: [],
      hash: false,
    });
  });

  it("keeps the scaffold's files and says so", async () => {
    const site = built(
      await build({
        "src/main.tsx": "document.body.innerHTML = 'mine';",
        "vite.config.ts": "export default { plugins: [] }",
        "tailwind.config.js": "export default { theme: { extend: { colors: { brand: 'red' } } } }",
        "index.html": "<html><head><title>Mine</title><style>body { color: red }</style></head></html>",
        "package.json": '{"dependencies":{"react":"^18","left-pad":"1.0.0"}}',
        "server/index.js": "process.exit()",
      }),
    );
    expect(site.html).to.include("<title>Mine</title>").and.not.include("color: red");
    expect(Buffer.from(site.resources.get("/assets/index.js")!.body).toString()).to.not.include("mine");
    const notes = site.notes.join("\n");
    for (const path of ["src/main.tsx", "tailwind.config.js", "index.html"])
      expect(notes).to.include(`${path} belongs to the scaffold`);
    expect(notes).to.include("package left-pad").and.include("server/index.js is left out");
  });

  it("does not mind an answer that repeats the scaffold", async () => {
    expect(built(await build(FROZEN_FILES)).notes).to.deep.equal([]);
  });

  it("never runs what the answer brings", async () => {
    const evil = "globalThis.pwned = true; process.exit(9);";
    await build({
      "tailwind.config.js": evil,
      "vite.config.ts": evil,
      "package.json": `{"scripts":{"postinstall":"touch /tmp/pwned"}}`,
    });
    expect(globalThis).to.not.have.property("pwned");
  });

  const failures: Record<string, readonly [Record<string, string>, RegExp]> = {
    "an unknown package": [
      { "src/App.tsx": "import axios from 'axios';\nexport default () => <p>{axios.name}</p>;" },
      /src\/App\.tsx.*line 1.*axios.*react-router-dom.*recharts/s,
    ],
    "a module of Node": [
      {
        "src/App.tsx":
          "import { readFileSync } from 'node:fs';\nexport default () => <p>{readFileSync('/etc/passwd')}</p>;",
      },
      /line 1.*node:fs/s,
    ],
    "a file that is not there": [
      { "src/App.tsx": "\nimport Home from './pages/Home';\nexport default () => <Home />;" },
      /line 2.*pages\/Home/s,
    ],
    "a file out of the project": [
      { "src/App.tsx": "import x from '../../../../etc/hostname';\nexport default () => <p>{x}</p>;" },
      /line 1/,
    ],
    "a name a package does not export": [
      { "src/App.tsx": "import { Swich } from 'react-router-dom';\nexport default () => <Swich />;" },
      /line 1.*Swich/s,
    ],
    "broken code": [{ "src/App.tsx": "export default () => <p>" }, /src\/App\.tsx.*line 1/s],
    "an unknown class in @apply": [
      { "src/index.css": "@tailwind base;\n.a { @apply no-such-class; }" },
      /src\/index\.css.*line 2.*no-such-class/s,
    ],
  };
  for (const [what, [files, expected]] of Object.entries(failures))
    it(`says where ${what} is`, async () => {
      expect(await problemOf(files)).to.match(expected);
    });

  it("needs an App", async () => {
    const outcome = await buildSite({ kind: "site", files: { "src/pages/Home.tsx": APP } });
    expect(outcome.status === "failed" && outcome.message).to.include("src/App.tsx");
  });

  it("keeps what a style sheet puts into Tailwind's layers, where it is used, and for this site alone", async () => {
    const css = `@tailwind base; @tailwind components; @tailwind utilities;
@layer base { h1 { @apply font-bold; } }
@layer components { .card { @apply rounded-lg bg-amber-800; } .unused { color: red; } }
@layer utilities { .tilted { rotate: 3deg; } }`;
    const app = "export default () => <h1 className='card md:tilted'>Hello</h1>;";
    const text = await textOf(build({ "src/App.tsx": app, "src/index.css": css }), "/assets/index.css");
    expect(text).to.match(/h1\s*\{[^}]*font-weight:\s*700/);
    expect(text).to.match(/\.card\s*\{[^}]*background-color:\s*rgb\(146 64 14/);
    expect(text).to.match(/md\\:tilted\s*\{[^}]*rotate:\s*3deg/);
    expect(text).to.not.include(".unused");
    expect(await textOf(build({ "src/App.tsx": app }), "/assets/index.css")).to.not.include(".card");
  });

  it("leaves style sheets of the network out, and keeps addresses in the others", async () => {
    const css = `@import url("https://fonts.googleapis.com/css2?family=Inter:wght@400;700&display=swap");
@tailwind utilities;
.a { background: url(data:image/png;base64,AAAA); mask: url(#m); border-image: url("https://example.org/b.png"); }`;
    const outcome = await build({ "src/index.css": css });
    expect(built(outcome).notes.join()).to.include("fonts.googleapis.com");
    const text = Buffer.from(built(outcome).resources.get("/assets/index.css")!.body).toString();
    expect(text).to.not.include("fonts.googleapis").and.not.include("webgen-kept");
    expect(text).to.include("url(data:image/png;base64,AAAA)").and.include("url(#m)");
  });

  it("serves public/ and lets sources import from it", async () => {
    const files = {
      "public/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
      "src/App.tsx": "import logo from '/logo.svg';\nexport default () => <img src={logo} alt='' />;",
    };
    expect(built(await build(files)).resources.get("/logo.svg")?.type).to.match(/^image\/svg\+xml/);
  });

  it("gives a site or a message for any files", async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom(APP, "@apply x;", "import './a'", "{", "<p>"),
    );
    const path = fc.constantFrom(
      "src/App.tsx",
      "src/index.css",
      "src/a.ts",
      "package.json",
      "public/x.txt",
      "index.html",
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, text, { noNullPrototype: true }), async (files) => {
        const outcome = await build(files);
        if (outcome.status === "failed") expect(outcome.message).to.match(/\S/);
      }),
      { numRuns: 40 },
    );
  });
});
