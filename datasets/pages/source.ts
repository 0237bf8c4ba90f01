import { DEFAULT_VIEWPORT, type Split, type Task, type TaskSource } from "../../env/contract/task.js";
import { UsageError } from "../../infra/errors.js";
import { createRandom } from "../../infra/random.js";
import { pageChecklist } from "./checklist.js";
import { drawPage, LEVELS, writePage } from "./page.js";
import { writePrompt } from "./prompt.js";

/** Options of the pages data set. */
export interface PagesOptions {
  /** Levels of difficulty to draw from, 1 to 5. Default: all. */
  readonly levels?: readonly number[];
}

/** Seeds of the splits: half-open ranges that do not overlap. */
export const SEED_RANGES: Readonly<Record<Split, readonly [number, number]>> = {
  train: [0, 1_000_000],
  validation: [1_000_000, 1_100_000],
  test: [2_000_000, 2_100_000],
};

/**
 * `webgen/Pages-v0`: web pages drawn from seeds, each with a prompt, a reference and a checklist of executable
 * probes. Task `pages/<split>/<n>` is of level `1 + n % 5` whatever the options are; a source of fewer levels leaves
 * the other tasks out and numbers the rest without gaps for `at`.
 *
 * @throws {UsageError} for an option there is not, and for `levels` that are empty or other than 1 to 5.
 *
 * @example
 * const tasks = pagesTaskSource({ levels: [1, 2] });
 * tasks.at("train", 0).prompt; // "Make a page for Luma, a coffee bar. ..."
 */
export function pagesTaskSource(options: PagesOptions = {}): TaskSource {
  const wanted = wantedLevels(options);
  const size = (split: Split) => (splitLength(split) / LEVELS.length) * wanted.length;
  return {
    name: "webgen/Pages-v0",
    size,
    at(split, index) {
      if (!Number.isInteger(index) || index < 0 || index >= size(split)) {
        throw new RangeError(
          `Task indices of the ${split} split are whole numbers from 0 to ${size(split) - 1}; got ${index}.`,
        );
      }
      const round = Math.floor(index / wanted.length);
      return pageTask(split, round * LEVELS.length + wanted[index % wanted.length]! - 1);
    },
    byId(id) {
      const match = /^pages\/(train|validation|test)\/(0|[1-9]\d{0,8})$/.exec(id);
      if (match === null) return undefined;
      const [split, number] = [match[1] as Split, Number(match[2])];
      const known = number < splitLength(split) && wanted.includes(levelOf(number));
      return known ? pageTask(split, number) : undefined;
    },
  };
}

function wantedLevels(options: PagesOptions): number[] {
  const unknown = Object.keys(options).filter((key) => key !== "levels");
  if (unknown.length > 0) {
    throw new UsageError(`webgen/Pages-v0 has the option "levels"; it has no "${unknown.join('", "')}".`);
  }
  const { levels = LEVELS } = options;
  const wrong =
    !Array.isArray(levels) || levels.length === 0 || levels.some((level) => !LEVELS.includes(level));
  if (wrong) {
    throw new UsageError(
      `The levels of webgen/Pages-v0 are a list of whole numbers from 1 to ${LEVELS.length}; got ${JSON.stringify(levels)}.`,
    );
  }
  return [...new Set(levels)].sort((a, b) => a - b);
}

function splitLength(split: Split): number {
  const [first, end] = SEED_RANGES[split];
  return end - first;
}

const levelOf = (number: number) => LEVELS[number % LEVELS.length]!;

function pageTask(split: Split, number: number): Task {
  const seed = SEED_RANGES[split][0] + number;
  const level = levelOf(number);
  const page = drawPage(seed, level);
  const { text: prompt, facts } = writePrompt(page, createRandom(seed).stream("pages-v0/prompt"));
  return {
    id: `pages/${split}/${number}`,
    kind: "html",
    prompt,
    viewport: DEFAULT_VIEWPORT,
    reference: { html: writePage(page) },
    checklist: pageChecklist(page, facts),
    meta: {
      seed,
      level,
      brand: page.brand,
      topic: page.topic,
      palette: page.look.palette.name,
      theme: page.look.theme,
      face: page.look.face,
      scale: page.look.scale,
      sections: page.sections.map(({ name }) => name),
    },
  };
}
