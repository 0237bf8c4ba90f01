import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { docComment, exportsOf, SOURCES } from "./support/surface.js";

/** Most names over all entry points. */
const MOST = 120;

const ENTRIES = ["env", "rewards", "agents", "datasets", "experiments"] as const;

/**
 * The surface of the package. A name that is added stands here, has a doc comment with an example where it is called, and
 * costs every user's memory: rather pass an option.
 */
const SURFACE: Readonly<Record<(typeof ENTRIES)[number] | "root", string>> = {
  root: "InfrastructureError JsonObject PluginError UsageError WebGenError",
  env: `
    AgentAction Artifact ChecklistItem EnvSpec ExtractionRules MakeOptions Need Observation Probe RenderedPage Renderer
    RewardContext Score Scorecard Scorer Split StepResult Task TaskSource VectorWebGenEnv WebGenEnv checkEnv
    createEvaluator createRenderer ensureBrowser listEnvs make makeVector readArtifact register registerExtraction
    scored unscored`,
  rewards: `
    ComposeOptions GroupReward Preset Reward RewardConfig RewardContext RewardFactory RewardReport Score Scorer
    accessibility checkAgreement checkReward checklist clipSimilarity composeReward createVisionJudge defineReward
    frontcoderReward functional getPreset integrity judged judgedItems judgedTournament lengthControl lpipsDistance
    pagesReward registerPreset registerReward relativeLength renderGate repetitionGate rewardFromConfig scoreGroup
    scoreHtml scorePages scored similarity unscored validity vcoderReward visual webgenR1Reward widgetanchorReward`,
  agents: `
    Agent AgentSetting AgentSpec Message Policy PolicyCompletion Sampling TrainEvent TrainSetting bestOfN createPolicy
    createRemotePolicy dpo expertIteration grpo instructConversation openPolicy plainConversation policyAgent polish registerAgent
    remoteAgent savePolicy sft`,
  datasets: "DatasetSpec pagesTaskSource registerDataset requestTaskSource",
  experiments: "Recipe Summary buildSummary compare createBootstrap evaluate train writeReport",
};

const words = (text: string) => text.trim().split(/\s+/);
const indexOf = (entry: string) => (entry === "root" ? "index.ts" : `${entry}/index.ts`);

describe("the surface of the package", () => {
  for (const entry of ENTRIES)
    it(`webgen-gym/${entry} exports what is written down`, () => {
      const names = [...exportsOf(indexOf(entry)).keys()];
      expect(names).to.have.members(words(SURFACE[entry]));
    });

  it("webgen-gym exports all of them but the experiments, and the errors", () => {
    const rooms = ["env", "rewards", "agents", "datasets", "root"] as const;
    const names = [...exportsOf("index.ts").keys()];
    expect(names).to.have.members([...new Set(rooms.flatMap((room) => words(SURFACE[room])))]);
  });

  it(`has at most ${MOST} names`, () => {
    expect(new Set(Object.values(SURFACE).flatMap(words)).size).to.be.at.most(MOST);
  });

  it("is the package's list of entry points", () => {
    const manifest = JSON.parse(readFileSync(join(SOURCES, "package.json"), "utf8"));
    expect(Object.keys(manifest.exports)).to.have.members([
      ".",
      ...ENTRIES.map((entry) => `./${entry}`),
      "./package.json",
    ]);
  });

  for (const entry of [...ENTRIES, "root"])
    it(`documents every name of ${entry}`, () => {
      const bare = [...exportsOf(indexOf(entry))].filter(([, declared]) => !docComment(declared));
      expect(bare.map(([name, { file }]) => `${name} in ${file}`)).to.deep.equal([]);
    });

  it("exists at run time", async () => {
    for (const entry of ENTRIES) {
      const module = (await import(`../${entry}/index.js`)) as object;
      expect(words(SURFACE[entry]), entry).to.include.members(Object.keys(module));
    }
  });
});
