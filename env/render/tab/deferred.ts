/** Lays out what a browser leaves out of layout until it comes near the window. Value: 0. */
export const SHOW_DEFERRED = `for (const element of document.querySelectorAll("*"))
  if (getComputedStyle(element).contentVisibility === "auto")
    element.style?.setProperty("content-visibility", "visible", "important"); 0`;

/** Whether a source may ask for parts to be left out until they are near; nothing is asked of a page otherwise. */
export function namesDeferral(source: string | Uint8Array): boolean {
  const text = typeof source === "string" ? source : Buffer.from(source).toString("latin1");
  return /content-?visibility/i.test(text);
}
