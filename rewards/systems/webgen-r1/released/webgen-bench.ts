import { roundHalfEven } from "../../../metrics/ports/opencv/resize-linear.js";

/**
 * The families of WebGen-Bench's 101 requests and 647 test cases (`data/test.jsonl` of mnluzimu/WebGen-Bench, commit
 * 95a9930), one word per request: a capital for the request (C content presentation, U user interaction, M data
 * management), then a letter per test case (f functional, d data display, v design validation).
 */
const CASES = `
Mffffffv Cdfdvv Mdfdfv Mddfdddv Cdffddfv Cdddfdv Udfffdv Uffffdv Ufffffvfdv Ufddv Uffdfffffv Mdfffdv
Ufvvfvffv Uffddv Cddffv Cdddfdv Cdddddv Uddfdfv Cdffddv Cfdfdv Cdddfv Mffffddfv Mfffdv Uffffv Mdddddfv
Udffdv Udffdfv Cdfdddv Uffffddv Cdfdv Uffffdfv Ufffddv Ufdfdv Cddffdv Udfffv Ufffddv Uffvffffv Uffffdv
Mfffffv Udfddv Ufddfv Ufffffffv Ufffffv Mffffdvv Mffdffddv Mfffffffdffv Mdfffffv Mffdddv Mffdv Ufffffv
Ufffffdvdv Ufffddv Ufffdv Ufffffv Cddfffdv Uddffffv Mfffffdfv Ufffffv Uffffv Ufddfddv Ufdvffv Uffffddv
Cffvffvv Cddfdddv Cdddffv Cdfdfdv Mfdfddv Cdddddv Cdfffddv Cdfffdv Cddfddv Cddddddv Mfffffdv Cdddfdv
Cdddfdfv Mdffdv Uffffdfv Cffffdv Uffvfvvvvv Mffffffdv Uvdvfdv Uffdfdv Mdfffddv Mffdffdv Mffffffv Cfdfvfv
Cfffffffv Mfffv Cdffffffdv Uffdffffdv Uffffffv Uffdfdv Udffdfv Ufvddfv Uffdffv Ufffdv Ufffdfv Uffffv
Ufffffffv Uffffvffv Mfffffdv
`
  .trim()
  .split(/\s+/u);

const REQUEST_FAMILIES = { C: "Content Presentation", U: "User Interaction", M: "Data Management" } as const;
const CASE_FAMILIES = {
  f: "Functional Testing",
  d: "Data Display Testing",
  v: "Design Validation Testing",
} as const;

/** Name of a family of WebGen-Bench's requests or cases. */
export type WebgenBenchFamily =
  | (typeof REQUEST_FAMILIES)[keyof typeof REQUEST_FAMILIES]
  | (typeof CASE_FAMILIES)[keyof typeof CASE_FAMILIES];

/** Names of the families of WebGen-Bench's requests and cases. */
export const WEBGEN_BENCH_FAMILIES: readonly WebgenBenchFamily[] = [
  ...Object.values(REQUEST_FAMILIES),
  ...Object.values(CASE_FAMILIES),
];

/** Verdict on one case of WebGen-Bench. */
export type Verdict = "yes" | "partial" | "no";

/**
 * The verdict in an agent's last message. `released`: the letters YES anywhere, else PARTIAL anywhere, else no, so that
 * "YESTERDAY" is a yes and "Yes" is none. `strict` wants one of the three as a whole word after the last `ANSWER`, or null.
 */
export function verdictOf(text: string, reading: "strict" | "released" = "strict"): Verdict | null {
  if (reading === "released")
    return text.includes("YES") ? "yes" : text.includes("PARTIAL") ? "partial" : "no";
  const answer = text.split(/\banswer\b/iu).at(-1) ?? "";
  const word = /^[\s;:,.*_-]*(yes|partial|no)\b/iu.exec(answer)?.[1];
  return word === undefined ? null : (word.toLowerCase() as Verdict);
}

/** Counts of verdicts and their accuracy, 0 to 100. */
export interface WebgenBenchCounts {
  readonly yes: number;
  readonly partial: number;
  readonly no: number;
  /** Cases without a verdict: the site did not start, or the agent did not finish. */
  readonly startFailed: number;
  readonly total: number;
  /** `100 (yes + partial / 2) / total`. */
  readonly accuracy: number;
}

/**
 * WebGen-Bench's counts over all test cases and by family. `verdicts` maps `<request>_<case>` (the request from 1, as a
 * number with or without leading zeros; the case from 0) to a verdict or null; other keys are ignored.
 */
export function webgenBenchAccuracy(verdicts: Readonly<Record<string, Verdict | null>>): {
  readonly all: WebgenBenchCounts;
  readonly families: Readonly<Record<WebgenBenchFamily, WebgenBenchCounts>>;
} {
  const given = new Map<string, Verdict>();
  for (const [key, verdict] of Object.entries(verdicts)) {
    const [request, index] = key.split("_").map(Number);
    if (verdict !== null) given.set(`${request}_${index}`, verdict);
  }
  const families = Object.fromEntries(
    WEBGEN_BENCH_FAMILIES.map((family) => [family, [] as (Verdict | null)[]]),
  );
  const all: (Verdict | null)[] = [];
  for (const [r, word] of CASES.entries()) {
    const request = REQUEST_FAMILIES[word[0] as keyof typeof REQUEST_FAMILIES];
    for (const [c, letter] of [...word.slice(1)].entries()) {
      const verdict = given.get(`${r + 1}_${c}`) ?? null;
      all.push(verdict);
      families[request]?.push(verdict);
      families[CASE_FAMILIES[letter as keyof typeof CASE_FAMILIES]]?.push(verdict);
    }
  }
  return {
    all: countsOf(all),
    families: Object.fromEntries(
      Object.entries(families).map(([family, list]) => [family, countsOf(list)]),
    ) as Record<WebgenBenchFamily, WebgenBenchCounts>,
  };
}

function countsOf(verdicts: readonly (Verdict | null)[]): WebgenBenchCounts {
  const count = (wanted: Verdict | null) => verdicts.filter((verdict) => verdict === wanted).length;
  const yes = count("yes");
  const partial = count("partial");
  const total = verdicts.length;
  const accuracy = total === 0 ? 0 : (100 * (yes + 0.5 * partial)) / total;
  return { yes, partial, no: count("no"), startFailed: count(null), total, accuracy };
}

/** One decimal, as Python prints it: halves, which only quarters can be, go to the even digit. */
export function oneDecimal(value: number): number {
  const half = Number.isInteger(value * 4) && !Number.isInteger(value * 2);
  return half ? roundHalfEven(value * 10) / 10 : Number(value.toFixed(1));
}
