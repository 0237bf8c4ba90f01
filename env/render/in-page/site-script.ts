import { PROBE_MODULES } from "./probe-script.js";
import * as fields from "./site/fields.js";
import * as survey from "./site/survey.js";

const LIBRARY = [...PROBE_MODULES, survey, fields]
  .flatMap((module) => Object.values(module))
  .map(String)
  .join("\n");

const NAMES = [
  "survey",
  "runChecks",
  "locate",
  "locateControl",
  "fillForm",
  "signature",
  "visibleText",
  "firstQuery",
  "choose",
  "enterField",
  "giveFile",
  "fieldValue",
  "attributeOf",
] as const;

/** Makes `webgenSite` known in a page's isolated world. */
export const SITE_LIBRARY = `globalThis.webgenSite = (() => { "use strict";\n${LIBRARY}\nreturn { ${NAMES.join(", ")} }; })(); 0`;

/** A script that calls a function of the library; its value is the result. */
export function siteCall(name: (typeof NAMES)[number], ...args: readonly unknown[]): string {
  return `webgenSite.${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
}
