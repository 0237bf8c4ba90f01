/**
 * Runs in the page before its own scripts, in each of its frames. Uses nothing from outside its own body. Calls `touched` whenever
 * the page reaches for what stores things, so that a page which does not leaves nothing to be cleared away.
 */
export function watchStorage(touched: () => void): void {
  const { apply, construct } = Reflect;
  const watch = (owner: object, names: readonly string[]) => {
    for (const name of names) {
      const found = Object.getOwnPropertyDescriptor(owner, name);
      if (found?.get === undefined) continue;
      const native = found.get;
      const get = function (this: unknown): unknown {
        touched();
        return apply(native, this, []);
      };
      Object.defineProperty(owner, name, { ...found, get });
    }
  };
  watch(window, ["localStorage", "sessionStorage", "indexedDB", "caches"]);
  watch(Navigator.prototype, ["storage", "serviceWorker", "storageBuckets"]);
  const workers = window as unknown as Record<string, typeof Worker | undefined>;
  for (const name of ["Worker", "SharedWorker"]) {
    const native = workers[name];
    if (native === undefined) continue;
    const watched = new Proxy(native, {
      construct(target, args: unknown[], newTarget) {
        touched();
        return construct(target, args, newTarget) as object;
      },
    });
    native.prototype.constructor = watched;
    workers[name] = watched;
  }
}
