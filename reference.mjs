/**
 * Writes the API reference of the package's entry points into docs/api, as typedoc.json says.
 *
 *   node reference.mjs [typedoc arguments]
 *
 * TypeDoc reads sources through the JavaScript API of TypeScript, which ends with version 6; this project compiles with 7. So
 * whoever asks for `typescript` in this process gets the package `typescript6`.
 */
import { register } from "node:module";

const hook = `export const resolve = (specifier, context, next) =>
  next(specifier === "typescript" ? "typescript6" : specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
await import("./node_modules/typedoc/dist/cli.js");
