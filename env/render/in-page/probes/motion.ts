import { openTexts } from "./open-scene.js";
import type { SeenText } from "./scene.js";

export function endlessAnimations(): Animation[] {
  return Document.prototype.getAnimations
    .call(document)
    .filter(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY);
}

/** Ends what ends and puts what never ends at a time, in milliseconds. */
export function poseAt(time: number): void {
  for (const animation of Document.prototype.getAnimations.call(document)) {
    const end = animation.effect?.getComputedTiming().endTime;
    if (end === Number.POSITIVE_INFINITY) {
      animation.pause();
      animation.currentTime = time;
    } else {
      try {
        animation.finish();
      } catch {
        animation.cancel();
      }
    }
  }
  const drawings = Document.prototype.querySelectorAll.call(document, "svg") as NodeListOf<SVGSVGElement>;
  for (const drawing of drawings) drawing.setCurrentTime?.(time / 1000);
}

/**
 * The share of the page's characters that an eye can follow while what never ends moves: text that is there most of the time and does not
 * run. Looks at eight moments: four close to one another, four spread over one turn.
 *
 * @param from time of the first moment, ms
 * @param period of one turn, ms
 */
export function followableShare(from: number, period: number): number {
  const [near, step, fastest] = [137, 40, 400];
  const moments = [0, 1, 2, 3].flatMap((k) => [from + k * near, from + (k / 4 + 0.1) * period]);
  const followed = new Map<Text, { characters: number; times: number }>();
  for (const moment of moments) {
    poseAt(moment);
    const before = new Map(openTexts().texts.map((text) => [text.node, text]));
    poseAt(moment + step);
    const after = new Map(openTexts().texts.map((text) => [text.node, text]));
    for (const [node, text] of [...before, ...after]) {
      if (!followed.has(node)) followed.set(node, { characters: text.text.length, times: 0 });
      const [early, late] = [before.get(node), after.get(node)];
      if (early !== text || late === undefined) continue;
      if ((1000 * wayBetween(early, late)) / step <= fastest) followed.get(node)!.times++;
    }
  }
  let [all, easy] = [0, 0];
  for (const { characters, times } of followed.values()) {
    all += characters;
    if (2 * times > moments.length) easy += characters;
  }
  return all === 0 ? 1 : easy / all;
}

/** How far a text went, CSS px. */
export function wayBetween({ box: a }: SeenText, { box: b }: SeenText): number {
  return Math.hypot((a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2);
}
