/** Answers without a reward, by whose fault it is. What a page does costs it its score, and is none of these. */
export interface Unmeasured {
  /** The machine could not render or score it. */
  readonly machine: number;
  /** A reward could not say. */
  readonly plugin: number;
}

interface Answer {
  readonly reward: number | null;
  readonly endReason: string;
}

/** Counts the answers without a reward; undefined when all have one. */
export function unmeasuredOf(answers: readonly Answer[]): Unmeasured | undefined {
  const without = answers.filter(({ reward }) => reward === null);
  if (without.length === 0) return undefined;
  const machine = without.filter(({ endReason }) => endReason === "infrastructure_error").length;
  return { machine, plugin: without.length - machine };
}

/** An agent, its answers without a reward, and how many renders were begun again. */
interface Measured {
  readonly name: string;
  readonly unmeasured?: Unmeasured;
  readonly retries?: number;
}

/**
 * What a reader of a comparison is told of what the machine did to it: a sentence an agent for answers without a reward and for renders
 * that were begun again, and a warning where agents differ in the former.
 */
export function unmeasuredNotes(agents: readonly Measured[]): string[] {
  const notes = agents.flatMap(({ name, unmeasured, retries = 0 }) => {
    const again =
      retries > 0 ? [`${name}: ${retries} renders were begun again, since a browser ended under them.`] : [];
    if (unmeasured === undefined) return again;
    const { machine, plugin } = unmeasured;
    const reasons = [
      ...(machine > 0 ? [`${machine} by the machine's fault`] : []),
      ...(plugin > 0 ? [`${plugin} because a reward could not say`] : []),
    ];
    return [`${name}: answers without a reward: ${reasons.join(", ")}.`, ...again];
  });
  const counts = agents.map(
    ({ unmeasured: { machine, plugin } = { machine: 0, plugin: 0 } }) => machine + plugin,
  );
  if (new Set(counts).size < 2) return notes;
  return [
    ...notes,
    "Agents differ in how many of their answers have no reward, so their means are not of the same tasks; look at the paired differences, or run again.",
  ];
}
