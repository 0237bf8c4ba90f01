import { CHAT_TOKENS } from "./chat-template.js";
import { createEngine, type EngineOptions } from "./engine/create-engine.js";
import type { ModelConfig } from "./model/config.js";
import { smallConfig } from "./model/parameters.js";
import { createTokenizer } from "./tokenizer/tokenizer.js";
import { trainBpe } from "./tokenizer/train-bpe.js";
import { createTransformerPolicy, type TransformerPolicy } from "./transformer-policy.js";

/** Options of a new policy. */
export interface NewPolicyOptions extends Pick<EngineOptions, "backend" | "workers"> {
  /** What the vocabulary is made from, e.g. prompts and reference pages. */
  readonly texts: readonly string[];
  /** Tokens of the vocabulary, special tokens included, at least 260; default 1,024. Few texts make fewer. */
  readonly vocabSize?: number;
  /** Sizes of the transformer; default those of the quickstart, 0.86 M parameters. */
  readonly model?: Omit<ModelConfig, "vocabSize">;
  /** Seed of the first weights. */
  readonly seed: number;
  /** Default `policy`. */
  readonly name?: string;
}

/**
 * A new policy: a byte-pair vocabulary of the texts and a Llama with random weights, ready for `sft` and `grpo`. Throws a
 * UsageError for sizes that no Llama can have.
 *
 * @example
 * const policy = await createPolicy({ texts: [task.prompt, "<h1>Coral</h1>"], seed: 1 });
 * const [answer] = await policy.generate([[{ role: "user", content: task.prompt }]], { seed: 1 });
 */
export async function createPolicy(options: NewPolicyOptions): Promise<TransformerPolicy> {
  const { texts, vocabSize: wanted = 1024, seed, name = "policy", model, ...machine } = options;
  const tokenizer = createTokenizer(trainBpe({ texts, vocabSize: wanted, specialTokens: [...CHAT_TOKENS] }));
  const { vocabSize } = tokenizer;
  const config = model ? { ...model, vocabSize } : smallConfig(vocabSize);
  const engine = await createEngine({ config, seed, ...machine });
  return createTransformerPolicy({ engine, tokenizer, name });
}
