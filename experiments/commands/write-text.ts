import { writeFileSync } from "node:fs";
import { InfrastructureError, messageOf } from "../../infra/errors.js";

/** Writes a file that a command was asked for. Throws an InfrastructureError that names it when it cannot be written. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InfrastructureError(`Cannot write ${path}: ${messageOf(error)}.`);
  }
}
