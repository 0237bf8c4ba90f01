import type { Check, Query } from "../../contract/probe.js";
import * as checks from "./probes/checks.js";
import * as color from "./probes/color.js";
import * as layout from "./probes/layout.js";
import * as openScene from "./probes/open-scene.js";
import * as query from "./probes/query.js";
import * as roles from "./probes/roles.js";
import * as rules from "./probes/rules.js";
import * as scene from "./probes/scene.js";
import * as texts from "./probes/texts.js";
import * as visibility from "./probes/visibility.js";

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
