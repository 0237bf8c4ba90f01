import { UsageError } from "../../infra/errors.js";
import { type ChatTemplate, encodePrompt, plainTemplate } from "./chat-template.js";
import type { Generated, GenerateOptions, ModelEngine, Sequence } from "./engine/engine.js";
import type { Message, PolicyCompletion, Sampling, TrainablePolicy } from "./policy.js";
import type { Tokenizer } from "./tokenizer/tokenizer.js";

/** Options of a policy that is a transformer. */
export interface TransformerPolicyOptions {
  readonly engine: ModelEngine;
  readonly tokenizer: Tokenizer;
  readonly name: string;
  /** Default: `plainTemplate`, one special token around each message. */
  readonly template?: ChatTemplate;
  /** Folder of the model that the engine's adapters belong to. */
  readonly base?: string;
  /** Longer prompts lose the end of their longest message. Default: half of the model's positions. */
  readonly maxPromptTokens?: number;
  /** Told of everything that had to be cut. Default: one process warning for each kind. */
  readonly onTruncation?: (truncation: Truncation) => void;
}

/** A policy that can be written to a checkpoint with all it needs. */
export interface TransformerPolicy extends TrainablePolicy {
  readonly tokenizer: Tokenizer;
  readonly template: ChatTemplate;
  readonly base?: string;
}

/** Something did not fit into the model's positions. */
export interface Truncation {
  readonly kind: "prompt" | "answer";
  readonly droppedTokens: number;
  /** A whole sentence. */
  readonly message: string;
}

/**
 * A policy over a TF.js transformer. Closing it closes the engine.
 *
 * @example
 * const policy = createTransformerPolicy({ engine, tokenizer, name: "sft" });
 * const [page] = await policy.generate([[{ role: "user", content: "A page for a bakery." }]], { seed: 1 });
 */
export function createTransformerPolicy({
  engine,
  tokenizer,
  name,
  template = plainTemplate,
  base,
  maxPromptTokens = Math.floor(engine.config.maxPositions / 2),
  onTruncation = warnOnce(name),
}: TransformerPolicyOptions): TransformerPolicy {
  const { maxPositions, vocabSize } = engine.config;
  if (tokenizer.vocabSize > vocabSize)
    throw new UsageError(
      `The tokenizer has ${tokenizer.vocabSize} tokens but the model only ${vocabSize}; they do not belong together.`,
    );
  if (!(maxPromptTokens >= 1 && maxPromptTokens < maxPositions))
    throw new UsageError(
      `maxPromptTokens must be from 1 to ${maxPositions - 1} for this model, but is ${maxPromptTokens}.`,
    );
  const stopToken = tokenizer.specialToken(template.stop);
  const otherStopTokens = (template.otherStops ?? []).map((token) => tokenizer.specialToken(token));
  const stops = { stopToken, ...(otherStopTokens.length > 0 ? { otherStopTokens } : {}) };

  function encode(conversation: readonly Message[]) {
    if (conversation.some(({ image }) => image !== undefined))
      throw new UsageError(`The policy ${name} reads text only; leave images out of its conversations.`);
    const prompt = encodePrompt(conversation, template, tokenizer, maxPromptTokens);
    if (prompt.dropped > 0) {
      const message = `A prompt was ${prompt.tokens.length + prompt.dropped} tokens long; ${name} reads ${maxPromptTokens}, so the last ${prompt.dropped} of its longest message were left out.`;
      onTruncation({ kind: "prompt", droppedTokens: prompt.dropped, message });
    }
    return prompt;
  }

  return {
    name,
    engine,
    tokenizer,
    template,
    ...(base === undefined ? {} : { base }),
    async generate(conversations, sampling) {
      const prompts = conversations.map(encode);
      const tokens = prompts.map((prompt) => prompt.tokens);
      const generated = await engine.generate(tokens, optionsOf(sampling, stops, maxPositions));
      return generated.map((one, i) => toCompletion(one, tokens[i] as Int32Array, prompts[i]?.dropped ?? 0));
    },
    encodeExample(conversation, answer): Sequence {
      const prompt = encode(conversation).tokens;
      const whole = Int32Array.of(...tokenizer.encode(answer), stopToken);
      const room = maxPositions + 1 - prompt.length;
      if (whole.length > room) {
        const dropped = whole.length - room;
        const message = `An answer to learn from was ${whole.length} tokens long and ${name} has room for ${room}, so its last ${dropped} tokens were left out.`;
        onTruncation({ kind: "answer", droppedTokens: dropped, message });
      }
      return { prompt, completion: whole.subarray(0, room) };
    },
    close: () => engine.close(),
  };

  function toCompletion(generated: Generated, prompt: Int32Array, dropped: number): PolicyCompletion {
    const { completion, logProbs, finishReason } = generated;
    return {
      text: tokenizer.decode(completion),
      tokenCount: completion.length,
      finishReason,
      tokens: { prompt, completion, logProbs },
      ...(dropped > 0 ? { droppedPromptTokens: dropped } : {}),
    };
  }
}

function optionsOf(
  sampling: Sampling,
  stops: Pick<GenerateOptions, "stopToken" | "otherStopTokens">,
  maxPositions: number,
): GenerateOptions {
  const { temperature = 1, topP = 1, topK = 0, maxTokens = maxPositions, seed } = sampling;
  return { temperature, topP, topK, maxNewTokens: maxTokens, ...stops, seed };
}

function warnOnce(name: string): (truncation: Truncation) => void {
  const told = new Set<string>();
  return ({ kind, message }) => {
    if (told.has(kind)) return;
    told.add(kind);
    process.emitWarning(
      `${message} Further cuts of this kind by ${name} are not reported.`,
      "TruncationWarning",
    );
  };
}
