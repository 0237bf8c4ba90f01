import { expect } from "chai";
import fc from "fast-check";
import { buildComponent, bundle, createTailwind, REACT } from "../../../env/bundle/index.js";

/** What is wrong with a component, or null when it builds. */
async function problemWith(source: string): Promise<string | null> {
  const build = await buildComponent(source);
  return build.status === "failed" ? build.message : null;
}

const htmlOf = async (source: string) => {
  const build = await buildComponent(source);
  if (build.status === "failed") throw new Error(build.message);
  return build.page.html;
};

describe("building a component", function () {
  this.timeout(60_000);

  it("names line and column of a syntax error", async () => {
    const source = 'export default function Widget() {\n  const name = "é"; return <p>{name</p>;\n}';
    expect(await problemWith(source)).to.match(/^component\.tsx, line 2, column 41: /);
    expect(await problemWith("export default function Widget() {")).to.match(
      /^component\.tsx, line 1, .*end of file/,
    );
  });

  it("says what may be imported", async () => {
    const message = await problemWith(
      'import React from "react";\nimport fs from "fs";\nexport default () => <p>{fs.x}</p>;',
    );
    expect(message).to.match(
      /^component\.tsx, line 2, column 16: "fs" cannot be imported; allowed are react, /,
    );
    expect(message).to.contain("recharts").and.contain("lucide-react");
  });

  it("imports nothing else in any way", async () => {
    for (const name of [
      "/etc/passwd",
      "https://esm.sh/react",
      "node:fs",
      "./data.json",
      "../../package.json",
      "react/cjs/react.development.js",
      "lucide-react/dynamic",
    ]) {
      const quoted = JSON.stringify(name);
      for (const use of [
        `import x from ${quoted}; x();`,
        `import ${quoted};`,
        `export * from ${quoted};`,
        `import(${quoted});`,
        `require(${quoted});`,
      ])
        expect(await problemWith(`${use}\nexport default () => null;`), use).to.contain("allowed are react");
    }
    expect(await problemWith("/** @jsxImportSource preact */\nexport default () => <p />;")).to.contain(
      "preact/jsx-runtime",
    );
  });

  it("tells a name that a library does not export, and the like of it", async () => {
    expect(
      await problemWith('import { BarCharts } from "recharts";\nexport default () => <BarCharts />;'),
    ).to.equal(
      'component.tsx, line 1, column 10: recharts exports no "BarCharts"; perhaps "BarChart" is meant.',
    );
    expect(
      await problemWith('import { Hous } from "lucide-react";\nexport default () => <Hous />;'),
    ).to.equal('component.tsx, line 1, column 10: lucide-react exports no "Hous"; perhaps "House" is meant.');
    expect(
      await problemWith('import { useStat } from "react";\nexport default () => <p>{useStat}</p>;'),
    ).to.contain('perhaps "useState" is meant');
  });

  it("wants a default export", async () => {
    expect(await problemWith("export function Widget() { return <p />; }")).to.contain(
      "has no default export",
    );
  });

  it("keeps the libraries out that are not used", async () => {
    const plain = await htmlOf("export default () => <p>Hello</p>;");
    const icon = await htmlOf('import { Home } from "lucide-react";\nexport default () => <Home />;');
    const chart = await htmlOf('import { BarChart } from "recharts";\nexport default () => <BarChart />;');
    expect(plain.length).to.be.below(250_000);
    expect(icon.length - plain.length).to.be.below(10_000);
    expect(chart.length).to.be.above(2 * plain.length);
  });

  it("gives the same page for the same source, whatever was built before", async () => {
    const source = 'export default () => <p className="p-4 [&>b]:mt-1 md:p-8">Hello</p>;';
    const first = await htmlOf(source);
    await htmlOf('export default () => <p className="m-2 [&>i]:mt-1 lg:p-8 bg-[#123456]">Hello</p>;');
    expect(await htmlOf(source)).to.equal(first);
  });

  it("refuses nesting that would end the compiler", async () => {
    expect(await problemWith("(".repeat(1_000_000))).to.contain("nested too deeply");
    expect(await problemWith("export default () => null;")).to.equal(null);
  });

  it("builds or refuses any string", async () => {
    const piece = fc.constantFrom(
      "export default ",
      "function A() {",
      "return ",
      "}",
      "<p className='p-4'>",
      "</p>",
      'import { Star } from "lucide-react";\n',
      'import x from "x";',
      "`",
      "/*",
      "<!--",
      "</script>",
      "@",
      "\u2028",
      "\0",
    );
    const source = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((all) => all.join("")),
    );
    await fc.assert(
      fc.asyncProperty(source, async (text) => {
        const build = await buildComponent(text);
        if (build.status === "failed") expect(build.message).to.not.equal("");
        else expect(build.page.html).to.match(/^<!doctype html>/);
      }),
      { numRuns: 40 },
    );
  });
});

