import { expect } from "chai";
import fc from "fast-check";
import {
  type FrameAnswer,
  isHeavy,
  isLargePicture,
  LARGE_PICTURE,
  parseLargePicture,
  parseMessage,
} from "../../../env/render/browser/message.js";

describe("messages from the browser", () => {
  it("are read as JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (params) => {
        const json = JSON.stringify({ method: "Page.x", params });
        expect(parseMessage(Buffer.from(json))).to.deep.equal(JSON.parse(json));
      }),
    );
    expect(() => parseMessage(Buffer.from('{"id":'))).to.throw(SyntaxError);
  });

  it("bring a picture as its bytes, of whatever length", () => {
    const length = fc.oneof(fc.nat(20), fc.nat(200_000), fc.constantFrom(49_152, 98_304, 98_305));
    fc.assert(
      fc.property(length, (size) => {
        const picture = Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251));
        const result = { hasDamage: true, screenshotData: picture.toString("base64") };
        const message = parseMessage(Buffer.from(JSON.stringify({ id: 7, result, sessionId: "ü" })));
        expect(message).to.include({ id: 7, sessionId: "ü" });
        expect(message.result).to.have.property("hasDamage", true);
        expect((message.result as { screenshotData: Buffer }).screenshotData.equals(picture)).to.equal(true);
      }),
      { numRuns: 50 },
    );
  });

  it("bring a large picture as they bring a small one, with turns of the event loop between", async () => {
    const picture = Buffer.from(Uint8Array.from({ length: 2 * LARGE_PICTURE + 5 }, (_, i) => (i * 31) % 251));
    const result = { hasDamage: true, screenshotData: picture.toString("base64") };
    const bytes = Buffer.from(JSON.stringify({ id: 7, result, sessionId: "ü" }));
    expect(isLargePicture(bytes)).to.equal(true);
    expect(isLargePicture(bytes.subarray(0, LARGE_PICTURE))).to.equal(false);
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    const message = await parseLargePicture(bytes);
    clearInterval(counting);
    expect(message).to.deep.include({ id: 7, sessionId: "ü" });
    expect((message.result as FrameAnswer).screenshotData?.equals(picture)).to.equal(true);
    expect(turns).to.be.at.least(1);
    const words = Buffer.from(JSON.stringify({ id: 1, result: { text: "x".repeat(2 * LARGE_PICTURE) } }));
    expect(isLargePicture(words)).to.equal(false);
  });

  it("are too much when they hold too many values, not when they hold long texts", () => {
    const list = (count: number) =>
      Buffer.from(JSON.stringify({ id: 1, result: { list: new Array(count).fill(12) } }));
    expect(isHeavy(list(1_400_000))).to.equal(false);
    expect(isHeavy(list(1_600_000))).to.equal(true);
    expect(isHeavy(Buffer.from(JSON.stringify({ id: 1, result: "x".repeat(10_000_000) })))).to.equal(false);
  });

  it("do not take a page's words for a picture", () => {
    const text = '"screenshotData":"AAAA"';
    const message = parseMessage(Buffer.from(JSON.stringify({ id: 1, result: { text } })));
    expect(message.result).to.deep.equal({ text });
  });
});
