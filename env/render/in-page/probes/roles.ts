import { plain, type Scene } from "./scene.js";

/** The explicit or implied ARIA role, or "". https://www.w3.org/TR/html-aam-1.0/ */
export function roleOf(scene: Scene, element: Element): string {
  let role = scene.roles.get(element);
  if (role === undefined) {
    const explicit = scene.dom.attribute(element, "role")?.trim().split(/\s+/)[0]?.toLowerCase();
    role = explicit || impliedRole(scene, element);
    scene.roles.set(element, role);
  }
  return role;
}

/** Files a scene's elements by role. */
export function readRoles(scene: Scene): void {
  for (const element of scene.elements) {
    const role = roleOf(scene, element);
    const filed = scene.byRole.get(role);
    if (filed === undefined) scene.byRole.set(role, [element]);
    else filed.push(element);
  }
}

export function impliedRole(scene: Scene, element: Element): string {
  const tag = scene.dom.tag(element);
  if (/^h[1-6]$/.test(tag)) return "heading";
  if (tag === "a") return scene.dom.attribute(element, "href") === null ? "" : "link";
  if (tag === "input") return inputRole(scene.dom.attribute(element, "type"));
  if (tag === "th") return isRowHeader(scene, element) ? "rowheader" : "columnheader";
  if (tag === "img") return scene.dom.attribute(element, "alt") === "" ? "" : "img";
  if (tag === "header" || tag === "footer") {
    const sectioned = closest(scene, element, (node) =>
      /^(article|aside|main|nav|section)$/.test(scene.dom.tag(node)),
    );
    if (sectioned !== null) return "";
    return tag === "header" ? "banner" : "contentinfo";
  }
  const roles: Record<string, string> = {
    article: "article",
    aside: "complementary",
    blockquote: "blockquote",
    button: "button",
    details: "group",
    dialog: "dialog",
    figure: "figure",
    form: "form",
    li: "listitem",
    main: "main",
    nav: "navigation",
    ol: "list",
    p: "paragraph",
    progress: "progressbar",
    select: "combobox",
    summary: "button",
    svg: "img",
    table: "table",
    td: "cell",
    textarea: "textbox",
    tr: "row",
    ul: "list",
  };
  return Object.hasOwn(roles, tag) ? roles[tag]! : "";
}

export function inputRole(type: string | null): string {
  const kind = (type ?? "text").toLowerCase();
  if (/^(button|submit|reset|image)$/.test(kind)) return "button";
  if (/^(checkbox|radio)$/.test(kind)) return kind;
  if (kind === "range") return "slider";
  if (kind === "number") return "spinbutton";
  if (kind === "search") return "searchbox";
  return /^(hidden|color|file)$/.test(kind) ? "" : "textbox";
}

export function isRowHeader(scene: Scene, element: Element): boolean {
  const scope = scene.dom.attribute(element, "scope");
  if (scope !== null) return scope.toLowerCase() === "row";
  const row = scene.dom.parent(element);
  return row !== null && Array.from(row.childNodes).some((node) => node.nodeName === "TD");
}

/** The element itself or the nearest ancestor that passes; null when none does. */
export function closest(scene: Scene, element: Element, passes: (node: Element) => boolean): Element | null {
  for (let node: Element | null = element; node !== null; node = scene.dom.parent(node)) {
    if (passes(node)) return node;
  }
  return null;
}

/** 1 to 6 for a heading, else 0. */
export function headingLevel(scene: Scene, element: Element): number {
  if (roleOf(scene, element) !== "heading") return 0;
  const level = Number(scene.dom.attribute(element, "aria-level") ?? scene.dom.tag(element).slice(1));
  return Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2;
}

/** The name a reader of the page can see, plain; "" when there is none. Simplified from https://www.w3.org/TR/accname-1.2/ */
export function nameOf(scene: Scene, element: Element): string {
  const labels = labelText(scene, element);
  if (labels !== "") return labels;
  const role = roleOf(scene, element);
  const aria = plain(scene.dom.attribute(element, "aria-label") ?? "");
  if (/^(textbox|searchbox|spinbutton|combobox|slider)$/.test(role)) {
    return aria || plain(scene.dom.attribute(element, "placeholder") ?? "");
  }
  if (role === "button" && scene.dom.tag(element) === "input") {
    return plain(scene.dom.attribute(element, "value") ?? "submit");
  }
  if (role === "img") {
    return aria || plain(scene.dom.attribute(element, "alt") ?? titleChild(element));
  }
  const inside = (selector: string) =>
    Array.from(Element.prototype.querySelectorAll.call(element, selector)) as Element[];
  if (role === "figure" || role === "table") {
    const captions = inside("figcaption,caption").map((caption) => scene.textOf.get(caption) ?? "");
    return captions.find((text) => text !== "") || aria || imageName(scene, inside("img,svg,[role=img]"));
  }
  return scene.textOf.get(element) || imageName(scene, inside("img,svg,[role=img]")) || aria;
}

export function titleChild(element: Element): string {
  for (const child of Array.from(element.childNodes)) {
    if (child.nodeName.toLowerCase() === "title") return child.textContent ?? "";
  }
  return "";
}

export function imageName(scene: Scene, images: readonly Element[]): string {
  for (const image of images) {
    const own = scene.dom.attribute(image, "alt") ?? scene.dom.attribute(image, "aria-label");
    const name = plain(own ?? titleChild(image));
    if (name !== "") return name;
  }
  return "";
}

/** The visible text of what labels an element: `aria-labelledby`, or the `<label>`s of a field. */
export function labelText(scene: Scene, element: Element): string {
  const ids = scene.dom.attribute(element, "aria-labelledby")?.trim().split(/\s+/) ?? [];
  const labelling = ids.map((id) => Document.prototype.getElementById.call(document, id));
  const labels = (element as HTMLInputElement).labels ?? [];
  return [...labelling, ...labels]
    .map((label) => (label === null ? "" : (scene.textOf.get(label) ?? "")))
    .join(" ")
    .trim();
}
