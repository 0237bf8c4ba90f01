import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHAT_TOKENS, plainTemplate } from "../../../../agents/policy/chat-template.js";
import type { Checkpoint } from "../../../../agents/policy/checkpoint/index.js";
import type { ModelConfig } from "../../../../agents/policy/engine/engine.js";
import { initialWeights } from "../../../../agents/policy/model/index.js";
import { createTokenizer, trainBpe } from "../../../../agents/policy/tokenizer/index.js";

/** A folder that is gone after the tests of the calling block. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "webgen-checkpoint-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An untrained model of a few thousand parameters with a tokenizer of its own. */
export function smallCheckpoint(seed: number, overrides: Partial<ModelConfig> = {}): Checkpoint {
  const texts = ["<p>Fresh bread</p>\n<p>Fresh bread</p>", "<p>Fresh bread</p>", "<p>Fresh bread</p>"];
  const tokenizer = createTokenizer(trainBpe({ texts, vocabSize: 280, specialTokens: CHAT_TOKENS }));
  const config: ModelConfig = {
    vocabSize: tokenizer.vocabSize,
    hiddenSize: 32,
    intermediateSize: 40,
    layers: 2,
    heads: 4,
    kvHeads: 2,
    maxPositions: 48,
    ropeTheta: 10_000,
    normEpsilon: 1e-5,
    tieEmbeddings: true,
    ...overrides,
  };
  return { config, state: { weights: initialWeights(config, seed) }, tokenizer, template: plainTemplate };
}
