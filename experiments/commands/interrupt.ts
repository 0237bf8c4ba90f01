import { EXIT } from "./exit.js";

/**
 * Makes Ctrl-C leave at once with a sentence. Whatever is worth keeping is on disk already; the browser and the worker
 * threads end with the process.
 */
export function onInterrupt(sentence: string): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.stderr.write(`\n${sentence}\n`);
      process.exit(EXIT.interrupted);
    });
  }
}
