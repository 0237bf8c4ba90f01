import type { MergeCandidate } from "../../../rewards/metrics/design2code/blocks.js";
import { changedPixels, countChanged, detectBlocks } from "../../../rewards/metrics/design2code/detect.js";
import {
  adjustCostForContext,
  aggregateScores,
  colorPool,
  colorSimilarity,
  compareBlocks,
  differenceOfMeans,
  distanceMax1d,
  type FractionBox,
  findPossibleMerge,
  mergeBlocks,
  mergeBlocksByList,
  mergeByBbox,
  PALETTE_SIZE,
  type TextBlock,
  withClip,
} from "../../../rewards/metrics/design2code/index.js";
import { maskWithInpainting } from "../../../rewards/metrics/design2code/mask.js";
import {
  checkRepetitive,
  makeHtml,
  truncateRepeated,
} from "../../../rewards/metrics/design2code/preprocess.js";
import { recolorHtml } from "../../../rewards/metrics/design2code/recolor.js";
import { type ColoredText, extractTextWithColor } from "../../../rewards/metrics/design2code/text-tree.js";
import {
  imageFromRows,
  imageToRows,
  type ResizeFilter,
  type Rgb,
  resize,
  rgbToLab,
} from "../../../rewards/metrics/image/index.js";
import { costMatrix, linearSumAssignment } from "../../../rewards/metrics/ports/assignment.js";
import { sequenceRatio } from "../../../rewards/metrics/ports/difflib.js";
import { classOverlap } from "../../../rewards/metrics/tree/class-overlap.js";
import { sequenceSimilarity, tagSequence } from "../../../rewards/metrics/tree/tag-sequence.js";
import {
  cleanupResponse,
  developerHtml,
  extractHtml,
  extractOpenEnvHtml,
} from "../../../rewards/systems/vcoder/extract.js";
import {
  type ElementText,
  positionReward,
  textBlockReward,
} from "../../../rewards/systems/vcoder/openenv-blocks.js";
import { compositeReward, type OpenEnvPart } from "../../../rewards/systems/vcoder/openenv-composite.js";
import { colorReward, contentFactor, ssimReward } from "../../../rewards/systems/vcoder/openenv-images.js";
import {
  openEnvFormat,
  openEnvStructure,
  openEnvValidity,
} from "../../../rewards/systems/vcoder/openenv-text.js";
import { makeVariants } from "../../../rewards/systems/vcoder/openenv-variants.js";
import { fixPartialHtml } from "../../../rewards/systems/vcoder/partial-html.js";
import {
  formatReward,
  htmlValidityReward,
  structuralSimilarityReward,
  totalReward,
} from "../../../rewards/systems/vcoder/text-rewards.js";
import {
  groupAdvantages,
  resizeDims,
  rolloutAdvantages,
  smoothSteps,
  stepReturns,
} from "../../../rewards/systems/vcoder/training-formulas.js";
import { visualFidelity } from "../../../rewards/systems/vcoder/visual-fidelity.js";
import type { AdapterSet } from "../runner.js";
import { expectedKeysOnly } from "./expected-keys.js";
import { sameMarkup } from "./markup.js";
import { type PaintedImage, paint } from "./painted-image.js";
import { pageFunctions } from "./vcoder-pages.js";

type Rows = readonly (readonly (readonly number[])[])[];
interface Completion {
  readonly completion: string;
}
interface Content {
  readonly content: string;
}
interface Blocks {
  readonly pred: readonly TextBlock[];
  readonly ref: readonly TextBlock[];
}
interface Elements {
  readonly pred: readonly ElementText[];
  readonly ref: readonly ElementText[];
}
interface Pictures {
  readonly pred: PaintedImage;
  readonly ref: PaintedImage;
}
interface Context {
  readonly consecutiveBonus: number;
  readonly windowSize: number;
}
interface Screenshots {
  readonly shotA: Rows;
  readonly shotB: Rows;
  readonly original: Rows;
  readonly texts: readonly ColoredText[];
}

