import { BUSINESS } from "./business.js";
import { CRAFT } from "./craft.js";
import { CULTURE } from "./culture.js";
import { FOOD } from "./food.js";
import { SERVICES } from "./services.js";
import { SOFTWARE } from "./software.js";
import { SPORT } from "./sport.js";
import type { Topic } from "./topic.js";

export type { Offer, Topic } from "./topic.js";

/** Every topic a page can be about. */
export const TOPICS: readonly Topic[] = [
  ...FOOD,
  ...SERVICES,
  ...CRAFT,
  ...CULTURE,
  ...SPORT,
  ...SOFTWARE,
  ...BUSINESS,
];
