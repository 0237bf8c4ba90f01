import { expect } from "chai";
import type { Probe, Query } from "../../../env/contract/probe.js";
import { scoreOf, scoresOf } from "./probe-html.js";

const H1: Query = { role: "heading", level: 1 };
const texts = (...list: string[]): Query[] => list.map((text) => ({ text }));

describe("checks of probes", () => {
  it("text: the share of words in common, in order", async () => {
    const check = (equals: string): Probe => ({ kind: "text", query: H1, equals });
    const scores = await scoresOf("<h1>Make better days!</h1>", [
      check("Make better days"),
      check("make better evenings"),
      check("days better make"),
      check("nothing in common"),
    ]);
    expect(scores).to.deep.equal([1, 2 / 3, 1 / 3, 0]);
  });

  it("count: the smaller over the larger number", async () => {
    const html = "<ul><li>a</li><li>b</li><li>c</li></ul>";
    const check = (equals: number): Probe => ({ kind: "count", query: { role: "listitem" }, equals });
    expect(await scoresOf(html, [check(3), check(4), check(1), check(0)])).to.deep.equal([1, 0.75, 1 / 3, 0]);
  });

  it("sequence: the longest common subsequence over the longer list", async () => {
    const html = `<nav><a href="#">Home</a><a href="#">Shop</a><a href="#">News</a></nav>`;
    const check = (...equals: string[]): Probe => ({ kind: "sequence", query: { role: "link" }, equals });
    const scores = await scoresOf(html, [
      check("Home", "Shop", "News"),
      check("Shop", "Home", "News"),
      check("Home", "Shop"),
      check("Blog"),
    ]);
    expect(scores).to.deep.equal([1, 2 / 3, 2 / 3, 0]);
  });

  it("groups: half for being there, half for a box of their own", async () => {
    const groups = [
      ["Basic", "$9"],
      ["Pro", "$19"],
    ];
    const probe: Probe = { kind: "groups", groups };
    const cards = "<div><p>Basic</p><p>$9</p></div><div><p>Pro</p><p>$19</p></div>";
    const apart = "<div><p>Basic</p><p>Pro</p></div><div><p>$9</p><p>$19</p></div>";
    const swapped = "<div><p>Basic</p><p>$19</p></div><div><p>Pro</p><p>$9</p></div>";
    const half = "<div><p>Basic</p><p>$9</p></div>";
    expect(await scoreOf(cards, probe)).to.equal(1);
    expect(await scoreOf(apart, probe)).to.equal(0.5);
    expect(await scoreOf(swapped, probe)).to.equal(0.5);
    expect(await scoreOf(half, probe)).to.equal(0.5);
  });

  it("columns: cards side by side, whatever their titles' heights and however deep they lie", async () => {
    const card = (title: string, text: string) => `<article><p>${text}</p><h3>${title}</h3></article>`;
    const cards = `${card("A", "one line")}${card("B", "a much longer text ".repeat(9))}`;
    const probe: Probe = { kind: "columns", queries: texts("A", "B"), columns: 2 };
    const grid = `<div style="display:grid;grid-template-columns:1fr 1fr">${cards}</div>`;
    expect(await scoreOf(grid, probe)).to.equal(1);
    expect(await scoreOf(`<div>${cards}</div>`, probe)).to.equal(0);
    expect(await scoreOf(`<div>${cards}</div>`, { ...probe, columns: 1 })).to.equal(1);
    expect(await scoreOf(grid.replace("<h3>B</h3>", ""), probe)).to.equal(0);
  });

  it("order: below one another, or side by side from left to right", async () => {
    const html = `<p>One</p><div style="display:flex"><p>Two</p><p>Three</p></div>`;
    const order = (...list: string[]): Probe => ({ kind: "order", queries: texts(...list) });
    const scores = await scoresOf(html, [
      order("One", "Two", "Three"),
      order("One", "Three", "Two"),
      order("One", "Four", "Three"),
      order("Two"),
    ]);
    expect(scores).to.deep.equal([1, 0.5, 0, 1]);
  });

  it("table: the share of cells in their places in the best table", async () => {
    const rows = [
      ["Day", "Hours"],
      ["Monday", "9 to 17"],
    ];
    const probe: Probe = { kind: "table", rows };
    const html = (cells: string) => `<table><tr><th>Day</th><th>Hours</th></tr><tr>${cells}</tr></table>`;
    expect(await scoreOf(html("<td>Monday</td><td>9 to 17</td>"), probe)).to.equal(1);
    expect(await scoreOf(html("<td>Monday</td><td>8 to 17</td>"), probe)).to.equal(0.5625);
    expect(await scoreOf(html("<td>9 to 17</td><td>Monday</td>"), probe)).to.equal(0.5);
    expect(await scoreOf("<p>Monday</p><p>9 to 17</p>", probe)).to.equal(0);
  });

  it("columns and order: from right to left on a page that is read so", async () => {
    const queries = ["One", "Two"].map((text) => ({ text }));
    const probes: Probe[] = [
      { kind: "columns", queries, columns: 2 },
      { kind: "order", queries },
    ];
    const html = (attributes: string) =>
      `<!DOCTYPE html><html ${attributes}><div style="display:flex"><p>One</p><p>Two</p></div>`;
    expect(await scoresOf(html(""), probes)).to.deep.equal([1, 1]);
    expect(await scoresOf(html('dir="rtl"'), probes)).to.deep.equal([1, 1]);
    const turned = html("").replace("flex", "flex;flex-direction:row-reverse");
    expect(await scoresOf(turned, probes)).to.deep.equal([0, 0]);
  });

  it("color: near in OKLab, through gradients and transparency", async () => {
    const near = "#0f766e";
    const probe: Probe = { kind: "color", query: { role: "button" }, of: "background", near };
    const button = (background: string) => `<button style="border:0;background:${background}">Go</button>`;
    expect(await scoreOf(button("#0f766e"), probe)).to.equal(1);
    expect(await scoreOf(button("teal"), probe)).to.equal(1);
    expect(await scoreOf(button("linear-gradient(#0f766e,#0b5)"), probe)).to.equal(1);
    const blue = await scoreOf(button("#0e7490"), probe);
    const red = await scoreOf(button("#b91c1c"), probe);
    expect(blue).to.be.greaterThan(0.5);
    expect(red).to.equal(0);
  });

  it("style, typeface and length: computed values of the first match", async () => {
    const html = `<h1 style="text-align:center;font:48px Georgia">Days</h1>`;
    const scores = await scoresOf(html, [
      { kind: "style", query: H1, property: "text-align", oneOf: ["center"] },
      { kind: "style", query: H1, property: "text-align", oneOf: ["left", "start"] },
      { kind: "typeface", query: H1, face: "serif" },
      { kind: "typeface", query: H1, face: "sans-serif" },
      { kind: "length", query: H1, property: "font-size", min: 44 },
      { kind: "length", query: H1, property: "font-size", max: 40 },
    ]);
    expect(scores.slice(0, 5)).to.deep.equal([1, 0, 1, 0, 1]);
    expect(scores[5]).to.be.closeTo(0.4, 1e-9);
  });

  it("document: the title, and half of it without a language", async () => {
    const probe: Probe = { kind: "document", title: "Luma", language: true };
    expect(await scoreOf(`<html lang="en"><title>Luma</title><p>x</p></html>`, probe)).to.equal(1);
    expect(await scoreOf("<title>Luma</title><p>x</p>", probe)).to.equal(0.5);
    expect(await scoreOf(`<html lang="en"><title>Page</title><p>Luma</p></html>`, probe)).to.equal(0);
  });

  it("all: the mean of its parts", async () => {
    const part = (text: string): Probe => ({ kind: "exists", query: { text } });
    const probe: Probe = { kind: "all", of: [part("a"), { kind: "all", of: [part("b"), part("c")] }] };
    expect(await scoreOf("<p>a</p><p>b</p>", probe)).to.equal(0.75);
  });
});
