import { expect } from "chai";
import { answer, revive, type WorkerHandlers } from "../../../../agents/policy/engine/worker-protocol.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";

describe("the protocol of model workers", () => {
  const handlers = (changes: Partial<WorkerHandlers>) => changes as WorkerHandlers;
  const ask = (method: "start" | "keepReference" | "exportState", given: Partial<WorkerHandlers>) =>
    answer(handlers(given), { id: 7, method, arguments: [undefined] });

  it("answers with what the handler gives, now or later", async () => {
    expect(await ask("start", { start: () => "wasm" })).to.deep.equal({ id: 7, value: "wasm" });
    expect(await ask("start", { start: async () => "later" })).to.deep.equal({ id: 7, value: "later" });
    const given: unknown[] = [];
    const keepReference = (...values: unknown[]) => void given.push(values);
    expect(await ask("keepReference", { keepReference })).to.deep.equal({ id: 7, value: undefined });
    expect(given).to.deep.equal([[undefined]]);
  });

  it("brings errors over with their class, others as faults of the machine", async () => {
    const thrown = async (error: unknown) => {
      const reply = await ask("exportState", {
        exportState: () => {
          throw error;
        },
      });
      expect(reply.id).to.equal(7);
      return "error" in reply ? revive(reply.error) : expect.fail("It should have failed.");
    };
    const usage = await thrown(new UsageError("Give a prompt."));
    expect(usage).to.be.instanceOf(UsageError).and.have.property("message", "Give a prompt.");
    const outage = await thrown(new InfrastructureError("The heap is full."));
    expect(outage).to.be.instanceOf(InfrastructureError).and.have.property("message", "The heap is full.");
    const slip = await thrown(new TypeError("x is not a function"));
    expect(slip).to.be.instanceOf(InfrastructureError).and.have.property("message", "x is not a function");
    expect((await thrown("no error at all")).message).to.equal("no error at all");
  });

  it("fails a call whose handler rejects", async () => {
    const reply = await ask("exportState", { exportState: () => Promise.reject(new RangeError("too far")) });
    expect(reply).to.deep.equal({ id: 7, error: { name: "RangeError", message: "too far" } });
  });
});
