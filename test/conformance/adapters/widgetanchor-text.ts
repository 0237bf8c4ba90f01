import { mersenneTwister, pythonSample } from "../../../rewards/metrics/ports/mersenne-twister.js";
import { cleanUpTsx, stripCodeFences } from "../../../rewards/systems/widgetanchor/released/clean-up.js";
import { acceptReasoning } from "../../../rewards/systems/widgetanchor/released/cot.js";
import {
  countCodeTokens,
  difficultyOf,
  splitIds,
} from "../../../rewards/systems/widgetanchor/released/dataset-rules.js";
import {
  extractCodeAtInference,
  extractCodeForBenchmark,
  isRealCode,
} from "../../../rewards/systems/widgetanchor/released/extract-code.js";
import {
  cosineLearningRate,
  groupAdvantages,
  type SequenceLoss,
  sequenceLoss,
} from "../../../rewards/systems/widgetanchor/released/grpo.js";
import {
  type DimensionScores,
  dimensionTotal,
  parseAbsoluteJudgement,
  parsePairwiseJudgement,
  type Winner,
} from "../../../rewards/systems/widgetanchor/released/judge-answers.js";
import { fixLucideImports } from "../../../rewards/systems/widgetanchor/released/lucide-imports.js";
import { hybridReward } from "../../../rewards/systems/widgetanchor/released/programmatic.js";
import { fixRechartsImports } from "../../../rewards/systems/widgetanchor/released/recharts-imports.js";
import { bestAttempt, polish } from "../../../rewards/systems/widgetanchor/released/search.js";
import { roundRobin } from "../../../rewards/systems/widgetanchor/released/tournament.js";
import {
  unwrapAtInference,
  unwrapAtTraining,
} from "../../../rewards/systems/widgetanchor/released/unwrap.js";
import type { AdapterSet } from "../runner.js";

type Text = { readonly text: string };
type Code = { readonly code: string };
type Scored = readonly [code: string | null, score: number | null];

const NO_SCORES: DimensionScores = { layout: 0, color: 0, typo: 0, overall: 0 };

/** Stubs are one entry each in a vector, and the comment above them is left out. */
function lucideLines({ code, exports }: Code & { readonly exports: readonly string[] }) {
  const lines = fixLucideImports(code, exports).split("\n");
  const entries = lines.flatMap((line) => {
    if (line.startsWith("// Circles for icons")) return [];
    const name = /^const (.+) = \(props\) => <svg width=/u.exec(line)?.[1];
    return [name === undefined ? { line } : { stub: name }];
  });
  return { lines: entries };
}

function absolute({ text }: Text) {
  const scores = parseAbsoluteJudgement(text, { missing: "zero" }) ?? NO_SCORES;
  return { ...scores, total: dimensionTotal(scores) };
}

function pairwise({ text }: Text) {
  const { a, b, winner } = parsePairwiseJudgement(text);
  return { a: a ?? NO_SCORES, b: b ?? NO_SCORES, winner: winner ?? "tie" };
}

async function tournament(input: {
  readonly prog_scores_null_if_render_failed: readonly (number | null)[];
  readonly "verdicts_key_A-B": Readonly<Record<string, Winner>>;
}) {
  const calls: number[][] = [];
  const { rewards } = await roundRobin(
    input.prog_scores_null_if_render_failed,
    async (a, b) => {
      calls.push([a, b]);
      return input["verdicts_key_A-B"][`${a}-${b}`] ?? "tie";
    },
    { rules: "released" },
  );
  return { rewards, calls_A_B: calls };
}

function bestOfN({ candidates_code_score }: { readonly candidates_code_score: readonly Scored[] }) {
  const best = bestAttempt(candidates_code_score.map(([code, score]) => ({ code, score })));
  return best ? [best.code, best.score] : [null, 0];
}

async function polishing(input: {
  readonly initial: readonly [string, number];
  readonly rounds: readonly Scored[];
}) {
  const shown: string[] = [];
  const [code, score] = input.initial;
  const history = await polish({ code, score }, input.rounds.length, async (best, round) => {
    shown.push(best);
    const [next, value] = input.rounds[round] ?? [null, null];
    return { code: next, score: value };
  });
  return {
    history: history.map((entry) => [entry.code, entry.score]),
    code_shown_each_round: shown,
  };
}

