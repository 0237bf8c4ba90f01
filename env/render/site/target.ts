import type { Query } from "../../contract/probe.js";
import type { Target } from "../../contract/site-probe.js";

/** The queries a target stands for, in the order in which they are tried. */
export function queriesOf({ role, name, text }: Target): Query[] {
  const texts = text === undefined ? [] : [text].flat();
  const of = role === undefined ? {} : { role };
  const labelled = name === undefined ? "" : `[aria-label="${name.replace(/["\\]/g, "\\$&")}" i]`;
  const named: Query[] =
    name === undefined
      ? []
      : [
          { ...of, name },
          { ...of, css: labelled },
        ];
  const read = [...(name === undefined ? [] : [name]), ...texts];
  const exact = read.flatMap((each) => [
    { ...of, text: each },
    { ...of, name: each },
  ]);
  const loose = read.map((each) => ({ ...of, includes: each }));
  const bare = named.length + read.length === 0 && role !== undefined ? [{ role }] : [];
  return [...named, ...exact, ...loose, ...bare];
}

/** A target in words. */
export function describeTarget({ role, name, text }: Target): string {
  const words = name ?? (text === undefined ? undefined : [text].flat()[0]);
  return [role ?? (words === undefined ? "anything" : ""), words === undefined ? "" : `"${words}"`]
    .join(" ")
    .trim();
}
