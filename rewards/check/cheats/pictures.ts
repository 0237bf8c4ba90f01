import type { PixelImage, RenderedPage } from "../../../env/contract/rendered-page.js";
import { documentOf, escapeText } from "../markup.js";
import type { Cheat } from "./cheat.js";

/** Columns of the mosaic. */
const COLUMNS = 20;

/** Texts of a page in reading order. */
export function textsOf({ snapshot }: RenderedPage): string[] {
  return snapshot.texts.map(({ text }) => text.trim()).filter((text) => text !== "");
}

/** The screenshot of the target in place of a page. */
export const picture: Cheat = {
  rule: "cheat-picture",
  make({ page }) {
    const url = `data:image/png;base64,${Buffer.from(page.png).toString("base64")}`;
    const { width, height } = page;
    return {
      "one image": documentOf(`<img src="${url}" alt="">`, "body{margin:0}img{display:block}"),
      "one background": documentOf(
        "<main></main>",
        `body{margin:0}main{width:${width}px;height:${height}px;background:url(${url})}`,
      ),
      "an image in SVG": documentOf(
        `<svg width="${width}" height="${height}"><image href="${url}" width="${width}" height="${height}"/></svg>`,
        "body{margin:0}svg{display:block}",
      ),
      "an image with every text as its description": documentOf(
        `<main><img src="${url}" alt="${escapeText(textsOf(page).join(" "))}"></main>`,
        "body{margin:0}img{display:block}",
      ),
    };
  },
};

/** Absolutely placed boxes in the colours of the target, without a word. */
export const boxes: Cheat = {
  rule: "cheat-boxes",
  async make({ page }) {
    const image = await page.pixels();
    const [least] = page.snapshot.elements.filter(({ tag }) => tag === "body");
    const placed = page.snapshot.elements
      .filter(({ box, tag }) => box.width > 0 && box.height > 0 && tag !== "html" && tag !== "body")
      .map(({ box: { x, y, width, height } }) =>
        place(x, y, width, height, colourAt(image, x + width / 2, y + 2)),
      );
    return {
      "a mosaic of the target": documentOf(mosaic(image), SHEET),
      "empty boxes in the right places": documentOf(
        placed.join("\n"),
        `${SHEET}body{height:${least?.box.height ?? page.height}px}`,
      ),
      "two giant boxes": documentOf(
        [
          place(0, 0, page.width, page.height / 2, colourAt(image, page.width / 2, page.height / 4)),
          place(
            0,
            page.height / 2,
            page.width,
            page.height / 2,
            colourAt(image, page.width / 2, page.height * 0.75),
          ),
        ].join("\n"),
        SHEET,
      ),
    };
  },
};

const SHEET = "body{margin:0;position:relative}div{position:absolute}";

function mosaic(image: PixelImage): string {
  const side = Math.max(1, Math.round(image.width / COLUMNS));
  const cells: string[] = [];
  for (let y = 0; y < image.height; y += side)
    for (let x = 0; x < image.width; x += side)
      cells.push(
        place(x, y, side, Math.min(side, image.height - y), colourAt(image, x + side / 2, y + side / 2)),
      );
  return cells.join("\n");
}

function place(x: number, y: number, width: number, height: number, colour: string): string {
  const px = (value: number) => `${Math.round(value)}px`;
  return `<div style="left:${px(x)};top:${px(y)};width:${px(width)};height:${px(height)};background:${colour}"></div>`;
}

function colourAt({ width, height, data }: PixelImage, x: number, y: number): string {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)));
  const row = Math.min(height - 1, Math.max(0, Math.round(y)));
  const at = (row * width + column) * 4;
  return `rgb(${data[at]},${data[at + 1]},${data[at + 2]})`;
}
