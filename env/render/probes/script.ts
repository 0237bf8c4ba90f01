import type { Check, Query } from "../../probe.js";
import * as checks from "./page/checks.js";
import * as color from "./page/color.js";
import * as layout from "./page/layout.js";
import * as openScene from "./page/open-scene.js";
import * as query from "./page/query.js";
import * as roles from "./page/roles.js";
import * as rules from "./page/rules.js";
import * as scene from "./page/scene.js";
import * as texts from "./page/texts.js";
import * as visibility from "./page/visibility.js";

/** Modules whose functions run in a page, together in one scope. */
export const PROBE_MODULES: readonly object[] = [
  scene,
  visibility,
  color,
  texts,
  openScene,
  roles,
  query,
  layout,
  rules,
  checks,
];

const LIBRARY = PROBE_MODULES.flatMap((module) => Object.values(module))
  .map(String)
  .join("\n");

/** Makes `webgenProbes` known in a page's isolated world; the scripts below need it. */
export const PROBE_LIBRARY = `globalThis.webgenProbes = (() => { "use strict";\n${LIBRARY}\nreturn { runChecks, locate }; })(); 0`;

/** A script whose value is the verdict of each check, in order. */
export function checkScript(list: readonly Check[]): string {
  return `webgenProbes.runChecks(${JSON.stringify(list)})`;
}

/** A script that scrolls to the first match of a query and whose value is its middle in the window, or null. */
export function locateScript(target: Query): string {
  return `webgenProbes.locate(${JSON.stringify(target)})`;
}