const vcoder: AdapterSet["functions"] = {
  "vcoder.formatReward": ({ completion }: Completion) => formatReward(completion),
  "vcoder.extractHtml": ({ completion }: Completion) => extractHtml(completion),
  "vcoder.htmlValidityReward": ({ completion }: Completion) => htmlValidityReward(completion),
  "vcoder.structuralSimilarityReward": ({ completion, solution }: Completion & { solution: string }) =>
    structuralSimilarityReward(completion, solution),
  "vcoder.tagSequence": ({ html }: { html: string }) => tagSequence(html),
  "vcoder.sequenceSimilarity": ({ a, b }: { a: string[]; b: string[] }) => sequenceSimilarity(a, b),
  "vcoder.classOverlap": ({ a, b }: { a: string[]; b: string[] }) => classOverlap(a, b),
  "vcoder.totalReward": (parts: Parameters<typeof totalReward>[0]) => totalReward(parts),
  "vcoder.computeSsim": ({ a, b }: { a: PaintedImage; b: PaintedImage }) =>
    visualFidelity(paint(a), paint(b)),
  "vcoder.resizeDims": ({
    width,
    height,
    maxWidth,
  }: {
    width: number;
    height: number;
    maxWidth: number | null;
  }) => resizeDims(width, height, maxWidth),
  "vcoder.smoothSteps": ({ steps, values, window }: { steps: number[]; values: number[]; window?: number }) =>
    smoothSteps(steps, values, window),
  "vcoder.cleanupResponse": ({ text }: { text: string }) => cleanupResponse(text),
  "vcoder.fixPartialHtml": { run: ({ raw }: { raw: string }) => fixPartialHtml(raw), compare: sameMarkup },
  "trl.groupAdvantages": ({ rewards, numGenerations }: { rewards: number[]; numGenerations: number }) =>
    groupAdvantages(rewards, numGenerations),
  "pillow.resize": (input: { pixels_hwc: Rows; filter: ResizeFilter; width: number; height: number }) =>
    imageToRows(resize(imageFromRows(input.pixels_hwc), input.width, input.height, input.filter)),
};

