import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import sharp from "sharp";
import { decodePng } from "../../../env/render/index.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const turn = () => new Promise((resolve) => setImmediate(resolve));

const png = (red: number) =>
  sharp({ create: { width: 3, height: 2, channels: 3, background: { r: red, g: 7, b: 9 } } })
    .png()
    .toBuffer();

describe("decoding a PNG", () => {
  it("gives RGBA, row by row", async () => {
    const { width, height, data } = await decodePng(await png(200));
    expect([width, height, data.length]).to.deep.equal([3, 2, 24]);
    expect([...data.subarray(20)]).to.deep.equal([200, 7, 9, 255]);
  });

  it("is done once for who asks again soon, and not kept for ever", async () => {
    const bytes = await png(10);
    const first = new WeakRef(await decodePng(bytes));
    await turn();
    collect();
    expect(first.deref() === (await decodePng(bytes))).to.equal(true);
    for (let red = 20; red < 26; red++) await decodePng(await png(red));
    await turn();
    collect();
    await turn();
    expect(first.deref()).to.equal(undefined);
  });
});
