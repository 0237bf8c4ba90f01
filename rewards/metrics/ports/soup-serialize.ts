import { isVoid, type SoupElement, type SoupNode } from "./soup.js";

const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (mark) => (mark === "&" ? "&amp;" : mark === "<" ? "&lt;" : "&gt;"));

/** Writes a tree as Beautiful Soup's `str()` does: attributes sorted by name, `&`, `<` and `>` escaped. */
export function serializeSoup(root: SoupElement): string {
  const pieces: string[] = [];
  // A string on the stack is an end tag that is due.
  const pending: (SoupNode | string)[] = [root];
  let raw = 0;
  const rawEnds: string[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node === "string") {
      pieces.push(node);
      if (rawEnds.length > 0 && rawEnds[rawEnds.length - 1] === node) {
        rawEnds.pop();
        raw--;
      }
    } else if (node.kind === "element") {
      if (isVoid(node)) {
        pieces.push(openTag(node, "/"));
        continue;
      }
      if (node.name !== "") {
        pieces.push(openTag(node, ""));
        pending.push(`</${node.name}>`);
        if (node.name === "script" || node.name === "style") {
          rawEnds.push(`</${node.name}>`);
          raw++;
        }
      }
      for (let i = node.children.length - 1; i >= 0; i--) pending.push(node.children[i] as SoupNode);
    } else {
      pieces.push(textOf(node.kind, node.value, raw > 0));
    }
  }
  return pieces.join("");
}

function textOf(kind: string, value: string, raw: boolean): string {
  switch (kind) {
    case "comment":
      return `<!--${value}-->`;
    case "doctype":
      return `<!DOCTYPE ${value}>\n`;
    case "declaration":
      return `<?${value}?>`;
    case "cdata":
      return `<![CDATA[${value}]]>`;
    case "instruction":
      return `<?${value}>`;
    default:
      return raw ? value : escapeText(value);
  }
}

function openTag(element: SoupElement, slash: string): string {
  const attributes = [...element.attributes].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const written = attributes.map(
    ([name, value]) => ` ${name}=${quote(escapeText(encoded(element, name, value)))}`,
  );
  return `<${element.name}${written.join("")}${slash}>`;
}

function quote(value: string): string {
  if (!value.includes('"')) return `"${value}"`;
  return value.includes("'") ? `"${value.replaceAll('"', "&quot;")}"` : `'${value}'`;
}

/** A `meta` element that names an encoding names UTF-8, for that is what the text is now. */
function encoded({ name: tag, attributes }: SoupElement, name: string, value: string): string {
  if (tag !== "meta") return value;
  if (name === "charset") return "utf-8";
  const declares =
    name === "content" &&
    !attributes.has("charset") &&
    attributes.get("http-equiv")?.toLowerCase() === "content-type";
  return declares ? value.replace(/((?:^|[\s;])charset=)([^;]*)/gm, "$1utf-8") : value;
}
