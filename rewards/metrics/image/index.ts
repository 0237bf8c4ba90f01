export { ciede2000 } from "./ciede2000.js";
export { cropTopLeft } from "./crop.js";
export { decodeImage, encodePng } from "./decode.js";
export { type GrayMethod, grayscale, luminance } from "./grayscale.js";
export type { ImageSimilarity } from "./image-similarity.js";
export { type Lab, rgbToLab } from "./lab.js";
export {
  channelPlane,
  dropAlpha,
  fillRect,
  imageFromRows,
  imageToRows,
  type PixelImage,
  type Plane,
  type Rgb,
  sameSize,
  solidImage,
} from "./pixel-image.js";
export { type ResizeFilter, resize } from "./resize.js";
