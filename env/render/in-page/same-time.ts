/** What the functions below need of the page's clock. */
export interface PageClock {
  /** Milliseconds since the document began. */
  now(): number;
  add(run: () => void, delay: number): number;
  remove(id: number | undefined): void;
}

/**
 * Runs in the page before its own scripts, in each of its frames. Uses nothing from outside its own body. Puts whatever else tells
 * the time, or the machine, on the page's clock: dates that are formatted without being given, `Temporal`, the times of events and
 * of performance entries, tasks and signals that come due, the number of cores.
 */
export function tellSameTime(clock: PageClock, epoch: number): void {
  const { apply } = Reflect;
  const today = () => epoch + clock.now();
  const getter = (owner: object | undefined, name: string, get: (this: never) => unknown) => {
    const found = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (found) Object.defineProperty(owner, name, { ...found, get } as PropertyDescriptor);
  };
  const nativeGet = (owner: object, name: string) =>
    Object.getOwnPropertyDescriptor(owner, name)?.get as (this: unknown) => unknown;

  const format = nativeGet(Intl.DateTimeFormat.prototype, "format");
  getter(Intl.DateTimeFormat.prototype, "format", function (this: unknown) {
    const bound = apply(format, this, []) as (date?: unknown) => string;
    return (date?: unknown) => bound(date === undefined ? today() : date);
  });
  const { formatToParts } = Intl.DateTimeFormat.prototype;
  Intl.DateTimeFormat.prototype.formatToParts = function (this: Intl.DateTimeFormat, date) {
    return apply(formatToParts, this, [date === undefined ? today() : date]);
  };
  const two = (value: number) => String(value).padStart(2, "0");
  const began = new Date(epoch);
  const modified = `${two(began.getUTCMonth() + 1)}/${two(began.getUTCDate())}/${began.getUTCFullYear()} ${two(began.getUTCHours())}:${two(began.getUTCMinutes())}:${two(began.getUTCSeconds())}`;
  getter(Document.prototype, "lastModified", () => modified);

  interface Instant {
    toZonedDateTimeISO(zone: string): Record<`toPlain${"Date" | "DateTime" | "Time"}`, () => unknown>;
  }
  const temporal = (globalThis as { Temporal?: { Now: Record<string, unknown>; Instant: unknown } }).Temporal;
  if (temporal) {
    const { fromEpochMilliseconds } = temporal.Instant as { fromEpochMilliseconds(at: number): Instant };
    const instant = () => fromEpochMilliseconds(Math.floor(today()));
    const zoned = (zone: unknown = "UTC") => instant().toZonedDateTimeISO(zone as string);
    Object.assign(temporal.Now, {
      instant,
      timeZoneId: () => "UTC",
      zonedDateTimeISO: zoned,
      plainDateISO: (zone?: unknown) => zoned(zone).toPlainDate(),
      plainDateTimeISO: (zone?: unknown) => zoned(zone).toPlainDateTime(),
      plainTimeISO: (zone?: unknown) => zoned(zone).toPlainTime(),
    });
  }

  const stamps = new WeakMap<object, number>();
  getter(Event.prototype, "timeStamp", function (this: Event) {
    let stamp = stamps.get(this);
    if (stamp === undefined) {
      stamp = clock.now();
      stamps.set(this, stamp);
    }
    return stamp;
  });

  const KEPT: ReadonlySet<string> = new Set(["mark", "measure"]);
  const entryType = nativeGet(PerformanceEntry.prototype, "entryType");
  for (const name of ["startTime", "duration"]) {
    const native = nativeGet(PerformanceEntry.prototype, name);
    getter(PerformanceEntry.prototype, name, function (this: unknown) {
      return KEPT.has(apply(entryType, this, []) as string) ? apply(native, this, []) : 0;
    });
  }
  const still = (owner: { prototype: object } | undefined, value: number) => {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(owner?.prototype ?? {}))) {
      if (!get) continue;
      getter(owner?.prototype, name, function (this: unknown) {
        return typeof apply(get, this, []) === "number" ? value : apply(get, this, []);
      });
    }
  };
  const classes = window as unknown as Record<string, { prototype: object } | undefined>;
  still(classes.PerformanceResourceTiming, 0);
  still(classes.PerformanceNavigationTiming, 0);
  still(classes.PerformanceTiming, epoch);
  getter(Performance.prototype, "memory", () => ({
    jsHeapSizeLimit: 2 ** 29,
    totalJSHeapSize: 10_000_000,
    usedJSHeapSize: 10_000_000,
  }));
  const plain = function (this: object): object {
    const values: Record<string, unknown> = {};
    for (
      let owner = Object.getPrototypeOf(this);
      owner !== Object.prototype;
      owner = Object.getPrototypeOf(owner)
    )
      for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(owner as object)))
        if (get && typeof apply(get, this, []) !== "object") values[name] ??= apply(get, this, []);
    return values;
  };
  for (const name of [
    "PerformanceEntry",
    "PerformanceResourceTiming",
    "PerformanceNavigationTiming",
    "PerformanceTiming",
  ])
    if (classes[name]) Object.assign(classes[name].prototype, { toJSON: plain });
  const told = new Set(["mark", "measure", "navigation", "resource"]);
  for (const name of ["getEntries", "getEntriesByType", "getEntriesByName"] as const) {
    const native = Performance.prototype[name] as (...args: unknown[]) => PerformanceEntry[];
    Performance.prototype[name] = function (this: unknown, ...args: unknown[]): PerformanceEntryList {
      return (apply(native, this, args) as PerformanceEntry[]).filter((entry) => told.has(entry.entryType));
    } as never;
  }
  const { mark, measure } = Performance.prototype;
  Performance.prototype.mark = function (
    this: Performance,
    name: string,
    options: PerformanceMarkOptions = {},
  ) {
    return apply(mark, this, [name, { startTime: clock.now(), ...options }]) as PerformanceMark;
  };
  Performance.prototype.measure = function (this: Performance, name: string, from?: unknown, to?: unknown) {
    const options = typeof from === "object" && from !== null ? from : { start: from, end: to };
    const { start, end, duration, detail } = options as PerformanceMeasureOptions;
    const given = {
      start: start ?? 0,
      ...(duration === undefined ? { end: end ?? clock.now() } : { duration }),
    };
    return apply(measure, this, [name, { ...given, detail }]) as PerformanceMeasure;
  };
  const observe = PerformanceObserver.prototype.observe;
  PerformanceObserver.prototype.observe = function (
    this: PerformanceObserver,
    options: PerformanceObserverInit = {},
  ) {
    const { type, entryTypes } = options;
    if (type !== undefined && !KEPT.has(type)) return;
    const kept = entryTypes?.filter((each) => KEPT.has(each));
    if (kept?.length !== 0) apply(observe, this, [kept ? { entryTypes: kept } : options]);
  };

  AbortSignal.timeout = (milliseconds: number) => {
    const controller = new AbortController();
    const reason = new DOMException("signal timed out", "TimeoutError");
    clock.add(() => controller.abort(reason), Math.max(1, Math.trunc(Number(milliseconds)) || 0));
    return controller.signal;
  };
  const later = <T>(delay: number, signal: AbortSignal | undefined, run: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const id = clock.add(
        () => {
          signal?.removeEventListener("abort", stop);
          try {
            resolve(run());
          } catch (error) {
            reject(error);
          }
        },
        Math.max(1, delay),
      );
      const stop = () => {
        clock.remove(id);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
    });
  const scheduler = (globalThis as { scheduler?: object }).scheduler;
  if (scheduler)
    Object.assign(Object.getPrototypeOf(scheduler) as object, {
      postTask: <T>(
        callback: () => T,
        { delay = 0, signal }: { delay?: number; signal?: AbortSignal } = {},
      ) => later(Math.trunc(Number(delay)) || 0, signal, callback),
      yield: () => later(1, undefined, () => {}),
    });
  const atomics = Atomics as unknown as {
    waitAsync?(...args: unknown[]): { async: boolean; value: Promise<string> | string };
  };
  const waitAsync = atomics.waitAsync;
  if (waitAsync)
    atomics.waitAsync = (array: unknown, index: unknown, value: unknown, timeout: unknown = Infinity) => {
      const limit = Number(timeout);
      if (limit <= 0) return apply(waitAsync, Atomics, [array, index, value, 0]) as never;
      const answer = apply(waitAsync, Atomics, [array, index, value]) as {
        async: boolean;
        value: Promise<string>;
      };
      if (!answer.async || !Number.isFinite(limit)) return answer;
      return { async: true, value: Promise.race([answer.value, later(limit, undefined, () => "timed-out")]) };
    };

  // The document came after an empty one, which cannot be gone back to.
  const lengthOf = nativeGet(History.prototype, "length");
  let before = (apply(lengthOf, history, []) as number) - 1;
  getter(History.prototype, "length", function (this: unknown) {
    const length = apply(lengthOf, this, []) as number;
    before = Math.min(before, length - 1);
    return length - before;
  });
  getter(Navigator.prototype, "hardwareConcurrency", () => 8);
  getter(Navigator.prototype, "deviceMemory", () => 8);
}
