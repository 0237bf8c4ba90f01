import { classic } from "./classic.js";
import { bold, dense, soft, typewriter } from "./looks.js";
import type { School } from "./school.js";
import { components, magazine, utility } from "./variations.js";

export type { Look, PageSpec, School } from "./school.js";

/** Eight schools of layout. */
export const SCHOOLS: readonly School[] = [
  classic,
  utility,
  magazine,
  components,
  dense,
  bold,
  soft,
  typewriter,
];
