/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const MAX_NAME = 255;

/** Folders a path may be below the root. */
export const MAX_DEPTH = 12;

/** What is wrong with a path, in words. */
export interface BadPath {
  readonly problem: string;
}

/**
 * The path of a file, relative to the project, with `.` and empty steps taken out; or what is wrong with it. A path that
 * is absolute, leaves the project or cannot exist on every system is refused, never mended.
 *
 * @example
 * normalizePath("./src//App.tsx"); // "src/App.tsx"
 * normalizePath("../secret"); // { problem: "leaves the project" }
 */
export function normalizePath(path: string): string | BadPath {
  if (/\p{Cc}/u.test(path)) return { problem: "holds a control character" };
  if (/\p{Cs}/u.test(path)) return { problem: "holds half a character" };
  if (/[\\:*?"<>|]/.test(path)) return { problem: 'holds one of the characters \\ : * ? " < > |' };
  if (path.startsWith("/")) return { problem: "is absolute" };
  if (path.endsWith("/")) return { problem: "names a folder, not a file" };
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  if (steps.length === 0) return { problem: "names no file" };
  if (steps[0]?.startsWith("~")) return { problem: "starts in a home folder" };
  if (steps.includes("..")) return { problem: "leaves the project" };
  if (steps.length > MAX_DEPTH + 1) return { problem: `is more than ${MAX_DEPTH} folders deep` };
  for (const step of steps) {
    if (Buffer.byteLength(step) > MAX_NAME) return { problem: `holds a name of more than ${MAX_NAME} bytes` };
    if (RESERVED.test(step)) return { problem: "holds a name that Windows reserves" };
    if (/[. ]$|^ /.test(step)) return { problem: "holds a name with a blank or a dot at its edge" };
  }
  return steps.join("/");
}
