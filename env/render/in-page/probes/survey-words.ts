import { type FirstLine, firstLineOf, setsFirstLines } from "./first-line.js";
import { type Lettering, letteringOf, ramp } from "./lettering.js";
import { openTexts } from "./open-scene.js";
import { drawSheet, layCells } from "./painted.js";
import { type PictureBox, pictureBoxes } from "./pictures.js";
import type { Scene } from "./scene.js";
import { seenSoFar } from "./seen.js";
import { isFolded } from "./visibility.js";
import { type Word, wordsOf } from "./words.js";

/**
 * One word as it is handed out: `known` is 0 for one that was not on the page before, `faint` 1 for one of a control that is disabled, the
 * last three are its place on the sheet.
 */
export type WordRow = readonly [
  x: number,
  y: number,
  width: number,
  height: number,
  node: number,
  index: number,
  characters: number,
  shape: number,
  straight: number,
  known: number,
  faint: number,
  sheetX: number,
  sheetY: number,
  channel: number,
];

/** What the texts of a page say, to be compared with its picture. */
export interface WordSurvey {
  /** The words drawn plainly, as `drawSheet` writes them; "" where there are none. */
  readonly sheet: string;
  /** Points in a row of the sheet. */
  readonly sheetWidth: number;
  readonly words: readonly WordRow[];
  /** The words as text, in the same order. */
  readonly texts: readonly string[];
  /** Letters and digits that are laid out and that styles hide. */
  readonly hidden: number;
  /** Boxes of pictures; of a survey of the whole page only. */
  readonly pictures: readonly PictureBox[];
  /** Where the picture's first pixel lies in the page. */
  readonly left: number;
  readonly top: number;
}

/** Lists the words of the whole page, or of what the window shows, and draws them plainly. */
export function surveyWords(whole: boolean): WordSurvey {
  const scene = openTexts();
  const seen = seenSoFar();
  const view = {
    left: scene.scrollX,
    top: scene.scrollY,
    right: scene.scrollX + scene.windowWidth,
    bottom: scene.scrollY + scene.windowHeight,
  };
  const words = fitting(wordsIn(scene, whole ? null : view));
  seen.measured = scene.texts.map(({ node }) => node);
  const places = new Map(seen.measured.map((node, index) => [node, index]));
  const { cells, width: sheetWidth, height } = layCells(words.map(([word]) => word));
  const rows = words.map(([word, { matrix, shape, size }], index): WordRow => {
    const { x, y, width, height, sheetX, sheetY, channel } = cells[index]!;
    const [a, b, c, d] = matrix;
    const straight = a === 1 && b === 0 && c === 0 && d === 1 ? 1 : 0;
    const readable = ramp(size * Math.sqrt(Math.abs(a * d - b * c)), 6.5, 9.5);
    const characters = Array.from(word.text).length;
    return [
      x,
      y,
      width,
      height,
      places.get(word.node)!,
      word.index,
      characters,
      word.torn ? 0 : shape * readable,
      straight,
      seen.vocabulary === null || seen.vocabulary.includes(word.text.toLowerCase()) ? 1 : 0,
      scene.dom.matches(word.holder, ":disabled,:disabled *") ? 1 : 0,
      sheetX,
      sheetY,
      channel,
    ];
  });
  const pictures = whole ? pictureBoxes(scene) : [];
  seen.pictures = pictures.map(({ element }) => element);
  return {
    sheet: words.length > 0 ? drawSheet(words, cells, sheetWidth, height) : "",
    sheetWidth,
    words: rows,
    texts: words.map(([{ text }]) => text),
    hidden: hiddenCharacters(scene),
    pictures: pictures.map(({ box }) => box),
    left: view.left,
    top: view.top,
  };
}

