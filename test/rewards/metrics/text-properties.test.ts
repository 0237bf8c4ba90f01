import { expect } from "chai";
import fc from "fast-check";
import { compareBlocks, type TextBlock } from "../../../rewards/metrics/design2code/index.js";
import { preprocessPrediction } from "../../../rewards/metrics/design2code/preprocess.js";
import { recolorHtml } from "../../../rewards/metrics/design2code/recolor.js";
import { extractTextWithColor } from "../../../rewards/metrics/design2code/text-tree.js";
import { domLcsRatio } from "../../../rewards/metrics/dom-lcs.js";
import { domSequence } from "../../../rewards/metrics/dom-sequence.js";
import { landmarkSimilarity } from "../../../rewards/metrics/landmarks.js";
import { codePointLength, lengthScore } from "../../../rewards/metrics/length.js";
import { sequenceRatio } from "../../../rewards/metrics/ports/difflib.js";
import { findRepetition } from "../../../rewards/metrics/repetition.js";
import { classNames, classOverlap } from "../../../rewards/metrics/tree/class-overlap.js";
import { pageTags, sequenceSimilarity, tagSequence } from "../../../rewards/metrics/tree/tag-sequence.js";
import { extractHtml as extractFrontcoder } from "../../../rewards/systems/frontcoder/extract.js";
import {
  parseScoresAsReleased,
  parseScoresStrictly,
} from "../../../rewards/systems/frontcoder/judge-reply.js";
import { cleanupResponse, extractHtml, extractOpenEnvHtml } from "../../../rewards/systems/vcoder/extract.js";
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
} from "../../../rewards/systems/vcoder/text-rewards.js";
import { answerFormat } from "../../../rewards/systems/webgen-r1/released/answer-format.js";
import { checkCodeFormat } from "../../../rewards/systems/webgen-r1/released/code-format.js";
import { releasedGrade, strictGrade } from "../../../rewards/systems/webgen-r1/released/grade.js";
import { unpackAsReleased } from "../../../rewards/systems/webgen-r1/released/unpack.js";
import { cleanUpTsx } from "../../../rewards/systems/widgetanchor/released/clean-up.js";
import {
  extractCodeAtInference,
  extractCodeForBenchmark,
} from "../../../rewards/systems/widgetanchor/released/extract-code.js";
import {
  parseAbsoluteJudgement,
  parsePairwiseJudgement,
} from "../../../rewards/systems/widgetanchor/released/judge-answers.js";
import { anyText } from "./arbitrary.js";

interface TextMetric {
  readonly measure: (a: string, b: string) => number;
  readonly symmetric: boolean;
  /** Of a text with itself; null where that may be less than 1. */
  readonly identity: 1 | null;
}

const block = (text: string, k: number): TextBlock => ({
  text: text.slice(0, 40),
  bbox: [0.1, 0.1 * k, 0.5, 0.05],
  color: [k, k, k],
});
const words = (text: string) => text.split(/\s+/).filter(Boolean).slice(0, 6).map(block);

