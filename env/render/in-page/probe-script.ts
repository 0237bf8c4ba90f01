import type { Check, Query } from "../../contract/probe.js";
import * as checks from "./probes/checks.js";
import * as color from "./probes/color.js";
import * as colorNames from "./probes/color-names.js";
import * as company from "./probes/company.js";
import * as firstLine from "./probes/first-line.js";
import * as layout from "./probes/layout.js";
import * as lettering from "./probes/lettering.js";
import * as motion from "./probes/motion.js";
import * as openScene from "./probes/open-scene.js";
import * as otherDevices from "./probes/other-devices.js";
import * as painted from "./probes/painted.js";
import * as pictures from "./probes/pictures.js";
import * as query from "./probes/query.js";
import * as roles from "./probes/roles.js";
import * as rules from "./probes/rules.js";
import * as scene from "./probes/scene.js";
import * as secondLook from "./probes/second-look.js";
import * as seen from "./probes/seen.js";
import type { SurveyResult } from "./probes/survey-words.js";
import * as surveyWords from "./probes/survey-words.js";
import * as texts from "./probes/texts.js";
import * as transforms from "./probes/transforms.js";
import * as visibility from "./probes/visibility.js";
import * as wording from "./probes/wording.js";
import * as words from "./probes/words.js";

/** Modules whose functions run in a page, together in one scope. */
export const PROBE_MODULES: readonly object[] = [
  scene,
  visibility,
  seen,
  transforms,
  firstLine,
  lettering,
  words,
  painted,
  pictures,
  surveyWords,
  motion,
  otherDevices,
  secondLook,
  wording,
  color,
  colorNames,
  texts,
  openScene,
  roles,
  query,
  layout,
  company,
  rules,
  checks,
];

const LIBRARY = PROBE_MODULES.flatMap((module) => Object.values(module))
  .map(String)
  .join("\n");

/** Makes `webgenProbes` known in a page's isolated world; the scripts below need it. */
export const PROBE_LIBRARY = `globalThis.webgenProbes = (() => { "use strict";\n${LIBRARY}\nreturn { runChecks, locate, surveyWords, keepSeen, planSecondLook, poseAt, followableShare, beOtherDevice, stirPage }; })(); 0`;

/** A script whose value is the verdict of each check, in order. */
export function checkScript(list: readonly Check[]): string {
  return `webgenProbes.runChecks(${JSON.stringify(list)})`;
}

/** A script that scrolls to the first match of a query and whose value is its middle in the window, or null. */
export function locateScript(target: Query): string {
  return `webgenProbes.locate(${JSON.stringify(target)})`;
}

/** A script whose value is a `WordSurvey` of the whole page, or of the window, as JSON: the protocol takes a text as one value, not each number by itself. */
export function surveyScript(whole: boolean): string {
  return `JSON.stringify(webgenProbes.surveyWords(${whole}))`;
}

/** A script that keeps what a picture says of the last survey. */
export function keepScript(result: SurveyResult): string {
  return `webgenProbes.keepSeen(${JSON.stringify(result)})`;
}

/** A script that scrolls to where a second look is taken; its value is a {@link LookPlan}. */
export const PLAN_LOOK = "webgenProbes.planSecondLook()";

/** A script that ends what ends and puts what moves for ever at a time, in ms. */
export function poseScript(time: number): string {
  return `webgenProbes.poseAt(${time})`;
}

/** A script whose value is the share of characters that an eye can follow; times in ms. */
export function followScript(from: number, period: number): string {
  return `webgenProbes.followableShare(${from}, ${period})`;
}

/** A script that puts rules for other screens and pointers in force, or takes that back. */
export function deviceScript(other: boolean): string {
  return `webgenProbes.beOtherDevice(${other})`;
}

/** A script that turns the wheel and touches at a point of the window, and leaves the window and comes back. */
export function stirScript(x: number, y: number): string {
  return `webgenProbes.stirPage(${x}, ${y})`;
}
