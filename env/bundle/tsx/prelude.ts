import { LIBRARIES_KEY } from "../library-shim.js";

/** Name of the page's global by which the entry module tells how it went. */
export const REPORT_KEY = "__webgenReport";
/** Begins the uncaught error that carries the failure of a component. */
export const FAILURE_MARK = "webgen:component-failed:";
/** Set on the root element once the component stood. */
export const MOUNTED_ATTRIBUTE = "data-mounted";
/** What the component's script is called in stack traces. */
export const SCRIPT_NAME = "component.js";

/** Why a component did not stay on the page. */
export interface ComponentFailure {
  readonly message: string;
  /** Line of the bundled script, from 1, and column, from 1; 0 where unknown. */
  readonly line: number;
  readonly column: number;
}

interface Names {
  readonly libraries: string;
  readonly report: string;
  readonly mark: string;
  readonly mounted: string;
  readonly script: string;
}

/**
 * A script that runs before everything else in a component's page. It takes the report of failure: an uncaught error,
 * thrown by means which the component cannot have changed yet, and which its own listeners do not get to see and cancel.
 */
export function preludeScript(): string {
  const names: Names = {
    libraries: LIBRARIES_KEY,
    report: REPORT_KEY,
    mark: FAILURE_MARK,
    mounted: MOUNTED_ATTRIBUTE,
    script: SCRIPT_NAME,
  };
  return `(${install.toString()})(${JSON.stringify(names)})`;
}

/** Runs in the page. Uses nothing from outside its own body. */
function install(names: Names): void {
  const raise = reportError.bind(window);
  const stringify = JSON.stringify.bind(JSON);
  const match = Function.prototype.call.bind(String.prototype.match) as (
    text: string,
    pattern: RegExp,
  ) => RegExpMatchArray | null;
  const setAttribute = Element.prototype.setAttribute;
  const stop = Event.prototype.stopImmediatePropagation;
  const frame = new RegExp(`${names.script}:(\\d+):(\\d+)`);
  let failure: string | undefined;
  window.addEventListener(
    "error",
    (event) => {
      if (failure !== undefined && event.error === failure) stop.call(event);
    },
    true,
  );
  const text = (value: unknown): string => {
    try {
      return `${value}`;
    } catch {
      return "something that cannot be shown";
    }
  };
  const fail = (error: unknown) => {
    if (failure !== undefined) return;
    let message = text(error);
    let line = 0;
    let column = 0;
    try {
      if (error instanceof Error) {
        message = `${text(error.name)}: ${text(error.message)}`;
        const place = match(text(error.stack), frame);
        line = Number(place?.[1] ?? 0);
        column = Number(place?.[2] ?? 0);
      } else message = `${message} was thrown`;
    } catch {
      // A hostile error object: what was read so far has to do.
    }
    failure = names.mark + stringify({ message: message.slice(0, 600), line, column });
    raise(failure);
  };
  const mounted = (root: Element) => {
    if (failure === undefined) setAttribute.call(root, names.mounted, "");
  };
  Object.defineProperty(window, names.report, { value: Object.freeze({ fail, mounted }) });
  Object.defineProperty(window, names.libraries, { value: {} });
}
