import type { ArtifactOutcome } from "../contract/artifact.js";
import type { ArtifactKind } from "../contract/task.js";
import type { JobModule } from "../sandbox/index.js";
import { type ReadOptions, readArtifact } from "./read.js";

/** What `readArtifact` is called with. */
export interface ReadInput {
  readonly kind: ArtifactKind;
  readonly text: string;
  readonly options: ReadOptions;
}

/** What is done with the texts of answers in worker processes. */
export const jobs: JobModule["jobs"] = {
  read: ({ kind, text, options }: ReadInput): ArtifactOutcome => readArtifact(kind, text, options),
};
