import { expect } from "chai";
import fc from "fast-check";
import { BadFrame, encodeFrame, FrameReader, MOST_JSON_BYTES } from "../../../env/sandbox/frames.js";

const LARGE = 100 * 2 ** 20;

function inPieces(bytes: Buffer, size: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

describe("frames", () => {
  it("carry any value, in pieces of any size", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("é".repeat(300), "x".repeat(1000)),
    );
    const value = fc
      .jsonValue({ depthSize: "small" })
      .chain((json) => fc.record({ json: fc.constant(json), text }));
    fc.assert(
      fc.property(fc.array(value), fc.integer({ min: 1, max: 100 }), (values, size) => {
        const reader = new FrameReader(LARGE);
        const wanted = values.map((each) => JSON.parse(JSON.stringify(each)) as unknown);
        const bytes = Buffer.concat(values.map(encodeFrame));
        expect(inPieces(bytes, size).flatMap((piece) => reader.push(piece))).to.deep.equal(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it("keep long texts out of what is parsed", () => {
    const texts = { "1": "b".repeat(5000), a: "a".repeat(5000), list: ["c".repeat(300), "d"] };
    const frame = encodeFrame(texts);
    expect(frame.readUInt32LE(4)).to.be.below(200);
    expect(new FrameReader(LARGE).push(frame)).to.deep.equal([texts]);
  });

  it("are refused before they are kept when they claim too much", () => {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(2 ** 31, 0);
    expect(() => new FrameReader(1000).push(head)).to.throw(BadFrame, "2147483648 bytes");
    const json = Buffer.alloc(8);
    json.writeUInt32LE(MOST_JSON_BYTES + 9, 0);
    json.writeUInt32LE(MOST_JSON_BYTES + 1, 4);
    expect(() =>
      new FrameReader(LARGE).push(Buffer.concat([json, Buffer.alloc(MOST_JSON_BYTES + 1)])),
    ).to.throw(BadFrame);
    expect(() => encodeFrame(Array.from({ length: 1_000_000 }, (_, i) => i))).to.throw(BadFrame);
  });

  it("throw nothing but BadFrame for any bytes", () => {
    const frame = encodeFrame({ text: "x".repeat(1000), more: [1, 2, "y".repeat(300)] });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), { minLength: 1 }), (changes) => {
        const bytes = Buffer.from(frame);
        for (const [at, to] of changes) bytes[at] = to;
        try {
          new FrameReader(10_000).push(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(BadFrame);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
