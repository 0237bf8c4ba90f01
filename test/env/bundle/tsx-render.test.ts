import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readTsx } from "../../../env/artifact/index.js";
import {
  createRenderer,
  type RenderedPage,
  type Renderer,
  type RenderOutcome,
} from "../../../env/render/index.js";

const VIEWPORT = { width: 800, height: 600 };
const fixture = (name: string) =>
  readFileSync(new URL(`../../../../test/fixtures/tsx/${name}`, import.meta.url), "utf8");

describe("rendering components", function () {
  this.timeout(120_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 1, deadline: 30_000 });
  });
  after(() => renderer.close());

  function outcomeOf(answer: string): Promise<RenderOutcome> {
    const read = readTsx(answer);
    if (read.status === "refused") throw new Error(read.refusal.message);
    return renderer.render({ artifact: read.artifact, viewport: VIEWPORT });
  }
  async function pageOf(answer: string): Promise<RenderedPage> {
    const outcome = await outcomeOf(answer);
    if (outcome.status !== "rendered") throw new Error(outcome.message);
    return outcome.page;
  }
  async function failureOf(answer: string): Promise<string> {
    const outcome = await outcomeOf(answer);
    expect(outcome.status, JSON.stringify(outcome).slice(0, 300)).to.equal("failed");
    return outcome.status === "failed" ? `${outcome.reason}: ${outcome.message}` : "";
  }
  const colourAt = async (page: RenderedPage, x: number, y: number) => {
    const { width, data } = await page.pixels();
    return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
  };
  /** Share of pixels that differ; a chart that ended moving keeps a clip path, which softens some edges. */
  const difference = async (one: RenderedPage, other: RenderedPage) => {
    const [a, b] = [await one.pixels(), await other.pixels()];
    expect([a.width, a.height]).to.deep.equal([b.width, b.height]);
    const [left, right] = [new Uint32Array(a.data.slice().buffer), new Uint32Array(b.data.slice().buffer)];
    return left.filter((pixel, index) => pixel !== right[index]).length / left.length;
  };
  const countOf = (page: RenderedPage, tag: string) =>
    page.snapshot.elements.filter((element) => element.tag === tag).length;

  it("paints Tailwind's classes, and leaves only the component in the document", async () => {
    const page = await pageOf('export default () => <div className="h-20 w-40 bg-[#3B82F6]">Hello</div>;');
    expect(await colourAt(page, 150, 70)).to.deep.equal([59, 130, 246]);
    expect(await colourAt(page, 170, 70)).to.deep.equal([255, 255, 255]);
    expect(page.html).to.not.contain("<script");
    expect(page.findings).to.deep.equal([]);
    expect(page.console).to.deep.equal([]);
  });

  it("finds classes that only the running component puts together", async () => {
    const page = await pageOf(
      'export default () => { const [hue, size] = ["green", 24]; return <div className={"h-" + size + " bg-" + hue + "-500"} />; };',
    );
    expect(await colourAt(page, 400, 90)).to.deep.equal([34, 197, 94]);
    expect(await colourAt(page, 400, 100)).to.deep.equal([255, 255, 255]);
  });

  it("keeps state, effects and timers", async () => {
    const page = await pageOf(
      'import { useEffect, useState } from "react";\nexport default function Widget() { const [n, set] = useState(0); useEffect(() => { const t = setTimeout(() => set(n + 1), 100); return () => clearTimeout(t); }, [n]); return <p>{n > 3 ? "ticked" : "waiting"}</p>; }',
    );
    expect(page.html).to.contain("ticked");
  });

  it("fails with message and place when a component throws", async () => {
    expect(
      await failureOf(
        "export default function Widget() {\n  const rows = undefined;\n  return <p>{rows.map(String)}</p>;\n}",
      ),
    ).to.equal(
      "script_error: The component failed: TypeError: Cannot read properties of undefined (reading 'map') (component.tsx, line 3, column 19)",
    );
    expect(await failureOf("const a = null;\na.b();\nexport default () => <p>hi</p>;")).to.match(
      /^script_error: .*reading 'b'\) \(component\.tsx, line 2, column 3\)$/,
    );
    expect(await failureOf('export default () => { throw "plain"; };')).to.contain("plain was thrown");
  });

  it("fails when an effect or a later update throws", async () => {
    expect(
      await failureOf(
        'import { useEffect } from "react";\nexport default () => { useEffect(() => { throw new Error("late"); }); return <p>hi</p>; };',
      ),
    ).to.contain("Error: late");
    expect(
      await failureOf(
        'import { useEffect, useState } from "react";\nexport default () => { const [x, set] = useState([]); useEffect(() => { setTimeout(() => set(null), 50); }, []); return <p>{x.length}</p>; };',
      ),
    ).to.contain("reading 'length'");
  });

  it("says in words what React finds wrong", async () => {
    expect(
      await failureOf(
        'import * as Charts from "recharts";\nexport default () => { const Gone = Charts.Gone; return <Gone />; };',
      ),
    ).to.contain("Element type is invalid: expected a string");
    expect(await failureOf("export default 5;")).to.contain("got: number");
    expect(await failureOf("export default () => <p>{{ a: 1 }}</p>;")).to.contain(
      "Objects are not valid as a React child",
    );
  });

  it("cannot be talked out of it", async () => {
    const silence =
      'addEventListener("error", (e) => { e.preventDefault(); e.stopImmediatePropagation(); }, true); window.onerror = () => true; window.reportError = () => {}; console.error = () => {}; JSON.stringify = () => ""; Element.prototype.setAttribute = () => {}; for (let i = 0; i < 1500; i++) console.log(i);';
    expect(await failureOf(`${silence}\nexport default () => { throw new Error("hidden"); };`)).to.match(
      /^script_error/,
    );
  });

  it("takes a failure that a component makes up for one", async () => {
    for (const report of [
      "{",
      "",
      "null",
      "[1]",
      '{"message":1}',
      '{"message":"x","line":"y","column":1e99}',
    ]) {
      const source = `const report = ${JSON.stringify(report)};\nreportError("webgen:component-failed:" + report);\nexport default () => <p>Hello</p>;`;
      expect(await failureOf(source), report).to.match(/^script_error: The component failed/);
    }
  });

  it("lets a component handle its own errors, and be empty", async () => {
    const page = await pageOf(
      'import { Component } from "react";\nclass Boundary extends Component { state = { failed: false }; static getDerivedStateFromError() { return { failed: true }; } render() { return this.state.failed ? <p>mended</p> : this.props.children; } }\nconst Broken = () => { throw new Error("inner"); };\nexport default () => <Boundary><Broken /></Boundary>;',
    );
    expect(page.html).to.contain("mended");
    const empty = await pageOf("export default () => null;");
    expect(empty.findings.map(({ kind }) => kind)).to.deep.equal(["blank"]);
  });

  it("fails what does not build", async () => {
    expect(await failureOf('import x from "left-pad";\nexport default () => <p>{x}</p>;')).to.match(
      /^build_failed: component\.tsx, line 1/,
    );
  });

  it("draws text that looks like the end of a script or a style", async () => {
    const page = await pageOf(
      'export default () => <p className="content-[\'</style>\']">{"<!-- <script> </script> -->"}</p>;',
    );
    expect(page.snapshot.texts.map(({ text }) => text).join("")).to.contain("<!-- <script> </script> -->");
  });

  it("draws every icon that prompts may name", async () => {
    const names = JSON.parse(fixture("icon-names.json")) as string[];
    expect(names).to.have.length(133);
    const imports = names.map((name) => `${name} as I${name}`).join(", ");
    const icons = names.map((name) => `<I${name} />`).join("");
    const page = await pageOf(
      `import { ${imports} } from "lucide-react";\nexport default () => <div className="flex flex-wrap gap-2">${icons}</div>;`,
    );
    const drawn = page.snapshot.elements.filter(({ tag }) => tag === "svg");
    expect(drawn).to.have.length(133);
    for (const { box } of drawn) expect(box).to.include({ width: 24, height: 24 });
    const shapes = new Set(
      drawn.map((svg) => page.snapshot.elements.filter(({ parent }) => parent === svg.index).length > 0),
    );
    expect([...shapes]).to.deep.equal([true]);
  });

  it("draws icons that the code picks at run time", async () => {
    const page = await pageOf(
      'import * as Icons from "lucide-react";\nexport default () => { const Icon = Icons["Ho" + "use"]; return <Icon />; };',
    );
    expect(page.html).to.contain("lucide-house");
  });

  for (const [name, marks] of [
    ["cartesian-charts", { svg: 5, path: 8 }],
    ["round-charts", { svg: 3, path: 10 }],
    ["shape-charts", { svg: 3, path: 5 }],
  ] as const)
    it(`draws ${name.replace("-", " ")} as they stand when nothing moves any more`, async () => {
      const moving = fixture(`${name}.md`);
      const still = moving.replace(
        /<(Line|Bar|Area|Scatter|Pie|Radar|RadialBar|Treemap|Funnel) /g,
        "<$1 isAnimationActive={false} ",
      );
      expect(still).to.not.equal(moving);
      const page = await pageOf(moving);
      expect(page.findings).to.deep.equal([]);
      expect(countOf(page, "svg")).to.be.at.least(marks.svg);
      expect(countOf(page, "path")).to.be.at.least(marks.path);
      expect(await difference(page, await pageOf(still))).to.be.below(0.002);
    });

  it("draws a bar at its full height, also where the component asks for a slow animation", async () => {
    const page = await pageOf(
      'import { Bar, BarChart, YAxis } from "recharts";\nexport default () => <BarChart width={200} height={200} margin={{ top: 0, left: 0, right: 0, bottom: 0 }} data={[{ v: 5 }, { v: 10 }]}><YAxis hide domain={[0, 10]} /><Bar dataKey="v" fill="#ff0000" isAnimationActive animationBegin={2000} animationDuration={9000} /></BarChart>;',
    );
    expect(await colourAt(page, 150, 3)).to.deep.equal([255, 0, 0]);
    expect(await colourAt(page, 50, 103)).to.deep.equal([255, 0, 0]);
    expect(await colourAt(page, 50, 97)).to.deep.equal([255, 255, 255]);
  });
});
