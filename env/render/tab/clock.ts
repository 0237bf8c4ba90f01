import { seedChance } from "../in-page/random.js";
import { type PageClock, tellSameTime } from "../in-page/same-time.js";
import { type ScrollWatch, watchScrolling } from "../in-page/scroll-watch.js";
import { watchStorage } from "../in-page/storage-watch.js";

/** What the clock script is told. */
interface ClockOptions {
  readonly epoch: number;
  readonly seed: number;
  readonly key: string;
}

/** Functions that run in the page with the clock, each whole in itself. */
interface ClockParts {
  readonly watchScrolling: () => ScrollWatch;
  readonly watchStorage: (touched: () => void) => void;
  readonly seedChance: (seed: number) => void;
  readonly tellSameTime: (clock: PageClock, epoch: number) => void;
}

/** What `Date.now()` says when a page begins: Tuesday, 15 April 2025, 10:00 UTC. */
export const PAGE_EPOCH = Date.UTC(2025, 3, 15, 10, 0, 0);

const KEY = "webgen.clock";

/**
 * A script that runs in every new document before its own scripts. It makes a page's time and chance repeatable: the
 * clock stands still, and timers, intervals, idle callbacks and animation frames (60 a second) wait until `runClock` lets
 * them come due, one after the other in the order of their time, as fast as they run. `Math.random` and
 * `crypto.getRandomValues` are seeded. After 5,000 timers in one run the rest are late. Frames of the page's own origin share its clock.
 *
 * Chromium's virtual time does much the same for every page of a browser, but costs 15 ms a page in our
 * measurements, and its clock starts at an unknown fraction of a millisecond.
 */
export function clockScript(seed: number): string {
  const options: ClockOptions = { epoch: PAGE_EPOCH, seed, key: KEY };
  const parts = Object.entries({ watchScrolling, watchStorage, seedChance, tellSameTime });
  const named = parts.map(([name, part]) => `${name}: ${part.toString()}`).join(",\n");
  return `(${install.toString()})(${JSON.stringify(options)}, {${named}})`;
}

/**
 * An expression that lets milliseconds of the page's time pass; its promise resolves when they have. With `pose`, what
 * moves for ever is then halted at that millisecond of its own: endless animations of CSS and SVG, and bars without a value, which
 * are shown half full; a blinking caret is hidden. The promise's value is a `ClockReading`.
 */
export function runClock(milliseconds: number, pose?: number): string {
  return `globalThis[Symbol.for(${JSON.stringify(KEY)})]?.run(${milliseconds}, ${pose})`;
}

/** An expression that says when a tour through the page begins and ends; see {@link ScrollWatch}. */
export function setTour(on: boolean): string {
  return `globalThis[Symbol.for(${JSON.stringify(KEY)})]?.tour(${on})`;
}

/** An expression that ends the document; its value is a `Leaving`. */
export function leaveDocument(): string {
  return `globalThis[Symbol.for(${JSON.stringify(KEY)})]?.leave()`;
}

/** How a document was left. */
export interface Leaving {
  /** Whether nothing of the document and none of its listeners is left. */
  readonly gone: boolean;
  /** Whether it may have stored anything. */
  readonly stored: boolean;
}

/** What is seen when the clock stops. */
export interface ClockReading {
  /** Whether anything is animated; known with `pose` only. */
  readonly moving: boolean;
  /** Elements of the document. */
  readonly elements: number;
  /** Whether the page listens to scrolling, or to what comes into view. */
  readonly listened: boolean;
  /** Whether anything is to be loaded only when it comes near the window. */
  readonly late: boolean;
}

