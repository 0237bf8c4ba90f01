import { expect } from "chai";
import fc from "fast-check";
import { changedPixels, detectBlocks } from "../../../rewards/metrics/design2code/detect.js";
import { colorPool, maskWithInpainting, PALETTE_SIZE } from "../../../rewards/metrics/design2code/index.js";
import {
  checkRepetitive,
  makeHtml,
  preprocessPrediction,
  truncateRepeated,
} from "../../../rewards/metrics/design2code/preprocess.js";
import { recolorHtml } from "../../../rewards/metrics/design2code/recolor.js";
import { extractTextWithColor } from "../../../rewards/metrics/design2code/text-tree.js";
import { fillRect, imageToRows, solidImage } from "../../../rewards/metrics/image/index.js";
import { anyImage, lcgImage } from "../image/support.js";

describe("detectBlocks", () => {
  const paint = (color: [number, number, number]) => {
    const image = solidImage(20, 10, [255, 255, 255]);
    fillRect(image, 4, 2, 6, 3, color);
    return image;
  };

  it("finds the extent and the original colour of a text", () => {
    const blocks = detectBlocks(paint([250, 250, 234]), paint([44, 44, 28]), paint([10, 20, 30]), [
      ["Hello", "#FAFAEA"],
      ["ghost", "#0A1A2A"],
      ["short", "#abc"],
    ]);
    expect(blocks).to.deep.equal([{ text: "hello", bbox: [0.2, 0.2, 0.3, 0.3], color: [10, 20, 30] }]);
  });

  it("finds nothing when the screenshots differ in size, nothing changed, or the original is smaller", () => {
    const [a, b] = [paint([250, 250, 234]), paint([44, 44, 28])];
    expect(changedPixels(a, solidImage(19, 10, [0, 0, 0]))).to.equal(null);
    expect(changedPixels(a, a)).to.equal(null);
    expect(detectBlocks(a, b, solidImage(5, 5, [0, 0, 0]), [["x", "#FAFAEA"]])).to.deep.equal([]);
  });

  it("never finds colours at the ends of the scale", () => {
    expect(
      detectBlocks(paint([255, 255, 255]), paint([49, 49, 49]), paint([0, 0, 0]), [["x", "#ffffff"]]),
    ).to.deep.equal([]);
  });
});

describe("recolouring", () => {
  it("gives every palette colour once", () => {
    expect(new Set(colorPool(0)).size).to.equal(PALETTE_SIZE);
    expect(colorPool(50, 2)).to.deep.equal(["2C2C2C", "2C2C1C"]);
  });

  it("gives up when there are more texts than colours", () => {
    expect(recolorHtml(`<body>${"<p>x</p>".repeat(PALETTE_SIZE + 1)}</body>`, 0)).to.equal(null);
  });

  it("reads back the colours it wrote", () => {
    const page = recolorHtml(
      "<body><p>One <i>two</i></p><label>three</label><p hidden>four</p></body>",
      0,
    ) as string;
    expect(extractTextWithColor(page)).to.deep.equal([
      ["One", "#FAFAFA"],
      ["two", "#FAFAFA"],
      ["three", "#000000"],
      ["four", "#FAFAEA"],
    ]);
  });

  it("takes any text", () => {
    fc.assert(
      fc.property(markup, (html) => {
        extractTextWithColor(html);
        recolorHtml(html, 50);
        expect(preprocessPrediction(html)).to.be.a("string");
      }),
    );
  });
});

const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<p>",
        "</p>",
        "<div style='color:red;color'>",
        "<script>",
        "<![x",
        "<!--",
        "&#x",
        "&amp",
        "<br/>",
        "<a b=",
        "</",
        ">",
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(""));

describe("preparing a prediction", () => {
  it("wraps a fragment, keeps a page", () => {
    expect(makeHtml("<b>x</b>")).to.equal("<html><body><p><b>x</b></p></body></html>");
    expect(makeHtml("<HTML lang=en>x")).to.equal("<HTML lang=en>x");
  });

  it("removes elements beyond the limit", () => {
    expect(truncateRepeated("<b>x</b>".repeat(5), 3)).to.equal("<b>x</b>".repeat(3));
  });

  it("cuts a page that repeats itself and leaves others alone", () => {
    const sentence =
      "a text of one hundred characters, which says the same thing over and over until nobody listens any more";
    expect(checkRepetitive(`<p>${sentence.slice(0, 100).repeat(9)}</p>`).length).to.be.below(20);
    const varied = Array.from({ length: 9 }, (_, k) => String.fromCharCode(97 + k).repeat(100)).join("");
    expect(checkRepetitive(`<p>${varied}</p>`)).to.equal(`<p>${varied}</p>`);
  });
});

describe("maskWithInpainting", () => {
  const fraction = fc.double({ min: -0.2, max: 1.2, noNaN: true });
  const box = fc.tuple(fraction, fraction, fraction, fraction);

  it("leaves everything outside the boxes alone, and flat pictures flat", () => {
    const image = lcgImage(5, 20, 16);
    const masked = imageToRows(maskWithInpainting(image, [[0.25, 0.25, 0.5, 0.5]]));
    const before = imageToRows(image);
    for (let y = 0; y < 16; y++) {
      for (let x = 0; x < 20; x++) {
        if (x < 5 || x >= 15 || y < 4 || y >= 12) expect(masked[y]?.[x]).to.deep.equal(before[y]?.[x]);
      }
    }
    expect(masked[8]?.[10]).not.to.deep.equal(before[8]?.[10]);
  });

  it("takes any picture and any boxes", () => {
    fc.assert(
      fc.property(anyImage(16), fc.array(box, { maxLength: 4 }), (image, boxes) => {
        const masked = maskWithInpainting(image, boxes);
        expect([masked.width, masked.height, masked.data.length]).to.deep.equal([
          image.width,
          image.height,
          image.data.length,
        ]);
      }),
      { numRuns: 80 },
    );
  });
});
