import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import {
  createLocalEngine,
  encodePrompt,
  loadCheckpoint,
  type Message,
  type ModelConfig,
  type ModelEngine,
  saveCheckpoint,
} from "../../agents/policy/index.js";
import { createRandom } from "../../infra/random.js";
import { smallCheckpoint } from "../agents/policy/checkpoint/folders.js";

const PYTHON = process.env.WEBGEN_PYTHON ?? "python3";
const SCRIPT = fileURLToPath(new URL("../../../test/interop/open-checkpoint.py", import.meta.url));

interface Answer {
  readonly architecture: string;
  readonly log_probs: readonly number[][];
  readonly ids: readonly number[][];
  readonly texts: readonly string[];
  readonly prompts: readonly number[][];
  readonly eos: number;
  readonly pad: number;
  readonly others: readonly { readonly architecture: string; readonly log_probs: readonly number[][] }[];
}

const llama3 = { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalMaxPositions: 16 };
const lora = { rank: 3, alpha: 12, targets: ["q_proj", "o_proj", "gate_proj"] } as const;

/** Models of other families and one with adapters, each trained a little and written by us. */
const OTHERS: readonly Partial<ModelConfig>[] = [
  { family: "qwen2", attentionBias: "qkv" },
  { family: "qwen3", queryKeyNorm: true, headSize: 12, tieEmbeddings: false },
  { family: "mistral", headSize: 16 },
  { ropeScaling: llama3, attentionBias: "all" },
  { family: "qwen2", attentionBias: "qkv", lora },
];

/** Set `WEBGEN_PYTHON` to a Python that has torch, transformers and peft to run these. */
describe("Hugging Face transformers", function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-interop-"));
  const checkpoint = smallCheckpoint(11, { layers: 3, ropeTheta: 500 });
  const { tokenizer, config } = checkpoint;
  const random = createRandom(2);
  const tokens = (count: number) =>
    Int32Array.from({ length: count }, () => random.integer(0, config.vocabSize));
  const sequences = [12, 1, 30].map((count) => ({ prompt: tokens(5), completion: tokens(count) }));
  const texts = ["<p>Fresh bread</p>\n", "Ünïcode 🙂 中文\r\n\t{a:b;}", "  two  spaces"];
  const conversations: Message[][] = [
    [{ role: "user", content: "Fresh bread" }],
    [
      { role: "system", content: "Write." },
      { role: "user", content: "a < b" },
      { role: "assistant", content: "<p>" },
      { role: "user", content: "again" },
    ],
  ];
  let engine: ModelEngine;
  let answer: Answer;
  const measured: Float32Array[][] = [];

  /** Trains a model a little, writes it as `name`, and notes what it makes of the sequences. */
  async function write(name: string, changes: Partial<ModelConfig>, base?: string): Promise<string> {
    const small = smallCheckpoint(12, changes);
    const opened = await createLocalEngine({ config: small.config, seed: 12, backend: "wasm" });
    for (let i = 0; i < 3; i++)
      await opened.step({ kind: "crossEntropy", sequences }, { learningRate: 2e-2 });
    measured.push(await opened.logProbs(sequences));
    const state = await opened.exportState();
    await opened.close();
    await saveCheckpoint(join(folder, name), { ...small, state, ...(base ? { base } : {}) });
    return join(folder, name);
  }

  /** The folder of the model that an adapter of the same seed belongs to. */
  async function writeBase({ lora: _, ...changes }: Partial<ModelConfig>): Promise<string> {
    const small = smallCheckpoint(12, changes);
    await saveCheckpoint(join(folder, "base"), small);
    return join(folder, "base");
  }

  before(async function () {
    const probe = spawnSync(PYTHON, ["-c", "import torch, transformers, peft"], { stdio: "ignore" });
    if (probe.status !== 0) {
      console.log(
        `      skipped: ${PYTHON} has no torch, transformers and peft; set WEBGEN_PYTHON to one that has`,
      );
      this.skip();
    }
    engine = await createLocalEngine({ config, seed: 11, backend: "wasm" });
    // Trained a little, so that no gain is still exactly one.
    for (let i = 0; i < 5; i++)
      await engine.step({ kind: "crossEntropy", sequences }, { learningRate: 2e-2 });
    await saveCheckpoint(join(folder, "ours"), { ...checkpoint, state: await engine.exportState() });
    const others: string[] = [];
    for (const [i, changes] of OTHERS.entries())
      others.push(await write(`other-${i}`, changes, changes.lora ? await writeBase(changes) : undefined));
    const request = {
      others,
      folder: join(folder, "ours"),
      save: join(folder, "theirs"),
      sequences: sequences.map(({ prompt, completion }) => ({
        prompt: [...prompt],
        completion: [...completion],
      })),
      texts,
      conversations,
    };
    const run = spawnSync(PYTHON, [SCRIPT], { input: JSON.stringify(request), encoding: "utf8" });
    expect(run.status, run.stderr).to.equal(0);
    answer = JSON.parse(run.stdout) as Answer;
  });
  after(async () => {
    await engine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("opens our checkpoint and finds the same log-probabilities", async () => {
    expect(answer.architecture).to.equal("LlamaForCausalLM");
    const ours = await engine.logProbs(sequences);
    answer.log_probs.forEach((theirs, s) => {
      theirs.forEach((value, t) => {
        expect(value).to.be.closeTo(ours[s]?.[t] as number, 1e-4);
      });
    });
  });

  it("opens our models of other families, and our adapters by PEFT", () => {
    expect(answer.others.map(({ architecture }) => architecture)).to.deep.equal([
      ...[
        "Qwen2ForCausalLM",
        "Qwen3ForCausalLM",
        "MistralForCausalLM",
        "LlamaForCausalLM",
        "PeftModelForCausalLM",
      ],
    ]);
    answer.others.forEach(({ log_probs }, other) => {
      log_probs.forEach((theirs, s) => {
        theirs.forEach((value, t) => {
          expect(value).to.be.closeTo(measured[other]?.[s]?.[t] as number, 2e-4);
        });
      });
    });
  });

  it("cuts and joins text as we do", () => {
    expect(answer.ids).to.deep.equal(texts.map((text) => [...tokenizer.encode(text)]));
    expect(answer.texts).to.deep.equal(texts);
  });

  it("renders conversations as we do", () => {
    const ours = conversations.map((c) => [...encodePrompt(c, checkpoint.template, tokenizer, 1000).tokens]);
    expect(answer.prompts).to.deep.equal(ours);
    expect(answer.eos).to.equal(tokenizer.specialToken("<|end|>"));
    expect(answer.pad).to.equal(tokenizer.specialToken("<|pad|>"));
  });

  it("publishes bfloat16 in several files, which we open", async () => {
    expect(existsSync(join(folder, "theirs", "model.safetensors.index.json"))).to.equal(true);
    const { state, config: read, tokenizer: theirs } = await loadCheckpoint(join(folder, "theirs"));
    expect(read).to.deep.equal(config);
    expect([...theirs.encode(texts[0] as string)]).to.deep.equal([...tokenizer.encode(texts[0] as string)]);
    const opened = await createLocalEngine({ config: read, seed: 0, state, backend: "wasm" });
    const [ours, rounded] = [await engine.logProbs(sequences), await opened.logProbs(sequences)];
    await opened.close();
    expect(rounded[0]?.[0]).to.be.closeTo(ours[0]?.[0] as number, 0.2);
  });
});
