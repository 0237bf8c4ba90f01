import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import { probeHtml, scoreOf, scoresOf } from "./probe-html.js";

const exists = (text: string): Probe => ({ kind: "exists", query: { text } });

describe("runProbes", () => {
  it("answers in order, whatever widths and clicks are mixed in", async () => {
    const html = `<style>@media (max-width:500px){.wide{display:none}}</style>
      <p class="wide">Wide</p><details><summary>Ask</summary><p>Answer</p></details>`;
    const wide: Probe = { kind: "exists", query: { text: "Wide" } };
    const click: Probe = { kind: "click", query: { text: "Ask" }, expect: [exists("Answer"), wide] };
    const scores = await scoresOf(html, [
      click,
      { ...wide, width: 375 },
      wide,
      exists("Answer"),
      exists("Ask"),
    ]);
    expect(scores).to.deep.equal([1, 0, 1, 0, 1]);
  });

  it("clicks for real: a handler sees a trusted event", async () => {
    const html = `<p id="out">none</p><button style="margin-top:1500px"
      onclick="document.getElementById('out').textContent=event.isTrusted?'trusted':'made'">Go</button>`;
    const probe: Probe = {
      kind: "click",
      query: { role: "button", text: "Go" },
      expect: [exists("trusted")],
    };
    expect(await scoreOf(html, probe)).to.equal(1);
  });

  it("fails a click on nothing", async () => {
    const [result] = await probeHtml("<p>Hello</p>", [
      { kind: "click", query: { role: "button", text: "Go" }, expect: [exists("Hello")] },
    ]);
    expect(result?.score).to.equal(0);
    expect(result?.detail).to.include("Nothing to click");
  });

  it("cannot be fooled by a page that tampers with the language", async () => {
    const html = `<h1>Other</h1><script>
      Array.prototype.includes = Array.prototype.some = Array.prototype.every = () => true;
      String.prototype.includes = () => true; String.prototype.replace = () => "make better days";
      Map.prototype.get = () => 1; Math.max = () => 1; JSON.stringify = () => "[]";
      Element.prototype.matches = () => true; window.getComputedStyle = () => ({});
      Document.prototype.querySelectorAll = () => []; globalThis.webgenProbes = { runChecks: () => [{ score: 1 }] };
      Object.defineProperty(Node.prototype, "nodeValue", { get: () => "Make better days" });
    </script>`;
    expect(await scoresOf(html, [exists("Make better days"), exists("Other")])).to.deep.equal([0, 1]);
  });

  it("reads through form controls that are named like DOM properties", async () => {
    const names = ["parentElement", "getAttribute", "childNodes", "localName", "matches", "body", "labels"];
    const html = `<form name="body"><h1>Make better days</h1>
      ${names.map((name) => `<label>${name}<input name="${name}" id="${name}"></label>`).join("")}</form>
      <img name="querySelectorAll" alt="x"><img name="documentElement" alt="y">`;
    const probe: Probe = { kind: "exists", query: { text: "Make better days", within: { role: "form" } } };
    const outline: Probe = { kind: "quality", rule: "outline", subjects: [{ text: "Make better days" }] };
    expect(await scoresOf(html, [probe, outline])).to.deep.equal([1, 1]);
  });

  it("measures a page of nine thousand elements", async () => {
    const rows = Array.from({ length: 9000 }, (_, index) => `<i>${index}</i>`).join(" ");
    expect(await scoreOf(`<h1>Make better days</h1>${rows}`, exists("Make better days"))).to.equal(1);
  });
});
