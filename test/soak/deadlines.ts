import { createRenderer } from "../../env/index.js";
import type { SoakAnswer } from "./corpora.js";

/** How long an answer took, of the time it may take. */
export interface Lateness {
  readonly name: string;
  readonly corpus: SoakAnswer["corpus"];
  /** Deadlines from its beginning to its end. */
  readonly deadlines: number;
  readonly became: string;
}

/** Milliseconds for a page. */
const DEADLINE = 2000;
/** Milliseconds of processor time for a build, and for a reader; see env/bundle and env/artifact. */
const LIMITS = { pages: 0, ordinary: 0, components: 5000, sites: 5000, texts: 2000 } as const;
const VIEWPORT = { width: 800, height: 600 };
const CONTROL = { kind: "html", html: "<h1>Control</h1><p>beside them</p>" } as const;

/**
 * Renders answers one after another, each with an ordinary page beside and one after it, and takes the time of each. What is built or
 * read first has the time for that as well. A site has the deadline for each page that is visited, and is left out.
 */
export async function latenessOf(
  answers: readonly SoakAnswer[],
  onEach: (each: Lateness) => void,
): Promise<void> {
  const renderer = await createRenderer({ concurrency: 2, cache: undefined });
  const control = async () => {
    const outcome = await renderer.render({ artifact: CONTROL, viewport: VIEWPORT, deadline: 60_000 });
    return outcome.status === "rendered" ? outcome.page.hash() : outcome.status;
  };
  try {
    const usual = await control();
    await control();
    for (const { name, corpus, artifact } of answers) {
      if (corpus === "sites") continue;
      const beside = control();
      const began = performance.now();
      const found = await artifact();
      const outcome =
        found && (await renderer.render({ artifact: found, viewport: VIEWPORT, deadline: DEADLINE }));
      const took = performance.now() - began;
      const [one, other] = [await beside, await control()];
      const changed = one === usual && other === usual ? "" : ", and changed a page beside or after it";
      const became = outcome?.status === "failed" ? outcome.reason : (outcome?.status ?? "no page");
      onEach({ name, corpus, deadlines: took / (DEADLINE + LIMITS[corpus]), became: became + changed });
    }
  } finally {
    await renderer.close();
  }
}
