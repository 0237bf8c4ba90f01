import type { ArtifactKind } from "./task.js";

/** A completion turned into something that can be rendered. */
export type Artifact =
  | { readonly kind: "html"; readonly html: string }
  | { readonly kind: "tsx"; readonly source: string }
  | SiteArtifact;

/** The files of a project, by path from its root. Only `files` is needed to build and render it. */
export interface SiteArtifact {
  readonly kind: "site";
  readonly files: Readonly<Record<string, string>>;
  readonly title?: string;
  /** Commands the answer asks for. They are never run. */
  readonly commands?: readonly SiteCommand[];
  /** Harmless oddities of the answer, each in a sentence. */
  readonly notes?: readonly string[];
}

/** A command of a manifest. It is read and kept; nothing ever runs it. */
export interface SiteCommand {
  readonly kind: "shell" | "start";
  readonly text: string;
  /** Packages it names, without versions. */
  readonly packages: readonly string[];
}

/** Why a completion is no artifact. */
export type RefusalReason =
  | "empty"
  | "no_html"
  | "no_component"
  | "truncated"
  | "too_large"
  | "too_complex"
  | "malformed"
  | "no_manifest"
  | "unsafe_path"
  | "duplicate_path"
  | "unknown_command";

/** A completion that is not an artifact, with a sentence that says why. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
}

/** The result of reading a completion. Total: every string gives one of the two. */
export type ArtifactOutcome =
  | { readonly status: "ok"; readonly artifact: Artifact }
  | { readonly status: "refused"; readonly kind: ArtifactKind; readonly refusal: Refusal };
