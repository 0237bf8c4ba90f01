import { expect } from "chai";
import fc from "fast-check";
import { parseMessage } from "../../../env/render/browser/message.js";

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

  it("do not take a page's words for a picture", () => {
    const text = '"screenshotData":"AAAA"';
    const message = parseMessage(Buffer.from(JSON.stringify({ id: 1, result: { text } })));
    expect(message.result).to.deep.equal({ text });
  });
});