const design2code: AdapterSet["functions"] = {
  "d2c.sequenceRatio": ({ a, b }: { a: string; b: string }) => sequenceRatio(a, b),
  "d2c.rgbToLab": ({ rgb }: { rgb: Rgb }) => rgbToLab(rgb),
  "d2c.colorSimilarity": ({ rgb1, rgb2 }: { rgb1: Rgb; rgb2: Rgb }) => colorSimilarity(rgb1, rgb2),
  "d2c.distanceMax1d": ({ x1, y1, x2, y2 }: { x1: number; y1: number; x2: number; y2: number }) =>
    distanceMax1d(x1, y1, x2, y2),
  "d2c.mergeBlocks": ({ a, b }: { a: TextBlock; b: TextBlock }) => mergeBlocks(a, b),
  "d2c.mergeByBbox": ({ blocks }: { blocks: TextBlock[] }) => mergeByBbox(blocks),
  "d2c.mergeBlocksByList": ({ blocks, mergeList }: { blocks: TextBlock[]; mergeList: MergeCandidate[] }) =>
    mergeBlocksByList(blocks, mergeList),
  "d2c.adjustCostForContext": ({ cost, consecutiveBonus, windowSize }: Context & { cost: number[][] }) => {
    const { data, columns } = adjustCostForContext(costMatrix(cost), consecutiveBonus, windowSize);
    return cost.map((_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
  },
  "scipy.linearSumAssignment": ({ cost }: { cost: number[][] }) => {
    const { rows, columns } = linearSumAssignment(costMatrix(cost));
    return { rows, cols: columns };
  },
  "d2c.differenceOfMeans": ({ current, updated }: { current: number[]; updated: number[] }) =>
    differenceOfMeans(current, updated),
  "d2c.findPossibleMerge": ({ pred, ref, consecutiveBonus, windowSize }: Blocks & Context) => {
    const found = findPossibleMerge(pred, ref, { bonus: consecutiveBonus, window: windowSize });
    return { pred: found.prediction, ref: found.reference, matching: found.pairs };
  },
  "d2c.scoreBlocks": ({ pred, ref, clip }: Blocks & { clip: number }) =>
    withClip(compareBlocks(pred, ref), clip),
  "d2c.aggregate": ({ perFile }: { perFile: Record<string, number[]> }) => aggregateScores(perFile),
  "d2c.colorPool": ({ offset, take }: { offset: number; take?: number }) => colorPool(offset, take),
  "d2c.colorPoolSize": () => PALETTE_SIZE,
  "d2c.recolorHtml": {
    run: ({ html, offset }: { html: string; offset: number }) => recolorHtml(html, offset),
    compare: sameMarkup,
  },
  "d2c.extractTextWithColor": ({ html }: { html: string }) => extractTextWithColor(html),
  "d2c.detectBlocks": ({ shotA, shotB, original, texts }: Screenshots) => {
    const [a, b] = [imageFromRows(shotA), imageFromRows(shotB)];
    return {
      changedPixels: countChanged(changedPixels(a, b)),
      blocks: detectBlocks(a, b, imageFromRows(original), texts),
    };
  },
  "d2c.truncateRepeated": {
    run: ({ html, maxCount }: { html: string; maxCount: number }) => truncateRepeated(html, maxCount),
    compare: sameMarkup,
  },
  "d2c.makeHtml": ({ html }: { html: string }) => makeHtml(html),
  "d2c.checkRepetitive": ({ html }: { html: string }) => checkRepetitive(html),
  "d2c.maskWithInpainting": ({ pixels_hwc, boxes }: { pixels_hwc: Rows; boxes: FractionBox[] }) =>
    imageToRows(maskWithInpainting(imageFromRows(pixels_hwc), boxes)),
};

const openEnv: AdapterSet["functions"] = {
  "openenv.extractHtml": ({ content }: Content) => extractOpenEnvHtml(content),
  "openenv.developerHtml": ({ content }: Content) => developerHtml(content),
  "openenv.formatReward": ({ content }: Content) => openEnvFormat(content),
  "openenv.htmlValidityReward": ({ content }: Content) => openEnvValidity(content),
  "openenv.structuralReward": ({ content, solution }: Content & { solution: string }) =>
    openEnvStructure(content, solution),
  "openenv.textBlockReward": ({ pred, ref }: Elements) => textBlockReward(pred, ref),
  "openenv.positionReward": ({ pred, ref }: Elements) => positionReward(pred, ref),
  "openenv.colorReward": ({ pred, ref }: Pictures) => colorReward(paint(pred), paint(ref)),
  "openenv.ssimReward": ({ pred, ref }: Pictures) => ssimReward(paint(pred), paint(ref)),
  "openenv.contentFactor": ({ pred, ref }: Pictures) => contentFactor(paint(pred), paint(ref)),
  "openenv.compositeReward": ({ scores }: { scores: Partial<Record<OpenEnvPart, number>> }) =>
    compositeReward(scores),
  "openenv.makeVariants": ({ html }: { html: string }) => makeVariants(html),
  "openenv.stepReturns": ({ rewards, lambda }: { rewards: number[]; lambda?: number }) =>
    stepReturns(rewards, lambda),
  "openenv.grpoAdvantages": ({ returns }: { returns: number[][] }) => rolloutAdvantages(returns),
};

/** Functions of VCoder, its OpenEnv variant, and Design2Code. */
export const adapters: AdapterSet = {
  system: "vcoder",
  functions: { ...expectedKeysOnly({ ...vcoder, ...design2code, ...openEnv }), ...pageFunctions },
  skipped: { "openenv.todo*": "Concerns to-do lists between two agents, which no score depends on." },
};
