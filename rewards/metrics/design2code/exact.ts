import { parse, serialize } from "parse5";
import type { Renderer, RenderOutcome } from "../../../env/contract/rendered-page.js";
import type { Viewport } from "../../../env/contract/task.js";
import { type PixelImage, solidImage } from "../image/pixel-image.js";
import type { TextBlock } from "./blocks.js";
import { detectBlocks, PALETTE_OFFSET } from "./detect.js";
import { preprocessPrediction } from "./preprocess.js";
import { recolorHtml } from "./recolor.js";
import { extractTextWithColor } from "./text-tree.js";

/** The window Design2Code renders in; the screenshot is of the full page. */
export const DESIGN2CODE_VIEWPORT: Viewport = { width: 1280, height: 720 };

/** A page as Design2Code sees it: a screenshot, and the texts found on it. */
export interface DesignPage {
  readonly screenshot: PixelImage;
  readonly blocks: readonly TextBlock[];
}

/** Options of the exact form of Design2Code. */
export interface ExactOptions {
  readonly renderer: Pick<Renderer, "render">;
  /** Default {@link DESIGN2CODE_VIEWPORT}. */
  readonly viewport?: Viewport;
  /** A `prediction` is cut and thinned out as upstream does it before rendering; default `reference`. */
  readonly role?: "prediction" | "reference";
  /** Upstream finds no text in a page without a body tag (`ignore`, the default); `write` puts the tag in. */
  readonly impliedBody?: "ignore" | "write";
}

/** The upstream stand-in for a page that does not render. */
const BLANK = { width: 1280, height: 960 };

/**
 * Finds the texts of a page as upstream does: the page is rendered as it is and twice with every text in a colour of its
 * own; the pixels that change between the two are text. A page that does not render gives a white screenshot without texts. Three renders.
 *
 * @example
 * const page = await exactPage(html, { renderer });
 */
export async function exactPage(
  html: string,
  { renderer, viewport = DESIGN2CODE_VIEWPORT, role = "reference", impliedBody = "ignore" }: ExactOptions,
): Promise<DesignPage> {
  const written = impliedBody === "write" && !/<body[\s>]/i.test(html) ? serialize(parse(html)) : html;
  const source = role === "prediction" ? preprocessPrediction(written) : written;
  const first = recolorHtml(source, 0);
  const second = recolorHtml(source, PALETTE_OFFSET);
  const shoot = async (page: string | null): Promise<PixelImage | null> =>
    page === null
      ? null
      : picture(await renderer.render({ artifact: { kind: "html", html: page }, viewport }));
  const [screenshot, before, after] = await Promise.all([shoot(source), shoot(first), shoot(second)]);
  const shown = screenshot ?? solidImage(BLANK.width, BLANK.height, [255, 255, 255]);
  if (first === null || !before || !after) return { screenshot: shown, blocks: [] };
  return { screenshot: shown, blocks: detectBlocks(before, after, shown, extractTextWithColor(first)) };
}

async function picture(outcome: RenderOutcome): Promise<PixelImage | null> {
  return outcome.status === "rendered" ? outcome.page.pixels() : null;
}
