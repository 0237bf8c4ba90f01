import { expect } from "chai";
import { pagesTaskSource } from "../../../../datasets/index.js";
import type { RenderedPage } from "../../../../env/contract/rendered-page.js";
import type { Task } from "../../../../env/contract/task.js";
import { askedIn, briefOf } from "../../../../rewards/check/agreement/brief.js";
import { contentOf } from "../../../../rewards/check/agreement/content.js";
import { DESIGNS } from "../../../../rewards/check/agreement/designs/index.js";
import { RUINS } from "../../../../rewards/check/agreement/ruins/index.js";
import { kendallTau, shareNotAbove, spreadOf } from "../../../../rewards/check/agreement/statistics.js";
import { sharedRenderer } from "../../../support/browser.js";

const source = pagesTaskSource();

async function rendered(task: Task, html: string): Promise<RenderedPage> {
  const outcome = await (await sharedRenderer()).render({
    artifact: { kind: "html", html },
    viewport: task.viewport,
  });
  if (outcome.status !== "rendered") throw new Error(`${outcome.status}: ${outcome.message}`);
  return outcome.page;
}

const shownText = ({ snapshot }: RenderedPage) =>
  snapshot.texts
    .map(({ text }) => text)
    .join(" ")
    .replace(/\s+/g, " ");

describe("the content of a page", () => {
  it("is read from semantic markup, section by section", () => {
    const content = contentOf(source.at("test", 9).reference!.html!)!;
    expect(content.brand).to.equal("Atlas");
    expect(content.links).to.deep.equal(["Home", "News"]);
    expect(content.headline).to.equal("Start long weekends with ease");
    expect(content.action).to.equal("Book now");
    expect(content.picture).to.match(/^<svg/);
    expect(content.footer).to.equal("Open every day");
    expect(content.sections.map(({ blocks }) => blocks.map(({ kind }) => kind))).to.deep.equal([
      ["questions"],
      ["form"],
      ["pictures"],
      ["quotes"],
      ["cards"],
    ]);
    const form = content.sections[1]!.blocks[0]!;
    expect(form).to.deep.equal({
      kind: "form",
      fields: [
        { label: "Name", type: "text", multiline: false },
        { label: "Message", type: "text", multiline: true },
        { label: "Company", type: "text", multiline: false },
      ],
      submit: "Submit",
    });
  });

  it("is null for a page without a level-1 heading", () => {
    expect(contentOf("<main><h2>Two</h2></main>")).to.equal(null);
  });

  it("keeps the words that the prompt asks for and puts others in its own", async () => {
    const task = source.at("test", 4);
    const own = await rendered(task, task.reference!.html!);
    const brief = briefOf(task, own, 1)!;
    const quotes = brief.content.sections
      .flatMap(({ blocks }) => blocks)
      .find(({ kind }) => kind === "quotes")!;
    const items = quotes.kind === "quotes" ? quotes.items : [];
    expect(items.map(({ by }) => by)).to.deep.equal(["Ivy", "Noor", "Kai"]);
    expect(items.map(({ text }) => text)).to.not.include("The best hour of my week.");
    expect(brief.look).to.deep.include({ theme: "dark", accent: "rgb(15, 118, 110)", align: "center" });
    expect(askedIn('a hero "Make it so", then $9 / month')("make it so")).to.equal(true);
    expect(askedIn("make it sober")("make it so")).to.equal(false);
  });
});

describe("competent designs", function () {
  this.timeout(120_000);

  for (const [name, design] of Object.entries(DESIGNS)) {
    it(`${name}: holds all that a task asks for, within the window, without the reference's style sheet`, async () => {
      const task = source.at("test", 9);
      const own = await rendered(task, task.reference!.html!);
      const html = design(briefOf(task, own)!);
      const page = await rendered(task, html);
      expect(page.errors).to.deep.equal([]);
      expect(page.width).to.equal(task.viewport.width);
      const text = `${shownText(page)} ${html}`;
      const asked =
        "Atlas|Home|News|Start long weekends with ease|Book now|Where are you?|Do I need to book?|Name|Message|Company|Submit|Sun|City|Sam|Ivy|Value|Balance|Open every day";
      for (const phrase of asked.split("|")) expect(text, phrase).to.include(phrase);
      const rules = (source: string) => new Set(source.match(/[^{}\n]+\{[^{}]+\}/g) ?? []);
      const [mine, theirs] = [rules(html), rules(task.reference!.html!)];
      expect([...mine].filter((rule) => theirs.has(rule))).to.deep.equal([]);
    });
  }
});

describe("ruined pages", () => {
  it("are sixty kinds at least, each different from the page it was made of", () => {
    const task = source.at("test", 9);
    const html = task.reference!.html!;
    const foreign = source.at("test", 4).reference!.html!;
    const input = { html, foreign, prompt: task.prompt, brand: "Atlas", rivals: ["Vela", "Onda"] };
    const made = Object.values(RUINS).flatMap(({ kinds }) => Object.values(kinds).map((ruin) => ruin(input)));
    const pages = made.filter((page) => page !== null);
    expect(pages.length).to.be.at.least(60);
    expect(pages).to.not.include(html);
    expect(new Set(pages).size).to.equal(pages.length);
  });

  it("keep the headline where they claim to, and no word of it where they do not", () => {
    const task = source.at("test", 9);
    const input = {
      html: task.reference!.html!,
      foreign: source.at("test", 4).reference!.html!,
      prompt: task.prompt,
      brand: "Atlas",
      rivals: ["Vela"],
    };
    const kinds = RUINS["wrong content"]!.kinds;
    expect(kinds["another firm's page"]!(input))
      .to.include("Love better days together")
      .and.not.include("Atlas");
    expect(kinds["another firm's page under the right headline"]!(input)).to.include("Start long weekends");
    expect(kinds["every brand wrong"]!(input)).to.include("Vela").and.not.include("Atlas");
    expect(RUINS["half missing"]!.kinds["all sections"]!(input)).to.not.include("<h2>");
    const reversed = RUINS["wrong order"]!.kinds["sections in reverse"]!(input)!;
    expect(reversed.indexOf("<article>")).to.be.below(reversed.indexOf("<details>"));
  });
});

describe("statistics of agreement", () => {
  it("has Kendall's tau-b as SciPy 1.17 computes it", () => {
    expect(kendallTau([0, 1, 2, 3, 4, 5], [0, -0.1, -0.1, 0.2, 0.5, 0.5])).to.be.closeTo(
      0.6445033866354897,
      1e-12,
    );
    expect(kendallTau([0, 1, 2, 3], [3, 2, 1, 0])).to.equal(-1);
    expect(kendallTau([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).to.be.closeTo(0.6, 1e-12);
    expect(kendallTau([1, 2], [7, 7])).to.equal(null);
  });

  it("counts pairs in which the one is not above the other", () => {
    expect(shareNotAbove([0.5, 0.9], [0.5, 0.7])).to.equal(0.5);
    expect(shareNotAbove([], [1])).to.equal(null);
    expect(spreadOf([0.25, null, 0.75])).to.deep.equal({ mean: 0.5, least: 0.25, most: 0.75, pages: 2 });
    expect(spreadOf([null])).to.equal(null);
  });
});
