import { readFileSync } from "node:fs";
import { pagesTaskSource, requestTaskSource } from "../../datasets/index.js";
import type { TaskSource } from "../../env/contract/task.js";
import { messageOf, UsageError } from "../../infra/errors.js";
import { type BenchFigure, figure, skipped } from "./figure.js";

export interface RequestsBenchOptions {
  /** Prompts drawn of each data set, default 5,000. */
  readonly prompts?: number;
  /** Files of requests that people wrote, one JSON object a line; default those that `WEBGEN_REQUESTS` names, with commas between. */
  readonly files?: readonly string[];
}

/** Members of a line that may hold its request. */
const FIELDS = ["instruction", "prompt", "question", "sub_category"] as const;

/** How rich `webgen/Pages-v1` is beside `webgen/Pages-v0`: words, runs of three words and skeletons, and what it covers of others' requests. */
export async function benchRequests(options: RequestsBenchOptions = {}): Promise<BenchFigure[]> {
  const {
    prompts = 5_000,
    files = (process.env.WEBGEN_REQUESTS ?? "").split(",").filter((file) => file !== ""),
  } = options;
  const [v1, v0] = [draw(requestTaskSource(), prompts), draw(pagesTaskSource(), prompts)];
  if (files.length === 0) skipped("cover of other requests", "WEBGEN_REQUESTS names no file of them");
  return [
    figure("Pages-v1: word types of its prompts", v1.words.size, "words", v0.words.size),
    figure("Pages-v1: runs of three words", v1.trigrams.size, "trigrams", v0.trigrams.size),
    figure("Pages-v1: skeletons of its references", v1.skeletons.size, "skeletons", v0.skeletons.size),
    figure("Pages-v1: style sheets", v1.styles.size, "style sheets", v0.styles.size),
    ...files.flatMap((file) => {
      const requests = readRequests(file);
      const [words, trigrams] = [new Set(requests.flatMap(wordsOf)), trigramsOf(requests)];
      const name = file.split("/").slice(-2).join("/");
      return [
        figure(
          `${name}: word types that Pages-v1 has`,
          100 * share(words, v1.words),
          "%",
          100 * share(words, v0.words),
        ),
        figure(
          `${name}: trigrams that Pages-v1 has`,
          100 * share(trigrams, v1.trigrams),
          "%",
          100 * share(trigrams, v0.trigrams),
        ),
      ];
    }),
  ];
}

interface Wealth {
  readonly words: ReadonlySet<string>;
  readonly trigrams: ReadonlySet<string>;
  /** Sequences of tags of the references. */
  readonly skeletons: ReadonlySet<string>;
  readonly styles: ReadonlySet<string>;
}

function draw(source: TaskSource, count: number): Wealth {
  const tasks = Array.from({ length: count }, (_, i) => source.at("train", i));
  const prompts = tasks.map(({ prompt }) => prompt);
  const pages = tasks.map(({ reference }) => reference?.html ?? "");
  return {
    words: new Set(prompts.flatMap(wordsOf)),
    trigrams: trigramsOf(prompts),
    skeletons: new Set(pages.map((html) => [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag).join(" "))),
    styles: new Set(pages.map((html) => /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "")),
  };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z][a-z'-]*/g) ?? [];

function trigramsOf(texts: readonly string[]): Set<string> {
  return new Set(
    texts.flatMap((text) => {
      const words = wordsOf(text);
      return words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`);
    }),
  );
}

function share(wanted: ReadonlySet<string>, held: ReadonlySet<string>): number {
  return [...wanted].filter((each) => held.has(each)).length / Math.max(1, wanted.size);
}

function readRequests(file: string): string[] {
  let lines: string[];
  try {
    lines = readFileSync(file, "utf8").trim().split("\n");
  } catch (error) {
    throw new UsageError(`WEBGEN_REQUESTS names ${file}, which cannot be read: ${messageOf(error)}.`);
  }
  return lines.map((line, i) => {
    const record = JSON.parse(line) as Record<string, unknown>;
    const field = FIELDS.find((name) => typeof record[name] === "string");
    if (field === undefined)
      throw new UsageError(
        `Line ${i + 1} of ${file} has no request: none of ${FIELDS.join(", ")} is a text.`,
      );
    return record[field] as string;
  });
}
