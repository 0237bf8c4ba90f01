import { readRoles } from "./roles.js";
import { type Scene, safeDom } from "./scene.js";
import { seenSoFar } from "./seen.js";
import { fileTexts, readTexts } from "./texts.js";

/** Reads the page as it is now; text that was measured and cannot be read is not there. */
export function openScene(): Scene {
  const { legible, tone, painted } = seenSoFar();
  const scene = sceneOf(legible, tone === null ? null : painted);
  readTexts(scene);
  fileTexts(scene);
  readRoles(scene);
  return scene;
}

/** Reads the texts of the page as it is now, whether they can be read or not, and no more: the rest of the scene is empty. */
export function openTexts(): Scene {
  const scene = sceneOf(null, null);
  readTexts(scene);
  return scene;
}

/** A scene of which nothing is read yet. */
export function sceneOf(legible: Scene["legible"], painted: Scene["painted"]): Scene {
  const dom = safeDom();
  const elementLimit = 5000;
  return {
    elements: dom.all("body *").slice(0, elementLimit),
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    scrollX: window.scrollX,
    scrollY: window.scrollY,
    dom,
    styles: new Map(),
    opacities: new Map(),
    matrices: new Map(),
    legible,
    painted,
    backdrops: new Map(),
    roles: new Map(),
    colors: new Map(),
    texts: [],
    textOf: new Map(),
    byText: new Map(),
    found: new Map(),
    byRole: new Map(),
  };
}
