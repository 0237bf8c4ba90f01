import { after } from "mocha";
import { createRenderer, type Renderer } from "../../env/index.js";

let shared: Promise<Renderer> | undefined;

/** One real Chromium for a whole test run; opened on first use, closed after the last test, and opened anew in a next run. */
export function sharedRenderer(): Promise<Renderer> {
  shared ??= createRenderer();
  return shared;
}

after(async () => {
  const opened = shared;
  shared = undefined;
  await (await opened)?.close();
});
