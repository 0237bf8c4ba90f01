import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { clipSimilarity, vcoderReward } from "../../../rewards/index.js";
import { type PixelImage, resize, solidImage } from "../../../rewards/metrics/image/index.js";
import { design2code } from "../../../rewards/systems/vcoder/design2code.js";
import { scoreGroup, scorePages } from "../../../rewards/testing.js";
import { sharedRenderer } from "../../support/browser.js";
import { rejection } from "../../support/rejection.js";
import { onnxFile } from "./onnx-file.js";
import {
  folderWith,
  SMALL_CLIP,
  SMALL_LPIPS,
  SMALL_PROCESSOR,
  smallClipFiles,
  withEnvironment,
} from "./small-models.js";

/** A picture whose every pixel differs. */
function gradient(width: number, height: number, seed = 1): PixelImage {
  const image = solidImage(width, height, [0, 0, 0]);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 3; c++) image.data[i * 4 + c] = (i * seed * (c + 1) + 40 * c) % 256;
  return image;
}

/** The small model's embedding of 32 x 32 RGBA bytes, of length 1, in double precision. */
function embedded({ data }: PixelImage): number[] {
  const { patches, project } = SMALL_CLIP.weights;
  const { image_mean: mean, image_std: deviation } = SMALL_PROCESSOR;
  const flat: number[] = [];
  for (let out = 0; out < 4; out++)
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 4; column++) {
        let sum = 0;
        for (let c = 0; c < 3; c++)
          for (let y = 0; y < 8; y++)
            for (let x = 0; x < 8; x++) {
              const byte = data[((row * 8 + y) * 32 + column * 8 + x) * 4 + c]!;
              sum +=
                ((byte / 255 - mean[c]!) / deviation[c]!) * patches.data[((out * 3 + c) * 8 + y) * 8 + x]!;
            }
        flat.push(sum);
      }
  const embedding = [0, 1, 2, 3, 4, 5].map((i) =>
    flat.reduce((sum, v, k) => sum + v * project.data[k * 6 + i]!, 0),
  );
  const length = Math.hypot(...embedding);
  return embedding.map((value) => value / length);
}

/** The middle 32 x 32 of a picture. */
function middle(image: PixelImage): PixelImage {
  const out = solidImage(32, 32, [0, 0, 0]);
  const [left, top] = [image.width, image.height].map((side) => Math.floor((side - 32) / 2)) as [
    number,
    number,
  ];
  for (let y = 0; y < 32; y++) {
    const from = ((y + top) * image.width + left) * 4;
    out.data.set(image.data.subarray(from, from + 128), y * 128);
  }
  return out;
}

const clipOf = (changes: Record<string, string | Uint8Array> = {}) =>
  clipSimilarity({ weights: folderWith({ ...smallClipFiles(), ...changes }) });

