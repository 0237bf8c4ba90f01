import { expect } from "chai";
import { parseContestant } from "../../experiments/contestants.js";

describe("agents on the command line", () => {
  const names = (text: string) => {
    const { name, maxTurns } = parseContestant(text, {});
    return [name, maxTurns ?? 1];
  };

  it("have a name, given or from what they are", () => {
    expect(names("reference")).to.deep.equal(["reference", 1]);
    expect(names("checkpoint:runs/a/checkpoints/grpo")).to.deep.equal(["grpo", 1]);
    expect(names("best-of-8:checkpoint:runs/a/grpo")).to.deep.equal(["best-of-8:grpo", 1]);
    expect(names("mine=best-of-8:checkpoint:runs/a")).to.deep.equal(["mine", 1]);
    expect(names("polish-4:remote:qwen3@http://localhost:8000/v1")).to.deep.equal(["polish-4:qwen3", 4]);
  });

  it("are refused with the grammar when they cannot be read", () => {
    expect(() => parseContestant("sft", {})).to.throw(/"sft" is no agent. An agent is written as one of/);
  });
});
