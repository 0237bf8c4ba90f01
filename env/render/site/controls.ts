import type { ClickEffect, SiteControl } from "../../contract/site-report.js";
import type { FoundControl, Signature } from "../in-page/site/survey.js";
import type { SiteDriver } from "./driver.js";

/** Controls of one page that are clicked; further ones are listed. */
const MOST_CLICKS = 24;

/**
 * Clicks controls and writes down what each click changes. A page that changes by itself is asked twice, from a fresh
 * state each time: what it does with the click and what it does without. Results are added to `found` as they come, as a
 * page may break on the way.
 */
export async function tryControls(
  driver: SiteDriver,
  path: string,
  controls: readonly FoundControl[],
  found: SiteControl[],
): Promise<void> {
  if (controls.length === 0) return;
  const restless = await isRestless(driver);
  let clicks = 0;
  for (const { key, role, name, disabled } of controls) {
    const none = { role, name, effects: [], errors: [] };
    if (disabled) found.push({ ...none, state: "disabled" });
    else if (clicks >= MOST_CLICKS) found.push({ ...none, state: "unchecked" });
    else {
      clicks++;
      const press = restless ? pressTwice : pressOnce;
      const result = await press(driver, path, key);
      if (result === null) found.push({ ...none, state: "unreachable" });
      else found.push({ role, name, state: result.effects.length > 0 ? "alive" : "dead", ...result });
    }
  }
  if (!restless && found.some(({ effects }) => effects.includes("dom")))
    await tryAgain(driver, controls, found);
}

/** A button such as "Less" or "Clear" does nothing until others were used, so what seemed dead is clicked once more. */
async function tryAgain(
  driver: SiteDriver,
  controls: readonly FoundControl[],
  found: SiteControl[],
): Promise<void> {
  for (const [index, control] of found.entries()) {
    const key = controls[index]?.key;
    if (control.state !== "dead" || key === undefined || !(await approach(driver, key))) continue;
    const result = await press(driver, key, await driver.call<Signature>("signature"));
    if (result !== null && result.effects.length > 0)
      found[index] = { ...control, ...result, state: "alive" };
  }
}

interface Pressed {
  readonly effects: readonly ClickEffect[];
  readonly errors: readonly string[];
}

async function isRestless(driver: SiteDriver): Promise<boolean> {
  const before = await driver.call<Signature>("signature");
  await driver.settle();
  const after = await driver.call<Signature>("signature");
  return effectsOf(before, after).length > 0;
}

/** Where the page was left by the control before, unless that took this one away. */
async function pressOnce(driver: SiteDriver, path: string, key: string): Promise<Pressed | null> {
  if (!(await approach(driver, key))) {
    await driver.open(path);
    if (!(await approach(driver, key))) return null;
  }
  const before = await driver.call<Signature>("signature");
  return press(driver, key, before);
}

async function pressTwice(driver: SiteDriver, path: string, key: string): Promise<Pressed | null> {
  await driver.open(path);
  if (!(await approach(driver, key))) return null;
  await driver.settle();
  const idle = await driver.call<Signature>("signature");
  await driver.open(path);
  return (await approach(driver, key)) ? press(driver, key, idle) : null;
}

/** Puts the mouse on a control and fills the form around it. False when it cannot be reached. */
async function approach(driver: SiteDriver, key: string): Promise<boolean> {
  const point = await locate(driver, key);
  if (point === null) return false;
  await driver.hover(point.x, point.y);
  if (await driver.call<boolean>("fillForm", key)) await driver.settle(50);
  return true;
}

async function press(driver: SiteDriver, key: string, before: Signature): Promise<Pressed | null> {
  const point = await locate(driver, key);
  if (point === null) return null;
  const { navigation } = driver;
  const counts = [navigation.errors.length, navigation.blocked.length, navigation.console.length] as const;
  await driver.click(point.x, point.y);
  await driver.settle();
  const after = await driver.call<Signature>("signature");
  const effects = effectsOf(before, after);
  const said = navigation.console.slice(counts[2]);
  if (said.some(({ text }) => /^(?:alert|confirm|prompt): /.test(text))) effects.push("dialog");
  if (navigation.blocked.length > counts[1]) effects.push("request");
  return { effects, errors: navigation.errors.slice(counts[0]) };
}

async function locate(driver: SiteDriver, key: string): Promise<{ x: number; y: number } | null> {
  const point = await driver.call<{ x: number; y: number; hit: boolean } | null>("locateControl", key);
  return point?.hit ? point : null;
}

function effectsOf(before: Signature, after: Signature): ClickEffect[] {
  return (["dom", "address", "storage", "scroll"] as const).filter((part) => before[part] !== after[part]);
}
