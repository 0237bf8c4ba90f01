import { join } from "node:path";
import { UsageError } from "../../../infra/errors.js";
import { readTextIfThere } from "../../../infra/files.js";
import { type ChatTemplate, chatMlTemplate, plainTemplate } from "../chat-template.js";
import type { Tokenizer } from "../tokenizer/tokenizer.js";
import { parseObject } from "./read-json.js";

/** A token as `tokenizer_config.json` names it. */
type NamedToken = string | { readonly content: string } | null | undefined;

interface TokenizerConfigJson {
  readonly chat_template?: string | readonly { readonly name: string; readonly template: string }[];
  readonly eos_token?: NamedToken;
  readonly bos_token?: NamedToken;
}

/**
 * The chat template of a folder: `chat_template.jinja`, or that of `tokenizer_config.json`; without either, the one that the
 * special tokens tell. An answer ends with `eos_token`, and with whatever `generation_config.json` ends on. Throws a UsageError
 * when there is none, or it needs a token that the tokenizer has not, and an InfrastructureError for files that are no JSON.
 */
export function readTemplate(folder: string, tokenizer: Tokenizer): ChatTemplate {
  const config = readJsonIfThere<TokenizerConfigJson>(join(folder, "tokenizer_config.json")) ?? {};
  const jinja = readTextIfThere(join(folder, "chat_template.jinja")) ?? namedDefault(config.chat_template);
  if (jinja === undefined) return knownTemplate(folder, tokenizer);
  const stop = contentOf(config.eos_token);
  if (stop === undefined)
    throw new UsageError(
      `The model in ${folder} has a chat template, but its tokenizer_config.json names no eos_token, so it is not known what ends an answer.`,
    );
  tokenizer.specialToken(stop);
  const bos = contentOf(config.bos_token);
  const otherStops = stopsOf(folder, tokenizer).filter((token) => token !== stop);
  return {
    jinja,
    stop,
    ...(otherStops.length > 0 ? { otherStops } : {}),
    ...(bos === undefined ? {} : { bos }),
  };
}

function namedDefault(given: TokenizerConfigJson["chat_template"]): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  return (given.find(({ name }) => name === "default") ?? given[0])?.template;
}

const contentOf = (token: NamedToken): string | undefined =>
  typeof token === "string" ? token : (token?.content ?? undefined);

/** Special tokens on which `generation_config.json` ends. */
function stopsOf(folder: string, tokenizer: Tokenizer): string[] {
  const path = join(folder, "generation_config.json");
  const { eos_token_id: given = [] } =
    readJsonIfThere<{ readonly eos_token_id?: number | readonly number[] | null }>(path) ?? {};
  const ids = new Set([given ?? []].flat());
  return tokenizer.json.added_tokens
    .filter(({ id, special }) => special && ids.has(id))
    .map(({ content }) => content);
}

function knownTemplate(folder: string, tokenizer: Tokenizer): ChatTemplate {
  const contents = new Set(tokenizer.json.added_tokens.map(({ content }) => content));
  const known = [plainTemplate, chatMlTemplate].find(({ stop }) => contents.has(stop));
  if (known) return known;
  throw new UsageError(
    `The model in ${folder} brings no chat template, and its special tokens tell none: ${[...contents].slice(0, 8).join(", ")}. Put a chat_template.jinja beside its tokenizer.json.`,
  );
}

function readJsonIfThere<T extends object>(path: string): T | undefined {
  const text = readTextIfThere(path);
  return text === undefined ? undefined : parseObject<T>(text, path);
}
