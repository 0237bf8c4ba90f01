import type { JsonValue } from "../../../infra/json.js";
import type { PixelImage } from "../../contract/rendered-page.js";
import { keepScript, PLAN_LOOK, surveyScript } from "../in-page/probe-script.js";
import type { PictureBox } from "../in-page/probes/pictures.js";
import type { LookPlan } from "../in-page/probes/second-look.js";
import type { SurveyResult, WordRow, WordSurvey } from "../in-page/probes/survey-words.js";
import { decodePng } from "../pixels.js";
import type { ProbePage } from "../probe-page.js";
import { type Cell, legibilityOf } from "./agreement.js";
import { paintsSomething, reachOf, toneOf } from "./paint.js";
import { type SheetCell, sheetReader } from "./sheet.js";

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

/** A reading of the whole page. */
export interface PageReading extends Reading {
  /** Where a second look is to be taken, and what should be seen there; null when nobody asked. */
  readonly plan: LookPlan | null;
}

/**
 * Compares a picture of the whole page with what the page's texts say, word by word, and keeps the finding for the checks to come, which do
 * not see what cannot be read. With `plans` it is also said where a second look is to be taken, and what should be seen there, to be asked
 * before anything is clicked.
 */
export async function readPage(
  page: ProbePage,
  png: Uint8Array,
  { plans }: { readonly plans: boolean },
): Promise<PageReading> {
  const { found, values, image } = await compare(page, png, "page");
  const keep = keepScript(resultOf(found, values, image));
  const plan = await page.evaluate(plans ? `${keep}, ${PLAN_LOOK}` : keep);
  return { ...summaryOf(found, values), plan: plans ? (plan as JsonValue as unknown as LookPlan) : null };
}

/** The same for a picture of the window as it stands, for the checks to come. */
export async function readWindow(page: ProbePage): Promise<void> {
  const { found, values } = await compare(page, await page.picture(), "window");
  await page.evaluate(keepScript(resultOf(found, values, null)));
}

/** How much of the window's text can be read; nothing of it is kept. */
export async function glance(page: ProbePage): Promise<Reading> {
  const { found, values } = await compare(page, await page.picture(), "window");
  return summaryOf(found, values);
}

async function compare(page: ProbePage, png: Uint8Array, of: "page" | "window") {
  const [image, survey] = await Promise.all([decodePng(png), page.evaluate(surveyScript(of === "page"))]);
  const found = JSON.parse(String(survey)) as WordSurvey;
  const end = of === "page" ? reachOf(image, page.viewport.height) : Number.POSITIVE_INFINITY;
  const inkOf = sheetReader(found.sheet, found.sheetWidth);
  return { found, image, values: found.words.map((row) => legibilityOfRow(row, found, image, inkOf, end)) };
}

function legibilityOfRow(
  [x, y, width, height, , , , shape, straight, , faint, sheetX, sheetY, channel]: WordRow,
  { left, top }: WordSurvey,
  image: PixelImage,
  inkOf: (cell: SheetCell) => Float32Array,
  end: number,
): number {
  if (!shape || y > end) return 0;
  const cell: Cell = { x: x - left, y: y - top, width, height };
  const ink = inkOf({ sheetX, sheetY, width, height, channel });
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
    const node = row[NODE];
    const sum = sums.get(node) ?? { characters: 0, legible: 0, lost: [] };
    sums.set(node, sum);
    sum.characters += row[CHARACTERS];
    sum.legible += row[CHARACTERS] * values[index]!;
    if (values[index]! < LOST) sum.lost.push(row[INDEX]);
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
  const characters = words.reduce((sum, row) => sum + row[CHARACTERS], 0);
  const legible = words.reduce((sum, row, index) => sum + row[CHARACTERS] * values[index]!, 0);
  const known = words.reduce((sum, row, index) => sum + row[KNOWN] * row[CHARACTERS] * values[index]!, 0);
  const worst = texts.filter((_, index) => values[index]! < LOST).slice(0, 8);
  return { characters, legible, hidden, known, worst };
}
