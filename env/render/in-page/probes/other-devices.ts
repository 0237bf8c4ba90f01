/** Conditions for screens of other density, and for other pointers, that do not hold in this window. */
export function mediaOfOthers(): MediaList[] {
  const found: MediaList[] = [];
  const consider = (media: MediaList) => {
    const condition = media.mediaText;
    if (/resolution|pixel-ratio|hover|pointer/.test(condition) && !window.matchMedia(condition).matches)
      found.push(media);
  };
  const visit = (rules: CSSRuleList) => {
    for (const rule of Array.from(rules)) {
      if (rule instanceof CSSMediaRule) consider(rule.media);
      if (rule instanceof CSSGroupingRule) visit(rule.cssRules);
    }
  };
  for (const sheet of [...Array.from(document.styleSheets), ...document.adoptedStyleSheets]) {
    consider(sheet.media);
    try {
      visit(sheet.cssRules);
    } catch {
      // A sheet of another origin keeps its rules to itself.
    }
  }
  return found;
}

/** Puts rules for other devices in force, or takes that back. */
export function beOtherDevice(other: boolean): void {
  const world = globalThis as { webgenMedia?: (readonly [MediaList, string])[] };
  for (const [media, condition] of world.webgenMedia ?? []) media.mediaText = condition;
  world.webgenMedia = [];
  if (!other) return;
  for (const media of mediaOfOthers()) {
    world.webgenMedia.push([media, media.mediaText]);
    media.mediaText = "all";
  }
}

/** Does to the page what a person does without mouse and keys: turns the wheel, touches, goes to another window and comes back. */
export function stirPage(x: number, y: number): void {
  const target = Document.prototype.elementFromPoint.call(document, x, y) ?? document.documentElement;
  const at = { bubbles: true, cancelable: true, clientX: x, clientY: y };
  const send = (to: EventTarget, event: Event) => EventTarget.prototype.dispatchEvent.call(to, event);
  send(target, new WheelEvent("wheel", { ...at, deltaY: 120 }));
  const touch = new Touch({ identifier: 1, target, clientX: x, clientY: y });
  for (const type of ["touchstart", "touchmove"])
    send(target, new TouchEvent(type, { ...at, touches: [touch], changedTouches: [touch] }));
  send(target, new TouchEvent("touchend", { ...at, changedTouches: [touch] }));
  send(window, new FocusEvent("blur"));
  send(document, new Event("visibilitychange", { bubbles: true }));
  send(window, new FocusEvent("focus"));
}
