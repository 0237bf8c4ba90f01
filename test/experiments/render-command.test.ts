import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { pngSize } from "../../env/render/pixels.js";
import type { RenderSummary } from "../../experiments/commands/render.js";

const WEBGEN = fileURLToPath(new URL("../../experiments/webgen.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "webgen-render-"));

function render(args: readonly string[], input = "", environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [WEBGEN, "render", ...args], {
    input,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

const json = (stdout: string) => JSON.parse(stdout) as RenderSummary;

describe("webgen render", function () {
  this.timeout(60_000);

  it("reads a file, writes its picture, and tells what it said and what is wrong with it", () => {
    const file = join(folder, "page.html");
    const out = join(folder, "page.png");
    writeFileSync(file, "<p style='width:900px'>x</p><script>console.warn('careful'); missing()</script>");
    const { status, stdout } = render([file, "--viewport", "400x300", "--out", out, "--json"]);
    expect(status).to.equal(0);
    const summary = json(stdout);
    expect(Object.keys(summary)).to.deep.equal([
      "status",
      "reason",
      "hash",
      "milliseconds",
      "width",
      "height",
      "console",
      "findings",
    ]);
    expect(summary.console).to.deep.include({ level: "warning", text: "careful" });
    expect(summary.findings.map(({ kind }) => kind)).to.include.members(["overflow", "script_error"]);
    expect(pngSize(readFileSync(out))).to.deep.equal({ width: 400, height: 300 });
    const said = render([file, "--viewport", "400x300"]).stdout;
    expect(said).to.match(/^rendered 400 x 300 px in \d+ ms\npixels [0-9a-f]{64}\n/);
    expect(said).to.contain(summary.hash).and.contain("console warning: careful\nfinding overflow: ");
  });

  it("says nothing of a sandbox that is off: root hands the browser to another user", () => {
    const { stderr } = render(["-"], "<p>x");
    const times = stderr.split("Chromium's own sandbox is off").length - 1;
    expect(times).to.equal(0);
  });

  it("leaves with 1 for a page that is refused or does not render", () => {
    const left = render(["-", "--json"], "<p>x<script>location = 'about:blank'</script>");
    expect(left.status).to.equal(1);
    expect(json(left.stdout)).to.include({ status: "failed", hash: null, width: null, height: null });
    expect(json(left.stdout).reason).to.match(/^navigated_away: The page left for about:blank/);
    const site = render(["-", "--kind", "site", "--json"], "no manifest");
    expect(site.status).to.equal(1);
    expect(json(site.stdout).status).to.equal("refused");
  });

  it("leaves with 1 when there is no browser that works", () => {
    const broken = join(folder, "broken");
    writeFileSync(broken, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
    const { status, stdout, stderr } = render(["-", "--json"], "<p>x", { WEBGEN_CHROMIUM: broken });
    expect(status).to.equal(1);
    expect(stdout).to.equal("");
    expect(stderr).to.match(/^The browser .*broken does not start/m);
  });
});