describe("CLIP", () => {
  it("embeds what its processor makes of a picture: resized, cropped in the middle, normalised", async () => {
    const clip = clipOf();
    const wide = gradient(80, 50, 7);
    const resized = resize(wide, Math.trunc((32 * 80) / 50), 32, "bicubic");
    const expected = embedded(middle(resized));
    const embedding = await clip.embed(wide);
    expect(embedding).to.have.length(6);
    for (const [i, value] of embedding.entries()) expect(value).to.be.closeTo(expected[i]!, 1e-5);
  });

  it("is the cosine: 1 for the same picture, symmetric, and as computed by hand for two", async () => {
    const clip = clipOf();
    const [a, b] = [gradient(32, 32, 3), gradient(32, 32, 11)];
    const expected = embedded(a).reduce((sum, value, i) => sum + value * embedded(b)[i]!, 0);
    expect(await clip(a, a)).to.be.closeTo(1, 1e-6);
    expect(await clip(a, b)).to.be.closeTo(expected, 1e-5);
    expect(await clip(b, a)).to.equal(await clip(a, b));
  });

  it("embeds equal pictures once", async () => {
    const clip = clipSimilarity({ weights: folderWith(smallClipFiles()) });
    const first = await clip.embed(gradient(40, 30));
    expect(await clip.embed(gradient(40, 30))).to.equal(first);
    expect(await clip.embed(gradient(30, 40))).not.to.equal(first);
  });

  it("follows another config: a fixed size, no crop, no normalisation", async () => {
    const config = {
      size: { height: 32, width: 32 },
      resample: 2,
      do_center_crop: false,
      do_normalize: false,
    };
    const clip = clipOf({ "preprocessor_config.json": JSON.stringify(config) });
    const image = gradient(70, 90, 5);
    expect(await clip(image, resize(image, 32, 32, "bilinear"))).to.be.closeTo(1, 1e-6);
  });

  it("says at once what is missing", () => {
    const files = smallClipFiles();
    const { "preprocessor_config.json": _, ...bare } = files;
    expect(() => clipSimilarity({ weights: "/nowhere/at/all" })).to.throw(
      /weights of CLIP should be in the folder \/nowhere\/at\/all, but that folder is not there/,
    );
    expect(() => clipSimilarity({ weights: folderWith({}) })).to.throw(
      /it has none of onnx\/vision_model\.onnx/,
    );
    expect(() => clipSimilarity({ weights: folderWith(bare) })).to.throw(/lacks preprocessor_config\.json/);
    expect(() => clipSimilarity({ weights: "/nowhere/model.onnx" })).to.throw(/that file is not there/);
    expect(() => clipSimilarity({ weights: "nobody/no-such-model" })).to.throw(
      /"nobody\/no-such-model" are not on this machine. Allow the download/,
    );
    expect(() => clipOf({ "preprocessor_config.json": '{"resample": 0}' })).to.throw(/asks for the filter 0/);
    expect(() => clipOf({ "preprocessor_config.json": '{"size": "big"}' })).to.throw(/size .* is "big"/);
  });

  it("says what is wrong with a model", async () => {
    const damaged = clipOf({ "onnx/vision_model.onnx": new Uint8Array([1, 2, 3]) });
    expect((await rejection(damaged.ready())).message).to.match(/vision_model\.onnx could not be opened/);
    const other = clipOf({ "onnx/vision_model.onnx": onnxFile(SMALL_LPIPS) });
    expect((await rejection(other.ready())).message).to.match(/should take pictures alone .* takes in0, in1/);
    const larger = JSON.stringify({ ...SMALL_PROCESSOR, crop_size: 40 });
    const unfit = clipOf({ "preprocessor_config.json": larger });
    expect((await rejection(unfit(gradient(40, 40), gradient(40, 40)))).message).to.match(/could not be run/);
  });

  it("downloads a model only when told to, and finds it again", async () => {
    const files = smallClipFiles();
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      const content = files[(request.url ?? "").replace("/some/clip/resolve/main/", "")];
      response.writeHead(content ? 200 : 404).end(content);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const HF_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await withEnvironment({ HF_ENDPOINT, XDG_CACHE_HOME: folderWith({}) }, async () => {
      expect(() => clipSimilarity({ weights: "some/clip" })).to.throw(/Allow the download/);
      expect(asked).to.deep.equal([]);
      const clip = clipSimilarity({ weights: "some/clip", download: true });
      expect(await clip(gradient(32, 32), gradient(32, 32))).to.be.closeTo(1, 1e-6);
      expect(asked).to.have.length(2);
      await clipSimilarity({ weights: "some/clip" }).ready();
      const missing = clipSimilarity({ weights: "some/other", download: true });
      expect((await rejection(missing.ready())).message).to.match(
        /Could not download .*some\/other.*answered 404/,
      );
    });
    server.close();
  });

  it("finds what Hugging Face's tools downloaded", async () => {
    const hub = "hub/models--some--clip";
    const files = Object.entries(smallClipFiles()).map(([name, file]) => [
      `${hub}/snapshots/abc/${name}`,
      file,
    ]);
    const HF_HOME = folderWith({ ...Object.fromEntries(files), [`${hub}/refs/main`]: "abc\n" });
    await withEnvironment({ HF_HOME, HF_HUB_CACHE: undefined }, () =>
      clipSimilarity({ weights: "some/clip" }).ready(),
    );
  });

  it("counts three times in VCoder's reward and once in Design2Code's", async () => {
    const file = join(folderWith(smallClipFiles()), "onnx/vision_model.onnx");
    const clip = clipSimilarity({ weights: file });
    const page =
      '<!DOCTYPE html><html><head><title>t</title></head><body><h1 style="color:#234">Apples</h1></body></html>';
    const other = page.replace("<body>", '<body style="background:#fc8">');
    const options = { reference: page, renderer: await sharedRenderer() };
    const cards = await scorePages(vcoderReward({ clip }), [page, other], options);
    expect(cards[0]?.parts.clip?.value).to.be.closeTo(1, 1e-5);
    expect(cards[1]?.parts.clip?.value).to.be.within(0, 0.999);
    const [same, different] = await scoreGroup(design2code({ clip }), [page, other], options);
    expect(same?.value).to.be.closeTo(1, 1e-5);
    expect((different?.evidence as { clip: number }).clip).to.be.within(-1, 0.999);
  });
});
