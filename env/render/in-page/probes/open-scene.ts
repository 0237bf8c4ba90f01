import { readRoles } from "./roles.js";
import { type Scene, safeDom } from "./scene.js";
import { seenSoFar } from "./seen.js";
import { readTexts } from "./texts.js";

/** Reads the page as it is now; with `legibleOnly`, text that was measured and cannot be read is not there. */
export function openScene(legibleOnly = true): Scene {
  const dom = safeDom();
  const elementLimit = 5000;
  const scene: Scene = {
    elements: dom.all("body *").slice(0, elementLimit),
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    scrollX: window.scrollX,
    scrollY: window.scrollY,
    dom,
    styles: new Map(),
    opacities: new Map(),
    matrices: new Map(),
    legible: legibleOnly ? seenSoFar().legible : null,
    painted: legibleOnly && seenSoFar().tone !== null ? seenSoFar().painted : null,
    backdrops: new Map(),
    roles: new Map(),
    colors: new Map(),
    texts: [],
    textOf: new Map(),
    byText: new Map(),
    found: new Map(),
    byRole: new Map(),
  };
  readTexts(scene);
  readRoles(scene);
  return scene;
}
