import { expect } from "chai";
import type { SiteArtifact } from "../../../env/artifact/index.js";
import { createRenderer, type Renderer } from "../../../env/render/index.js";
import { fivePages, onePage, sitePageOf, siteReportOf } from "./site-support.js";
import { VIEWPORT } from "./support.js";

describe("rendering a site", function () {
  this.timeout(120_000);
  let renderer: Renderer;
  before(async () => {
    renderer = await createRenderer({ concurrency: 2, deadline: 20_000 });
  });
  after(() => renderer?.close());

  const pageOf = (artifact: SiteArtifact) => sitePageOf(renderer, artifact);
  const siteOf = (artifact: SiteArtifact) => siteReportOf(renderer, artifact);

  it("visits every route of the five-page project", async () => {
    const page = await pageOf(fivePages());
    const { routes, unvisited, notes, truncated } = page.site!;
    expect(routes.map(({ path }) => path)).to.deep.equal(["/", "/breads", "/order", "/about", "/hours"]);
    for (const route of routes) {
      expect(route, route.path).to.deep.include({ missing: false, errors: [] });
      expect(route.sameAs, route.path).to.equal(undefined);
      expect(route.links.map(({ leads }) => leads)).to.satisfy((all: string[]) =>
        all.every((each) => each === "route"),
      );
      expect(route.page?.snapshot.texts.map(({ text }) => text)).to.include(
        "Baked every night on Mill Street.",
      );
    }
    expect(page.snapshot.texts.map(({ text }) => text)).to.include("Bread with a long memory");
    expect({ unvisited, notes, truncated }).to.deep.equal({ unvisited: [], notes: [], truncated: false });
    expect(page.site?.findings).to.deep.equal([]);
    const controls = routes.flatMap((route) => route.controls);
    expect(controls.map(({ name, state }) => `${name}: ${state}`)).to.deep.equal([
      "one loaf less: alive",
      "one loaf more: alive",
      "send order: alive",
      "read more: alive",
    ]);
    expect(controls[2]?.effects).to.deep.equal(["dom", "storage"]);
  });

  it("gives the same pixels every time", async () => {
    const hashes = async () => {
      const { routes } = await siteOf(fivePages());
      return Promise.all(routes.map(({ page }) => page?.hash()));
    };
    expect(await hashes()).to.deep.equal(await hashes());
  });

  it("finds dead controls, dead links and errors", async () => {
    const body = `<main><h1>Shop</h1>
      <button>Buy</button>
      <button onClick={() => console.log("clicked")}>Log</button>
      <button onClick={() => { throw new Error("no stock") }}>Break</button>
      <button onClick={() => alert("hi")}>Ask</button>
      <button disabled>Later</button>
      <a href="#">Nothing</a> <a href="#top">Top</a> <a href="#gone">Gone</a>
      <a href="https://example.org/">Away</a> <a href="mailto:a@example.org">Mail</a>
      <a href="http://[">Bad</a> <a href="/#%">Odd</a>
      <svg width="40" height="20"><a href="#"><text y="15">Drawn</text></a></svg>
      <form><input name="elements" /><input name="parentElement" /><button type="button">Form</button></form>
      <p id="top">{String(Date.now() > 0)}</p></main>`;
    const {
      routes: [home],
      findings,
    } = await siteOf(onePage(body));
    const told = findings.map(({ message }) => message);
    expect(told).to.include('The button "buy" on / does nothing.');
    expect(told).to.include('The link "gone" to "#gone" leads nowhere.');
    expect(home?.controls.map(({ name, state }) => `${name}: ${state}`)).to.deep.equal([
      "buy: dead",
      "log: dead",
      "break: dead",
      "ask: alive",
      "later: disabled",
      "nothing: dead",
      "drawn: dead",
      "form: dead",
    ]);
    expect(home?.controls[2]?.errors.join()).to.include("no stock");
    expect(home?.errors).to.deep.equal([]);
    expect(home?.links.map(({ text, leads }) => `${text}: ${leads}`)).to.deep.equal([
      "nothing: dead",
      "top: anchor",
      "gone: dead",
      "away: outside",
      "mail: outside",
      "bad: dead",
      "odd: route",
      "drawn: dead",
    ]);
  });

  it("does not take a page's own movement for the effect of a click", async () => {
    const clock = `import { useEffect, useState } from 'react';
      function Clock() { const [n, setN] = useState(0);
        useEffect(() => { const id = setInterval(() => setN((old) => old + 1), 50); return () => clearInterval(id); }, []);
        return <p>{n}</p>; }
      function Count() { const [n, setN] = useState(0); return <button onClick={() => setN(n + 1)}>Count {n > 0 ? 'up' : ''}</button>; }`;
    const [home] = (await siteOf(onePage("<main><Clock /><button>Fake</button><Count /></main>", clock)))
      .routes;
    expect(home?.controls.map(({ name, state }) => `${name}: ${state}`)).to.deep.equal([
      "fake: dead",
      "count: alive",
    ]);
  });

  it("knows addresses that the site does not have", async () => {
    const artifact = fivePages({
      "src/pages/Hours.tsx": `import { Link } from 'react-router-dom';
        export default function Hours() { return <p><Link to="/nope">Lost</Link><a href="/about">Plain</a></p>; }`,
    });
    const { routes } = await siteOf(artifact);
    const lost = routes.find(({ path }) => path === "/nope");
    expect(lost).to.deep.include({ from: "link", missing: true });
    const hours = routes.find(({ path }) => path === "/hours");
    expect(hours?.links.slice(-2).map(({ leads }) => leads)).to.deep.equal(["dead", "route"]);
  });

  it("walks a router that keeps its address in the fragment", async () => {
    const app = fivePages().files["src/App.tsx"]!.replaceAll("BrowserRouter", "HashRouter");
    const { routes } = await siteOf(fivePages({ "src/App.tsx": app }));
    expect(routes.map(({ path }) => path)).to.deep.equal([
      "/",
      "/#/breads",
      "/#/order",
      "/#/about",
      "/#/hours",
    ]);
    expect(routes.every(({ missing, sameAs }) => !missing && sameAs === undefined)).to.equal(true);
  });

  it("serves files of public/ and nothing from elsewhere", async () => {
    const artifact: SiteArtifact = {
      kind: "site",
      files: {
        "public/data.json": '{"word":"served"}',
        "src/App.tsx": `import { useEffect, useState } from 'react';
          export default function App() { const [text, setText] = useState('');
            useEffect(() => { Promise.all(['/data.json', '/none.json', 'https://example.org/x'].map((url) =>
              fetch(url).then((r) => r.ok ? r.text() : String(r.status)).catch(() => 'closed'))).then((all) => setText(all.join('|'))); }, []);
            return <p>{text}</p>; }`,
      },
    };
    const page = await pageOf(artifact);
    expect(page.snapshot.texts.map(({ text }) => text).join("")).to.equal('{"word":"served"}|404|closed');
  });

  it("says in words why a site does not build or start", async () => {
    const render = (artifact: SiteArtifact) => renderer.render({ artifact, viewport: VIEWPORT });
    const unbuilt = await render(onePage("<p>{axios.name}</p>", "import axios from 'axios';"));
    expect(unbuilt).to.deep.include({ status: "failed", reason: "build_failed" });
    expect(unbuilt.status === "failed" && unbuilt.message).to.match(
      /src\/App\.tsx.*line 1.*axios.*react-router-dom/s,
    );
    const broken = await render(onePage("<p>{({}) as never}</p>"));
    expect(broken).to.deep.include({ status: "failed", reason: "script_error" });
    expect(broken.status === "failed" && broken.message).to.include("Objects are not valid as a React child");
  });

  it("stands pages that misbehave", async () => {
    const app = (effect: string) =>
      onePage(
        "<main><h1>Up</h1><button onClick={() => { for (;;) {} }}>Hang</button><button>Idle</button></main>",
        `import { useEffect } from 'react'; function Nothing() { useEffect(() => { ${effect} }, []); return null; }
        export const x = <Nothing />;`,
      );
    const outcome = await renderer.render({ artifact: app(""), viewport: VIEWPORT, deadline: 3000 });
    if (outcome.status !== "rendered") throw new Error(outcome.message);
    const [home] = outcome.page.site!.routes;
    expect(home?.controls.map(({ state }) => state)).to.deep.equal(["unchecked", "unchecked"]);
    const leaving = "setTimeout(() => { location.href = 'https://example.org/'; }, 50); location.hash = 'x';";
    const away = await renderer.render({
      artifact: onePage(
        "<Leaver />",
        `import { useEffect } from 'react';
        function Leaver() { useEffect(() => { ${leaving} }, []); return <p>Here</p>; }`,
      ),
      viewport: VIEWPORT,
    });
    expect(away.status).to.equal("rendered");
    expect((await siteOf(fivePages())).routes).to.have.length(5);
  });

  it("draws a page that goes from document to document without end, and the next one as if nothing had been", async () => {
    const looping = onePage("<Loop />", "function Loop() { location.reload(); return <p>Here</p>; }");
    for (let turn = 0; turn < 10; turn++) {
      const outcome = await renderer.render({ artifact: looping, viewport: VIEWPORT, deadline: 3000 });
      expect(outcome.status === "failed" ? outcome.message : outcome.status).to.equal("rendered");
      expect((await siteOf(onePage("<p>There</p>"))).routes).to.have.length(1);
    }
  }).timeout(60_000);

  it("follows plain links and forms to another document of the site", async () => {
    const app = `import { BrowserRouter, useLocation } from 'react-router-dom';
      function Page() { const { pathname } = useLocation();
        return <main><h1>At {pathname}</h1><a href="/two">Two</a>
          <form action="/three"><input name="q" aria-label="Query" /></form></main>; }
      export default function App() { return <BrowserRouter><Page /></BrowserRouter>; }`;
    const given = { requirement: "", given: "/" };
    const { probes: results } = await siteReportOf(
      renderer,
      { kind: "site", files: { "src/App.tsx": app } },
      [
        {
          ...given,
          id: "link",
          steps: [{ do: "click", target: { role: "link", name: "Two" } }],
          expect: [
            { kind: "url", equals: "/two" },
            { kind: "text", includes: "At /two" },
          ],
        },
        {
          ...given,
          id: "form",
          steps: [
            { do: "fill", target: { role: "textbox", name: "Query" }, text: "x" },
            { do: "press", key: "Enter" },
          ],
          expect: [
            { kind: "url", equals: "/three?q=x" },
            { kind: "text", includes: "At /three" },
          ],
        },
      ],
    );
    expect(results.map(({ verdict }) => verdict)).to.deep.equal(["pass", "pass"]);
  });
});
