import { expect } from "chai";
import type { Probe, Query } from "../../../env/contract/probe.js";
import { probeHtml, scoreOf, scoresOf } from "./probe-html.js";

const exists = (query: Query): Probe => ({ kind: "exists", query });

describe("queries of probes", () => {
  it("finds elements by role, level, text, part of a text, similar text, css and surroundings", async () => {
    const html = `<nav><a href="#">Docs</a></nav><main><h1>Make <em>better</em> days</h1><h2>Plans</h2>
      <p class="lead">Luma is a coffee bar.</p><div role="button" tabindex="0">Go</div></main>`;
    const found = await scoresOf(html, [
      exists({ role: "link", text: "docs", within: { role: "navigation" } }),
      exists({ role: "heading", level: 1, text: "Make better days" }),
      exists({ role: ["link", "button"], text: "Go" }),
      exists({ includes: "a coffee bar", within: { role: "main" } }),
      exists({ css: "p.lead" }),
      { kind: "exists", css: "h2" },
      exists({ role: "heading", like: "Make good days" }),
    ]);
    expect(found).to.deep.equal([1, 1, 1, 1, 1, 1, 1]);
    const missed = await scoresOf(html, [
      exists({ role: "link", text: "docs", within: { role: "main" } }),
      exists({ role: "heading", level: 2, text: "Make better days" }),
      exists({ role: "heading", text: "Make" }),
      exists({ role: "heading", like: "Find quiet days" }),
    ]);
    expect(missed).to.deep.equal([0, 0, 0, 0]);
  });

  it("reads text as it is laid out: blocks and line breaks part words, inline elements do not", async () => {
    const html = "<p>un<b>do</b></p><h1>Fresh<br>starts</h1><div><div>One</div><div>Two</div></div>";
    const queries = ["undo", "Fresh starts", "One Two", "OneTwo"].map((text) => exists({ text }));
    expect(await scoresOf(html, queries)).to.deep.equal([1, 1, 1, 0]);
  });

  it("counts the innermost of nested matches once", async () => {
    const html = "<div><section><p>Alone</p></section></div>";
    expect(await scoreOf(html, { kind: "count", query: { text: "Alone" }, equals: 1 })).to.equal(1);
  });

  it("matches a whole run of text beside other content", async () => {
    expect(await scoreOf("<p><b>120</b> cities</p>", exists({ text: "cities" }))).to.equal(1);
  });

  it("names fields by their visible labels, pictures by captions and alternative texts", async () => {
    const html = `<form><label>City<input></label><label for="m">Mail</label><input id="m" type="email">
      <span id="n">Phone</span><input aria-labelledby="n"><input placeholder="Date"></form>
      <figure><svg width="40" height="40"></svg><figcaption>Sea</figcaption></figure>
      <img alt="Hills" width="40" height="40" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>">`;
    const named = (role: string, name: string) => exists({ role, name });
    const scores = await scoresOf(html, [
      named("textbox", "City"),
      named("textbox", "Mail"),
      named("textbox", "Phone"),
      named("textbox", "Date"),
      named("figure", "Sea"),
      named("img", "Hills"),
      named("textbox", "Sea"),
    ]);
    expect(scores).to.deep.equal([1, 1, 1, 1, 1, 1, 0]);
  });

  it("does not take a hidden label for a name", async () => {
    const html = `<label style="display:none" for="x">City</label><input id="x">`;
    expect(await scoreOf(html, exists({ role: "textbox", name: "City" }))).to.equal(0);
  });

  it("knows landmarks by where a header or footer stands", async () => {
    const html = "<header><p>Top</p></header><main><article><footer><p>Note</p></footer></article></main>";
    const scores = await scoresOf(html, [
      exists({ text: "Top", within: { role: "banner" } }),
      exists({ text: "Note", within: { role: "contentinfo" } }),
    ]);
    expect(scores).to.deep.equal([1, 0]);
  });

  it("says in a sentence what it looked for", async () => {
    const [result] = await probeHtml("<p>Hello</p>", [
      exists({ role: "link", text: "Docs", within: { role: "navigation" } }),
    ]);
    expect(result?.detail).to.equal('Missing: link "Docs" in navigation.');
  });

  it("gives null and the reason for a query that cannot be asked", async () => {
    const [result] = await probeHtml("<p>Hello</p>", [exists({ css: "p[" })]);
    expect(result?.score).to.equal(null);
    expect(result?.detail).to.match(/^The check exists could not be taken: /);
  });
});
