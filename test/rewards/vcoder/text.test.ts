import { expect } from "chai";
import fc from "fast-check";
import {
  cleanupResponse,
  developerHtml,
  extractHtml,
  extractOpenEnvHtml,
} from "../../../rewards/systems/vcoder/extract.js";
import {
  openEnvFormat,
  openEnvStructure,
  openEnvValidity,
} from "../../../rewards/systems/vcoder/openenv-text.js";
import { fixPartialHtml } from "../../../rewards/systems/vcoder/partial-html.js";
import {
  formatReward,
  htmlValidityReward,
  pageStructure,
  structuralSimilarityReward,
  totalReward,
} from "../../../rewards/systems/vcoder/text-rewards.js";

const fence = (html: string) => `\`\`\`html\n${html}\n\`\`\``;
const PAGE =
  "<!DOCTYPE html><html><head><title>t</title></head><body><div class='a'><p>x</p></div></body></html>";

describe("extractHtml", () => {
  it("reads the first closed fence that stands on a line of its own", () => {
    expect(extractHtml(`text ${fence(" <p>a</p> ")} more ${fence("<p>b</p>")}`)).to.equal("<p>a</p>");
    expect(extractHtml("```html\n```")).to.equal("");
    for (const none of [
      "```html <p>",
      "```HTML\n<p></p>\n```",
      "```html5\n<p>\n```",
      "```html\n<p>",
      "<p></p>",
    ]) {
      expect(extractHtml(none)).to.equal(null);
    }
  });

  it("does not know thoughts", () => {
    expect(extractHtml(`<think>${fence("<i>draft</i>")}</think>${fence("<p>final</p>")}`)).to.equal(
      "<i>draft</i>",
    );
  });
});

describe("the OpenEnv extraction", () => {
  it("drops thoughts, takes any fence, else the text", () => {
    expect(extractOpenEnvHtml(`<THINK>x</think>\`\`\`\n<p>a</p>\n\`\`\``)).to.equal("<p>a</p>");
    expect(extractOpenEnvHtml("```html\n<p>cut")).to.equal("<p>cut");
    expect(extractOpenEnvHtml("  <p>a</p> ")).to.equal("<p>a</p>");
  });

  it("reads a developer's tool call", () => {
    const call = "<tool_call><function=render><parameter=other>1</parameter><parameter=html> <b>x</b>";
    expect(developerHtml(call)).to.equal("<b>x</b>");
    expect(developerHtml("plain")).to.equal("plain");
  });
});

describe("VCoder's text rewards", () => {
  it("credits fence and tags", () => {
    expect(formatReward(fence(PAGE))).to.equal(1);
    expect(formatReward(PAGE)).to.equal(0.5);
    expect(formatReward("<htmlx>")).to.equal(0.25);
    expect(formatReward("</html >")).to.equal(0);
  });

  it("finds almost everything valid", () => {
    expect(htmlValidityReward(PAGE)).to.equal(0);
    expect(htmlValidityReward(fence(""))).to.be.closeTo(0.85, 1e-12);
    expect(htmlValidityReward(fence("<table><tr><td><ul><li><a>"))).to.be.closeTo(1, 1e-12);
    expect(htmlValidityReward(fence("<frameset></frameset>"))).to.be.closeTo(0.7, 1e-12);
  });

  it("compares element sequences, and class names when asked to", () => {
    expect(structuralSimilarityReward(fence(PAGE), PAGE)).to.equal(1);
    expect(structuralSimilarityReward(PAGE, PAGE)).to.equal(0);
    const other = PAGE.replace("class='a'", "class='b'");
    expect(pageStructure(other, PAGE)).to.equal(1);
    expect(pageStructure(other, PAGE, 0.4)).to.be.closeTo(0.6, 1e-12);
  });

  it("adds up to 6", () => {
    expect(totalReward({ format: 1, validity: 1, structural: 1, clip: 1 })).to.equal(6);
  });

  it("stays in range for any text", () => {
    const piece = fc.constantFrom(
      "```html\n",
      "```",
      "<html>",
      "</html>",
      "<template>",
      "<svg>",
      "<![CDATA[",
      "<p style='a:b'>",
      "&#",
      "<frameset>",
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 20 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const scores = [
          formatReward(a),
          htmlValidityReward(a),
          structuralSimilarityReward(a, b),
          openEnvFormat(a),
          openEnvValidity(a),
          openEnvStructure(a, b),
        ];
        for (const score of scores) expect(score).to.be.within(0, 1);
        expect(cleanupResponse(a)).to.be.a("string");
        expect(fixPartialHtml(a)).to.be.a("string");
        expect(developerHtml(a)).to.be.a("string");
      }),
      { numRuns: 300 },
    );
  });
});

describe("fixPartialHtml", () => {
  it("shows what there is of a page that is being written", () => {
    expect(fixPartialHtml("<think>still")).to.equal("");
    expect(fixPartialHtml("Here it comes")).to.equal("");
    expect(fixPartialHtml("```html\n<html><body><p>x")).to.equal("<html><body><p>x</p></body></html>");
    expect(fixPartialHtml("```html\n<style>a{b:c")).to.contain("}\n</style>");
  });
});
