import { byCodePoint, END, pythonPattern, strip } from "../../../metrics/ports/python-text.js";

const IMPORT_LINE = pythonPattern(
  `^(import\\s+\\{)([^\\n]*?)(\\}\\s+from\\s+['"]lucide-react['"];?\\s*)${END}`,
);

/** The circle that stands for an icon which does not exist. */
const stub = (name: string): string =>
  `const ${name} = (props) => <svg width={props.size||24} height={props.size||24} viewBox="0 0 24 24" fill="none" ` +
  `stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">` +
  `<circle cx="12" cy="12" r="10"/></svg>;`;

/** Index after the last line that is, or was, an import; 0 when there is none. `startOf` shows the line's beginning. */
export function afterImports(lines: readonly string[], startOf: (line: string) => string): number {
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = startOf(lines[i]!);
    if (line.startsWith("import ") || (line.startsWith("//") && line.includes("import"))) return i + 1;
  }
  return 0;
}

/**
 * Drops names that lucide-react does not export, and repeated ones, from one-line imports, and draws a circle in place of
 * each unknown icon. Source: WidgetAnchor's benchmark run.
 */
export function fixLucideImports(code: string, exports: readonly string[]): string {
  const known = new Set(exports);
  const imported = new Set<string>();
  const unknown = new Set<string>();
  const lines = code.split("\n").map((line) => {
    const match = IMPORT_LINE.exec(line);
    if (!match) return line;
    const [, opening = "", list = "", closing = ""] = match;
    const names = list
      .split(",")
      .map(strip)
      .filter((name) => name !== "");
    const fresh = names.filter((name) => known.has(name) && !imported.has(name));
    const invalid = names.filter((name) => !known.has(name));
    const repeated = names.filter((name) => known.has(name) && imported.has(name));
    for (const name of invalid) unknown.add(name);
    for (const name of fresh) imported.add(name);
    if (fresh.length === 0) return `// ${line}  // removed: all imports invalid/duplicate`;
    if (invalid.length + repeated.length === 0) return line;
    return `${opening} ${fresh.join(", ")} ${closing}// removed: ${[...invalid, ...repeated].join(", ")}`;
  });
  const stubs = [...unknown].filter((name) => !imported.has(name)).sort(byCodePoint);
  if (stubs.length > 0) {
    const block = ["// Circles for icons that lucide-react does not have", ...stubs.map(stub)].join("\n");
    lines.splice(
      afterImports(lines, (line) => line),
      0,
      block,
    );
  }
  return lines.join("\n");
}
