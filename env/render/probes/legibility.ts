import type { JsonValue } from "../../../infra/json.js";
import type { ProbeResult } from "../../contract/probe.js";
import { PLAN_LOOK, poseScript } from "../in-page/probe-script.js";
import type { LookPlan } from "../in-page/probes/second-look.js";
import type { ProbePage } from "../probe-page.js";
import { type Reading, readPicture } from "./read-picture.js";

/** Times at which what moves for ever is looked at again, in ms; the picture of the page shows it at 10,000. */
const OTHER_TIMES = [13_437, 20_619] as const;
const PICTURE_TIME = 10_000;
/** Shares of what could be read that a second look must find for the page to begin to count, and to count in full. */
const [VANISHED, STEADY] = [0.3, 0.7] as const;
/** Text that is hidden on purpose, for screen readers or until it is asked for, as a share of what is shown. */
const TOLERATED = 0.3;
/** Milliseconds of its own time that a page has to answer to the mouse. */
const REACTION = 400;
/** Fewer characters in the window than this tell nothing. */
const TOO_FEW = 12;

/** Where a second look is to be taken, and what should be seen there; to be asked before anything is clicked. */
export async function planLook(page: ProbePage): Promise<LookPlan> {
  return (await page.evaluate(PLAN_LOOK)) as JsonValue as unknown as LookPlan;
}

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
  const look = async (time: number) => {
    await page.settle(REACTION);
    await page.evaluate(poseScript(time));
    const { legible } = await readPicture(page, await page.picture(), "glance");
    least = Math.min(least, legible / plan.expected);
  };
  if (plan.expected >= TOO_FEW) {
    await page.evaluate(`scrollTo({ left: 0, top: ${plan.top}, behavior: "instant" })`);
    await page.hover(plan.x, plan.y);
    await look(OTHER_TIMES[0]);
    if (plan.scripted) {
      await page.click(plan.x, plan.y);
      await page.press("a");
    }
    if (plan.endless || plan.scripted) await look(OTHER_TIMES[1]);
    await page.hover(-1, -1);
  }
  await page.evaluate(`${poseScript(PICTURE_TIME)}; scrollTo({ left: 0, top: 0, behavior: "instant" })`);
  return least;
}