describe("bundling files in memory", function () {
  this.timeout(60_000);

  it("resolves relative paths, folders, endings and aliases", async () => {
    const files = {
      "src/main.tsx":
        'import { App } from "@/app";\nimport data from "./data.json";\nimport "./main.css";\nconsole.log(App, data.n);',
      "src/app/index.tsx": 'import icon from "../icon.svg";\nexport const App = () => <img src={icon} />;',
      "src/data.json": '{ "n": 41 }',
      "src/icon.svg": "<svg/>",
      "src/main.css": "p { color: red }",
    };
    const outcome = await bundle({
      files,
      entry: "src/main.tsx",
      libraries: [REACT],
      aliases: { "@/": "src/" },
    });
    expect(outcome.status, JSON.stringify(outcome)).to.equal("ok");
    if (outcome.status !== "ok") return;
    expect(outcome.script).to.contain("41").and.contain("data:image/svg+xml");
    expect(outcome.css).to.contain("color:red");
    expect(outcome.chunks).to.deep.equal([REACT]);
  });

  it("names the file that is like a missing one", async () => {
    const files = { "a.ts": 'import "./util/help";', "util/helper.ts": "export {};" };
    const outcome = await bundle({ files, entry: "a.ts", libraries: [] });
    expect(outcome).to.have.property("message").that.contains('perhaps "util/helper.ts" is meant');
  });
});

describe("compiling Tailwind", function () {
  this.timeout(60_000);
  const tailwind = createTailwind();

  it("writes rules for the classes used and for no other", async () => {
    const css = await tailwind.compile('<p class="mt-4 bg-[#3B82F6] hover:underline not-a-class">');
    expect(css).to.contain(".mt-4").and.contain("59 130 246").and.contain("hover\\:underline");
    const next = await tailwind.compile('<p class="mb-2">');
    expect(next).to.contain(".mb-2").and.not.contain("mt-4");
  });

  it("is that of Tailwind 3.4", async () => {
    expect(await tailwind.compile("border text-blue-500"))
      .to.contain("rgb(59 130 246")
      .and.contain("border-color: #e5e7eb");
  });

  it("understands @apply and theme()", async () => {
    const css = await tailwind.compile(
      "",
      "@tailwind utilities; .card { @apply p-4; color: theme('colors.red.500') }",
    );
    expect(css).to.contain("padding: 1rem").and.contain("#ef4444");
  });

  it("reads hostile text in linear time", async () => {
    const started = performance.now();
    for (const unit of ["[", "!", "a:", "[&>", "[ ", "p-[calc("])
      await tailwind.compile(unit.repeat(100_000 / unit.length));
    expect(performance.now() - started).to.be.below(30_000);
  });

  it("compiles one text like another time, whatever came between", async () => {
    const names = [
      "p-1",
      "md:p-2",
      "[&_p]:m-1",
      "[&>b]:m-2",
      "bg-red-500/50",
      "[mask:none]",
      "hover:flex",
      "group-hover:p-1",
      "min-[300px]:p-1",
      "space-x-2",
    ];
    const classes = fc.array(fc.constantFrom(...names)).map((all) => all.join(" "));
    await fc.assert(
      fc.asyncProperty(classes, classes, async (one, other) => {
        const first = await tailwind.compile(one);
        const [, again] = await Promise.all([tailwind.compile(other), tailwind.compile(one)]);
        expect(again).to.equal(first);
      }),
      { numRuns: 15 },
    );
    const early = await createTailwind().compile(names.join(" "));
    expect(await tailwind.compile(names.toReversed().join(" "))).to.equal(early);
  });
});
