import type { Scorer } from "../env/scoring.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import { checkOptions, type OptionKind } from "./options.js";
import { registerPreset } from "./preset.js";
import { frontcoderReward } from "./presets/frontcoder/index.js";
import { pagesReward } from "./presets/pages/index.js";
import { openEnvReward, vcoderNotebookReward } from "./presets/vcoder/index.js";
import { webgenR1Reward } from "./presets/webgen-r1/index.js";
import { widget2codeReward, widgetanchorReward } from "./presets/widgetanchor/index.js";

// Makes the shipped presets known by name, as far as they need no model. Imported once, by the index of this room.

function register<Options extends object>(
  name: string,
  summary: string,
  create: (options: Options) => Scorer,
  kinds: Readonly<Record<string, OptionKind>> = {},
): void {
  registerPreset({
    name,
    summary,
    create: (options: JsonObject) => create(checkOptions<Options>(`Preset "${name}"`, options, kinds)),
  });
}

/** A preset that takes a model, which a config file cannot hold. */
function registerWithModel(name: string, summary: string, model: string, call: string): void {
  register(name, `${summary} (needs ${model}; in code: ${call})`, () => {
    throw new UsageError(
      `Preset "${name}" needs ${model}, which a name cannot give; build it in code with ${call}.`,
    );
  });
}

register("pages", "gates, probed checklist, similarity, looks and length, for webgen/Pages-v0", () =>
  pagesReward(),
);

register(
  "frontcoder/paper",
  "FrontCoder as published",
  (options) => frontcoderReward({ ...options, profile: "paper" }),
  {
    renderFailure: ["zero", "soft"],
    refuseBlank: "boolean",
    missingReference: ["renormalize", "zero"],
    landmarks: ["substring", "token"],
    lengthOf: ["completion", "page"],
    emptyLength: "number",
  },
);
register("frontcoder/compat", "FrontCoder as its released code computes it, accidents included", () =>
  frontcoderReward({ profile: "compat" }),
);

register("webgen-r1/paper", "WebGen-R1's cascade with probes for function", () =>
  webgenR1Reward({ profile: "paper" }),
);
register("webgen-r1/dense", "WebGen-R1's stages with partial credit", () =>
  webgenR1Reward({ profile: "dense" }),
);
registerWithModel(
  "webgen-r1/compat",
  "WebGen-R1 as released",
  "a vision model",
  'webgenR1Reward({ profile: "compat", judge })',
);

register(
  "vcoder/notebook",
  "VCoder's first notebook: format, validity, structure, pixels",
  vcoderNotebookReward,
);
registerWithModel("vcoder/paper", "VCoder as published", "CLIP", 'vcoderReward({ profile: "paper", clip })');
registerWithModel("vcoder/compat", "VCoder as released", "CLIP", 'vcoderReward({ profile: "compat", clip })');
const OPENENV_OPTIONS = { weights: ["server", "paper"] };
register(
  "vcoder/openenv",
  "the eight parts of VCoder's OpenEnv variant, mended",
  (options) => openEnvReward({ ...options, profile: "paper" }),
  OPENENV_OPTIONS,
);
register(
  "vcoder/openenv-compat",
  "the same as its released server computes it",
  (options) => openEnvReward({ ...options, profile: "compat" }),
  OPENENV_OPTIONS,
);

register("widgetanchor/paper", "WidgetAnchor's programmatic blend", () => widgetanchorReward());
register("widgetanchor/widget2code", "the Widget2Code benchmark's metrics", () => widget2codeReward());
registerWithModel(
  "widgetanchor/hybrid",
  "blend and judge",
  "a vision model",
  "widgetanchorHybrid(programmatic, judge)",
);
registerWithModel(
  "widgetanchor/tournament",
  "round robin",
  "a vision model",
  "widgetanchorTournament(judge)",
);
registerWithModel(
  "widgetanchor/compat",
  "WidgetAnchor as released",
  "its metrics' models",
  'widgetanchorReward({ profile: "compat", lpips, lpipsVgg, readText })',
);
