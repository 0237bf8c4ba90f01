import type { Estimate } from "../statistics.js";

/** What stands for a value that is not known. */
export const UNKNOWN = "–";

/** A reward: `0.58`. */
export function reward(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : value.toFixed(2).replaceAll("-", "−");
}

/** A difference of rewards with its sign: `+0.13`, `−0.02`. */
export function signed(value: number | null | undefined): string {
  return typeof value === "number" && Number(value.toFixed(2)) > 0 ? `+${reward(value)}` : reward(value);
}

/** An interval: `0.10 to 0.16`. */
export function interval(ci95: readonly [number, number] | null): string {
  return ci95 === null ? UNKNOWN : `${reward(ci95[0])} to ${reward(ci95[1])}`;
}

/** A share in whole percent: `58 %`. */
export function share(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : `${Math.round(100 * value)} %`;
}

/** A difference of shares in percentage points with its interval: `+12, 4 to 20`. */
export function signedPoints({ mean, ci95 }: Pick<Estimate, "mean" | "ci95">): string {
  if (mean === null) return UNKNOWN;
  const points = (value: number) => String(Math.round(100 * value)).replace("-", "−");
  const sign = Math.round(100 * mean) > 0 ? "+" : "";
  return `${sign}${points(mean)}${ci95 === null ? "" : `, ${points(ci95[0])} to ${points(ci95[1])}`}`;
}

/** A count or rate in about three figures, thousands apart: `1,240`, `86`, `2.4`. */
export function amount(value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value))
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** Any metric in three significant figures, tiny ones with an exponent. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return amount(value);
  if (size !== 0 && size < 0.001) return value.toExponential(1).replaceAll("-", "−");
  return String(Number(value.toPrecision(3))).replaceAll("-", "−");
}

/** A duration as people say it: `40 s`, `4 min`, `1 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An ISO time as `21 November 2025, 00:29 UTC`. */
export function moment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** An agent's name as shown: abbreviations of training methods in capitals. */
export function agentLabel(name: string): string {
  return name.replace(/\b(sft|grpo|ppo|dpo)\b/gi, (method) => method.toUpperCase());
}

/** A part of a length as an SVG percentage. */
export function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(2))}%`;
}
