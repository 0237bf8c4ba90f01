import { expect } from "chai";
import type { BackendName } from "../../../../agents/policy/backend/name.js";
import { flatSize } from "../../../../agents/policy/engine/gradient-buffer.js";
import { createReducerMemory } from "../../../../agents/policy/engine/shared-reducer.js";
import { startWorker, type WorkerHandle } from "../../../../agents/policy/engine/worker-handle.js";
import { initialWeights, parameterCount } from "../../../../agents/policy/model/parameters.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";
import { rejection } from "../../../support/rejection.js";
import { tinyConfig, tinySequences } from "./tiny.js";

describe("a model in a thread of its own", function () {
  this.timeout(60_000);
  const deaths: Error[] = [];
  let handle: WorkerHandle | undefined;
  beforeEach(() => {
    deaths.length = 0;
  });
  afterEach(() => handle?.terminate());

  function start(backend: BackendName = "wasm"): WorkerHandle {
    const state = { weights: initialWeights(tinyConfig, 1) };
    const memory = createReducerMemory(1, flatSize(parameterCount(tinyConfig)));
    handle = startWorker({ config: tinyConfig, backend, state, rank: 0, memory }, (error) =>
      deaths.push(error),
    );
    return handle;
  }

  it("answers each of several calls with its own", async () => {
    const { call, terminate } = start();
    const sequences = tinySequences(2);
    const [description, state, logProbs, error] = await Promise.all([
      call("start"),
      call("exportState"),
      call("logProbs", sequences, "current"),
      rejection(call("logProbs", sequences, "reference")),
    ]);
    expect(description).to.equal("wasm (own SIMD kernels)");
    expect(state.weights.get("model.norm.weight")?.data).to.have.length(tinyConfig.hiddenSize);
    expect(logProbs.map(({ length }) => length)).to.deep.equal(
      sequences.map(({ completion }) => completion.length),
    );
    expect(error).to.be.instanceOf(UsageError).and.have.property("message").that.includes("keepReference");
    await terminate();
    expect(deaths).to.deep.equal([]);
  });

  it("fails what is under way, and all that follows, once it is ended", async () => {
    const { call, terminate } = start();
    await call("start");
    const underWay = [rejection(call("exportState")), rejection(call("start"))];
    await terminate();
    for (const error of [...(await Promise.all(underWay)), await rejection(call("start"))]) {
      expect(error).to.be.instanceOf(InfrastructureError);
      expect(error.message).to.equal("A model worker thread ended with code 1.");
    }
    expect(deaths).to.deep.equal([]);
  });

  it("says once why it died before its time", async () => {
    const { call } = start("quantum" as BackendName);
    const message =
      'A model worker thread failed: There is no backend "quantum"; expected one of tensorflow, webgpu, wasm, cpu.';
    const [first, second] = await Promise.all([rejection(call("start")), rejection(call("exportState"))]);
    expect([first.message, second.message]).to.deep.equal([message, message]);
    expect((await rejection(call("start"))).message).to.equal(message);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(deaths.map((death) => death.message)).to.deep.equal([message]);
    expect(deaths[0]).to.be.instanceOf(InfrastructureError);
  });
});
