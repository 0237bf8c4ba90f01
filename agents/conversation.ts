import type { Feedback, Observation } from "../env/contract/observation.js";
import type { Message } from "./policy/policy.js";

/** Turns what an agent sees into what its policy reads. */
export type ConversationOf = (observation: Observation) => Message[];

/**
 * For a policy trained on the task set: the prompt and nothing else. From the second turn on, the checks that the
 * last answer failed stand below it.
 */
export function plainConversation({ prompt, feedback }: Observation): Message[] {
  return [{ role: "user", content: feedback ? `${prompt}\n${shortFeedback(feedback)}` : prompt }];
}

/** The failed checks in one line, at most three. */
export function shortFeedback({ failedChecks, failure }: Feedback): string {
  if (failure !== undefined) return "Fix: the page did not render.";
  if (failedChecks.length === 0) return "Fix: nothing.";
  return `Fix: ${failedChecks.slice(0, 3).join("; ")}.`;
}

const INSTRUCTIONS = `You write web pages. Answer with one complete HTML document in a \`\`\`html fence and nothing else.
Inline all CSS and script; the page has no network. It is rendered by Chromium and scored on what is visible: exact
content, layout, accessibility (contrast, labels, heading order, landmarks), and behaviour at 375 px width.`;

/** For an instruction-following model: a system message, the task with its image, and the last render with findings. */
export function instructConversation({ prompt, image, viewport, feedback }: Observation): Message[] {
  const size = `The window is ${viewport.width} x ${viewport.height} px.`;
  const opening: Message[] = [
    { role: "system", content: `${INSTRUCTIONS}\n${size}` },
    { role: "user", content: prompt, ...(image ? { image } : {}) },
  ];
  if (!feedback) return opening;
  return [
    ...opening,
    { role: "assistant", content: feedback.answer },
    {
      role: "user",
      content: longFeedback(feedback),
      ...(feedback.screenshot ? { image: feedback.screenshot } : {}),
    },
  ];
}

function longFeedback({ reward, parts, failedChecks, findings, errors, failure }: Feedback): string {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [title, ...items.map((item) => `- ${item}`)];
  return [
    failure === undefined ? "This is how your page rendered." : `Your page did not render: ${failure}`,
    `Reward: ${reward === null ? "not measured" : reward.toFixed(3)}`,
    ...list(
      "Parts:",
      Object.entries(parts).map(
        ([name, { value, message }]) => `${name}: ${value?.toFixed(3) ?? message ?? "not measured"}`,
      ),
    ),
    ...list("Checks not fully met:", failedChecks),
    ...list(
      "Findings:",
      findings.map(({ message }) => message),
    ),
    ...list("Errors:", errors),
    "Answer with the whole improved document.",
  ].join("\n");
}
