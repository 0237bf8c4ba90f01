import { writeManifest } from "./artifact/index.js";
import type { Task } from "./contract/task.js";

/** The answer that a task's reference would be, in the form that answers of its kind have; undefined without one. */
export function referenceAnswer({ kind, reference }: Task): string | undefined {
  if (kind === "site") return reference?.files && writeManifest({ files: reference.files });
  return kind === "tsx" ? reference?.tsx : reference?.html;
}
