import { readFileSync } from "node:fs";
import { type Scorer, unscored } from "../../env/contract/scoring.js";
import { didYouMean } from "../../infra/did-you-mean.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import type { JsonObject } from "../../infra/json.js";
import { composeReward } from "../../rewards/compose.js";
import { rewardFromConfig } from "../../rewards/config.js";
import { parseFormula } from "../../rewards/formula/parse.js";
import { partsOf } from "../../rewards/formula/term.js";
import { getPreset, listPresets } from "../../rewards/preset.js";
import {
  type AnyReward,
  defineReward,
  getReward,
  listRewards,
  type RewardFactory,
} from "../../rewards/reward.js";
import { VCODER_FORMULA } from "../../rewards/systems/vcoder/index.js";
import { vcoderFormat, vcoderStructure, vcoderValidity } from "../../rewards/systems/vcoder/parts.js";
import { exportOf } from "./module.js";

/** `paper`: as published, mended. `compat`: as released. */
export type Profile = "paper" | "compat";

export interface ChosenReward {
  /** Name of the preset or reward; that of the file for a formula of its own. */
  readonly name: string;
  /** True for a preset from a file, which may name the models that a bare name leaves out. */
  readonly configured: boolean;
  readonly scorer: Scorer;
}

/**
 * The reward of a name: a preset (with a profile, or with that of its name, or as published), a single reward, a JSON file
 * that describes one, a formula over registered rewards, or `module.js#export`. Throws a UsageError with the closest name
 * when there is none.
 *
 * @example
 * await chooseReward("frontcoder", "compat");
 * await chooseReward("render * (0.8 * checklist + 0.2 * similarity)");
 */
export async function chooseReward(name: string, profile?: Profile): Promise<ChosenReward> {
  if (name.endsWith(".json")) {
    const config = readConfig(name);
    const preset = typeof config.preset === "string" ? config.preset : name;
    return { name: preset, configured: true, scorer: rewardFromConfig(config) };
  }
  const exported = await exportOf(name);
  if (exported !== undefined) return { name, configured: true, scorer: scorerOf(exported, name) };
  const presets = listPresets().map((preset) => preset.name);
  const found = candidates(name, profile).find((candidate) => presets.includes(candidate));
  if (found !== undefined)
    return { name: found, configured: false, scorer: WITHOUT_MODEL[found]?.() ?? getPreset(found) };
  if (profile === undefined && listRewards().includes(name))
    return { name, configured: false, scorer: single(getReward(name), name) };
  if (FORMULA.test(name)) return { name, configured: true, scorer: formulaScorer(name) };
  const known = [...presets, ...listRewards()];
  const wanted = profile === undefined ? name : `${systemOf(name)}/${profile}`;
  throw new UsageError(
    `No reward or preset is named "${wanted}".${didYouMean(wanted, known)} An environment's id ends in -v and a number, a configuration in .json.`,
  );
}

/** Names hold none of these. */
const FORMULA = /[\s*+()^]/;

function formulaScorer(formula: string): Scorer {
  const fit = listRewards().filter((name) => /^[A-Za-z_]\w*$/.test(name));
  const used = [...partsOf(parseFormula(formula, fit))];
  return composeReward({
    formula,
    parts: Object.fromEntries(used.map((part) => [part, getReward(part)])),
    onNull: { failed: "fail", skipped: "renormalize" },
  });
}

const single = (reward: AnyReward, name = reward.name) =>
  composeReward({ name, formula: "it", parts: { it: reward }, onNull: "fail" });

/** A scorer from what a module exports: a scorer, a reward, a factory of one, or a config. */
function scorerOf(exported: unknown, name: string): Scorer {
  const value = (exported ?? {}) as Partial<Scorer & RewardFactory> & JsonObject;
  if (value.needs instanceof Set && typeof value.score === "function") return value as Scorer;
  if (typeof value.create === "function") return single((value as RewardFactory).create({}), name);
  if ("formula" in value || "preset" in value) return rewardFromConfig(value as JsonObject);
  return single(defineReward(value as unknown as AnyReward), name);
}

function candidates(name: string, profile: Profile | undefined): string[] {
  if (profile === undefined) return [name, `${name}/paper`];
  const bare = name.replace(/[/-](?:paper|compat)$/, "");
  const own = [`${bare}/${profile}`, `${bare}-${profile}`];
  const fallback = bare.includes("/") && profile === "compat" ? [`${systemOf(bare)}/compat`] : [];
  return profile === "paper" ? [...own, bare] : [...own, ...fallback];
}

const systemOf = (name: string) => name.split("/", 1)[0] as string;

function readConfig(path: string): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new InfrastructureError(`Cannot read ${path}: ${messageOf(error)}.`);
  }
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw new UsageError(`${path} should be JSON that describes a reward, but is not: ${messageOf(error)}.`);
  }
}

/** Presets whose other parts say enough without the model that a name cannot give. */
const WITHOUT_MODEL: Readonly<Record<string, () => Scorer>> = {
  "vcoder/paper": () => vcoderWithoutClip("vcoder/paper", false),
  "vcoder/compat": () => vcoderWithoutClip("vcoder/compat", true),
};

function vcoderWithoutClip(name: string, fenced: boolean): Scorer {
  const clip = defineReward({
    name: "vcoder/clip",
    needs: [],
    score: () =>
      unscored(
        "skipped",
        `CLIP has weights that a name does not give; write them in a file, e.g. {"preset": "${name}", "clip": "models/clip-vit-base-patch32"}.`,
      ),
  });
  return composeReward({
    name,
    formula: VCODER_FORMULA,
    parts: {
      format: vcoderFormat(),
      validity: vcoderValidity({ fenced }),
      structural: vcoderStructure({ fenced }),
      clip,
    },
    onNull: { failed: "fail", skipped: "renormalize" },
  });
}
