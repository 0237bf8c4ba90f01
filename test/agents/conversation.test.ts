import { expect } from "chai";
import { shortFeedback } from "../../agents/conversation.js";
import { instructConversation, plainConversation } from "../../agents/index.js";
import type { Feedback } from "../../env/contract/observation.js";
import type { Observation } from "../../env/index.js";

const image = Uint8Array.of(1);
const screenshot = Uint8Array.of(2);
const first: Observation = {
  taskId: "t",
  episodeId: "e",
  kind: "html",
  prompt: "A page for a bakery.",
  viewport: { width: 640, height: 480 },
  turn: 0,
  turnsLeft: 2,
};
const feedback: Feedback = {
  answer: "<p>draft</p>",
  reward: 0.25,
  parts: {
    visual: { value: 0.5, status: "ok" },
    judge: { value: null, status: "failed", message: "The judge was away." },
    length: { value: null, status: "skipped" },
  },
  failedChecks: ["Say the name", "Show a form", "Use teal", "Be wide"],
  findings: [
    { kind: "overflow", message: "Text leaves its box." } as unknown as Feedback["findings"][number],
  ],
  errors: ["x is not defined"],
};
const turn = (of: Partial<Feedback>): Observation => ({
  ...first,
  turn: 1,
  feedback: { ...feedback, ...of },
});

describe("the conversation of a policy trained on the task set", () => {
  it("is the prompt alone, and no picture", () => {
    expect(plainConversation({ ...first, image })).to.deep.equal([
      { role: "user", content: "A page for a bakery." },
    ]);
  });

  it("names below it the first three checks that the last answer failed", () => {
    expect(plainConversation(turn({}))).to.deep.equal([
      { role: "user", content: "A page for a bakery.\nFix: Say the name; Show a form; Use teal." },
    ]);
  });

  it("says when nothing failed, or when nothing rendered", () => {
    expect(shortFeedback({ ...feedback, failedChecks: [] })).to.equal("Fix: nothing.");
    expect(shortFeedback({ ...feedback, failure: "It has no body." })).to.equal(
      "Fix: the page did not render.",
    );
  });
});

describe("the conversation of an instruction-following model", () => {
  it("has instructions with the size of the window, then the task with the picture it shows", () => {
    const [system, user, ...rest] = instructConversation({ ...first, image });
    expect(system?.role).to.equal("system");
    expect(system?.content).to.match(/complete HTML document in a ```html fence/);
    expect(system?.content).to.match(/\nThe window is 640 x 480 px\.$/);
    expect(user).to.deep.equal({ role: "user", content: "A page for a bakery.", image });
    expect(rest).to.deep.equal([]);
    expect(instructConversation(first)[1]).to.deep.equal({ role: "user", content: "A page for a bakery." });
  });

  it("goes on with the last answer and all that is known of its render", () => {
    const [, , assistant, user] = instructConversation(turn({ screenshot }));
    expect(assistant).to.deep.equal({ role: "assistant", content: "<p>draft</p>" });
    expect(user).to.deep.equal({
      role: "user",
      image: screenshot,
      content: [
        "This is how your page rendered.",
        "Reward: 0.250",
        "Parts:",
        "- visual: 0.500",
        "- judge: The judge was away.",
        "- length: not measured",
        "Checks not fully met:",
        "- Say the name",
        "- Show a form",
        "- Use teal",
        "- Be wide",
        "Findings:",
        "- Text leaves its box.",
        "Errors:",
        "- x is not defined",
        "Answer with the whole improved document.",
      ].join("\n"),
    });
  });

  it("says why a page did not render, and names no list that is empty", () => {
    const bare = { reward: null, parts: {}, failedChecks: [], findings: [], errors: [] };
    const user = instructConversation(turn({ ...bare, failure: "It holds no HTML." })).at(-1);
    expect(user).to.deep.equal({
      role: "user",
      content:
        "Your page did not render: It holds no HTML.\nReward: not measured\nAnswer with the whole improved document.",
    });
  });
});
