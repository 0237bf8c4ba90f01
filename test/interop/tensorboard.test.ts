import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { openRun } from "../../infra/run-folder.js";

const PYTHON = process.env.WEBGEN_PYTHON ?? "python3";
const SCRIPT = fileURLToPath(new URL("../../../test/interop/event-files.py", import.meta.url));

/** Set `WEBGEN_PYTHON` to a Python that has tensorboard to run this. */
describe("TensorBoard", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "webgen-interop-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(function () {
    if (spawnSync(PYTHON, ["-c", "import tensorboard"], { stdio: "ignore" }).status === 0) return;
    console.log(`      skipped: ${PYTHON} has no tensorboard; set WEBGEN_PYTHON to one that has`);
    this.skip();
  });

  it("reads the scalars of a run", () => {
    const run = openRun(folder, {}, { clock: () => 1_700_000_000_500 });
    for (const step of [1, 2])
      run.events.append({ phase: "sft", step, type: "metrics", metrics: { loss: 4 / step, kl: null } });
    run.events.append({ phase: "grpo", step: 1, type: "metrics", metrics: { "rewards/visual/mean": 0.75 } });
    run.close();
    const { stdout, stderr } = spawnSync(PYTHON, [SCRIPT, "read", folder], { encoding: "utf8" });
    expect(stdout, stderr).to.not.equal("");
    const time = 1_700_000_000.5;
    expect(JSON.parse(stdout)).to.deep.equal({
      grpo: { "train/rewards/visual/mean": [[time, 1, 0.75]] },
      sft: {
        "train/loss": [
          [time, 1, 4],
          [time, 2, 2],
        ],
      },
    });
  });
});
