import { expect } from "chai";
import type { Probe } from "../../../env/contract/probe.js";
import { probeHtml, scoreOf, scoresOf } from "./probe-html.js";

const exists = (text: string): Probe => ({ kind: "exists", query: { text } });
const whole = (of: readonly Probe[], unwanted = "Spam"): Probe => ({
  kind: "whole",
  of,
  without: [{ kind: "count", query: { text: unwanted }, equals: 0 }],
});

describe("probes of a whole page", function () {
  this.timeout(20_000);

  it("whole: parts that are missing cost four times their share, three quarters of a part are enough", async () => {
    const letters = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"];
    const page = (count: number) =>
      letters
        .slice(0, count)
        .map((text) => `<p>${text}</p>`)
        .join("");
    const probe = whole(letters.map(exists));
    expect(await scoreOf(page(8), probe)).to.equal(1);
    expect(await scoreOf(page(7), probe)).to.be.closeTo(0.5, 1e-9);
    expect(await scoreOf(page(6), probe)).to.equal(0);
    const nearly: Probe = { kind: "all", of: letters.slice(0, 4).map(exists) };
    expect(await scoreOf(page(3), whole([nearly]))).to.equal(1);
    expect(await scoreOf(page(2), whole([nearly]))).to.equal(0);
  });

  it("whole: counts for nothing with what should not be there, and has no score when a part has none", async () => {
    expect(await scoreOf("<p>One</p><p>Spam</p>", whole([exists("One")]))).to.equal(0);
    const [broken] = await probeHtml("<p>One</p>", [whole([{ kind: "exists", css: "p[" }])]);
    expect(broken!.score).to.equal(null);
  });

  it("names: a few of them are words, many are a list", async () => {
    const probe: Probe = { kind: "names", names: ["Oak", "Sage", "Luma", "Nova"], most: 2 };
    expect(await scoreOf("<p>Oak tables and Sage tea, for a luma and a nova; soaking</p>", probe)).to.equal(
      1,
    );
    expect(await scoreOf("<p>Oak Sage Luma</p>", probe)).to.equal(0);
    expect(await scoreOf(`<p>Oak Sage <span style="filter:blur(4px)">Luma</span></p>`, probe)).to.equal(1);
  });

  it("makes the same click once, wherever it is asked for", async () => {
    const click: Probe = { kind: "click", query: { text: "Ask" }, expect: [{ kind: "revealed" }] };
    const html = "<details><summary>Ask</summary><p>We answer at once.</p></details>";
    expect(await scoresOf(html, [click, whole([click]), click])).to.deep.equal([1, 1, 1]);
  });
});

describe("a second look at a page", function () {
  this.timeout(30_000);
  const text = "<p>We look after every detail so that you feel at home with us.</p>".repeat(12);
  const steady = async (body: string): Promise<number> => {
    const [result] = await probeHtml(`<!DOCTYPE html><body>${body}`, [{ kind: "legibility" }]);
    return result!.legibility!.steady;
  };

  it("finds what goes at the first click or key, and after a while under the mouse", async () => {
    const gone = "document.body.textContent=''";
    expect(await steady(`${text}<script>addEventListener("click",()=>{${gone}})</script>`)).to.equal(0);
    expect(await steady(`${text}<script>addEventListener("keydown",()=>{${gone}})</script>`)).to.equal(0);
    const slow = `addEventListener("mousemove",()=>setTimeout(()=>{${gone}},200))`;
    expect(await steady(`${text}<script>${slow}</script>`)).to.equal(0);
  });

  it("finds what goes at the wheel, at a touch, behind another window, and after some seconds", async () => {
    const gone = "document.body.textContent=''";
    for (const type of ["wheel", "touchstart", "blur"])
      expect(
        await steady(`${text}<script>addEventListener("${type}",()=>{${gone}})</script>`),
        type,
      ).to.equal(0);
    expect(await steady(`${text}<script>setTimeout(()=>{${gone}},4000)</script>`)).to.equal(0);
  });

  it("finds letters that become others, and a page that throws its reader back", async () => {
    const scramble = `addEventListener("mousemove",()=>{const w=document.createTreeWalker(document.body,4);for(let n;n=w.nextNode();)n.nodeValue=n.nodeValue.replace(/[a-z]/gi,c=>"qzxvkjwypf"[c.charCodeAt(0)%10])},{once:true})`;
    expect(await steady(`${text}<script>${scramble}</script>`)).to.be.below(0.1);
    const long = `<div style="height:1400px">${text}</div>${text}`;
    expect(await steady(`${long}<script>addEventListener("scroll",()=>scrollTo(0,0))</script>`)).to.be.below(
      0.45,
    );
    expect(await steady(`${long}<script>addEventListener("scroll",()=>{})</script>`)).to.equal(1);
  });

  it("is not misled by what a menu, a card or a link does under the mouse", async () => {
    const rules =
      "a:hover{opacity:0}nav:hover ul{display:block}nav ul{display:none}p{transition:color .3s}p:hover{color:#246}";
    expect(
      await steady(`<style>${rules}</style><nav>Menu<ul><li>Home</ul></nav>${text}<script></script>`),
    ).to.be.at.least(0.95);
  });

  it("is not misled by a click that was made before", async () => {
    const html = `<!DOCTYPE html><style>html:hover p{visibility:hidden}</style><details><summary>Ask</summary>Yes, of course.</details>${text}`;
    const [click, reading] = await probeHtml(html, [
      { kind: "click", query: { text: "Ask" }, expect: [{ kind: "revealed" }] },
      { kind: "legibility" },
    ]);
    expect(click!.score).to.equal(1);
    expect(reading!.score).to.equal(0);
  });

  it("gives up on a page whose text begins many windows down, and on words torn to letters", async () => {
    const read = (html: string) => scoreOf(`<!DOCTYPE html><body>${html}`, { kind: "legibility" });
    expect(await read(`<div style="padding-top:9000px">${text}</div>`)).to.equal(0);
    expect(await read(`<div style="padding-top:2500px">${text}</div>`)).to.equal(1);
    expect(await read(`<p style="width:1px;overflow-wrap:anywhere">Detail matters always</p>`)).to.equal(0);
  });
});
