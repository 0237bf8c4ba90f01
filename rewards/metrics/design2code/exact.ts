import type { Renderer, RenderOutcome } from "../../../env/render/rendered-page.js";
import type { Viewport } from "../../../env/task.js";
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

/** The upstream stand-in for a page that does not render. */
const BLANK = { width: 1280, height: 960 };

/**
 * Finds the texts of a page as upstream does: the page is rendered as it is and twice with every text in a colour of its
 * own; the pixels that change between the two are text. A `prediction` is first cut and thinned out like upstream's.
 * A page that does not render gives a white screenshot without texts. Three renders.
 *
 * @example
 * const page = await exactPage(html, { renderer });
 */
export async function exactPage(
  html: string,
  {
    renderer,
    viewport = DESIGN2CODE_VIEWPORT,
    role = "reference",
  }: { renderer: Pick<Renderer, "render">; viewport?: Viewport; role?: "prediction" | "reference" },
): Promise<DesignPage> {
  const source = role === "prediction" ? preprocessPrediction(html) : html;
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
