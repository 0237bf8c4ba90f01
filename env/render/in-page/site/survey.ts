/*
 * Runs inside the page, beside the probe library; see `env/render/in-page/probes/scene.ts` for what such functions may use.
 */
import { openScene } from "../probes/open-scene.js";
import { isSeen } from "../probes/query.js";
import { closest, nameOf, roleOf } from "../probes/roles.js";
import { boxOf, plain, type Scene } from "../probes/scene.js";
import { isHit } from "../probes/visibility.js";

/** A link as it stands in the page. */
export interface FoundLink {
  readonly text: string;
  readonly href: string;
  /** The whole address it resolves to. */
  readonly url: string;
  /** Whether the fragment of its address names an element. */
  readonly anchor: boolean;
}

/** A control as it stands in the page. */
export interface FoundControl {
  /** Tells it from the others of its page. */
  readonly key: string;
  readonly role: string;
  readonly name: string;
  readonly disabled: boolean;
  /** Whether it stands in a part that every page repeats: header, footer, navigation. */
  readonly shared: boolean;
}

/** What a click can change, each as a digest. */
export interface Signature {
  readonly dom: string;
  readonly address: string;
  readonly storage: string;
  readonly scroll: string;
}

/** Links and controls of the page as it is now. */
export function survey(): { links: FoundLink[]; controls: FoundControl[] } {
  const scene = openScene();
  const links = scene.elements
    .filter((element) => scene.dom.tag(element) === "a" && scene.dom.attribute(element, "href") !== null)
    .filter((element) => isSeen(scene, element))
    .map((element) => {
      const href = scene.dom.attribute(element, "href") ?? "";
      const { url, id } = resolveLink(href);
      const anchor = id !== "" && Document.prototype.getElementById.call(document, id) !== null;
      return { text: (scene.textOf.get(element) ?? nameOf(scene, element)).slice(0, 100), href, url, anchor };
    });
  const controls = findControls(scene).map(({ element, key, role, name }) => ({
    key,
    role,
    name,
    disabled:
      Element.prototype.matches.call(element, ":disabled") ||
      scene.dom.attribute(element, "aria-disabled") === "true",
    shared:
      closest(scene, element, (node) => /^(navigation|banner|contentinfo)$/.test(roleOf(scene, node))) !==
      null,
  }));
  return { links, controls };
}

/** Where a link leads, and the element its fragment names; an address that is none leads to "about:invalid". */
export function resolveLink(href: string): { url: string; id: string } {
  let url = "about:invalid";
  try {
    const resolved = new URL(href.trim(), document.baseURI);
    url = resolved.href;
    return { url, id: decodeURIComponent(resolved.hash.slice(1)) };
  } catch {
    return { url, id: "" };
  }
}

/** What can be pressed: buttons, tabs, switches and the like, and links that lead nowhere. */
export function findControls(scene: Scene): { element: Element; key: string; role: string; name: string }[] {
  const counts = new Map<string, number>();
  const found = [];
  for (const element of scene.elements) {
    const role = roleOf(scene, element);
    const href = (scene.dom.attribute(element, "href") ?? "").trim();
    const nowhere = role === "link" && /^(#?|javascript:.*)$/i.test(href);
    const native = /^(input|select)$/.test(scene.dom.tag(element)) && role !== "button";
    const pressed =
      /^(button|tab|switch|menuitem|menuitemcheckbox|menuitemradio|checkbox|radio|option)$/.test(role);
    if (!nowhere && (!pressed || native)) continue;
    if (!isSeen(scene, element)) continue;
    const label = plain(scene.dom.attribute(element, "aria-label") ?? "");
    const name = (label || nameOf(scene, element)).slice(0, 100);
    const same = `${role} ${name}`;
    const count = counts.get(same) ?? 0;
    counts.set(same, count + 1);
    found.push({ element, key: `${same} ${count}`, role, name });
  }
  return found;
}

/** Scrolls to a control; its middle in the window, and whether a click there reaches it. Null when it is not there. */
export function locateControl(key: string): { x: number; y: number; hit: boolean } | null {
  const scene = openScene();
  const element = findControls(scene).find((control) => control.key === key)?.element;
  if (element === undefined) return null;
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const { left, top, width, height } = scene.dom.box(element);
  const after = openScene();
  return { x: left + width / 2, y: top + height / 2, hit: isHit(after, element, boxOf(after, element)) };
}

/** Fills the empty fields of a control's form with something plausible, as a visitor would before sending it. */
export function fillForm(key: string): boolean {
  const scene = openScene();
  const element = findControls(scene).find((control) => control.key === key)?.element;
  const form = (element as HTMLButtonElement | undefined)?.form ?? null;
  if (form === null) return false;
  const values: Record<string, string> = {
    email: "ada@example.org",
    number: "2",
    tel: "5550100",
    url: "https://example.org",
    date: "2025-05-01",
    time: "12:00",
    password: "Correct-horse-7",
  };
  // Read through the prototype, as a field named "elements" would hide the list.
  const fields = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements")?.get?.call(form);
  for (const field of Array.from(fields as HTMLFormControlsCollection)) {
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      if (field.required && !field.checked) field.click();
    } else if (field instanceof HTMLInputElement && field.value === "")
      setField(
        field,
        values[field.type] ?? (/^(button|submit|reset|file|hidden)$/.test(field.type) ? "" : "Ada Byron"),
      );
    else if (field instanceof HTMLTextAreaElement && field.value === "") setField(field, "Hello from Ada");
    else if (field instanceof HTMLSelectElement && field.value === "") {
      const option = Array.from(field.options).find(({ value }) => value !== "");
      if (option) setField(field, option.value);
    }
  }
  return true;
}

/** Gives a field a value and says so, as typing would. */
export function setField(
  field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement,
  value: string,
): void {
  if (value === "") return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The state a click may change. */
export function signature(): Signature {
  const fields = Array.from(document.querySelectorAll("input,textarea,select")).map((field) => {
    const { value, checked } = field as HTMLInputElement;
    return `${value}${checked}`;
  });
  const canvases = Array.from(document.querySelectorAll("canvas"))
    .slice(0, 3)
    .map((canvas) => {
      try {
        return canvas.toDataURL();
      } catch {
        return "";
      }
    });
  const stored = (storage: Storage) =>
    Object.keys(storage)
      .sort()
      .map((name) => `${name}=${storage.getItem(name)}`);
  return {
    dom: digest([document.documentElement.outerHTML, ...fields, ...canvases].join("\n")),
    address: location.pathname + location.search + location.hash,
    storage: digest([...stored(localStorage), "", ...stored(sessionStorage)].join("\n")),
    scroll: `${Math.round(window.scrollX)},${Math.round(window.scrollY)}`,
  };
}

/** FNV-1a with the length. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${(hash >>> 0).toString(16)}:${text.length}`;
}

/** All text that can be seen, in document order. */
export function visibleText(): string {
  return plain(
    openScene()
      .texts.map(({ text }) => text)
      .join(" "),
  );
}
