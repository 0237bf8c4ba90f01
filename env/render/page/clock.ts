/** What the clock script is told. */
export interface ClockOptions {
  /** What `Date.now()` says when the page begins, in ms since 1970. */
  readonly epoch: number;
  /** Seed of `Math.random` and `crypto.getRandomValues`. */
  readonly seed: number;
  /** Key of the symbol under which the start switch waits. */
  readonly key: string;
}

/** Tuesday, 15 April 2025, 10:00 UTC. */
export const PAGE_EPOCH = Date.UTC(2025, 3, 15, 10, 0, 0);

const START_KEY = "webgen.start";

/**
 * A script that runs in every new document before its own scripts. It makes a page's time and chance repeatable: the
 * clock stands still until the page has loaded, timers and animation frames wait with it, and from then on both follow the
 * browser's virtual time, in whole milliseconds. Animation frames come 60 times a second of that time, without a frame
 * being drawn for each.
 */
export function clockScript(seed: number): string {
  const options: ClockOptions = { epoch: PAGE_EPOCH, seed, key: START_KEY };
  return `(${install.toString()})(${JSON.stringify(options)})`;
}

/** Evaluated once the page has loaded and its virtual time stands still: starts the clock. */
export const START_CLOCK = `globalThis[Symbol.for(${JSON.stringify(START_KEY)})]?.()`;

/** Runs in the page. Uses nothing from outside its own body. */
function install({ epoch, seed, key }: ClockOptions): void {
  const main = window === window.top;
  const nativeNow = performance.now.bind(performance);
  const nativeSetTimeout = setTimeout.bind(window);
  const nativeSetInterval = setInterval.bind(window);
  const nativeClear = clearTimeout.bind(window);
  let startedAt: number | null = null;
  let reads = 0;

  // Time stands still while a task runs; counting reads lets a loop that waits for the clock come to an end.
  const elapsed = () => {
    reads++;
    const ran = startedAt === null ? 0 : Math.round(nativeNow() - startedAt);
    return ran + (reads >> 10);
  };

  const NativeDate = Date;
  const PageDate = new Proxy(NativeDate, {
    apply: () => new NativeDate(epoch + elapsed()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [epoch + elapsed()], newTarget) as object,
  });
  NativeDate.now = () => epoch + elapsed();
  NativeDate.prototype.constructor = PageDate;
  window.Date = PageDate;
  Performance.prototype.now = elapsed;
  Object.defineProperty(Performance.prototype, "timeOrigin", { get: () => epoch, configurable: true });

  let state = seed | 0 || 1;
  const random32 = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  Math.random = () => random32() / 4294967296;
  Crypto.prototype.getRandomValues = <T extends ArrayBufferView | null>(array: T): T => {
    if (array === null) return array;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = random32() >>> 24;
    return array;
  };
  Crypto.prototype.randomUUID = () => {
    const hex = () => random32().toString(16).padStart(8, "0");
    const [a, b, c] = [hex(), hex(), hex()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${hex()}`;
  };

  window.print = () => {};
  Reflect.deleteProperty(window, "RTCPeerConnection");
  Reflect.deleteProperty(window, "webkitRTCPeerConnection");
  if (!main) return;
  window.name = "";

  type Waiting = { start: () => number };
  const waiting = new Map<number, Waiting>();
  const renamed = new Map<number, number>();
  let nextId = 1 << 24;
  const hold = (start: () => number) => {
    if (startedAt !== null) return start();
    waiting.set(++nextId, { start });
    return nextId;
  };
  const clear = (id?: number) => {
    if (id === undefined || waiting.delete(id)) return;
    nativeClear(renamed.get(id) ?? id);
  };
  type Timer = (handler: TimerHandler, timeout?: number, ...args: unknown[]) => number;
  const later: Timer = (handler, timeout, ...args) =>
    hold(() => nativeSetTimeout(handler, timeout, ...args) as unknown as number);
  const every: Timer = (handler, timeout, ...args) =>
    hold(() => nativeSetInterval(handler, timeout, ...args) as unknown as number);
  Object.assign(window, { setTimeout: later, setInterval: every, clearTimeout: clear, clearInterval: clear });

  let frames = new Map<number, FrameRequestCallback>();
  let nextFrame = 0;
  let scheduled = false;
  const tick = () => {
    scheduled = false;
    const due = frames;
    frames = new Map();
    const now = elapsed();
    for (const callback of due.values()) {
      try {
        callback(now);
      } catch (error) {
        reportError(error);
      }
    }
  };
  const schedule = () => {
    if (scheduled || startedAt === null) return;
    scheduled = true;
    nativeSetTimeout(tick, 16);
  };
  window.requestAnimationFrame = (callback) => {
    frames.set(++nextFrame, callback);
    schedule();
    return nextFrame;
  };
  window.cancelAnimationFrame = (id) => {
    frames.delete(id);
  };
  window.requestIdleCallback = (callback) =>
    later(() => callback({ didTimeout: false, timeRemaining: () => 10 }), 1);
  window.cancelIdleCallback = clear;

  const start = () => {
    if (startedAt !== null) return;
    startedAt = nativeNow();
    for (const [id, { start }] of waiting) renamed.set(id, start());
    waiting.clear();
    if (frames.size > 0) schedule();
  };
  Object.defineProperty(window, Symbol.for(key), { value: start, configurable: true });
}
