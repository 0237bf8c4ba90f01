import sharp from "sharp";
import type { Box } from "../../env/contract/rendered-page.js";
import type { RenderedPage } from "../../index.js";
import { html, type Markup } from "../report/html.js";
import type { FailedCheck } from "./located-checks.js";

/** A screenshot that boxes can be drawn over in shares of its size. */
export interface Sheet {
  readonly title: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** The whole picture of a page as a data URL, not wider than asked for. */
export async function sheet(
  { png }: RenderedPage,
  title: string,
  { width, quality }: { readonly width: number; readonly quality: number },
): Promise<Sheet> {
  const { data, info } = await sharp(png)
    .resize({ width, withoutEnlargement: true })
    .webp({ quality })
    .toBuffer({ resolveWithObject: true });
  return {
    title,
    url: `data:image/webp;base64,${data.toString("base64")}`,
    width: info.width,
    height: info.height,
  };
}

/** Numbered marks of failed checks: on the answer where they have a place there, else on the reference. */
export function checkMarks(
  checks: readonly FailedCheck[],
  page: Pick<RenderedPage, "width" | "height">,
  side: "own" | "wanted",
): Markup[] {
  const places = checks.map(({ own, wanted }) => (side === "own" ? own : own === null ? wanted : null));
  const taken = new Map<string, number[]>();
  for (const [i, place] of places.entries()) {
    if (place === null) continue;
    const key = JSON.stringify(place);
    taken.set(key, [...(taken.get(key) ?? []), i + 1]);
  }
  return [...taken].map(([key, numbers]) => mark(JSON.parse(key) as Box, numbers, page));
}

function mark(
  { x, y, width, height }: Box,
  numbers: readonly number[],
  page: Pick<RenderedPage, "width" | "height">,
): Markup {
  const share = (value: number, of: number) => `${((value / of) * 100).toFixed(2)}%`;
  const style = `left:${share(x, page.width)};top:${share(y, page.height)};width:${share(width, page.width)};height:${share(height, page.height)}`;
  return html`<span class="box check" style="${style}"><b>${numbers.join(" ")}</b></span>`;
}
