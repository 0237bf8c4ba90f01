import { UsageError } from "../../../infra/errors.js";

/** The fields of `Input.dispatchKeyEvent` that name a key. */
export interface KeyEvent {
  readonly key: string;
  readonly code: string;
  readonly windowsVirtualKeyCode: number;
  readonly text?: string;
}

const NAMED: Readonly<Record<string, KeyEvent>> = {
  Tab: { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 },
  Enter: { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
  Escape: { key: "Escape", code: "Escape", windowsVirtualKeyCode: 27 },
  Backspace: { key: "Backspace", code: "Backspace", windowsVirtualKeyCode: 8 },
  Delete: { key: "Delete", code: "Delete", windowsVirtualKeyCode: 46 },
  Home: { key: "Home", code: "Home", windowsVirtualKeyCode: 36 },
  End: { key: "End", code: "End", windowsVirtualKeyCode: 35 },
  ArrowLeft: { key: "ArrowLeft", code: "ArrowLeft", windowsVirtualKeyCode: 37 },
  ArrowUp: { key: "ArrowUp", code: "ArrowUp", windowsVirtualKeyCode: 38 },
  ArrowRight: { key: "ArrowRight", code: "ArrowRight", windowsVirtualKeyCode: 39 },
  ArrowDown: { key: "ArrowDown", code: "ArrowDown", windowsVirtualKeyCode: 40 },
  " ": { key: " ", code: "Space", windowsVirtualKeyCode: 32, text: " " },
};

/** The event of a key. Throws a UsageError for a name that is neither listed nor a single character. */
export function keyEvent(name: string): KeyEvent {
  const named = NAMED[name];
  if (named) return named;
  if ([...name].length !== 1)
    throw new UsageError(
      `There is no key "${name}"; use one character or one of ${Object.keys(NAMED).join(", ")}.`,
    );
  const upper = name.toUpperCase();
  const code = /[A-Z]/.test(upper) ? `Key${upper}` : /[0-9]/.test(upper) ? `Digit${upper}` : "";
  return { key: name, code, windowsVirtualKeyCode: upper.charCodeAt(0), text: name };
}