function grpoStep(input: {
  readonly rewards: readonly number[];
  readonly completion_lengths: readonly number[];
  readonly eps: number;
  readonly beta: number;
  readonly old_logp: readonly (readonly number[])[];
  readonly ref_logp: readonly (readonly number[])[];
  readonly new_logp_per_epoch: readonly (readonly (readonly number[])[])[];
}) {
  const advantages = groupAdvantages(input.rewards);
  const epochs = input.new_logp_per_epoch.map((rows) =>
    rows.map((fresh, i) =>
      sequenceLoss(
        {
          length: input.completion_lengths[i] ?? 0,
          fresh,
          old: input.old_logp[i] ?? [],
          reference: input.ref_logp[i] ?? [],
        },
        advantages[i] ?? 0,
        { epsilon: input.eps, beta: input.beta },
      ),
    ),
  );
  const last = epochs.at(-1)?.at(-1) as SequenceLoss;
  const mean = input.rewards.reduce((sum, reward) => sum + reward, 0) / input.rewards.length;
  return {
    advantages,
    per_epoch_per_sample: epochs.map((losses) =>
      losses.map(({ loss, kl, clipFraction }) => ({ loss, kl, clip_frac_unmasked: clipFraction })),
    ),
    logged_history: { loss: last.loss, reward: mean, kl: last.kl, clip_frac: last.clipFraction },
  };
}

export const adapters: AdapterSet = {
  system: "widgetanchor (text and control flow)",
  functions: {
    "wa.countTokens": ({ tsx }: { readonly tsx: string }) => countCodeTokens(tsx),
    "wa.difficulty": (input: { readonly token_count: number }) => difficultyOf(input.token_count),
    "wa.split": (input: { readonly widget_ids: readonly string[]; readonly seed: number }) =>
      splitIds(input.widget_ids, input.seed),
    "py.randomSample": ({ n, k, seed }: { readonly n: number; readonly k: number; readonly seed: number }) =>
      pythonSample(n, k, mersenneTwister(seed, "cpython")),
    "wa.parseVlmAbsolute": absolute,
    "wa.parseVlmPairwise": pairwise,
    "wa.roundRobin": tournament,
    "wa.composite": ({ prog, vlm }: { readonly prog: number; readonly vlm: DimensionScores }) =>
      hybridReward(prog, dimensionTotal(vlm)),
    "wa.extractCodeInference": ({ text }: Text) => extractCodeAtInference(text),
    "wa.extractCodeBenchmark": (input: Text & { readonly lucide_exports: readonly string[] }) =>
      extractCodeForBenchmark(input.text, input.lucide_exports),
    "wa.unwrapInference": ({ text }: Text) => unwrapAtInference(text),
    "wa.unwrapGrpo": ({ text }: Text) => unwrapAtTraining(text),
    "wa.fixLucideImports": lucideLines,
    "wa.fixRechartsImports": ({ code }: Code) => fixRechartsImports(code),
    "wa.cleanupTsx": (input: Code & { readonly lucide_exports: readonly string[] }) =>
      cleanUpTsx(input.code, input.lucide_exports),
    "wa.isRealCode": ({ code }: Code) => isRealCode(code),
    "wa.stripCodeFences": ({ code }: Code) => stripCodeFences(code) ?? { throws: "IndexError" },
    "wa.acceptCot": ({ raw, tsx }: { readonly raw: string; readonly tsx: string }) =>
      acceptReasoning(raw, tsx),
    "wa.bestOfN": bestOfN,
    "wa.polish": polishing,
    "wa.advantages": ({ rewards }: { readonly rewards: readonly number[] }) => groupAdvantages(rewards),
    "wa.grpoStep": grpoStep,
    "wa.cosineLr": (input: {
      readonly base: number;
      readonly warmup: number;
      readonly total: number;
      readonly steps: readonly number[];
    }) => input.steps.map((step) => cosineLearningRate(step, input.base, input.warmup, input.total)),
  },
};
