import type { JudgePart, JudgeRequest } from "../../judge/ask.js";
import { extractHtml } from "./extract.js";
import { JUDGE_SCORES } from "./judge-reply.js";

/** Code points of a text without a page that are shown to the judge. */
const RAW_TEXT_LIMIT = 10_000;

/** Question to FrontCoder's judge. */
export interface JudgeQuestion {
  /** What the user asked for. */
  readonly question: string;
  /** Items as they come from a data set; anything but an object is skipped but keeps its number. */
  readonly checklist: readonly unknown[];
  /** The page, or the raw answer when none was found. */
  readonly html: string;
  /** PNG of the render, base64. */
  readonly imageBase64?: string | undefined;
  /** How many scores to ask for; default {@link JUDGE_SCORES}, as the released code, however long the checklist. */
  readonly count?: number;
}

/** The code that is shown to the judge: the page extracted once more, else the start of the text. */
export function judgedCode(html: string): string {
  return extractHtml(html) || [...html].slice(0, RAW_TEXT_LIMIT).join("");
}

/** The checklist as the judge reads it: number, title, maximum and description of the first twenty items. */
export function checklistText(checklist: readonly unknown[]): string {
  return checklist
    .slice(0, JUDGE_SCORES)
    .map((item, i) => {
      if (typeof item !== "object" || item === null || Array.isArray(item)) return "";
      const { title = `Item ${i + 1}`, description = "", maxScore = 5 } = item as Record<string, unknown>;
      return `${i + 1}. ${show(title)} (max ${show(maxScore)})\n   ${show(description)}\n\n`;
    })
    .join("");
}

/** The request FrontCoder sends to its vision judge; null when there is nothing to judge (then all scores are 0). */
export function judgeRequest(asked: JudgeQuestion): JudgeRequest | null {
  const { question, checklist, html, imageBase64, count = JUDGE_SCORES } = asked;
  const code = judgedCode(html);
  if (code === "") return null;
  const seen = imageBase64 !== undefined;
  const text = [
    `You judge web pages as an expert in HTML and user interfaces. Score ${seen ? "this page" : "this code"} against the request and the checklist.`,
    `Request: ${question}`,
    `HTML:\n\`\`\`html\n${code}\n\`\`\``,
    `Checklist (${count} items, 0 to 5 points each):\n${checklistText(checklist)}`,
    seen
      ? "Give each item 0 to 5 points by what the image and the code show."
      : "The page could not be rendered: give each item 0 to 5 points by the code alone.",
    `Answer with nothing but one JSON object that holds ${count} integers: {"scores": [...]}`,
  ].join("\n\n");
  const image: JudgePart[] = seen
    ? [{ type: "image_url", image_url: { url: `data:image/png;base64,${imageBase64}` } }]
    : [];
  return {
    messages: [{ role: "user", content: [{ type: "text", text }, ...image] }],
    temperature: 0.1,
    max_tokens: 512,
  };
}

/** A value as Python prints it in a text. */
function show(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? value : JSON.stringify(value);
}
