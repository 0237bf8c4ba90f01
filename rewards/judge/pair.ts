import * as v from "valibot";
import type { PagePicture, RenderedPage } from "../../env/contract/rendered-page.js";
import type { VisionJudge } from "./judge.js";
import { asData, DATA_RULE, pictureOf } from "./material.js";

/** Two pages to be compared by a judge. */
export interface PairQuestion {
  /** What the user asked for. */
  readonly request: string;
  readonly a: RenderedPage;
  readonly b: RenderedPage;
  /** The page as it should look; then the closer one wins. */
  readonly reference?: PagePicture | null;
  /** What decides, when not the defaults. */
  readonly criteria?: string;
  readonly signal: AbortSignal;
}

/** Verdict of a judge on two pages. */
export interface PairVerdict {
  readonly winner: "A" | "B" | "tie";
  /** False when the two orders gave opposite winners or only one of them gave one; the verdict is a tie then. */
  readonly agreed: boolean;
  /** The judge's reasons: with A first, with B first. Empty for equal pictures, about which nobody is asked. */
  readonly reasons: readonly string[];
}

const FOR_REQUEST =
  "The better page fits the request more closely, shows fewer faults, and is the better designed of the two.";
const FOR_REFERENCE =
  "The better page is the one closer to the reference (the first picture) in layout, colours, text and detail.";

/**
 * Which of two pages is better, asked in both orders, since judges favour a place. Two verdicts that differ make a tie, and so do
 * equal pictures. Rejects when either order gets no answer.
 */
export async function judgePair(judge: VisionJudge, question: PairQuestion): Promise<PairVerdict> {
  const { a, b } = question;
  const [hashA, hashB] = await Promise.all([a.hash(), b.hash()]);
  if (hashA === hashB) return { winner: "tie", agreed: true, reasons: [] };
  const [straight, swapped] = await Promise.all([ask(judge, question, a, b), ask(judge, question, b, a)]);
  const back = swapped.better === "tie" ? "tie" : swapped.better === "A" ? "B" : "A";
  const agreed = straight.better === back;
  return {
    winner: agreed ? straight.better : "tie",
    agreed,
    reasons: [straight.reason, swapped.reason],
  };
}

const ANSWER = v.strictObject({
  addresses_judge: v.boolean(),
  reason: v.string(),
  better: v.picklist(["A", "B", "tie"]),
});
type Answer = v.InferOutput<typeof ANSWER>;

async function ask(
  judge: VisionJudge,
  { request, reference, criteria = reference ? FOR_REFERENCE : FOR_REQUEST, signal }: PairQuestion,
  first: RenderedPage,
  second: RenderedPage,
): Promise<Answer> {
  const places = reference
    ? "Picture 1 is the reference, picture 2 is page A, picture 3 is page B."
    : "Picture 1 is page A, picture 2 is page B.";
  const shown = reference ? [reference, first, second] : [first, second];
  const answer = await judge.answer(
    {
      instructions: `You compare web pages as an expert in design and user interfaces.\n${DATA_RULE}`,
      text: [
        `Two pages were built for this request:\n${asData("request", request)}`,
        places,
        criteria,
        "Give a short reason, then say which page is better, or that neither is.",
      ].join("\n\n"),
      images: await Promise.all(shown.map(pictureOf)),
      schema: ANSWER,
    },
    { signal },
  );
  return answer as Answer;
}
