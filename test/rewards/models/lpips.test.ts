import { join } from "node:path";
import { expect } from "chai";
import { lpipsDistance, widgetanchorReward } from "../../../rewards/index.js";
import { type PixelImage, resize, solidImage } from "../../../rewards/metrics/image/index.js";
import { LPIPS_INPUTS, lpipsTensors } from "../../../rewards/models/lpips.js";
import type { OnnxTensor } from "../../../rewards/models/onnx.js";
import { scorePages } from "../../../rewards/testing.js";
import { sharedRenderer } from "../../support/browser.js";
import { rejection } from "../../support/rejection.js";
import { onnxFile } from "./onnx-file.js";
import { folderWith, LPIPS_SCALE, LPIPS_SHIFT, SMALL_CLIP, SMALL_LPIPS } from "./small-models.js";

function spotted(width: number, height: number, seed: number): PixelImage {
  const image = solidImage(width, height, [200, 180, 160]);
  for (let i = 0; i < width * height; i += seed) image.data.set([(i * 7) % 256, (i * seed) % 256, 30], i * 4);
  return image;
}

/** The formula of LPIPS over the small network, written out. */
function byHand(a: OnnxTensor, b: OnnxTensor): number {
  const [, , height, width] = a.dims as [number, number, number, number];
  const { kernel, learned } = SMALL_LPIPS.weights;
  const features = ({ data }: OnnxTensor, y: number, x: number) => {
    const maps = [0, 1, 2, 3].map((out) => {
      let sum = 0;
      for (let c = 0; c < 3; c++)
        for (let dy = 0; dy < 3; dy++)
          for (let dx = 0; dx < 3; dx++) {
            const value = data[(c * height + 2 * y + dy) * width + 2 * x + dx]!;
            sum +=
              ((value - LPIPS_SHIFT[c]!) / LPIPS_SCALE[c]!) * kernel.data[((out * 3 + c) * 3 + dy) * 3 + dx]!;
          }
      return Math.max(0, sum);
    });
    const norm = Math.hypot(...maps) + 1e-10;
    return maps.map((value) => value / norm);
  };
  let total = 0;
  const [rows, columns] = [Math.floor((height - 3) / 2) + 1, Math.floor((width - 3) / 2) + 1];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const [first, second] = [features(a, y, x), features(b, y, x)];
      total += first.reduce((sum, value, c) => sum + learned.data[c]! * (value - second[c]!) ** 2, 0);
    }
  return total / (rows * columns);
}

const weights = () => join(folderWith({ "lpips.onnx": onnxFile(SMALL_LPIPS) }), "lpips.onnx");

describe("LPIPS", () => {
  it("is what its formula says, 0 for equal pictures, and symmetric", async () => {
    const lpips = lpipsDistance({ weights: weights(), input: { size: 24, range: [-1, 1] } });
    const [a, b] = [spotted(60, 40, 5), spotted(50, 50, 3)];
    const expected = byHand(...lpipsTensors(a, b, { size: 24, range: [-1, 1] }));
    expect(await lpips(a, b)).to.be.closeTo(expected, 1e-6);
    expect(await lpips(b, a)).to.be.closeTo(expected, 1e-6);
    expect(await lpips(a, a)).to.equal(0);
  });

  it("feeds pictures as each published system does", () => {
    const [a, b] = [spotted(30, 20, 5), spotted(40, 10, 3)];
    const [square] = lpipsTensors(a, b, LPIPS_INPUTS.widgetanchor);
    const small = resize(a, 256, 256, "bilinear");
    expect(square.dims).to.deep.equal([1, 3, 256, 256]);
    expect(square.data[256 * 256]).to.be.closeTo((small.data[1]! / 255) * 2 - 1, 1e-6);
    const [first, second] = lpipsTensors(a, b, LPIPS_INPUTS.widget2code);
    expect([first.dims, second.dims]).to.deep.equal([
      [1, 3, 20, 30],
      [1, 3, 20, 30],
    ]);
    expect(first.data[1]).to.be.closeTo(a.data[4]! / 255, 1e-6);
    const [bytes] = lpipsTensors(a, b, LPIPS_INPUTS.widget2codeBytes);
    expect(bytes.dims).to.deep.equal([1, 3, 10, 30]);
    expect(Math.max(...bytes.data)).to.be.above(199);
  });

  it("says at once what is missing, and later what is wrong with a model", async () => {
    expect(() => lpipsDistance({ weights: folderWith({}) })).to.throw(
      /weights of LPIPS .* none of model\.onnx/,
    );
    const other = join(folderWith({ "clip.onnx": onnxFile(SMALL_CLIP) }), "clip.onnx");
    expect((await rejection(lpipsDistance({ weights: other }).ready())).message).to.match(
      /should take two pictures, but takes pixel_values/,
    );
    const maps = onnxFile({ ...SMALL_LPIPS, outputs: ["weighed"] });
    const open = lpipsDistance({ weights: join(folderWith({ "maps.onnx": maps }), "maps.onnx") });
    expect((await rejection(open(spotted(9, 9, 2), spotted(9, 9, 3)))).message).to.match(
      /should give one number, but gave numbers of shape \[1,1,127,127\]/,
    );
  });

  it("takes its place in WidgetAnchor's blend", async () => {
    const lpips = lpipsDistance({ weights: weights() });
    const page =
      '<!DOCTYPE html><html><head><title>t</title></head><body><h1 style="color:#234">Apples</h1></body></html>';
    const other = page.replace("<body>", '<body style="background:linear-gradient(#fc8,#024)">');
    const cards = await scorePages(widgetanchorReward({ lpips }), [page, other], {
      reference: page,
      renderer: await sharedRenderer(),
    });
    expect(cards[0]?.parts.lpips?.value).to.equal(1);
    expect(cards[1]?.parts.lpips?.value).to.be.within(0, 0.99);
  });
});
