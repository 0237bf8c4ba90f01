import { expect } from "chai";
import fc from "fast-check";
import { answerFormat, tagCount } from "../../../rewards/systems/webgen-r1/released/answer-format.js";
import {
  answerOf,
  lastHtmlOrSvg,
  overallScore,
  overallScoreText,
} from "../../../rewards/systems/webgen-r1/released/artifacts-bench.js";
import { releasedGrade, strictGrade } from "../../../rewards/systems/webgen-r1/released/grade.js";
import { inlinePage } from "../../../rewards/systems/webgen-r1/released/inline-page.js";
import { cascadeTotal, releasedTotal } from "../../../rewards/systems/webgen-r1/released/reward-total.js";
import {
  oneDecimal,
  verdictOf,
  webgenBenchAccuracy,
} from "../../../rewards/systems/webgen-r1/released/webgen-bench.js";

const ANSWER = "<think>\nplan\n</think>\n<answer>\nbody\n</answer>";

describe("answerFormat", () => {
  it("wants the tags on lines of their own", () => {
    expect(answerFormat(ANSWER)).to.equal(1);
    expect(answerFormat(`${ANSWER}\nmore`)).to.equal(1);
    for (const wrong of [
      ` ${ANSWER}`,
      `${ANSWER} `,
      ANSWER.replace("</think>\n", "</think>\n\n"),
      ANSWER.replaceAll("\n", "\r\n"),
    ])
      expect(answerFormat(wrong), wrong).to.equal(0);
    expect(tagCount(ANSWER)).to.equal(1);
  });
});

describe("grades", () => {
  it("are hijacked in the released reading and not in the strict one", () => {
    const answer = "It degrades at 1 px.\nGrade (0-5): see below\n**Grade:** 4.5";
    expect(releasedGrade(answer)).to.equal(1);
    expect(strictGrade(answer)).to.equal(4.5);
    expect(strictGrade("Grade: 4/5")).to.equal(4);
    expect(strictGrade("Grade: 10")).to.equal(null);
    expect(strictGrade("Grade: excellent")).to.equal(null);
    expect(strictGrade("Analysis.\nGrade: [3]")).to.equal(3);
  });

  it("of ArtifactsBench come from the last key", () => {
    expect(overallScoreText('{"Overall Score": "40-50"}')).to.equal("40");
    expect(overallScore('{"Overall Score": 72.5}')).to.equal(72.5);
    expect(overallScore('{"Overall Score": 172}')).to.equal(null);
    expect(answerOf({ answer: "<think>a</think> c " })).to.equal("c");
    expect(lastHtmlOrSvg("<html>a</html><svg></svg>").type).to.equal("html");
  });
});

describe("inlinePage", () => {
  it("puts fenced files in place of the links to them", () => {
    const answer =
      '```html\n<head><link rel="stylesheet" href="a.css"></head>\n```\na.css\n```css\np{}\n```\n```javascript\nlet a\n```\n';
    expect(inlinePage(answer)).to.include("<style>p{}\n</style>");
    expect(inlinePage("no page")).to.equal(null);
  });
});

describe("WebGen-Bench accuracy", () => {
  it("counts 647 cases in six families", () => {
    const { all, families } = webgenBenchAccuracy({
      "000001_0": "yes",
      "000001_1": "partial",
      "000001_3": null,
      junk: "yes",
    });
    expect(all).to.deep.include({ yes: 1, partial: 1, no: 0, startFailed: 645, total: 647 });
    const totals = Object.values(families).map(({ total }) => total);
    expect(totals).to.deep.equal([174, 313, 160, 339, 186, 122]);
  });

  it("reads verdicts strictly or as released", () => {
    expect(verdictOf("ANSWER; NO, YESTERDAY only", "released")).to.equal("yes");
    expect(verdictOf("ANSWER; NO, YESTERDAY only")).to.equal("no");
    expect(verdictOf("ANSWER; Yes")).to.equal("yes");
    expect(verdictOf("I think so")).to.equal(null);
  });

  it("prints one decimal, halves to even", () => {
    expect([0.25, 0.35, 99.46, 100].map(oneDecimal)).to.deep.equal([0.2, 0.3, 99.5, 100]);
  });
});

describe("totals", () => {
  it("cascade in the paper and sum in the code", () => {
    const terms = { looks: 5, functional: 1, reasoning: 1 };
    expect(cascadeTotal({ structure: true, build: true, ...terms })).to.be.closeTo(5.2, 1e-12);
    expect(cascadeTotal({ structure: false, build: true, ...terms })).to.equal(0);
    expect(releasedTotal({ appearance: null, codeFormat: 1, format: 1 })).to.be.closeTo(0.2, 1e-12);
  });
});

describe("every reading", () => {
  it("never throws", () => {
    const pieces = [
      "```html\n",
      "```css\n",
      "```",
      "Grade: ",
      "4",
      "<html>",
      "</html>",
      '"Overall Score":',
      "\n",
      "ANSWER",
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary" })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const input = parts.join("");
        for (const read of [
          answerFormat,
          tagCount,
          releasedGrade,
          strictGrade,
          overallScore,
          lastHtmlOrSvg,
          inlinePage,
          verdictOf,
        ])
          (read as (input: string) => unknown)(input);
      }),
    );
  });
});
