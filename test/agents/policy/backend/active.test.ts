import * as tf from "@tensorflow/tfjs-core";
import { expect } from "chai";
import { exclusively, onBackend } from "../../../../agents/policy/backend/active.js";
import { chooseBackend } from "../../../../agents/policy/backend/choose.js";
import { rejection } from "../../../support/rejection.js";

describe("the active backend", () => {
  before(async () => {
    await chooseBackend({ prefer: "wasm" });
    await chooseBackend({ prefer: "cpu" });
  });

  it("is the job's own, whichever was chosen last", async () => {
    expect(tf.getBackend()).to.equal("cpu");
    expect(await onBackend("wasm", async () => tf.getBackend())).to.equal("wasm");
    expect(await onBackend("wasm", async () => tf.getBackend())).to.equal("wasm");
    expect(await onBackend("cpu", async () => tf.getBackend())).to.equal("cpu");
  });

  it("stays a job's own while others wait", async () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const seen: string[] = [];
    await Promise.all(
      ["wasm", "cpu", "wasm"].map((name) =>
        onBackend(name, async () => {
          seen.push(tf.getBackend());
          await turn();
          seen.push(tf.getBackend());
        }),
      ),
    );
    expect(seen).to.deep.equal(["wasm", "wasm", "cpu", "cpu", "wasm", "wasm"]);
  });

  it("is free again after a job that failed", async () => {
    const failing = exclusively(() => Promise.reject(new Error("no room")));
    const next = exclusively(async () => "done");
    expect((await rejection(failing)).message).to.equal("no room");
    expect(await next).to.equal("done");
  });
});
