import { readFileSync } from "node:fs";
import { InfrastructureError } from "../../../infra/errors.js";
import { fileError } from "../../../infra/files.js";

/**
 * The object that a JSON file holds, its fields unchecked. Throws an InfrastructureError when the file cannot be read, is not
 * JSON, or holds something else than an object.
 */
export function readJson<T extends object>(path: string): T {
  try {
    return parseObject<T>(readFileSync(path, "utf8"), path);
  } catch (error) {
    throw error instanceof InfrastructureError ? error : fileError("read", path, error);
  }
}

/** The object that the text of a file is. Throws an InfrastructureError that names the file when it is none. */
export function parseObject<T extends object>(text: string, path: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fileError("read", path, error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InfrastructureError(`${path} is damaged: it should hold a JSON object.`);
  return value as T;
}
