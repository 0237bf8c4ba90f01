import { boxOf, isInside, type PageBox, type Scene, styleOf } from "./scene.js";

/** An element that may be a picture: `[left, top, right, bottom]`, whether it has a background image or pixels of its own, and boxes of text in it. */
export type PictureBox = readonly [number, number, number, number, boolean, readonly (readonly number[])[]];

/** Elements that may be pictures, with what tells whether they paint something. */
export function pictureBoxes(scene: Scene): { readonly element: Element; readonly box: PictureBox }[] {
  const most = 200;
  const found: { element: Element; box: PictureBox }[] = [];
  for (const element of scene.elements) {
    if (!mayBePicture(scene, element)) continue;
    const { left, top, right, bottom } = boxOf(scene, element);
    if (right - left < 4 || bottom - top < 4) continue;
    const texts = scene.texts
      .filter(({ text, holder }) => /\p{L}{2}/u.test(text) && isInside(scene, holder, element))
      .map(({ box }) => corners(box));
    const own =
      styleOf(scene, element).backgroundImage !== "none" ||
      /^(img|canvas|video)$/.test(scene.dom.tag(element));
    found.push({ element, box: [left, top, right, bottom, own, texts] });
    if (found.length >= most) break;
  }
  return found;
}

export function corners({ left, top, right, bottom }: PageBox): readonly number[] {
  return [left, top, right, bottom];
}

/** Tags and roles of pictures, and boxes with a background image that hold no more than a caption. */
export function mayBePicture(scene: Scene, element: Element): boolean {
  if (scene.dom.matches(element, "svg,img,canvas,video,object,[role=img]")) return true;
  if (styleOf(scene, element).backgroundImage === "none") return false;
  if (scene.dom.matches(element, "a,button,body,html,hr,figure")) return false;
  let characters = 0;
  for (const { text, holder } of scene.texts) if (isInside(scene, holder, element)) characters += text.length;
  return characters <= 40;
}

/** Whether the picture of the page shows something in an element that may be a picture; true where that was not measured. */
export function isPainted(scene: Scene, element: Element): boolean {
  return scene.painted?.get(element) ?? scene.painted === null;
}
