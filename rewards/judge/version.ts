import { createHash } from "node:crypto";
import type { JsonObject } from "../../infra/json.js";
import type { VisionJudge } from "./judge.js";

/** Raised when the instructions of any form change. */
const REVISION = 2;

/** The version of a judged reward: another model, other options or other instructions may score the same page differently. */
export function judgeVersion({ model }: Pick<VisionJudge, "model">, options: JsonObject): string {
  const text = JSON.stringify({ REVISION, model, ...options });
  return `${model}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}
