import { didYouMean } from "../../infra/did-you-mean.js";
import { UsageError } from "../../infra/errors.js";
import { FRONTCODER } from "./frontcoder.js";
import type { NamedRecipe } from "./named-recipe.js";
import { QUICKSTART } from "./quickstart.js";
import { mergeRecipe, type Recipe } from "./recipe.js";
import { VCODER } from "./vcoder.js";
import { WEBGEN_R1 } from "./webgen-r1.js";
import { WIDGETANCHOR } from "./widgetanchor.js";

const RECIPES: readonly NamedRecipe[] = [
  {
    name: "quickstart",
    description: "A 0.9 M-parameter Llama learns to write pages in ten minutes on two cores.",
    changes: {},
    notTaken: [],
  },
  FRONTCODER,
  VCODER,
  WEBGEN_R1,
  WIDGETANCHOR,
];

/** All recipes, by name. */
export function listRecipes(): readonly NamedRecipe[] {
  return RECIPES;
}

/** The recipe of a name. Throws a UsageError with the closest name when there is none. */
export function getRecipe(name: string): NamedRecipe & { readonly recipe: Recipe } {
  const found = RECIPES.find((recipe) => recipe.name === name);
  const names = RECIPES.map((recipe) => recipe.name);
  if (!found) throw new UsageError(`There is no recipe "${name}".${didYouMean(name, names)}`);
  return { ...found, recipe: mergeRecipe(QUICKSTART, found.changes) };
}
