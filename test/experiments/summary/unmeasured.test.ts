import { expect } from "chai";
import { unmeasuredNotes, unmeasuredOf } from "../../../experiments/unmeasured.js";

describe("answers without a reward", () => {
  const answer = (reward: number | null, endReason = "completed") => ({ reward, endReason });

  it("are counted by whose fault it is; a reward of 0 is one", () => {
    expect(unmeasuredOf([answer(0), answer(1), answer(0, "render_failed")])).to.equal(undefined);
    const answers = [
      answer(null),
      answer(null, "infrastructure_error"),
      answer(null, "turn_limit"),
      answer(0.5),
    ];
    expect(unmeasuredOf(answers)).to.deep.equal({ machine: 1, plugin: 2 });
  });

  it("are told of each agent, with a warning where agents differ", () => {
    expect(unmeasuredNotes([{ name: "a" }, { name: "b" }])).to.deep.equal([]);
    const [a, b] = [
      { machine: 2, plugin: 0 },
      { machine: 1, plugin: 1 },
    ];
    expect(
      unmeasuredNotes([
        { name: "a", unmeasured: a },
        { name: "b", unmeasured: b },
      ]),
    ).to.deep.equal([
      "a: answers without a reward: 2 by the machine's fault.",
      "b: answers without a reward: 1 by the machine's fault, 1 because a reward could not say.",
    ]);
    const [note, warning] = unmeasuredNotes([{ name: "a", unmeasured: a }, { name: "b" }]);
    expect(note).to.match(/^a: /);
    expect(warning).to.match(/^Agents differ in how many of their answers have no reward/);
  });
});
