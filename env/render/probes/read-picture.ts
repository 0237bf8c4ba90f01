import type { JsonValue } from "../../../infra/json.js";
import type { PixelImage } from "../../contract/rendered-page.js";
import { keepScript, surveyScript } from "../in-page/probe-script.js";
import type { PictureBox } from "../in-page/probes/pictures.js";
import type { SurveyResult, WordSurvey } from "../in-page/probes/survey-words.js";
import { decodePng } from "../pixels.js";
import type { ProbePage } from "../probe-page.js";
import { type Cell, legibilityOf } from "./agreement.js";
import { paintsSomething, reachOf, toneOf } from "./paint.js";
import { inkReader } from "./unpack-ink.js";

/** How much of a page's text, or of its window's, can be read. */
export interface Reading {
  /** Characters of words that were compared. */
  readonly characters: number;
  /** Of those, how many can be read. */
  readonly legible: number;
  /** Characters of laid-out text that styles hide: see-through, clipped, far out. */
  readonly hidden: number;
  /** Of the legible ones, how many belong to words that were on the page when a second look was planned. */
  readonly known: number;
  /** Some words that cannot be read. */
  readonly worst: readonly string[];
}

/**
 * Compares a picture with what the page's texts say, word by word. `page` is a picture of the whole page, `window` one of the window as it
 * stands; both are kept for the checks to come, which do not see what cannot be read. `glance` is of the window and keeps nothing.
 */
export async function readPicture(
  page: ProbePage,
  png: Uint8Array,
  of: "page" | "window" | "glance",
): Promise<Reading> {
  const [image, survey] = await Promise.all([decodePng(png), page.evaluate(surveyScript(of === "page"))]);
  const found = survey as JsonValue as unknown as WordSurvey;
  const end = of === "page" ? reachOf(image, page.viewport.height) : Number.POSITIVE_INFINITY;
  const inkOf = inkReader(found.ink);
  const values = found.words.map((row) => legibilityOfRow(row, found, image, inkOf, end));
  if (of !== "glance") await page.evaluate(keepScript(resultOf(found, values, of === "page" ? image : null)));
  return summaryOf(found, values);
}

function legibilityOfRow(
  [x, y, width, height, , , , shape, straight, , faint]: readonly number[],
  { left, top }: WordSurvey,
  image: PixelImage,
  inkOf: (points: number) => Float32Array,
  end: number,
): number {
  const ink = inkOf(width! * height!);
  if (!shape || y! > end) return 0;
  const cell: Cell = { x: x! - left, y: y! - top, width: width!, height: height! };
  return shape * legibilityOf(cell, image, ink, { straight: straight === 1, faint: faint === 1 });
}

/** A word of less than this value cannot be read. */
const LOST = 0.5;
const [NODE, INDEX, CHARACTERS, KNOWN] = [4, 5, 6, 9] as const;

function resultOf(
  { words, pictures }: WordSurvey,
  values: readonly number[],
  image: PixelImage | null,
): SurveyResult {
  const sums = new Map<number, { characters: number; legible: number; lost: number[] }>();
  words.forEach((row, index) => {
    const node = row[NODE]!;
    const sum = sums.get(node) ?? { characters: 0, legible: 0, lost: [] };
    sums.set(node, sum);
    sum.characters += row[CHARACTERS]!;
    sum.legible += row[CHARACTERS]! * values[index]!;
    if (values[index]! < LOST) sum.lost.push(row[INDEX]!);
  });
  const last = Math.max(-1, ...sums.keys());
  const nodes = Array.from({ length: last + 1 }, (_, node) => {
    const sum = sums.get(node);
    return sum ? ([sum.legible / sum.characters, [...new Set(sum.lost)]] as const) : null;
  });
  if (image === null) return { nodes, pictures: [] };
  return {
    nodes,
    pictures: pictures.map((box: PictureBox) => paintsSomething(box, image)),
    tone: toneOf(image),
  };
}

function summaryOf({ words, texts, hidden }: WordSurvey, values: readonly number[]): Reading {
  const characters = words.reduce((sum, row) => sum + row[CHARACTERS]!, 0);
  const legible = words.reduce((sum, row, index) => sum + row[CHARACTERS]! * values[index]!, 0);
  const known = words.reduce((sum, row, index) => sum + row[KNOWN]! * row[CHARACTERS]! * values[index]!, 0);
  const worst = texts.filter((_, index) => values[index]! < LOST).slice(0, 8);
  return { characters, legible, hidden, known, worst };
}
