/** Text as HTML. */
export function esc(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The markup of every item, joined. */
export function each<T>(items: readonly T[], write: (item: T, index: number) => string): string {
  return items.map(write).join("\n");
}

/** A text as part of an `id`. */
export function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "part"
  );
}

/** A price with its period, as pricing cards write it: `$9` becomes `$9 / month`. */
export function priced(lines: readonly string[]): { price: string | null; rest: readonly string[] } {
  const price = lines.find((line) => /^[$€£]\s?\d/.test(line)) ?? null;
  return { price, rest: lines.filter((line) => line !== price && line !== "a month") };
}
