import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { chooseAgent } from "../../experiments/choose/agent.js";
import { rejection } from "../support/rejection.js";

describe("agents on the command line", () => {
  // A folder counts as a checkpoint by its config.json; nothing is opened here.
  const grpo = join(mkdtempSync(join(tmpdir(), "webgen-agents-")), "grpo");
  before(() => {
    mkdirSync(grpo);
    writeFileSync(join(grpo, "config.json"), "{}");
  });
  after(() => rmSync(dirname(grpo), { recursive: true, force: true }));

  const names = async (text: string) => {
    const { name, maxTurns } = await chooseAgent(text, {});
    return [name, maxTurns ?? 1];
  };
  const refusal = async (text: string) => (await rejection(chooseAgent(text, {}))).message;

  it("have a name, given or from what they are", async () => {
    expect(await names("reference")).to.deep.equal(["reference", 1]);
    expect(await names("top=reference")).to.deep.equal(["top", 1]);
    expect(await names(`checkpoint:${grpo}`)).to.deep.equal(["grpo", 1]);
    expect(await names(`best-of-8:checkpoint:${grpo}`)).to.deep.equal(["best-of-8:grpo", 1]);
    expect(await names(`mine=best-of-8:checkpoint:${grpo}`)).to.deep.equal(["mine", 1]);
    expect(await names("polish-4:remote:qwen3@http://localhost:8000/v1")).to.deep.equal([
      "polish-4:qwen3",
      4,
    ]);
  });

  it("are refused with the closest name and the grammar when they cannot be read", async () => {
    expect(await refusal("refrence")).to.match(
      /There is no agent "refrence". Did you mean "reference"\?\nAn agent is written as one of/,
    );
    expect(await refusal("best-of-4:reference")).to.match(/best-of and polish want a policy/);
    expect(await refusal(`best-of-0:checkpoint:${grpo}`)).to.match(/best-of wants at least 1 sample/);
    expect(await refusal(`polish-2:checkpoint:${grpo}`)).to.match(/polish wants at least 3 turns/);
    expect(await refusal("grpo")).to.match(/"grpo" learns and does not answer; compare a checkpoint/);
  });

  it("are refused when their checkpoint is not there", async () => {
    expect(await refusal("checkpoint:/nowhere/grpo")).to.match(/There is no checkpoint in \/nowhere\/grpo/);
  });
});
