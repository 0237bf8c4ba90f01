/** A piece of code and its score. */
export interface Candidate {
  readonly code: string;
  readonly score: number;
}

/** An attempt; null where no code could be read, or where it could not be scored. */
export interface Attempt {
  readonly code: string | null;
  readonly score: number | null;
}

/** The attempt of the highest score, the earliest of equals; null when none has one. Source: WidgetAnchor, `best_of_n`. */
export function bestAttempt(attempts: readonly Attempt[]): Candidate | null {
  let best: Candidate | null = null;
  for (const { code, score } of attempts)
    if (code !== null && score !== null && !Number.isNaN(score) && (best === null || score > best.score))
      best = { code, score };
  return best;
}

/**
 * WidgetAnchor's polishing: each round is shown the best code so far and replaces it only by a strictly better one. The
 * history has one entry per round after the first; the last is the best.
 */
export async function polish(
  initial: Candidate,
  rounds: number,
  attempt: (best: string, round: number) => Promise<Attempt>,
): Promise<readonly Candidate[]> {
  const history: Candidate[] = [initial];
  for (let round = 0; round < rounds; round++) {
    const best = history.at(-1) as Candidate;
    const { code, score } = await attempt(best.code, round);
    history.push(code !== null && score !== null && score > best.score ? { code, score } : best);
  }
  return history;
}

/** A sample of the collection stage, as far as render verification looks at it. */
export interface UnverifiedSample {
  /** True when it waits for its first screenshot. */
  readonly needsRender: boolean;
  /** Whether a screenshot of its own exists. */
  readonly hasScreenshot: boolean;
  /** Whether its code rendered. */
  readonly rendered: boolean;
}

/** Sample of the search for a component that renders. */
export interface VerifiedSample {
  /** SSIM of screenshot and render; 1 when the render becomes the screenshot. */
  readonly ssim: number;
  readonly screenshot: "original" | "rendered";
}

/**
 * WidgetAnchor's render verification: what does not render is dropped (null); a sample with a screenshot keeps it, with the
 * SSIM noted; else its render becomes the screenshot. `threshold` drops samples below that SSIM; the original announces
 * 0.85, but never reaches the comparison, so the default is null.
 */
export function verifyRender(
  sample: UnverifiedSample,
  ssim: () => number | null,
  { threshold = null }: { readonly threshold?: number | null } = {},
): VerifiedSample | null {
  if (!sample.rendered) return null;
  if (!sample.hasScreenshot) return { ssim: 1, screenshot: "rendered" };
  const value = ssim() ?? 0;
  return threshold !== null && value < threshold ? null : { ssim: value, screenshot: "original" };
}