/** Runs in the page. Uses nothing from outside its own body. */
function install({ epoch, seed, key }: ClockOptions, parts: ClockParts): void {
  const { watchScrolling, watchStorage, seedChance, tellSameTime } = parts;
  interface Timer {
    due: number;
    readonly run: () => void;
    readonly every: number | undefined;
  }
  interface Clock {
    now(): number;
    add(run: () => void, delay: number, every?: number): number;
    remove(id: number | undefined): void;
    frame(callback: FrameRequestCallback): number;
    dropFrame(id: number): void;
    run(milliseconds: number, pose?: number): Promise<ClockReading>;
    tour(on: boolean): void;
    stored(): void;
    leave(): Leaving;
  }
  const FRAME = 16;
  const MOST_TIMERS = 5000;
  const report = reportError.bind(window);

  const animationsOf = Document.prototype.getAnimations;
  const elementsOf = Document.prototype.querySelectorAll;
  const lengthOf = Object.getOwnPropertyDescriptor(NodeList.prototype, "length")?.get as () => number;
  const apply = Reflect.apply;
  const getterOf = (owner: object, name: string) =>
    Object.getOwnPropertyDescriptor(owner, name)?.get as () => unknown;
  const openDocument = Document.prototype.open;
  const rootOf = getterOf(Document.prototype, "documentElement");
  // The page may have replaced `call`, and all else that is looked up now.
  const count = (selector: string): number => apply(lengthOf, apply(elementsOf, document, [selector]), []);
  const look = () => ({ elements: count("*"), late: count("img[loading=lazy], iframe[loading=lazy]") > 0 });
  const pose = (at: number): boolean => {
    const animations = animationsOf.call(document);
    const drawings = elementsOf.call(document, "svg") as NodeListOf<SVGSVGElement>;
    for (const animation of animations) {
      // What is bound to a place in the window is shown as it would be in the middle of it, or as far as it has come.
      if (animation.timeline !== null && "subject" in animation.timeline) {
        const progress = (animation.currentTime as CSSUnitValue | null)?.value ?? 0;
        animation.pause();
        animation.currentTime = CSS.percent(Math.max(progress, 50));
        continue;
      }
      const { endTime, localTime, delay = 0 } = animation.effect?.getComputedTiming() ?? {};
      // Chromium wakes an animation that waits out its delay by the real clock, which a leap of frames does not move.
      const waits = animation.playState === "running" && Number(localTime ?? 0) < delay;
      if (endTime !== Infinity && waits) animation.finish();
      if (endTime !== Infinity) continue;
      animation.pause();
      animation.currentTime = at;
    }
    for (const drawing of drawings) {
      drawing.pauseAnimations();
      drawing.setCurrentTime(at / 1000);
    }
    if (document.activeElement !== null && document.activeElement !== document.body) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { caret-color: transparent !important }");
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }
    for (const bar of elementsOf.call(document, "progress:indeterminate") as NodeListOf<HTMLProgressElement>)
      bar.value = bar.max / 2;
    return animations.length > 0;
  };

  const createClock = (): Clock => {
    const scrolling = watchScrolling();
    let stored = false;
    const timers = new Map<number, Timer>();
    let frames = new Map<number, FrameRequestCallback>();
    let nextId = 0;
    let reads = 0;
    let time = 0;
    let frameDue = false;
    let step = () => {};
    const { port1, port2 } = new MessageChannel();
    const post = port2.postMessage.bind(port2, null);
    port1.addEventListener("message", () => step());
    port1.start();
    const attempt = (work: () => void) => {
      try {
        work();
      } catch (error) {
        report(error);
      }
    };
    const earliest = (): [number, Timer] | undefined => {
      let best: [number, Timer] | undefined;
      for (const entry of timers) if (best === undefined || entry[1].due < best[1].due) best = entry;
      return best;
    };
    const clock: Clock = {
      // Time stands still while a task runs; counting reads lets a loop that waits for the clock come to an end.
      now: () => time + (++reads >> 10),
      add(run, delay, every) {
        timers.set(++nextId, { due: time + delay, run, every });
        return nextId;
      },
      remove(id) {
        if (id !== undefined) timers.delete(id);
      },
      frame(callback) {
        frames.set(++nextId, callback);
        if (frameDue) return nextId;
        frameDue = true;
        const id = nextId;
        clock.add(
          () => {
            frameDue = false;
            const due = frames;
            frames = new Map();
            const now = clock.now();
            for (const each of due.values()) attempt(() => each(now));
          },
          FRAME - (time % FRAME),
        );
        return id;
      },
      dropFrame(id) {
        frames.delete(id);
      },
      tour: scrolling.tour,
      stored() {
        stored = true;
      },
      leave() {
        // Opening a document anew takes its frames away and erases every listener of its nodes and its window.
        apply(openDocument, document, []);
        return { gone: apply(rootOf, document, []) === null, stored };
      },
      run: (milliseconds, halt) =>
        new Promise((resolve) => {
          const end = time + milliseconds;
          let count = 0;
          step = () => {
            const next = earliest();
            if (next === undefined || next[1].due > end || ++count > MOST_TIMERS) {
              time = end;
              let moving = false;
              if (halt !== undefined)
                attempt(() => {
                  moving = pose(halt);
                });
              resolve({ moving, ...look(), listened: scrolling.listened() });
              return;
            }
            const [id, timer] = next;
            time = Math.max(time, timer.due);
            if (timer.every === undefined) timers.delete(id);
            else timers.set(id, { ...timer, due: time + timer.every });
            attempt(timer.run);
            post();
          };
          post();
        }),
    };
    return clock;
  };

  const shared = (): Clock | undefined => {
    try {
      return (window.parent as unknown as Record<symbol, Clock | undefined>)[Symbol.for(key)];
    } catch {
      return undefined;
    }
  };
  const main = window === window.top;
  const clock = (main ? undefined : shared()) ?? createClock();
  Object.defineProperty(window, Symbol.for(key), { value: Object.freeze(clock) });

  watchStorage(clock.stored);
  const NativeDate = Date;
  const PageDate = new Proxy(NativeDate, {
    apply: () => new NativeDate(epoch + clock.now()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [epoch + clock.now()], newTarget) as object,
  });
  NativeDate.now = () => epoch + clock.now();
  NativeDate.prototype.constructor = PageDate;
  window.Date = PageDate;
  Performance.prototype.now = () => clock.now();
  Object.defineProperty(Performance.prototype, "timeOrigin", { get: () => epoch, configurable: true });

  // biome-ignore lint/security/noGlobalEval: a timer may be given as text, and means this.
  const globalEval = eval;
  const callable = (handler: TimerHandler, args: unknown[]) =>
    typeof handler === "function" ? () => handler.apply(window, args) : () => globalEval(String(handler));
  const delayOf = (timeout: unknown, least: number) => Math.max(least, Math.trunc(Number(timeout)) || 0);
  Object.assign(window, {
    setTimeout: (handler: TimerHandler, timeout?: number, ...args: unknown[]) =>
      clock.add(callable(handler, args), delayOf(timeout, 1)),
    setInterval: (handler: TimerHandler, timeout?: number, ...args: unknown[]) =>
      clock.add(callable(handler, args), delayOf(timeout, 4), delayOf(timeout, 4)),
    clearTimeout: clock.remove,
    clearInterval: clock.remove,
    requestAnimationFrame: clock.frame,
    cancelAnimationFrame: clock.dropFrame,
    requestIdleCallback: (callback: IdleRequestCallback) =>
      clock.add(() => callback({ didTimeout: false, timeRemaining: () => 10 }), 1),
    cancelIdleCallback: clock.remove,
  });

  seedChance(seed);
  tellSameTime(clock, epoch);
  window.print = () => {};
  if (main) window.name = "";
  Reflect.deleteProperty(window, "RTCPeerConnection");
  Reflect.deleteProperty(window, "webkitRTCPeerConnection");
}
