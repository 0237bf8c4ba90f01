import "../../index.js";
import { listAgents } from "../../agents/registry.js";
import { listDatasets } from "../../datasets/registry.js";
import { listExtractions, OWN_RULES } from "../../env/artifact/extraction.js";
import { listEnvs } from "../../env/registry.js";
import { listPresets } from "../../rewards/preset.js";
import { getReward, listRewards } from "../../rewards/reward.js";
import { listRecipes } from "../recipes/registry.js";
import type { Listed } from "./listed.js";

/** Something that can be named. */
export interface Named {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
}

/** Policies and strategies that the grammar of agents knows besides the registered ones. */
const AGENT_FORMS: readonly Named[] = [
  { name: "checkpoint:FOLDER", description: "One sample of a trained policy." },
  { name: "remote:MODEL@URL", description: "One sample of an OpenAI-compatible server." },
  { name: "best-of-N:...", description: "The best of N samples of one of these two." },
  { name: "polish-TURNS:...", description: "Drafts and revisions of one of these two." },
];

const NAMES: Readonly<Record<Listed, () => readonly Named[]>> = {
  envs: () => listEnvs().map(({ id, description }) => ({ name: id, description })),
  rewards: () => listRewards().map((name) => ({ name, description: needsOf(name) })),
  presets: () => listPresets().map(({ name, summary }) => ({ name, description: sentence(summary) })),
  agents: () => [...listAgents(), ...AGENT_FORMS],
  datasets: listDatasets,
  recipes: listRecipes,
  extractions: () => [
    { name: OWN_RULES, description: "Our own rules, for every kind of answer." },
    ...listExtractions(),
  ],
};

/** Everything of one kind that can be named, what the user's modules registered included. */
export function namesOf(kind: Listed): Named[] {
  return NAMES[kind]().map(({ name, description }) => ({ name, description }));
}

/** What a reward looks at; a reward that cannot be made from its name alone says what it lacks. */
function needsOf(name: string): string {
  try {
    const needs = [...getReward(name).needs];
    return needs.length === 0 ? "Reads the answer alone." : `Needs ${needs.join(", ")}.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
