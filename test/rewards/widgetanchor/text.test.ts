import { expect } from "chai";
import fc from "fast-check";
import { decimal, pythonPattern, strip } from "../../../rewards/metrics/ports/python-text.js";
import { cleanUpTsx, stripCodeFences } from "../../../rewards/systems/widgetanchor/released/clean-up.js";
import { acceptReasoning } from "../../../rewards/systems/widgetanchor/released/cot.js";
import {
  countCodeTokens,
  difficultyOf,
} from "../../../rewards/systems/widgetanchor/released/dataset-rules.js";
import {
  extractCodeAtInference,
  extractCodeAtTraining,
  extractCodeForBenchmark,
  isRealCode,
} from "../../../rewards/systems/widgetanchor/released/extract-code.js";
import {
  parseAbsoluteJudgement,
  parsePairwiseJudgement,
} from "../../../rewards/systems/widgetanchor/released/judge-answers.js";
import { fixLucideImports } from "../../../rewards/systems/widgetanchor/released/lucide-imports.js";
import {
  unwrapAtInference,
  unwrapAtTraining,
} from "../../../rewards/systems/widgetanchor/released/unwrap.js";
import { growth } from "../../support/growth.js";

const WIDGET = "export default function Widget() { return <p>Hi</p>; }";

describe("Python's idea of text", () => {
  it("strips its own blanks and not the byte-order mark", () => {
    expect(strip("\x1c\x85\u00a0 a \u3000")).to.equal("a");
    expect(strip("\ufeffa")).to.equal("\ufeffa");
  });

  it("takes digits of any script and words beyond ASCII", () => {
    expect(decimal("٣٤.5")).to.equal(34.5);
    expect(pythonPattern("\\bé\\w+\\b").exec("x étude")?.[0]).to.equal("étude");
  });
});

describe("WidgetAnchor's extraction", () => {
  it("takes the first closed block, an unclosed one, or a fence", () => {
    expect(extractCodeAtInference(`<think>x</think><code>\n${WIDGET}\n</code>`)).to.equal(WIDGET);
    expect(extractCodeAtInference(`<code>${WIDGET}`)).to.equal(WIDGET);
    expect(extractCodeAtTraining(`<code>${WIDGET}`)).to.equal(null);
    expect(extractCodeAtInference(`\`\`\`tsx\n${WIDGET}\n\`\`\``)).to.equal(WIDGET);
    expect(extractCodeAtInference("```html\n<p>x</p>\n```")).to.equal(null);
  });

  it("opens a printed list of message parts", () => {
    const wrapped = `[{'type': 'text', 'text': '<code>it\\'s\\n1</code>'}]`;
    expect(unwrapAtInference(wrapped)).to.equal("<code>it's\n1</code>");
    expect(unwrapAtTraining(`before ${wrapped}`)).to.equal("<code>it's\n1</code>");
    expect(extractCodeAtInference(wrapped)).to.equal("it's\n1");
  });

  it("prefers real code over placeholders, and the longest export, in the benchmark", () => {
    expect(isRealCode("[the provided component]")).to.equal(false);
    expect(extractCodeForBenchmark(`<code>[the provided component]</code><code>${WIDGET}</code>`)).to.equal(
      WIDGET,
    );
    expect(extractCodeForBenchmark("<code>prose</code>")).to.equal(null);
  });

  it("mends imports", () => {
    expect(cleanUpTsx("import './a.css';\n<Pie/>")).to.equal("import { Pie } from 'recharts';\n<Pie/>");
    const fixed = fixLucideImports("import { Star, Foo } from 'lucide-react';\n<Foo/>", ["Star"]);
    expect(fixed).to.include("// removed: Foo").and.to.include("const Foo = (props) => <svg");
  });

  it("takes fences off, and accepts reasoning in order only", () => {
    expect(stripCodeFences("```tsx\ncode\n```")).to.equal("code");
    expect(stripCodeFences("```")).to.equal(null);
    expect(acceptReasoning("<think>a</think><code>[it]</code>", "import x")).to.equal(
      "<think>a</think><code>\nimport x\n</code>",
    );
    expect(acceptReasoning("<code>import</code><think></think>", "x")).to.equal(null);
  });

  it("counts tokens", () => {
    expect(countCodeTokens("<p>né_1 日本</p>")).to.equal(9);
    expect([49, 50, 200, 201].map(difficultyOf)).to.deep.equal(["simple", "medium", "medium", "complex"]);
  });
});

describe("WidgetAnchor's judge", () => {
  it("reads four boxed scores; a missing one is no answer, or 0 as published", () => {
    expect(parseAbsoluteJudgement("\\boxed{layout: 80, color: 70.5, typo: 60, overall: 175}")).to.deep.equal({
      layout: 0.8,
      color: 0.705,
      typo: 0.6,
      overall: 1,
    });
    expect(parseAbsoluteJudgement("no scores")).to.equal(null);
    expect(parseAbsoluteJudgement("layout: 5", { missing: "zero" })).to.deep.include({
      layout: 0.05,
      color: 0,
    });
  });

  it("reads a winner, a tie, or nothing", () => {
    expect(parsePairwiseJudgement("\\boxed{Candidate B is better}").winner).to.equal("B");
    expect(parsePairwiseJudgement("\\boxed{Tie}").winner).to.equal("tie");
    expect(parsePairwiseJudgement("B wins").winner).to.equal(null);
    expect(parsePairwiseJudgement("boxed{Candidate\nA is better}").winner).to.equal(null);
  });
});

describe("every reading of text", () => {
  const pieces = [
    "<code>",
    "</code>",
    "```",
    "```tsx\n",
    "'",
    '"',
    "}",
    "]",
    "\n",
    "[{'type': 'text', 'text': '",
    "import ",
    "\\n",
  ];
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 30 })
      .map((parts) => parts.join("")),
  );

  it("never throws", () => {
    fc.assert(
      fc.property(text, (input) => {
        for (const read of [
          extractCodeAtInference,
          extractCodeAtTraining,
          extractCodeForBenchmark,
          cleanUpTsx,
          stripCodeFences,
          parseAbsoluteJudgement,
          parsePairwiseJudgement,
          countCodeTokens,
        ])
          (read as (input: string) => unknown)(input);
        acceptReasoning(input, input);
        fixLucideImports(input, [input]);
      }),
    );
  });

  it("finds the same ties as the published pattern", () => {
    const published = /boxed\{[^}\n]*\btie\b[^}\n]*\}/i;
    const parts = fc.array(fc.constantFrom("boxed{", "}", "tie", "s", "\n", " ", "BOXED{", "Tie"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(parts, (pieces) => {
        const text = pieces.join("");
        expect(parsePairwiseJudgement(text).winner).to.equal(published.test(text) ? "tie" : null);
      }),
      { numRuns: 500 },
    );
  });

  it("takes time in proportion to the length of junk", function () {
    this.timeout(120_000);
    for (const piece of [" ", "<code>", "```\n", "'", "boxed{", "Candidate A", "\n"]) {
      const factor = growth((length) => {
        const long = piece.repeat(Math.ceil(length / piece.length));
        extractCodeForBenchmark(long);
        extractCodeAtInference(`[{${long}`);
        parsePairwiseJudgement(long);
        parseAbsoluteJudgement(long);
      }, 15_000);
      expect(factor, JSON.stringify(piece)).to.be.below(9);
    }
  });
});
