/** Worse and worse versions of one page, best first. */
export interface PageVariants {
  readonly perfect: string;
  readonly minor_diff: string;
  readonly bad_colors: string;
  readonly half_styled: string;
  readonly no_layout: string;
  readonly no_style: string;
  readonly blank: string;
}

const BLANK =
  '<!DOCTYPE html><html><head><title>Page</title></head><body style="background:#fff;"></body></html>';

/** Inline declarations that start with one of these place things. */
const LAYOUT = (
  "padding margin border-radius box-shadow display align-items justify-content min-height min-width position top right " +
  "bottom left transform flex grid float overflow vertical-align width height box-sizing"
).split(" ");

const SMALLEST_FONT = 8;

/** The seven versions of a page that the OpenEnv variant orders its reward by. */
export function makeVariants(html: string): PageVariants {
  return {
    perfect: html,
    minor_diff: minorDifference(html),
    bad_colors: html.replace(/#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/gi, (_, ...channels: string[]) => {
      const inverted = channels.slice(0, 3).map((hex) => 255 - Number.parseInt(hex, 16));
      return `#${inverted.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
    }),
    half_styled: restyle(html, (declarations) => declarations.filter((_, index) => index % 2 === 0)),
    no_layout: restyle(html, (declarations) =>
      declarations.filter((one) => !LAYOUT.some((property) => one.toLowerCase().startsWith(property))),
    ),
    no_style: html.replace(/\s+style="[^"]*"/g, "").replace(/\s+class="[^"]*"/g, ""),
    blank: BLANK,
  };
}

/** The first background gray, the first two fonts smaller. */
function minorDifference(html: string): string {
  let fonts = 0;
  return html
    .replace(/(background(?:-color)?:\s*)(#[0-9a-fA-F]{6})/, "$1#888888")
    .replace(/font-size:(\d+)px/g, (whole, size: string) =>
      fonts++ < 2 ? `font-size:${Math.max(SMALLEST_FONT, Number(size) - 4)}px` : whole,
    );
}

function restyle(html: string, keep: (declarations: readonly string[]) => readonly string[]): string {
  return html.replace(/style="([^"]*)"/g, (_, style: string) => {
    const declarations = style
      .split(";")
      .map((declaration) => declaration.trim())
      .filter(Boolean);
    return `style="${keep(declarations).join("; ")}"`;
  });
}
