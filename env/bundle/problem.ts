/** Something wrong with source code. */
export interface BuildProblem {
  /** Path of the virtual file; empty when the problem has no place. */
  readonly file: string;
  /** From 1; 0 when the problem has no place. */
  readonly line: number;
  /** From 1; 0 when the problem has no place. */
  readonly column: number;
  readonly message: string;
}

/** What esbuild tells of a problem. Its columns count bytes from 0. */
interface EsbuildMessage {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly lineText: string;
  } | null;
}

/** A problem as esbuild reports it, with the column in characters. `file` takes the namespace off esbuild's path. */
export function problemOf({ text, location }: EsbuildMessage, file: (path: string) => string): BuildProblem {
  if (!location) return { file: "", line: 0, column: 0, message: text };
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString();
  return { file: file(location.file), line: location.line, column: before.length + 1, message: text };
}

/** `App.tsx, line 3, column 7: Unexpected "}"`. */
export function describeProblem({ file, line, column, message }: BuildProblem): string {
  return line === 0 ? message : `${file}, line ${line}, column ${column}: ${message}`;
}
