import { expect } from "chai";
import type { Probe, Query } from "../../../env/contract/probe.js";
import { scoreOf, scoresOf } from "./probe-html.js";

const exists = (query: Query): Probe => ({ kind: "exists", query });
const found = (html: string, query: Query) => scoreOf(html, exists(query));
const texts = (...list: string[]): Query[] => list.map((text) => ({ text }));

describe("probes without false alarms", function () {
  this.timeout(20_000);

  it("a footer's own text is in the footer, a link's own text in the link", async () => {
    const html = `<footer>Open every day</footer><nav><a href="#">Home</a></nav>`;
    expect(await found(html, { includes: "Open every day", within: { role: "contentinfo" } })).to.equal(1);
    expect(await found(html, { text: "Home", within: { role: "link" } })).to.equal(1);
    expect(await found(html, { includes: "Open every day", within: { role: "navigation" } })).to.equal(0);
  });

  it("arrows, dashes, quotes and full stops around the words asked for do not matter", async () => {
    const html = `<button>Order now →</button><button>» Book now!</button><p>“Come along.”</p><cite>— Ada</cite>
      <h2>Is it free?</h2><h3>Don’t wait</h3><b>120+</b><h4>Pro –</h4>`;
    const scores = await scoresOf(html, [
      exists({ role: "button", text: "Order now" }),
      exists({ role: "button", text: "Book now" }),
      exists({ text: "Come along" }),
      exists({ text: "Ada" }),
      exists({ role: "heading", text: "Is it free?" }),
      exists({ role: "heading", text: "Don't wait" }),
      exists({ text: "120" }),
      exists({ role: "heading", text: "Pro" }),
    ]);
    expect(scores).to.deep.equal([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(await found(html, { role: "button", text: "Order" })).to.equal(0);
    expect(await found("<b>1200</b><b>12</b>", { text: "120" })).to.equal(0);
    expect(await found("<b>$99</b>", { text: "$9" })).to.equal(0);
  });

  it("short additions to an amount or a name do not matter, other words do", async () => {
    expect(await found("<p>$9 / month</p>", { text: "$9" })).to.equal(1);
    expect(await found("<p>$9/mo</p>", { text: "$9" })).to.equal(1);
    expect(await found("<p>from $9 a month</p>", { text: "$9" })).to.equal(0);
    expect(await found("<cite>Ada, a guest</cite>", { text: "Ada" })).to.equal(1);
    expect(await found("<p>120 happy cities</p>", { text: "120" })).to.equal(1);
    expect(await found("<p>We have been in 120 cities since spring</p>", { text: "120" })).to.equal(0);
    expect(await found("<p>1. Ask</p>", { text: "Ask" })).to.equal(1);
    expect(await found("<button>Book now</button>", { text: "Book" })).to.equal(0);
  });

  it("a part of a longer word is not the word", async () => {
    expect(await found("<p>Our solution works</p>", { includes: "Sol" })).to.equal(0);
    expect(await found("<p>This is Sol, a bakery</p>", { includes: "Sol" })).to.equal(1);
    expect(await found("<p>cheap: $9 only</p>", { includes: "$" })).to.equal(1);
    expect(await found("<p>静かな街角のコーヒー店</p>", { includes: "コーヒー" })).to.equal(1);
  });

  it("a logo link does not disturb the order of the navigation's links", async () => {
    const links = ["Home", "Shop", "News"];
    const queries = links.map((text) => ({ role: "link", text, within: { role: ["navigation", "banner"] } }));
    const html = (order: readonly string[]) =>
      `<header><a href="/">Luma</a><nav style="display:flex;gap:1rem">${order.map((link) => `<a href="#">${link}</a>`).join("")}</nav></header>`;
    expect(await scoreOf(html(links), { kind: "order", queries })).to.equal(1);
    expect(await scoreOf(html(["News", "Shop", "Home"]), { kind: "order", queries })).to.equal(0);
  });

  it("steps may be cards, and numbers may be marks, counters or figures", async () => {
    const probe: Probe = { kind: "numbered", queries: texts("Ask", "Plan") };
    const cards = (one: string, two: string) =>
      `<div><section>${one}</section><section>${two}</section></div>`;
    expect(await scoreOf("<ol><li>Ask</li><li>Plan</li></ol>", probe)).to.equal(1);
    expect(await scoreOf(`<ol style="list-style:none"><li>Ask</li><li>Plan</li></ol>`, probe)).to.equal(0);
    expect(await scoreOf("<ul><li>Ask</li><li>Plan</li></ul>", probe)).to.equal(0);
    expect(await scoreOf(cards("<b>1</b><h3>Ask</h3>", "<b>2</b><h3>Plan</h3>"), probe)).to.equal(1);
    expect(await scoreOf(cards("<b>01</b><h3>Ask</h3>", "<b>02</b><h3>Plan</h3>"), probe)).to.equal(1);
    expect(await scoreOf(cards("<p>Step 1</p><h3>Ask</h3>", "<p>Step 2</p><h3>Plan</h3>"), probe)).to.equal(
      1,
    );
    expect(await scoreOf(cards("<h3>1. Ask</h3>", "<h3>2. Plan</h3>"), probe)).to.equal(1);
    expect(await scoreOf(cards("<b>1</b><h3>Ask</h3>", "<b>3</b><h3>Plan</h3>"), probe)).to.equal(0.5);
    const counter = "<style>li{counter-increment:s;list-style:none}li::before{content:counter(s)}</style>";
    expect(await scoreOf(`${counter}<ol><li>Ask</li><li>Plan</li></ol>`, probe)).to.equal(1);
    expect(await scoreOf(cards("<h3>Ask</h3>", "<h3>Plan</h3>"), probe)).to.equal(0);
  });

  it("a field is labelled by what can be seen", async () => {
    const field: Query = { role: "textbox", label: "City" };
    expect(await found("<label>City <input></label>", field)).to.equal(1);
    expect(await found("<label>City: * <input></label>", field)).to.equal(1);
    expect(await found(`<input placeholder="City">`, field)).to.equal(1);
    expect(
      await found(`<form><div><span>City</span><input></div><div>Mail<input></div></form>`, field),
    ).to.equal(1);
    expect(await found(`<input aria-label="City">`, field)).to.equal(0);
    expect(
      await found(`<style>::placeholder{color:transparent}</style><input placeholder="City">`, field),
    ).to.equal(0);
    expect(
      await found(
        `<label style="position:absolute;clip-path:inset(50%)" for="c">City</label><input id="c">`,
        field,
      ),
    ).to.equal(0);
    expect(await found(`<label style="filter:blur(4px)">City <input></label>`, field)).to.equal(0);
  });

  it("a picture paints something of its own", async () => {
    const sea: Query = { picture: "Sea" };
    const drawing = `<svg viewBox="0 0 8 5" width="200" height="125"><path d="M0 3q1-.6 2 0t2 0 2 0 2 0v2H0z" fill="#0f766e"/></svg>`;
    const figure = (picture: string) => `<figure>${picture}<figcaption>Sea</figcaption></figure>`;
    expect(await found(figure(drawing), sea)).to.equal(1);
    expect(await found(`<div><div>${drawing}</div><p>Sea</p></div>`, sea)).to.equal(1);
    expect(await found(figure(`<svg width="200" height="125" style="background:#bcd"></svg>`), sea)).to.equal(
      0,
    );
    expect(await found(figure(""), sea)).to.equal(0);
    expect(await found(`<svg role="img" aria-label="Sea" width="200" height="125"></svg>`, sea)).to.equal(0);
    expect(
      await found(
        `<div role="img" aria-label="Sea" style="width:200px;height:99px;background:linear-gradient(#036,#9cf)"></div>`,
        sea,
      ),
    ).to.equal(1);
    expect(
      await found(
        `<body style="background:linear-gradient(#fff,#000);height:600px">${figure(`<svg width="200" height="125"></svg>`)}</body>`,
        sea,
      ),
    ).to.equal(0);
    const both = `<div style="display:flex">${figure(drawing)}${figure(drawing).replace("Sea", "Hills")}</div>`;
    const row: Probe = { kind: "columns", queries: [sea, { picture: "Hills" }], columns: 2 };
    expect(await scoreOf(both, row)).to.equal(1);
    expect(await found(figure(drawing), { picture: "Hills" })).to.equal(0);
    expect(await found(drawing, { picture: "" })).to.equal(1);
    expect(
      await found(`<svg width="20" height="20"><circle r="5" cx="9" cy="9"/></svg>`, { picture: "" }),
    ).to.equal(0);
  });

  it("a question is closed before a click and shows new text after it", async () => {
    const click: Probe = { kind: "click", query: { text: "Is it free?" }, expect: [{ kind: "revealed" }] };
    const button = (script: string, answer: string) =>
      `<button aria-expanded="false" onclick="${script}">Is it free?</button>${answer}`;
    const answer = "<p hidden>Yes, at any time.</p>";
    expect(
      await scoreOf("<details><summary>Is it free?</summary>Yes, at any time.</details>", click),
    ).to.equal(1);
    expect(
      await scoreOf("<details open><summary>Is it free?</summary>Yes, at any time.</details>", click),
    ).to.equal(0);
    expect(await scoreOf("<details><summary>Is it free?</summary></details>", click)).to.equal(0);
    expect(await scoreOf(button("nextElementSibling.hidden=false", answer), click)).to.equal(1);
    expect(await scoreOf(button("ariaExpanded='true'", answer), click)).to.equal(0);
    const pale = `<p hidden style="color:#fdfdfd">Yes, at any time.</p>`;
    expect(await scoreOf(button("nextElementSibling.hidden=false", pale), click)).to.equal(0);
  });

  it("a quote has words besides its name, a band another ground than the page", async () => {
    const probe: Probe = { kind: "company", queries: texts("Ada", "Kai"), words: 2 };
    const quote = (text: string, name: string) =>
      `<blockquote><p>${text}</p><cite>${name}</cite></blockquote>`;
    expect(
      await scoreOf(
        `<div>${quote("It just feels right.", "Ada")}${quote("Great work.", "Kai")}</div>`,
        probe,
      ),
    ).to.equal(1);
    expect(
      await scoreOf(`<div>${quote("It just feels right.", "Ada")}${quote("", "Kai")}</div>`, probe),
    ).to.equal(0.5);
    const band: Probe = { kind: "band", query: { role: "heading", text: "Let us talk" } };
    const section = (style: string) => `<section style="${style}"><h2>Let us talk</h2></section>`;
    expect(await scoreOf(section("background:#0f766e;color:#fff"), band)).to.equal(1);
    expect(await scoreOf(section("background:#fff"), band)).to.equal(0);
    expect(await scoreOf(section(""), band)).to.equal(0);
  });

  it("light and dark are told from the picture, with the headline there", async () => {
    const theme = (which: "light" | "dark"): Probe => ({
      kind: "theme",
      theme: which,
      query: { role: "heading", level: 1 },
    });
    const page = (style: string, body: string) => `<body style="margin:0;min-height:600px;${style}">${body}`;
    const both = [theme("light"), theme("dark")];
    const hero = `<header style="background:#0f766e;color:#fff;padding:2rem"><h1>Make better days</h1></header>`;
    expect(await scoresOf(page("background:#fff", hero), both)).to.deep.equal([1, 0]);
    expect(await scoresOf(page("background:#101114", hero), both)).to.deep.equal([0, 1]);
    expect(await scoresOf(page("background:#fff", "<p>Hello</p>"), both)).to.deep.equal([0, 0]);
  });

  it("headings of what was not asked for are counted, those of sections and of the frame are not", async () => {
    const probe: Probe = {
      kind: "foreign",
      sections: [
        [{ role: "heading", text: "Make better days" }],
        texts("Speed", "Care"),
        [{ text: "See you soon" }],
      ],
    };
    const page = (
      more = "",
    ) => `<main><h1>Make better days</h1><section><h2>Why us</h2><h3>Speed</h3><h3>Care</h3></section>${more}</main>
      <footer><h4>Visit</h4><p>See you soon</p></footer>`;
    expect(await scoreOf(page(), probe)).to.equal(1);
    expect(
      await scoreOf(page("<section><h2>Our awards</h2><p>Gold in spring.</p></section>"), probe),
    ).to.equal(0.5);
    expect(
      await scoreOf(page("<section><h2>Awards</h2><h3>Gold</h3><h3>Silver</h3></section>"), probe),
    ).to.equal(0);
    expect(await scoreOf("<h1>Other</h1>", probe)).to.equal(0);
  });

  it("what is missing costs its own item: quality is taken on what is there, none on a page without it", async () => {
    const subjects = texts("One", "Two", "Three", "Four");
    const probe: Probe = { kind: "quality", rule: "contrast", subjects, least: 0.75 };
    expect(await scoreOf("<p>One</p><p>Two</p><p>Three</p>", probe)).to.equal(1);
    expect(await scoreOf(`<p>One</p><p>Two</p><p style="color:#999">Three</p>`, probe)).to.be.closeTo(
      2 / 3,
      1e-9,
    );
    expect(await scoreOf("<p>One</p><p>Two</p>", probe)).to.be.closeTo((2 / 3) ** 2, 1e-9);
    expect(await scoreOf("<p>Five</p>", probe)).to.equal(0);
  });

  it("small type is small whatever makes it so", async () => {
    const probe: Probe = { kind: "quality", rule: "legible", subjects: [{ text: "Words" }] };
    const check = (style: string) => scoreOf(`<p style="${style}">Words</p>`, probe);
    expect(await check("font-size:16px")).to.equal(1);
    expect(await check("font-size:20px;zoom:.6")).to.equal(0);
    expect(await check("font-size:20px;display:inline-block;transform:scale(.6)")).to.equal(0);
    expect(await check("font-size:12px;zoom:1.4")).to.equal(1);
  });
});
