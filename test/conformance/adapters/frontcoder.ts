import type { RenderedPage } from "../../../env/contract/rendered-page.js";
import type { RewardContext } from "../../../env/contract/scoring.js";
import { DEFAULT_VIEWPORT, type Task } from "../../../env/contract/task.js";
import { evaluate } from "../../../rewards/formula/evaluate.js";
import { parseFormula } from "../../../rewards/formula/parse.js";
import { domLcsRatio } from "../../../rewards/metrics/dom-lcs.js";
import { domSequence } from "../../../rewards/metrics/dom-sequence.js";
import { landmarkSimilarity } from "../../../rewards/metrics/landmarks.js";
import { lengthScore } from "../../../rewards/metrics/length.js";
import { sequenceRatio } from "../../../rewards/metrics/ports/difflib.js";
import { strip } from "../../../rewards/metrics/ports/python-text.js";
import {
  candidateProbability,
  promptPairing,
  score25,
  trainValidationSplit,
} from "../../../rewards/systems/frontcoder/data-formulas.js";
import { extractHtml } from "../../../rewards/systems/frontcoder/extract.js";
import { FRONTCODER_FORMULA, frontcoderReward } from "../../../rewards/systems/frontcoder/index.js";
import { parseScoresAsReleased } from "../../../rewards/systems/frontcoder/judge-reply.js";
import {
  checklistText,
  judgedCode,
  judgeRequest,
} from "../../../rewards/systems/frontcoder/judge-request.js";
import {
  lengthScoreAsReleased,
  repetitionAsReleased,
  similarityAsReleased,
} from "../../../rewards/systems/frontcoder/released.js";
import type { AdapterSet } from "../runner.js";

interface Text {
  readonly text: string;
}
interface Pair {
  readonly a: string;
  readonly b: string;
}

/** Functions of FrontCoder's reward. */
export const adapters: AdapterSet = {
  system: "frontcoder",
  functions: {
    "reward.extractHtml": ({ text }: Text) => extractHtml(text),
    "reward.checkRepetition": ({ text }: Text) => repetitionAsReleased(text),
    "reward.lengthScore": ({ text }: Text) => lengthScoreAsReleased(text),
    "reward.domSequence": ({ html }: { html: string }) =>
      domSequence(html).map(({ tag, attributes }) => [tag, attributes]),
    "reward.structSimilarity": ({ a, b }: Pair) => domLcsRatio(domSequence(a), domSequence(b)),
    "reward.semanticSimilarity": ({ a, b }: Pair) => landmarkSimilarity(domSequence(a), domSequence(b)).score,
    "reward.similarity": ({ generated, reference }: { generated: string; reference: string }) =>
      similarityAsReleased(generated, reference),
    "reward.parseScores": ({ text }: Text) => parseScoresAsReleased(text),
    "reward.vlmRequest": vlmRequest,
    "reward.compositeCode": compositeCode,
    "difflib.ratio": ({ a, b }: { a: string | string[]; b: string | string[] }) => sequenceRatio(a, b),
    "formula.lengthScoreFromTokens": ({
      tokens,
      lMin,
      lMax,
    }: {
      tokens: number;
      lMin: number;
      lMax: number;
    }) => lengthScore(tokens, lMin, lMax),
    "formula.compositeReadme": compositeReadme,
    "formula.score25": ({ scores }: { scores: number[] }) => score25(scores),
    "formula.lshCandidateProbability": ({
      jaccard,
      bands,
      rows,
    }: Record<"jaccard" | "bands" | "rows", number>) => candidateProbability(jaccard, bands, rows),
    "formula.rlPairing": ({ i }: { i: number[] }) => i.map(promptPairing),
    "formula.trainValSplit": ({ n, trainRatio }: { n: number; trainRatio: number }) =>
      trainValidationSplit(n, trainRatio),
  },
  skipped: {
    "*@libxml": "Follows tree-building rules of libxml2; ours are those of the HTML standard (parse5).",
    "cpt.*": "Builds pre-training data; no score depends on it.",
    "sft.*": "Builds fine-tuning data; no score depends on it.",
    "rl.*": "Builds reinforcement-learning data; no score depends on it.",
    "dedup.*": "Deduplicates data sets; no score depends on it.",
  },
};

interface VlmInput {
  readonly question: string;
  readonly checklist: readonly unknown[];
  readonly html: string;
  readonly image?: string | null;
}

/** The vectors' judge answers twenty ones. */
function vlmRequest({ question, checklist, html, image }: VlmInput): unknown {
  const request = judgeRequest({ question, checklist, html, imageBase64: image ?? undefined });
  if (request === null) return { called: false, scores: new Array(20).fill(0) };
  const [message] = request.messages;
  const imagePart = message.content.find((part) => part.type === "image_url");
  return {
    called: true,
    temperature: request.temperature,
    max_tokens: request.max_tokens,
    role: message.role,
    parts: message.content.map(({ type }) => type),
    imageUrl: imagePart?.type === "image_url" ? imagePart.image_url.url : null,
    checklistBlock: strip(checklistText(checklist)),
    codeLength: [...judgedCode(html)].length,
    scores: new Array(20).fill(1),
  };
}

interface CompositeInput {
  readonly solution: string;
  readonly ground_truth: string | null;
  readonly render: "ok" | "success_false" | "404";
  readonly vlm_reply: string;
}

/** Runs the whole preset with the renderer's and the judge's answers as the vector gives them. */
async function compositeCode({
  solution,
  ground_truth,
  render,
  vlm_reply,
}: CompositeInput): Promise<unknown> {
  let [called, sawImage] = [false, false];
  const scorer = frontcoderReward({
    profile: "compat",
    judge: async (request) => {
      called = true;
      sawImage = request.messages[0].content.some(({ type }) => type === "image_url");
      if (vlm_reply === "raise") throw new Error("The judge is down.");
      return vlm_reply;
    },
  });
  const task: Task = {
    id: "vector",
    kind: "html",
    prompt: "",
    viewport: DEFAULT_VIEWPORT,
    reference: { html: ground_truth ?? "" },
    meta: {},
  };
  const page = { png: new Uint8Array(), html: solution, findings: [], probes: [] } as unknown as RenderedPage;
  const context: RewardContext = {
    task,
    completion: { text: solution },
    artifact: { status: "ok", artifact: { kind: "html", html: solution } },
    render:
      render === "ok"
        ? { status: "rendered", page }
        : { status: "failed", reason: "crash", message: render, milliseconds: 0 },
    page: render === "ok" ? page : null,
    reference: null,
    referencePicture: null,
    signal: new AbortController().signal,
  };
  const [card] = await scorer.score([context]);
  return { reward: card?.total.value, vlm_called: called, vlm_saw_image: sawImage };
}

interface ReadmeInput {
  readonly iRep: number;
  readonly iRender: number;
  readonly sChk: number;
  readonly sSim: number;
  readonly sLen: number;
}

function compositeReadme({ iRep, iRender, sChk, sSim, sLen }: ReadmeInput): unknown {
  const values = { rep: iRep, render: iRender, checklist: sChk, similarity: sSim, length: sLen };
  const formula = parseFormula(FRONTCODER_FORMULA, Object.keys(values));
  return evaluate(formula, values, { failed: "fail", skipped: "fail" });
}
