import { expect } from "chai";
import { pagesTaskSource } from "../../../datasets/index.js";
import { HONEST } from "../../fixtures/honest.js";
import { RUINS } from "../../fixtures/ruined.js";
import { probeHtml, scoreOf, scoresOf } from "./probe-html.js";

const page = (body: string) =>
  `<!DOCTYPE html><meta charset="utf-8"><body style="font:16px/1.5 Arial,sans-serif">${body}`;
const read = (html: string) => scoreOf(html, { kind: "legibility" });
const tasks = pagesTaskSource();

describe("legibility of text in the pixels", function () {
  this.timeout(60_000);

  describe("is at least .95 for what people read with ease", () => {
    for (const [name, body] of Object.entries(HONEST)) {
      it(name, async () => {
        expect(await read(page(body))).to.be.at.least(0.945);
      });
    }

    it("references of every level", async () => {
      for (let index = 0; index < 10; index++)
        expect(await read(tasks.at("test", index).reference!.html!)).to.be.at.least(0.99);
    });
  });

  describe("is at most .25 for what nobody can use", () => {
    for (const { family, name, apply } of RUINS) {
      it(`${family}: ${name}`, async () => {
        for (const index of [3, 4])
          expect(await read(apply(tasks.at("test", index).reference!.html!))).to.be.at.most(0.25);
      });
    }
  });

  it("is the share of characters that can be read", async () => {
    const half = `<p>We look after every detail</p><p style="filter:blur(4px)">We look after every detail</p>`;
    expect(await read(page(half))).to.be.within(0.48, 0.52);
  });

  it("takes text that styles hide for unread, but not a little of it", async () => {
    const text = "<p>We look after every detail so that you feel at home.</p>";
    const hidden = (style: string, what: string) => page(`${text}<div style="${style}">${what}</div>`);
    expect(await read(hidden("opacity:0", "Skip"))).to.equal(1);
    expect(await read(hidden("opacity:0", text.repeat(9)))).to.be.below(0.2);
    expect(await read(hidden("display:none", text.repeat(9)))).to.equal(1);
    expect(await read(page(""))).to.equal(1);
  });

  it("reaches checks: what cannot be read is not there", async () => {
    const html = page(`<h1>Make better days</h1><h2 style="filter:blur(8px)">Make better days</h2>
      <h3 style="-webkit-text-security:disc">Make better days</h3>`);
    const exists = (level: number) => ({
      kind: "exists" as const,
      query: { role: "heading", level, text: "Make better days" },
    });
    expect(await scoresOf(html, [exists(1), exists(2), exists(3)])).to.deep.equal([1, 0, 0]);
  });

  it("loses the words that are covered, not the others beside them", async () => {
    const cover = `<i style="position:absolute;left:0;top:-4px;width:3.2em;height:1.8em;background:#246"></i>`;
    const html = page(`<p style="position:relative">Monday from nine to five and again later ${cover}</p>`);
    const includes = (text: string) => ({ kind: "exists" as const, query: { includes: text } });
    expect(await scoresOf(html, [includes("nine to five"), includes("monday")])).to.deep.equal([1, 0]);
  });

  it("sees text whose ground no style tells, such as white on a picture", async () => {
    const dark =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Crect width='900' height='900' fill='%23123'/%3E%3C/svg%3E";
    const html = page(
      `<div style="color:#fff;background-image:url(&quot;${dark}&quot;)"><h1>Make better days</h1></div>`,
    );
    expect(
      await scoreOf(html, { kind: "exists", query: { role: "heading", text: "Make better days" } }),
    ).to.equal(1);
  });

  it("looks at what a click has laid open", async () => {
    const html = (style: string) =>
      page(
        `<style>details p{${style}}</style><details><summary>Is it free?</summary><p>Yes, at any time.</p></details>`,
      );
    const probe = {
      kind: "click" as const,
      query: { text: "Is it free?" },
      expect: [{ kind: "exists" as const, query: { text: "Yes, at any time." } }],
    };
    expect(await scoreOf(html(""), probe)).to.equal(1);
    expect(await scoreOf(html("filter:blur(7px)"), probe)).to.equal(0);
  });

  it("leaves the page as it was for the clicks to come", async () => {
    const html = page(`<script>document.body.dataset.ready = 1</script>
      <details><summary>Ask us</summary><p>We answer every question that you may have.</p></details>
      ${"<p>We look after every detail so that you feel at home.</p>".repeat(60)}`);
    const [first, click] = await probeHtml(html, [
      { kind: "legibility" },
      {
        kind: "click",
        query: { text: "Ask us" },
        expect: [{ kind: "exists", query: { css: "details[open]" } }],
      },
    ]);
    expect([first!.score, click!.score]).to.deep.equal([1, 1]);
  });

  it("says which words cannot be read", async () => {
    const [result] = await probeHtml(page(`<p>Seen</p><p style="filter:blur(4px)">Fogbound</p>`), [
      { kind: "legibility" },
    ]);
    expect(result!.detail).to.include('"Fogbound"');
    expect(result!.legibility!.steady).to.equal(1);
  });
});