/** As many of the words, taken evenly, as a canvas can hold. */
export function fitting(words: readonly (readonly [Word, Lettering])[]): (readonly [Word, Lettering])[] {
  const mostPoints = 3_000_000;
  const points = words.reduce((sum, [{ box }]) => {
    const [width, height] = [Math.min(1200, box.right - box.left), Math.min(400, box.bottom - box.top)];
    return sum + (width + 2) * (height + 2);
  }, 0);
  const step = Math.max(1, points / mostPoints);
  return Array.from({ length: Math.floor(words.length / step) }, (_, at) => words[Math.floor(at * step)]!);
}

/**
 * Words of letters and digits with how they are set, of the whole page or wholly within a box; of a page with thousands of texts some,
 * taken evenly.
 */
export function wordsIn(
  scene: Scene,
  view: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  } | null,
): (readonly [Word, Lettering])[] {
  const most = 1500;
  const each = Math.max(1, Math.min(24, Math.floor(most / Math.max(1, scene.texts.length))));
  const step = Math.max(1, scene.texts.length / most);
  const setApart = setsFirstLines();
  const settings = new Map<Element, Setting>();
  const words: (readonly [Word, Lettering])[] = [];
  for (let at = 0; at < scene.texts.length; at += step) {
    const { node, holder, box } = scene.texts[Math.floor(at)]!;
    if (view !== null && (box.bottom < view.top || box.top > view.bottom)) continue;
    let setting = settings.get(holder);
    if (setting === undefined) {
      setting = settingOf(scene, holder, setApart);
      settings.set(holder, setting);
    }
    for (const word of wordsOf(scene, node, holder, each, setting.line)) {
      const { left, top, right, bottom } = word.box;
      const inside =
        view === null ||
        (left >= view.left && right <= view.right && top >= view.top && bottom <= view.bottom);
      if (inside && /[\p{L}\p{N}]/u.test(word.text))
        words.push([word, word.first ? setting.first : setting.lettering]);
    }
  }
  return words;
}

/** How an element sets letters, on its block's first line and elsewhere. */
export interface Setting {
  readonly lettering: Lettering;
  readonly line: FirstLine | null;
  readonly first: Lettering;
}

export function settingOf(scene: Scene, holder: Element, setApart: boolean): Setting {
  const lettering = letteringOf(scene, holder);
  const line = setApart ? firstLineOf(scene, holder) : null;
  return { lettering, line, first: line === null ? lettering : letteringOf(scene, holder, line.style) };
}

/** Letters and digits that take part in layout and that nobody can see, as styles have it. */
export function hiddenCharacters(scene: Scene): number {
  const seen = new Set(scene.texts.map(({ node }) => node));
  const [body] = scene.dom.all("body");
  if (body === undefined) return 0;
  const walker = Document.prototype.createTreeWalker.call(document, body, NodeFilter.SHOW_TEXT);
  let hidden = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const holder = scene.dom.parent(node);
    if (seen.has(node as Text) || holder === null || isFolded(scene, holder)) continue;
    const letters = (node.nodeValue ?? "").match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    const options = { visibilityProperty: true, contentVisibilityAuto: true };
    if (letters > 0 && Element.prototype.checkVisibility.call(holder, options)) hidden += letters;
  }
  return hidden;
}

/** What the picture says of a survey, in its order. */
export interface SurveyResult {
  /** Share of each text node's characters that can be read, and the words that cannot; null for one without words. */
  readonly nodes: readonly (readonly [number, readonly number[]] | null)[];
  /** Whether each picture paints something. */
  readonly pictures: readonly boolean[];
  /** Shares of the picture that are light and dark; absent for a window. */
  readonly tone?: { readonly light: number; readonly dark: number };
}

/** Keeps what the picture says for the checks to come. */
export function keepSeen({ nodes, pictures, tone }: SurveyResult): void {
  const seen = seenSoFar();
  nodes.forEach((found, index) => {
    const node = seen.measured[index];
    if (found !== null && node) seen.legible.set(node, { share: found[0], lost: new Set(found[1]) });
  });
  pictures.forEach((painted, index) => {
    const element = seen.pictures[index];
    if (element) seen.painted.set(element, painted);
  });
  if (tone) seen.tone = tone;
}
