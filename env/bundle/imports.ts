import { SourceMap, type SourceMapPayload } from "node:module";
import { type Node, parse } from "acorn";
import type { Loader, PartialMessage } from "esbuild";

/** The part of esbuild that is used here. */
type Compiler = Pick<typeof import("esbuild"), "transform">;

/**
 * A script or style sheet that names no source map: esbuild would read the file it names. The comment keeps its length, so
 * that columns stay what they are.
 */
export function withoutSourceMap(code: string): string {
  return code.replace(/([#@][ \t]?)sourceMappingURL=/g, "$1sourceMappingUrl=");
}

/** Only text in which one of these occurs can import what it computes; `\\u` may spell anything. */
const SUSPECT = /\bimport\b\s*[^\s\w$"'{*]|\brequire\b|\\u/;

/**
 * The first `import()` or `require()` whose argument is not a text in quotes, as an error with its place; undefined when
 * there is none, and for code that does not compile. esbuild would look for all files that could be meant, by itself and on
 * the machine's disk.
 */
export async function computedImport(
  { file, code, loader }: { readonly file: string; readonly code: string; readonly loader: Loader },
  compiler: Compiler,
): Promise<PartialMessage | undefined> {
  if (!/sx?$/.test(loader) || loader === "css" || !SUSPECT.test(code)) return undefined;
  const options = { loader, jsx: "automatic", target: "es2022", minifySyntax: true } as const;
  const plain = await compiler
    .transform(code, { ...options, sourcemap: "external", logLevel: "silent", tsconfigRaw: "{}" })
    .catch(() => undefined);
  if (!plain) return undefined;
  let call: Call | undefined;
  try {
    call = findCall(parse(plain.code, { ecmaVersion: "latest", sourceType: "module", locations: true }));
  } catch (error) {
    return { text: `The code cannot be looked through for imports: ${(error as Error).message}.` };
  }
  if (!call) return undefined;
  const { line, column } = call.loc.start;
  const entry = new SourceMap(JSON.parse(plain.map) as SourceMapPayload).findEntry(line - 1, column);
  const place =
    "originalLine" in entry ? { line: entry.originalLine + 1, column: entry.originalColumn } : null;
  const what = call.type === "ImportExpression" ? "import()" : "require()";
  const lineText = place ? (code.split("\n", place.line)[place.line - 1] ?? "").slice(0, LONGEST_LINE) : "";
  return {
    text: `${what} must name what it loads by a text in quotes; a name that is put together while the page runs cannot be bundled.`,
    ...(place ? { location: { file, ...place, lineText } } : {}),
  };
}

const LONGEST_LINE = 2000;

interface Call extends Node {
  readonly loc: NonNullable<Node["loc"]>;
}

interface AnyNode extends Node {
  readonly [property: string]: unknown;
}

/** Goes through a syntax tree without recursion, in source order. */
function findCall(tree: Node): Call | undefined {
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part !== "object" || part === null) continue;
    const node = part as AnyNode;
    if (node.type === "ImportExpression" && !isWritten(node.source as AnyNode))
      return node as unknown as Call;
    if (node.type === "CallExpression" && isRequire(node.callee as AnyNode)) {
      const [argument] = node.arguments as readonly AnyNode[];
      if (argument && !isWritten(argument)) return node as unknown as Call;
    }
    for (const child of Object.values(node).reverse()) pending.push(child);
  }
  return undefined;
}

const isRequire = ({ type, name }: AnyNode) => type === "Identifier" && name === "require";

function isWritten(node: AnyNode): boolean {
  if (node.type === "Literal") return typeof node.value === "string";
  if (node.type === "TemplateLiteral") return (node.expressions as readonly unknown[]).length === 0;
  if (node.type === "ConditionalExpression")
    return isWritten(node.consequent as AnyNode) && isWritten(node.alternate as AnyNode);
  return false;
}
