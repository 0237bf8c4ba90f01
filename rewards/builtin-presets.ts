import type { Scorer } from "../env/contract/scoring.js";
import { UsageError } from "../infra/errors.js";
import type { JsonObject } from "../infra/json.js";
import { asReward } from "./compose.js";
import { judgedItems } from "./judge/index.js";
import { type ModelRequest, type Models, takeModels } from "./model-options.js";
import { checkOptions, type OptionKind } from "./options.js";
import { pagesReward } from "./pages/index.js";
import { registerPreset } from "./preset.js";
import { frontcoderReward } from "./systems/frontcoder/index.js";
import { openEnvReward, vcoderNotebookReward, vcoderReward } from "./systems/vcoder/index.js";
import { webgenR1Reward } from "./systems/webgen-r1/index.js";
import {
  widget2codeReward,
  widgetanchorHybrid,
  widgetanchorReward,
  widgetanchorTournament,
} from "./systems/widgetanchor/index.js";

// Makes the shipped presets known by name. Models are named in the options. Imported once, by the index of this room.

interface Shipped<Options> {
  readonly name: string;
  readonly summary: string;
  readonly kinds?: Readonly<Record<string, OptionKind>>;
  readonly takes?: ModelRequest;
  readonly create: (options: Options, models: Models) => Scorer;
}

function register<Options extends object>({
  name,
  summary,
  kinds = {},
  takes,
  create,
}: Shipped<Options>): void {
  const owner = `Preset "${name}"`;
  registerPreset({
    name,
    summary,
    create(options: JsonObject) {
      const { models, rest } = takeModels(owner, options, takes ?? { models: [] });
      return create(checkOptions<Options>(owner, rest, kinds), models);
    },
  });
}

const JUDGE: ModelRequest = { models: ["judge"] };
const JUDGE_NEEDED: ModelRequest = { models: ["judge"], required: ["judge"] };

/** A published system's own requests, sent by the judge. */
const asking = ({ judge }: Models) => (judge ? { judge: judge.ask } : {});

register({
  name: "pages",
  summary: "gates, probed checklist, similarity, looks and length, for webgen/Pages-v0; takes a judge",
  takes: JUDGE,
  create: (_, { judge }) => pagesReward(judge ? { judge: judgedItems(judge) } : {}),
});

register({
  name: "frontcoder/paper",
  summary: "FrontCoder as published; takes a judge",
  kinds: {
    renderFailure: ["zero", "soft"],
    refuseBlank: "boolean",
    missingReference: ["renormalize", "zero"],
    landmarks: ["substring", "token"],
    lengthOf: ["completion", "page"],
    emptyLength: "number",
  },
  takes: JUDGE,
  create: (options, models) => frontcoderReward({ ...options, ...asking(models), profile: "paper" }),
});
register({
  name: "frontcoder/compat",
  summary: "FrontCoder as its released code computes it, accidents included; takes a judge",
  takes: JUDGE,
  create: (_, models) => frontcoderReward({ ...asking(models), profile: "compat" }),
});

register({
  name: "webgen-r1/paper",
  summary: "WebGen-R1's cascade with probes for function; takes a judge",
  takes: JUDGE,
  create: (_, models) => webgenR1Reward({ ...asking(models), profile: "paper" }),
});
register({
  name: "webgen-r1/dense",
  summary: "WebGen-R1's stages with partial credit; takes a judge",
  takes: JUDGE,
  create: (_, models) => webgenR1Reward({ ...asking(models), profile: "dense" }),
});
register({
  name: "webgen-r1/compat",
  summary: "WebGen-R1 as released; needs a judge",
  takes: JUDGE_NEEDED,
  create: (_, models) => webgenR1Reward({ ...asking(models), profile: "compat" }),
});

register({
  name: "vcoder/notebook",
  summary: "VCoder's first notebook: format, validity, structure, pixels",
  create: vcoderNotebookReward,
});
for (const profile of ["paper", "compat"] as const)
  register({
    name: `vcoder/${profile}`,
    summary: `VCoder as ${profile === "paper" ? "published" : "released"}; needs clip`,
    takes: { models: ["clip"], required: ["clip"] },
    create: (_, { clip }) => vcoderReward({ profile, clip: clip! }),
  });
for (const profile of ["paper", "compat"] as const)
  register({
    name: profile === "paper" ? "vcoder/openenv" : "vcoder/openenv-compat",
    summary:
      profile === "paper"
        ? "the eight parts of VCoder's OpenEnv variant, mended; takes clip"
        : "the same as its released server computes it; takes clip",
    kinds: { weights: ["server", "paper"] },
    takes: { models: ["clip"] },
    create: (options, { clip }) => openEnvReward({ ...options, ...(clip ? { clip } : {}), profile }),
  });

register({
  name: "widgetanchor/paper",
  summary: "WidgetAnchor's programmatic blend; takes lpips (AlexNet)",
  takes: { models: ["lpips"] },
  create: (_, { lpips }) => widgetanchorReward(lpips ? { lpips } : {}),
});
register({
  name: "widgetanchor/widget2code",
  summary: "the Widget2Code benchmark's metrics; takes lpips (VGG)",
  takes: { models: ["lpips"], lpipsInput: "widget2code" },
  create: (_, { lpips }) => widget2codeReward(lpips ? { lpips } : {}),
});
register({
  name: "widgetanchor/hybrid",
  summary: "WidgetAnchor's blend and a judge; needs a judge, takes lpips",
  takes: { models: ["judge", "lpips"], required: ["judge"] },
  create: (_, { judge, lpips }) =>
    widgetanchorHybrid(
      asReward(widgetanchorReward(lpips ? { lpips } : {}), "widgetanchor/programmatic"),
      judge!.ask,
    ),
});
register({
  name: "widgetanchor/tournament",
  summary: "WidgetAnchor's round robin; needs a judge, takes lpips",
  takes: { models: ["judge", "lpips"], required: ["judge"] },
  create: (_, { judge, lpips }) =>
    widgetanchorTournament(
      judge!.ask,
      asReward(widgetanchorReward(lpips ? { lpips } : {}), "widgetanchor/programmatic"),
    ),
});
register({
  name: "widgetanchor/compat",
  summary: "WidgetAnchor as released; needs a reader of texts, which only code can give",
  create() {
    throw new UsageError(
      'Preset "widgetanchor/compat" reads texts in pictures, which a name cannot give; build it in code with widgetanchorReward({ profile: "compat", lpips, lpipsVgg, readText }).',
    );
  },
});
