/** One mutant of a report in the schema of https://github.com/stryker-mutator/mutation-testing-elements. */
export interface MutantResult {
  readonly mutatorName: string;
  readonly status: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

/** Mutants by source file. */
export type MutantsByFile = Readonly<Record<string, readonly MutantResult[]>>;

/** How many mutants were noticed. */
export interface MutationScore {
  readonly caught: number;
  readonly survived: number;
  /** Share of those caught, 0 to 100; null without mutants. */
  readonly percent: number | null;
}

const CAUGHT = new Set(["Killed", "Timeout"]);
const SURVIVED = new Set(["Survived", "NoCoverage"]);

/** The score over mutants. One that does not compile or that is ignored counts on neither side. */
export function mutationScore(mutants: readonly MutantResult[]): MutationScore {
  const caught = mutants.filter(({ status }) => CAUGHT.has(status)).length;
  const survived = mutants.filter(({ status }) => SURVIVED.has(status)).length;
  return { caught, survived, percent: caught + survived === 0 ? null : (100 * caught) / (caught + survived) };
}

/** The report as text: a line for each file and for all, then each mutant that no test noticed. */
export function reportText(title: string, files: MutantsByFile): string {
  const all = Object.values(files).flat();
  const rows = [...Object.entries(files), [title, all] as const].map(([name, mutants]) => {
    const { caught, survived, percent } = mutationScore(mutants);
    const timeouts = mutants.filter(({ status }) => status === "Timeout").length;
    const share = percent === null ? "-" : `${percent.toFixed(1)} %`;
    return `${share.padStart(8)}  ${String(caught).padStart(5)} caught (${timeouts} by time)  ${String(survived).padStart(4)} survived  ${name}`;
  });
  const survivors = Object.entries(files).flatMap(([name, mutants]) =>
    mutants
      .filter(({ status }) => SURVIVED.has(status))
      .map(({ mutatorName, status, replacement = "", location: { start } }) => {
        const text = replacement.replace(/\s+/g, " ").slice(0, 120);
        return `${name}:${start.line}:${start.column} ${mutatorName}${status === "NoCoverage" ? " (no test runs it)" : ""}: ${text}`;
      }),
  );
  return `${[...rows, "", ...survivors].join("\n")}\n`;
}
