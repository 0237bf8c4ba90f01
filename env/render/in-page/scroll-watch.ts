/** Tells whether a page waits to be scrolled, and stands between it and what it would see of a tour. */
export interface ScrollWatch {
  /** Whether anything of the page listens to scrolling, or to what comes into view. */
  listened(): boolean;
  /** While a tour is on, the page's observers of visibility are not told of what goes out of view. */
  tour(on: boolean): void;
}

/**
 * Runs in the page before its own scripts, in its main frame. Uses nothing from outside its own body. Observers of visibility are
 * the page's own, but during a tour through the page they hear of what comes into view alone, so that a section which shows
 * itself only as long as it is in the window stays shown for a picture of the whole page.
 */
export function watchScrolling(): ScrollWatch {
  let heard = false;
  let touring = false;
  const { apply, construct } = Reflect;
  const isLeaving = (entry: IntersectionObserverEntry) => !entry.isIntersecting;
  const NativeObserver = IntersectionObserver;
  const filter = Array.prototype.filter;
  const PageObserver = new Proxy(NativeObserver, {
    construct(target, [callback, ...rest]: [unknown, ...unknown[]], newTarget) {
      heard = true;
      const tell = function (this: unknown, entries: IntersectionObserverEntry[], observer: unknown) {
        const told = touring
          ? (apply(filter, entries, [(entry: IntersectionObserverEntry) => !isLeaving(entry)]) as unknown[])
          : entries;
        if (told.length > 0) apply(callback as () => void, this, [told, observer]);
      };
      const first = typeof callback === "function" ? tell : callback;
      return construct(target, [first, ...rest], newTarget) as object;
    },
  });
  NativeObserver.prototype.constructor = PageObserver;
  window.IntersectionObserver = PageObserver;
  const listen = EventTarget.prototype.addEventListener;
  const places = (target: unknown) =>
    target === undefined ||
    target === window ||
    target === document ||
    target === document.body ||
    target === document.documentElement;
  EventTarget.prototype.addEventListener = function addEventListener(
    this: unknown,
    ...args: unknown[]
  ): void {
    if ((args[0] === "scroll" || args[0] === "scrollend") && places(this)) heard = true;
    apply(listen, this, args);
  };
  // The page may have replaced what is looked up later.
  const handlerOf = (owner: object) =>
    Object.getOwnPropertyDescriptor(owner, "onscroll")?.get as () => unknown;
  const [ofWindow, ofDocument] = [handlerOf(window), handlerOf(Document.prototype)];
  const [view, page] = [window, document];
  return {
    listened: () => heard || apply(ofWindow, view, []) !== null || apply(ofDocument, page, []) !== null,
    tour(on) {
      touring = on;
    },
  };
}
