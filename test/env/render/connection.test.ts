import { PassThrough } from "node:stream";
import { expect } from "chai";
import { BrowserGone, Connection, MessageTooLarge } from "../../../env/render/browser/connection.js";

function open() {
  const input = new PassThrough();
  const connection = new Connection(new PassThrough(), input);
  const gone = connection.gone.catch((error: unknown) => error);
  return { input, connection, gone };
}

const MEGABYTE = 2 ** 20;

describe("the pipe from a browser", () => {
  it("is read across the borders of chunks", async () => {
    const { input, connection } = open();
    const version = connection.browser.send("Browser.getVersion");
    const text = `${JSON.stringify({ id: 1, result: { product: "Ä" } })}\0`;
    for (const byte of Buffer.from(text)) input.write(Buffer.from([byte]));
    expect(await version).to.deep.equal({ product: "Ä" });
  });

  it("is closed, not read without end, when a message outgrows its bound", async () => {
    const { input, connection, gone } = open();
    const pending = connection.browser.send("Browser.getVersion").catch((error: unknown) => error);
    const chunk = Buffer.alloc(MEGABYTE, "a");
    input.write('{"method":"Runtime.consoleAPICalled","params":{"text":"');
    for (let sent = 0; sent < 70; sent++) input.write(chunk);
    const error = await gone;
    expect(error).to.be.instanceOf(MessageTooLarge);
    expect(String(error)).to.match(/more than 16777216 bytes in one go/);
    expect(await pending).to.equal(error);
    expect(await connection.browser.send("Browser.getVersion").catch((reason: unknown) => reason)).to.equal(
      error,
    );
  });

  it("lets a large picture through", async () => {
    const { input, connection } = open();
    const frame = connection.browser.send("Browser.getVersion") as Promise<unknown>;
    input.write('{"id":1,"result":{"hasDamage":true,"screenshotData":"');
    for (let sent = 0; sent < 70; sent++) input.write(Buffer.alloc(MEGABYTE, "A"));
    input.write('"}}\0');
    const { screenshotData } = (await frame) as { screenshotData: Buffer };
    expect(screenshotData.length).to.equal((70 * MEGABYTE * 3) / 4);
  });

  it("throws nothing, whatever comes: the browser is given up", async () => {
    for (const nonsense of ["{not json\0", "null\0", '{"id":1,"result":\0', "\0"]) {
      const { input, gone } = open();
      input.write(nonsense);
      expect(await gone).to.be.instanceOf(BrowserGone);
      expect(String(await gone)).to.match(/could not be handled/);
    }
    const { input, connection, gone } = open();
    connection.browser.on("Target.targetCreated", () => {
      throw new Error("a listener");
    });
    input.write('{"method":"Target.targetCreated","params":{}}\0');
    expect(String(await gone)).to.match(/could not be handled \(a listener\)/);
  });
});
