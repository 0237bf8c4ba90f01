import { ICONS } from "./icons.js";
import type { LibraryChunk } from "./libraries.js";

/** React 18 with its DOM renderer. */
export const REACT: LibraryChunk = {
  name: "react",
  modules: ["react", "react-dom", "react-dom/client", "react/jsx-runtime", "react/jsx-dev-runtime"],
  needs: [],
};

/**
 * Animations of recharts that have ended when they begin. Its charts move for 1.5 s and more, which a picture would catch
 * in the middle; what they show at the end, labels included, they show at once this way, and their listeners are called.
 */
const ENDED_ANIMATION = `
import Animate, { AnimateGroup, configBezier, configSpring } from "react-smooth";
import { createElement, useEffect } from "react";
export { AnimateGroup, configBezier, configSpring };
export default function EndedAnimation({ isActive = true, canBegin = true, ...props }) {
  const { onAnimationStart, onAnimationEnd } = props;
  const runs = isActive && canBegin;
  useEffect(() => {
    if (!runs) return;
    onAnimationStart?.();
    onAnimationEnd?.();
  }, [runs]);
  return createElement(Animate, { ...props, canBegin, isActive: false });
}`;

export const RECHARTS: LibraryChunk = {
  name: "recharts",
  modules: ["recharts"],
  needs: [REACT],
  replacements: { "react-smooth": ENDED_ANIMATION },
};

/** Used as a whole only by pages that do not name their icons in the import; see `iconModule`. */
export const LUCIDE: LibraryChunk = { name: ICONS, modules: [ICONS], needs: [REACT] };

export const CLSX: LibraryChunk = { name: "clsx", modules: ["clsx"], needs: [] };
