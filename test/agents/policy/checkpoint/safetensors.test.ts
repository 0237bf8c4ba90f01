import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { encodeSafetensors, readSafetensors } from "../../../../agents/policy/index.js";
import { InfrastructureError } from "../../../../infra/errors.js";
import { temporaryFolder } from "./folders.js";

describe("safetensors", () => {
  const path = join(temporaryFolder(), "a.safetensors");

  const write = (header: object, numbers: Uint8Array) => {
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    writeFileSync(path, Buffer.concat([length, json, numbers]));
  };
  const failure = () =>
    readSafetensors(path).then(
      () => expect.fail("It should have failed."),
      (error: Error) => error,
    );

  it("gives back what was written, whatever the numbers", async () => {
    const float = fc.float({ noNaN: true });
    const tensor = fc.array(float, { maxLength: 20 }).map((values) => ({
      shape: [values.length],
      data: Float32Array.from(values),
    }));
    const tensors = fc.array(fc.tuple(fc.string({ minLength: 1 }), tensor), { maxLength: 5 });
    const property = fc.asyncProperty(tensors, async (entries) => {
      const map = new Map(entries.filter(([name]) => name !== "__metadata__" && name !== "__proto__"));
      writeFileSync(path, Buffer.concat([...encodeSafetensors(map, { step: "7" })]));
      const read = await readSafetensors(path);
      expect(read.metadata).to.deep.equal({ step: "7" });
      expect(new Set(read.tensors.keys())).to.deep.equal(new Set(map.keys()));
      for (const [name, { data }] of map) expect(read.tensors.get(name)?.data).to.deep.equal(data);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it("starts the numbers at a multiple of 8, as the format asks", () => {
    const [start] = encodeSafetensors(new Map([["x", { shape: [1], data: new Float32Array(1) }]]));
    expect((start as Uint8Array).length % 8).to.equal(0);
  });

  it("reads half precision exactly", async () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x83ff, 0x7bff, 0x7c00, 0x0000, 0x3555);
    write({ h: { dtype: "F16", shape: [8], data_offsets: [0, 16] } }, new Uint8Array(halves.buffer));
    const { tensors } = await readSafetensors(path);
    const expected = [1, -2, 2 ** -24, -1023 * 2 ** -24, 65504, Number.POSITIVE_INFINITY, 0, 0.333251953125];
    expect([...(tensors.get("h")?.data ?? [])]).to.deep.equal(expected);
  });

  it("reads bfloat16 exactly", async () => {
    const brains = Uint16Array.of(0x3f80, 0xc000, 0x4049);
    write({ b: { dtype: "BF16", shape: [3], data_offsets: [0, 6] } }, new Uint8Array(brains.buffer));
    expect([...((await readSafetensors(path)).tensors.get("b")?.data ?? [])]).to.deep.equal([
      1, -2, 3.140625,
    ]);
  });

  it("says what is wrong with a file", async () => {
    write({ x: { dtype: "I64", shape: [1], data_offsets: [0, 8] } }, new Uint8Array(8));
    expect((await failure()).message).to.include("stores x as I64");
    write({ x: { dtype: "F32", shape: [4], data_offsets: [0, 16] } }, new Uint8Array(8));
    expect((await failure()).message).to.include("is damaged");
    writeFileSync(path, "short");
    expect(await failure())
      .to.be.instanceOf(InfrastructureError)
      .with.property("message")
      .that.includes("header");
    writeFileSync(path, Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("no")]));
    expect((await failure()).message).to.include("not JSON");
  });
});
