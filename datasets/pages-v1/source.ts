import { DEFAULT_VIEWPORT, type Split, type Task, type TaskSource } from "../../env/contract/task.js";
import { UsageError } from "../../infra/errors.js";
import { createRandom } from "../../infra/random.js";
import { drawBrief, LEVELS } from "./brief.js";
import { requestChecklist } from "./checklist.js";
import { writePage, writePages } from "./page.js";
import { writeRequest } from "./prompt.js";
import { classic } from "./schools/classic.js";

/** Options of the data set of requests. */
export interface RequestsOptions {
  /** Levels of difficulty to draw from, 1 to 5. Default: all. */
  readonly levels?: readonly number[];
}

/** Seeds of the splits: half-open ranges that do not overlap. */
const SEEDS: Readonly<Record<Split, readonly [number, number]>> = {
  train: [0, 1_000_000],
  validation: [1_000_000, 1_100_000],
  test: [2_000_000, 2_100_000],
};

const NAME = "webgen/Pages-v1";

/**
 * `webgen/Pages-v1`: web pages as people ask for them, drawn from seeds. A prompt in one of nine voices leaves some things open and
 * wants others sorted, grouped, summed up, ranked or dated, and some that react to a click; the checklist gives 70 points for what
 * is asked and 30 for what every page owes; three references build the page in different schools of design. Task
 * `requests/<split>/<n>` is of level `1 + n % 5` whatever the options are.
 *
 * @throws {UsageError} for an option there is not, and for `levels` that are empty or other than 1 to 5.
 *
 * @example
 * const tasks = requestTaskSource({ levels: [2, 3] });
 * tasks.at("train", 0).reference?.alternatives?.length; // 2
 */
export function requestTaskSource(options: RequestsOptions = {}): TaskSource {
  const wanted = wantedLevels(options);
  const length = (split: Split) => SEEDS[split][1] - SEEDS[split][0];
  const size = (split: Split) => (length(split) / LEVELS.length) * wanted.length;
  return {
    name: NAME,
    size,
    at(split, index) {
      if (!Number.isInteger(index) || index < 0 || index >= size(split))
        throw new RangeError(
          `Task indices of the ${split} split are whole numbers from 0 to ${size(split) - 1}; got ${index}.`,
        );
      const round = Math.floor(index / wanted.length);
      return requestTask(split, round * LEVELS.length + wanted[index % wanted.length]! - 1);
    },
    byId(id) {
      const match = /^requests\/(train|validation|test)\/(0|[1-9]\d{0,8})$/.exec(id);
      if (match === null) return undefined;
      const [split, number] = [match[1] as Split, Number(match[2])];
      return number < length(split) && wanted.includes(levelOf(number))
        ? requestTask(split, number)
        : undefined;
    },
  };
}

function wantedLevels(options: RequestsOptions): number[] {
  const unknown = Object.keys(options).filter((key) => key !== "levels");
  if (unknown.length > 0)
    throw new UsageError(`${NAME} has the option "levels"; it has no "${unknown.join('", "')}".`);
  const { levels = LEVELS } = options;
  if (!Array.isArray(levels) || levels.length === 0 || levels.some((level) => !LEVELS.includes(level)))
    throw new UsageError(
      `The levels of ${NAME} are a list of whole numbers from 1 to ${LEVELS.length}; got ${JSON.stringify(levels)}.`,
    );
  return [...new Set(levels as readonly number[])].sort((a, b) => a - b);
}

const levelOf = (number: number) => LEVELS[number % LEVELS.length]!;

function requestTask(split: Split, number: number): Task {
  const seed = SEEDS[split][0] + number;
  const brief = drawBrief(seed, levelOf(number));
  const [html, ...alternatives] = writePages(brief);
  return {
    id: `requests/${split}/${number}`,
    kind: "html",
    prompt: writeRequest(brief, createRandom(seed).stream("pages-v1/prompt")),
    viewport: DEFAULT_VIEWPORT,
    reference: { html: html!, alternatives, outline: writePage(brief, classic) },
    checklist: requestChecklist(brief),
    meta: {
      seed,
      level: brief.level,
      brand: brief.brand,
      topic: brief.topic.name,
      parts: brief.parts.map(({ name }) => name),
      ordered: brief.ordered,
    },
  };
}
