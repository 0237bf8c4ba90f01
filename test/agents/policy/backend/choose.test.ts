import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import type { BackendName } from "../../../../agents/policy/backend/name.js";
import { InfrastructureError, UsageError } from "../../../../infra/errors.js";

/** Resolves to the error of a promise that must reject. */
async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error("It did not reject.");
    },
    (error: Error) => error,
  );
}

describe("chooseBackend", () => {
  it("never picks cpu by itself, and says why others were passed over", async () => {
    const { name, description, ops, passedOver } = await chooseBackend();
    expect(name).to.be.oneOf(["tensorflow", "webgpu", "wasm"]);
    expect(description).to.contain(name);
    expect(ops.name).to.equal(name === "wasm" ? "wasm" : "portable");
    if (name === "wasm")
      expect(passedOver.join("\n")).to.match(/tensorflow is not in use: .+\n.*webgpu is not in use: .+/);
  });

  it("uses the one that is asked for", async () => {
    expect((await chooseBackend({ prefer: "cpu" })).ops.name).to.equal("portable");
    expect(tf.getBackend()).to.equal("cpu");
    expect((await chooseBackend({ prefer: "wasm" })).description).to.equal("wasm (own SIMD kernels)");
    expect(tf.getBackend()).to.equal("wasm");
  });

  it("refuses a name that it does not know", async () => {
    const error = await rejection(chooseBackend({ prefer: "quantum" as BackendName }));
    expect(error).to.be.instanceOf(UsageError);
    expect(error.message).to.contain("tensorflow, webgpu, wasm, cpu");
  });

  it("fails with the reason when the one asked for cannot be loaded", async function () {
    const { passedOver } = await chooseBackend();
    if (!passedOver.some((reason) => reason.includes("webgpu is not in use"))) this.skip();
    const error = await rejection(chooseBackend({ prefer: "webgpu" }));
    expect(error).to.be.instanceOf(InfrastructureError);
    expect(error.message).to.match(/webgpu is not in use: .*(not installed|adapter|load)/);
  });

  it("prints nothing", async () => {
    const url = new URL("../../../../agents/policy/backend/choose.js", import.meta.url).href;
    const code = `const { chooseBackend } = await import(${JSON.stringify(url)}); await chooseBackend();`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      "--input-type=module",
      "-e",
      code,
    ]);
    expect(stdout + stderr).to.equal("");
  });
});
