import { oneOf } from "../../../infra/schema/fields.js";
import { registerPresetFrom, registerRewardFrom } from "../../options.js";
import { LEGIBLE } from "../legible.js";
import { design2code } from "./design2code.js";
import { openEnvReward } from "./openenv.js";
import { vcoderClip } from "./parts.js";
import { vcoderNotebookReward, vcoderReward } from "./reward.js";

registerPresetFrom({
  name: "vcoder/notebook",
  summary: "VCoder's first notebook: format, validity, structure, pixels",
  create: () => vcoderNotebookReward(),
});

for (const profile of ["paper", "compat"] as const)
  registerPresetFrom({
    name: `vcoder/${profile}`,
    summary: `VCoder as ${profile === "paper" ? "published" : "released"}; needs clip`,
    options: profile === "paper" ? LEGIBLE : {},
    models: { models: ["clip"], required: ["clip"] },
    create: (options, { clip }) => vcoderReward({ ...options, profile, clip: clip! }),
  });

registerPresetFrom({
  name: "vcoder/openenv",
  summary: "the eight parts of VCoder's OpenEnv variant, mended; takes clip",
  options: { weights: oneOf(["server", "paper"]), ...LEGIBLE },
  models: { models: ["clip"] },
  create: (options, { clip }) => openEnvReward({ ...options, ...(clip ? { clip } : {}) }),
});

registerPresetFrom({
  name: "vcoder/openenv-compat",
  summary: "the same as its released server computes it; takes clip",
  options: { weights: oneOf(["server", "paper"]) },
  models: { models: ["clip"] },
  create: (options, { clip }) => openEnvReward({ ...options, ...(clip ? { clip } : {}), profile: "compat" }),
});

registerRewardFrom({
  name: "design2code",
  models: { models: ["clip"] },
  create: (_, { clip }) => design2code(clip ? { clip } : {}),
});

registerRewardFrom({
  name: "clip",
  models: { models: ["clip"], required: ["clip"] },
  create: (_, { clip }) => vcoderClip(clip!),
});