const METRICS: Readonly<Record<string, TextMetric>> = {
  "difflib ratio": {
    measure: (a, b) => sequenceRatio(a.slice(0, 400), b.slice(0, 400)),
    symmetric: false,
    identity: 1,
  },
  "DOM-LCS": { measure: (a, b) => domLcsRatio(domSequence(a), domSequence(b)), symmetric: true, identity: 1 },
  landmarks: {
    measure: (a, b) => landmarkSimilarity(domSequence(a), domSequence(b)).score,
    symmetric: false,
    identity: 1,
  },
  "landmarks by token": {
    measure: (a, b) => landmarkSimilarity(domSequence(a), domSequence(b), "token").score,
    symmetric: false,
    identity: 1,
  },
  "tag sequences": {
    measure: (a, b) => sequenceSimilarity(tagSequence(a), tagSequence(b)),
    symmetric: true,
    identity: null,
  },
  "class overlap": {
    measure: (a, b) => classOverlap(classNames(pageTags(a)), classNames(pageTags(b))),
    symmetric: true,
    identity: null,
  },
  "page structure": { measure: (a, b) => pageStructure(a, b, 0.3), symmetric: false, identity: null },
  "structural reward": { measure: structuralSimilarityReward, symmetric: false, identity: null },
  "OpenEnv structure": { measure: openEnvStructure, symmetric: false, identity: null },
  "Design2Code size": {
    measure: (a, b) => compareBlocks(words(a), words(b)).size,
    symmetric: false,
    identity: null,
  },
  "Design2Code text": {
    measure: (a, b) => compareBlocks(words(a), words(b)).text,
    symmetric: false,
    identity: null,
  },
  format: { measure: formatReward, symmetric: false, identity: null },
  validity: { measure: htmlValidityReward, symmetric: false, identity: null },
  "OpenEnv format": { measure: openEnvFormat, symmetric: false, identity: null },
  "OpenEnv validity": { measure: openEnvValidity, symmetric: false, identity: null },
  "WebGen-R1 format": { measure: answerFormat, symmetric: false, identity: null },
  length: { measure: (a) => lengthScore(codePointLength(a)), symmetric: false, identity: null },
  "repetition inside a window": { measure: (a) => findRepetition(a).local, symmetric: false, identity: null },
  "repetition between windows": {
    measure: (a) => findRepetition(a).between,
    symmetric: false,
    identity: null,
  },
};

/** Readers of answers, pages and judges' replies: they may find nothing, but never throw. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  "FrontCoder's page": extractFrontcoder,
  "VCoder's page": extractHtml,
  "OpenEnv's page": extractOpenEnvHtml,
  "VCoder's clean-up": cleanupResponse,
  "VCoder's partial page": fixPartialHtml,
  "Design2Code's prediction": preprocessPrediction,
  "Design2Code's colours": (text) => recolorHtml(text, 50),
  "Design2Code's texts": extractTextWithColor,
  "WebGen-R1's rules": checkCodeFormat,
  "WebGen-R1's files, as released": unpackAsReleased,
  "WidgetAnchor's code": extractCodeAtInference,
  "the benchmark's code": (text) => extractCodeForBenchmark(text, ["Home"]),
  "WidgetAnchor's clean-up": (text) => cleanUpTsx(text, ["Home"]),
};

describe("text metrics, whatever the texts", function () {
  this.timeout(60_000);

  for (const [name, { measure, symmetric, identity }] of Object.entries(METRICS)) {
    it(`${name} is within 0..1${symmetric ? ", symmetric" : ""}${identity === 1 ? ", 1 for equal texts" : ""}`, () => {
      fc.assert(
        fc.property(anyText, anyText, (a, b) => {
          const value = measure(a, b);
          expect(value).to.be.within(0, 1 + 1e-9);
          if (symmetric) expect(measure(b, a)).to.be.closeTo(value, 1e-12);
          if (identity !== null) expect(measure(a, a)).to.equal(identity);
          expect(measure(a, b)).to.equal(value);
        }),
        { numRuns: 60 },
      );
    });
  }

  for (const [name, read] of Object.entries(READERS)) {
    it(`${name}: anything can be read`, () => {
      fc.assert(
        fc.property(anyText, (text) => {
          const first = JSON.stringify(read(text));
          expect(JSON.stringify(read(text))).to.equal(first);
        }),
        { numRuns: 80 },
      );
    });
  }

  it("a judge's reply gives numbers in range, or none", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const score of parseScoresAsReleased(text)) expect(score).to.be.within(0, 5);
        for (const score of parseScoresStrictly(text, 3) ?? []) expect(score).to.be.within(0, 5);
        expect(releasedGrade(text)).to.be.within(0, 9);
        const grade = strictGrade(text);
        if (grade !== null) expect(grade).to.be.within(0, 5);
        for (const score of Object.values(parseAbsoluteJudgement(text, { missing: "zero" }) ?? {}))
          expect(Number.isFinite(score)).to.equal(true);
        expect(parsePairwiseJudgement(text)).to.have.property("winner");
      }),
      { numRuns: 120 },
    );
  });

  it("longer answers never score more for length", () => {
    fc.assert(
      fc.property(fc.nat(40_000), fc.nat(40_000), (a, b) => {
        expect(lengthScore(Math.max(a, b))).to.be.at.most(lengthScore(Math.min(a, b)));
      }),
    );
  });
});
