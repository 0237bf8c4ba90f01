import type { ProbeResult } from "../../contract/probe.js";
import { deviceScript, followScript, poseScript, stirScript } from "../in-page/probe-script.js";
import type { LookPlan } from "../in-page/probes/second-look.js";
import type { ProbePage } from "../probe-page.js";
import { glance, type Reading } from "./read-picture.js";

/** When the picture of the page shows what moves for ever, ms, and shares of a turn after which it is looked at again: golden sections. */
const PICTURE_TIME = 10_000;
const LATER = [0.382, 0.618] as const;
/** Shares of what could be read that a second look must find for the page to begin to count, and to count in full. */
const [VANISHED, STEADY] = [0.3, 0.7] as const;
/** Text that is hidden on purpose, for screen readers or until it is asked for, as a share of what is shown. */
const TOLERATED = 0.3;
/** Milliseconds of its own time that a page has to answer to the mouse, and that a person stays at least. */
const REACTION = 400;
const STAY = 6000;
/** Of the way down, the share that a page must let itself be scrolled. */
const HELD = 0.5;
/** Fewer characters in the window than this tell nothing. */
const TOO_FEW = 12;

/**
 * The share of the page's text that can be read, 0 to 1: in its picture, and again further down the page with the mouse over its text and
 * at other times of what moves for ever. The second look is taken only where something can change.
 */
export async function legibility(page: ProbePage, first: Reading, plan: LookPlan): Promise<ProbeResult> {
  const { characters, legible } = first;
  const hidden = Math.max(0, first.hidden - TOLERATED * characters);
  const share = characters + hidden === 0 ? 1 : legible / (characters + hidden);
  const steady = share < 0.05 ? 1 : await steadiness(page, plan);
  const kept = Math.max(0, Math.min(1, (steady - VANISHED) / (STEADY - VANISHED)));
  const percent = (value: number) => `${Math.round(100 * value)} %`;
  const worst = first.worst.length > 0 ? `, not for example "${first.worst.join('", "')}"` : "";
  const again = kept < 1 ? ` On a second look ${percent(steady)} of it is left.` : "";
  return {
    score: share * kept,
    detail: `${percent(share)} of the text can be read${worst}.${again}`,
    legibility: { share, steady },
  };
}

/** The least share of what could be read in the window that a second look finds. */
async function steadiness(page: ProbePage, plan: LookPlan): Promise<number> {
  if (!plan.needed) return 1;
  let least = 1;
  const look = async (turn: number) => {
    await page.evaluate(poseScript(PICTURE_TIME + turn * plan.period));
    const { known } = await glance(page);
    least = Math.min(least, known / plan.expected);
  };
  if (plan.expected >= TOO_FEW) {
    await page.evaluate(scrollScript(plan.top));
    await page.hover(plan.x, plan.y);
    await page.settle(REACTION);
    await look(LATER[0]);
    if (plan.scripted) {
      await page.evaluate(stirScript(plan.x, plan.y));
      await page.click(plan.x, plan.y);
      await page.press("a");
      await page.settle(STAY);
    }
    if (plan.endless || plan.scripted) await look(LATER[1]);
    if (plan.others) {
      await page.evaluate(deviceScript(true));
      await look(LATER[1]);
      await page.evaluate(deviceScript(false));
    }
    if (plan.endless) {
      const followed = await page.evaluate(followScript(PICTURE_TIME, plan.period));
      least = Math.min(least, Number(followed));
    }
    await page.hover(-1, -1);
  }
  if (plan.scripted) least = Math.min(least, await reachable(page));
  await page.evaluate(`${poseScript(PICTURE_TIME)}; ${scrollScript(0)}`);
  return least;
}

/** The share of a page that a person can scroll to: all of it, or one window of a page that throws its reader back. */
async function reachable(page: ProbePage): Promise<number> {
  const way = "Math.max(0, document.documentElement.scrollHeight - innerHeight)";
  await page.evaluate(`scrollTo({ left: 0, top: ${way}, behavior: "instant" })`);
  await page.settle();
  const [at, end] = (await page.evaluate(`[scrollY, ${way}]`)) as [number, number];
  return at >= HELD * end ? 1 : page.viewport.height / (page.viewport.height + end);
}

function scrollScript(top: number): string {
  return `scrollTo({ left: 0, top: ${top}, behavior: "instant" })`;
}
