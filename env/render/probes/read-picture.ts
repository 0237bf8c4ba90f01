import type { JsonValue } from "../../../infra/json.js";
import type { PixelImage } from "../../contract/rendered-page.js";
import { keepScript, surveyScript } from "../in-page/probe-script.js";
import type { PictureBox } from "../in-page/probes/pictures.js";
import type { SurveyResult, WordSurvey } from "../in-page/probes/survey-words.js";
import { decodePng } from "../pixels.js";
import type { ProbePage } from "../probe-page.js";
import { type Cell, legibilityOf } from "./agreement.js";
import { paintsSomething, reachOf, toneOf } from "./paint.js";

/** How much of a page's text, or of its window's, can be read. */
export interface Reading {
  /** Characters of words that were compared. */
  readonly characters: number;
  /** Of those, how many can be read. */
  readonly legible: number;
  /** Characters of laid-out text that styles hide: see-through, clipped, far out. */
  readonly hidden: number;
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
  const sheet = found.sheet === undefined ? null : await decodePng(Buffer.from(found.sheet, "base64"));
  const end = of === "page" ? reachOf(image, page.viewport.height) : Number.POSITIVE_INFINITY;
  const values =
    sheet === null
      ? []
      : found.words.map((row) => (row[TOP]! > end ? 0 : legibilityOfRow(row, found, image, sheet)));
  if (of !== "glance") await page.evaluate(keepScript(resultOf(found, values, of === "page" ? image : null)));
  return summaryOf(found, values);
}

function legibilityOfRow(
  [x, y, width, height, sheetX, sheetY, , , , shape, straight]: readonly number[],
  { left, top }: WordSurvey,
  image: PixelImage,
  sheet: PixelImage,
): number {
  if (!shape) return 0;
  const cell = { x: x! - left, y: y! - top, width, height, sheetX, sheetY } as Cell;
  return shape * legibilityOf(cell, image, sheet, straight === 1);
}

/** A word of less than this value cannot be read. */
const LOST = 0.5;
const [TOP, NODE, INDEX, CHARACTERS] = [1, 6, 7, 8] as const;

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
  const worst = texts.filter((_, index) => values[index]! < LOST).slice(0, 8);
  return { characters, legible, hidden, worst };
}
