import { deserialize, serialize } from "node:v8";
import type { ArtifactOutcome } from "../../env/contract/artifact.js";
import type { PagePicture, RenderedPage, RenderOutcome } from "../../env/contract/rendered-page.js";
import type { ScoringContext } from "../../env/contract/scoring.js";
import {
  type LightPage,
  lighten,
  packPage,
  restore,
  unpackPage,
} from "../../env/render/cache/stored-page.js";
import { pagePicture } from "../../env/render/picture.js";

/** What a reward may look at, as data that another process can read. */
interface ContextData {
  readonly given: Pick<ScoringContext, "task" | "completion" | "referenceFailure">;
  readonly artifact: ArtifactOutcome;
  readonly failure?: Exclude<RenderOutcome, { status: "rendered" }>;
  readonly page?: LightPage;
  readonly reference?: LightPage;
  /** The bytes of a reference that is a picture alone. */
  readonly picture?: Uint8Array;
}

/** A context as bytes; undefined when something in it cannot be told to another process. Nothing of a page is decoded. */
export function packContext(context: ScoringContext): Uint8Array | undefined {
  const { task, completion, artifact, render, page, reference, referencePicture, referenceFailure } = context;
  const pages = { page: page ? packPage(page) : null, reference: reference ? packPage(reference) : null };
  if (pages.page === undefined || pages.reference === undefined) return undefined;
  const data: ContextData = {
    given: { task, completion, ...(referenceFailure === undefined ? {} : { referenceFailure }) },
    artifact,
    ...(render.status === "rendered" ? {} : { failure: render }),
    ...(pages.page === null ? {} : { page: lighten(pages.page) }),
    ...(pages.reference === null ? {} : { reference: lighten(pages.reference) }),
    ...(referencePicture === null || referencePicture === reference ? {} : { picture: referencePicture.png }),
  };
  try {
    const bytes = serialize(data);
    // A Buffer says itself as JSON in numbers, one by one, when a frame is made of it.
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch {
    // A task of somebody's own may hold a function, which cannot be copied.
    return undefined;
  }
}

/** The context that was packed, its pages still undecoded. */
export async function unpackContext(bytes: Uint8Array): Promise<ScoringContext> {
  const { given, artifact, failure, ...rest } = deserialize(bytes) as ContextData;
  const page: RenderedPage | null = rest.page === undefined ? null : unpackPage(restore(rest.page));
  const reference = rest.reference === undefined ? null : unpackPage(restore(rest.reference));
  const referencePicture: PagePicture | null =
    rest.picture === undefined ? reference : await pagePicture(rest.picture, "The reference");
  const render = failure ?? { status: "rendered" as const, page: page as RenderedPage };
  return { ...given, artifact, render, page, reference, referencePicture };
}
