import { expect } from "chai";
import {
  initialWeights,
  type ModelConfig,
  parameterCount,
  smallConfig,
} from "../../../../agents/policy/index.js";
import { UsageError } from "../../../../infra/errors.js";

const deviation = (data: Float32Array) =>
  Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);

describe("model parameters", () => {
  const config = smallConfig(1024);

  it("are about 0.9 million in the small model", () => {
    expect(parameterCount(config)).to.equal(869_504);
  });

  it("start the same for a seed, and otherwise for another", () => {
    const [a, again, other] = [
      initialWeights(config, 1),
      initialWeights(config, 1),
      initialWeights(config, 2),
    ];
    const name = "model.layers.2.mlp.up_proj.weight";
    expect(a.get(name)?.data).to.deep.equal(again.get(name)?.data);
    expect(a.get(name)?.data).not.to.deep.equal(other.get(name)?.data);
  });

  it("keep the scale of what they read, and add less to the residual stream", () => {
    const weights = initialWeights(config, 1);
    const of = (name: string) => deviation(weights.get(name)?.data ?? new Float32Array(1));
    expect(of("model.layers.0.self_attn.q_proj.weight")).to.be.closeTo(128 ** -0.5, 0.003);
    expect(of("model.layers.0.mlp.down_proj.weight")).to.be.closeTo(128 ** -0.5 / Math.sqrt(8), 0.001);
    expect(of("model.norm.weight")).to.equal(1);
  });

  it("have a head of their own when it is not tied", () => {
    const untied = parameterCount({ ...config, tieEmbeddings: false });
    expect(untied - parameterCount(config)).to.equal(1024 * 128);
  });

  it("refuse a config that no model can have", () => {
    const cases: readonly [Partial<ModelConfig>, string][] = [
      [{ layers: 0 }, "layers must be a positive integer"],
      [{ heads: 3 }, "even head size"],
      [{ kvHeads: 3 }, "kvHeads must divide heads"],
      [{ normEpsilon: 0 }, "must be positive"],
    ];
    for (const [change, message] of cases)
      expect(() => parameterCount({ ...config, ...change })).to.throw(UsageError, message);
  });
});
