import type { Query } from "../../../env/contract/probe.js";
import { allExist, type DrawSection, listed, subjects } from "../section.js";
import { QUESTIONS } from "../words.js";

/** Two questions whose answers open on a click. */
export const faq: DrawSection = (random) => {
  const questions = random.sample(QUESTIONS, 2);
  const asked = listed(questions.map(([question]) => question));
  const queries: Query[] = questions.map(([text]) => ({ text }));
  return {
    name: "faq",
    landmark: "main",
    requests: [
      `an FAQ that unfolds ${asked}`,
      `questions to unfold, ${asked}`,
      `an FAQ with folded answers, ${asked}`,
    ],
    lines: [
      "<section>",
      "<h2>Questions</h2>",
      ...questions.flatMap(([question, answer]) => [
        "<details>",
        `<summary>${question}</summary>`,
        `<p>${answer}</p>`,
        "</details>",
      ]),
      "</section>",
    ],
    styles: ["section", "block", "bar", "question", "summary"],
    facts: [
      {
        title: "questions",
        description: `The questions are ${asked}.`,
        probe: { kind: "all", of: [allExist(queries), { kind: "order", queries }] },
      },
      {
        title: "answers unfold",
        description: "A click on a question unfolds an answer that could not be seen before.",
        probe: {
          kind: "all",
          of: queries.map((query) => ({ kind: "click", query, expect: [{ kind: "revealed" }] })),
        },
        weight: 9,
      },
    ],
    subjects: subjects("control", queries),
  };
};
