import type { Brief } from "../brief.js";
import { components } from "./components.js";
import { dense } from "./dense.js";
import { editorial } from "./editorial.js";
import { semantic } from "./semantic.js";
import { utility } from "./utility.js";
import { vivid } from "./vivid.js";
import { withBehaviour } from "./write.js";

/** Writes the page of a brief in one school of design. */
export type Design = (brief: Brief) => string;

/** Competent designs: each builds all a prompt asks for, in its own markup and its own style sheet. */
export const DESIGNS: Readonly<Record<string, Design>> = {
  utility: behaving(utility),
  editorial: behaving(editorial),
  semantic: behaving(semantic),
  components: behaving(components),
  dense: behaving(dense),
  vivid: behaving(vivid),
};

function behaving(design: Design): Design {
  return (brief) => withBehaviour(design(brief), brief.content);
}
