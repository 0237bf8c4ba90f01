import { messageOf } from "../../../infra/errors.js";
import type { Check, ProbeResult, Query } from "../../contract/probe.js";
import type { ProbeState, SiteExpectation, SiteProbe, SiteStep, Target } from "../../contract/site-probe.js";
import type { SiteDriver } from "./driver.js";
import { describeTarget, queriesOf } from "./target.js";

/** What one run of a probe found. */
export interface ProbeRun {
  readonly expectations: readonly { readonly ok: boolean; readonly detail: string }[];
  /** The step that was not possible, or "". */
  readonly problem: string;
  readonly before: ProbeState;
  readonly after: ProbeState;
}

/** Goes through a probe's steps on the page a driver has open, and looks whether what is expected holds. */
export async function runSiteProbe(driver: SiteDriver, probe: SiteProbe): Promise<ProbeRun> {
  const before = await stateOf(driver);
  let problem = "";
  for (const [index, step] of probe.steps.entries()) {
    const failure = await takeStep(driver, step);
    if (failure === null) continue;
    problem = `Step ${index + 1} was not possible: ${failure}`;
    break;
  }
  const after = await stateOf(driver);
  const expectations: { ok: boolean; detail: string }[] = [];
  for (const expected of probe.expect) {
    if (problem === "") expectations.push(await judge(driver, expected, before, after));
    else expectations.push({ ok: false, detail: problem });
  }
  return { expectations, problem, before, after };
}

async function stateOf(driver: SiteDriver): Promise<ProbeState> {
  const png = await driver.png();
  return { url: await driver.address(), text: await driver.call<string>("visibleText"), png };
}

/** Null when the step was taken, else why not. */
async function takeStep(driver: SiteDriver, step: SiteStep): Promise<string | null> {
  switch (step.do) {
    case "navigate":
      await driver.go(step.route);
      return null;
    case "click": {
      const point = await locate(driver, step.target);
      if (point === null) return notThere(step.target);
      await driver.click(point.x, point.y);
      await driver.settle();
      return null;
    }
    case "fill": {
      const entered = await driver.call<"type" | "done" | null>(
        "enterField",
        queriesOf(step.target),
        step.text,
      );
      if (entered === null) return `there is no field ${describeTarget(step.target)} to write in.`;
      if (entered === "type" && step.text === "") await driver.press("Delete");
      else if (entered === "type") await driver.type(step.text);
      await driver.settle();
      return null;
    }
    case "select": {
      const chosen = await driver.call<boolean>("choose", queriesOf(step.target), step.option);
      if (!chosen) return `there is no list ${describeTarget(step.target)} with the option "${step.option}".`;
      await driver.settle();
      return null;
    }
    case "upload": {
      const { target, name, text } = step;
      const given = await driver.call<boolean>("giveFile", queriesOf(target), name, text);
      if (!given) return `there is no file field ${describeTarget(target)}.`;
      await driver.settle();
      return null;
    }
    case "press":
      await driver.press(step.key);
      await driver.settle();
      return null;
    case "wait":
      await driver.settle(step.milliseconds);
      return null;
    case "reload":
      await driver.go(await driver.address());
      return null;
    case "back":
      await driver.back();
      return null;
    case "forward":
      await driver.forward();
      return null;
  }
}

type Verdict = { readonly ok: boolean; readonly detail: string };

async function judge(
  driver: SiteDriver,
  expected: SiteExpectation,
  before: ProbeState,
  after: ProbeState,
): Promise<Verdict> {
  switch (expected.kind) {
    case "visible":
      return seen(driver, expected.target, true);
    case "hidden":
      return seen(driver, expected.target, false);
    case "text": {
      const { includes, target } = expected;
      if (target === undefined) {
        const wanted = includes.replace(/\s+/g, " ").trim().toLowerCase();
        return { ok: after.text.includes(wanted), detail: `The page should say "${includes}".` };
      }
      return check(driver, target, (query) => ({ kind: "exists", query: { ...query, includes } }));
    }
    case "count":
      return check(driver, expected.target, (query) => ({ kind: "count", query, equals: expected.equals }));
    case "url":
      return equal("The address", after.url, expected.equals);
    case "attribute": {
      const value = await driver.call<string | null>(
        "attributeOf",
        queriesOf(expected.target),
        expected.name,
      );
      return equal(`The ${expected.name} of ${describeTarget(expected.target)}`, value, expected.equals);
    }
    case "value": {
      const value = await driver.call<string | null>("fieldValue", queriesOf(expected.target));
      return equal(`The value of ${describeTarget(expected.target)}`, value, expected.equals);
    }
    case "style": {
      const { property, oneOf, target } = expected;
      return check(driver, target, (query) => ({ kind: "style", query, property, oneOf }));
    }
    case "color": {
      const { of, near, target } = expected;
      return check(driver, target, (query) => ({ kind: "color", query, of, near }));
    }
    case "console-clean": {
      const { errors, console } = driver.navigation;
      const [first] = [
        ...errors,
        ...console.filter(({ level }) => level === "error").map(({ text }) => text),
      ];
      return { ok: first === undefined, detail: first === undefined ? "No error." : `An error: ${first}` };
    }
    case "state-persists": {
      await driver.go(await driver.address());
      const { ok, detail } = await seen(driver, expected.target, true);
      return { ok, detail: `After loading again: ${detail}` };
    }
    case "differs-from-before":
      return { ok: before.text !== after.text, detail: "The page should say something else than before." };
    case "check":
      return measure(driver, expected.check);
  }
}

async function seen(driver: SiteDriver, target: Target, wanted: boolean): Promise<Verdict> {
  const found = (await queryOf(driver, target)) !== null;
  const detail = `${describeTarget(target)} is ${found ? "" : "not "}there.`;
  return { ok: found === wanted, detail };
}

/** A check of what a target stands for; its last query when nothing is found, so that the check can say so. */
async function check(driver: SiteDriver, target: Target, make: (query: Query) => Check): Promise<Verdict> {
  const query = (await queryOf(driver, target)) ?? queriesOf(target).at(-1) ?? {};
  return measure(driver, make(query));
}

async function measure(driver: SiteDriver, each: Check): Promise<Verdict> {
  const [result] = await driver.call<ProbeResult[]>("runChecks", [each]);
  return { ok: result?.score === 1, detail: result?.detail ?? "The check gave nothing." };
}

function queryOf(driver: SiteDriver, target: Target): Promise<Query | null> {
  return driver.call<Query | null>("firstQuery", queriesOf(target));
}

async function locate(driver: SiteDriver, target: Target): Promise<{ x: number; y: number } | null> {
  const query = await queryOf(driver, target);
  return query === null ? null : driver.call<{ x: number; y: number } | null>("locate", query);
}

function equal(what: string, value: string | null, wanted: string): Verdict {
  const detail = `${what} should be "${wanted}" and is ${value === null ? "not there" : `"${value}"`}.`;
  return { ok: value === wanted, detail };
}

const notThere = (target: Target) => `${describeTarget(target)} is not there.`;

/** A run that broke off. */
export function brokenRun(error: unknown): string {
  return `The page could not be asked any more: ${messageOf(error)}`;
}
