import { digitValue } from "../../../metrics/ports/python-text.js";

/**
 * The released reading of a judge's grade (`first_grade_int`): the first digit anywhere after the letters "grade". So
 * "4.5" reads 4, "10" reads 1, an echoed scale "(0-5)" wins, and "upgrade" or "degrades" in the analysis hijack it. 0 when
 * there is none.
 */
export function releasedGrade(text: string): number {
  const start = text.search(/grade/iu);
  const digit = start < 0 ? null : /\p{Nd}/u.exec(text.slice(start + "grade".length));
  return digit ? digitValue(digit[0]) : 0;
}

const VERDICT =
  /^[ \t>*_#-]*grade[ \t*_]*[:=][ \t*_[(]*(\d+(?:\.\d+)?)[ \t*_\])]*(?:\/[ \t]*5(?:\.0)?[ \t*_\])]*)?\.?[ \t]*$/gimu;

/**
 * The grade, 0 to 5, of a judge that was told to end with a line `Grade: N`: the last line that says just that, fractions
 * allowed; null when there is none or it is off the scale. Null is no grade of 0: the answer is to be asked for again.
 */
export function strictGrade(text: string): number | null {
  const last = [...text.matchAll(VERDICT)].at(-1);
  const value = last ? Number(last[1]) : Number.NaN;
  return value >= 0 && value <= 5 ? value : null;
}
