import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const WEBGEN = fileURLToPath(new URL("../../experiments/webgen.js", import.meta.url));

function webgen(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [WEBGEN, ...args], {
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const PAGE = '<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><h1>Hello</h1></body></html>';

describe("the webgen command", function () {
  this.timeout(600_000);

  it("explains every command with examples", () => {
    for (const command of [
      "quickstart",
      "train",
      "compare",
      "render",
      "score",
      "check",
      "attack",
      "list",
      "watch",
      "bench",
    ]) {
      const { status, stdout } = webgen([command, "--help"]);
      expect(status, command).to.equal(0);
      expect(stdout, command).to.match(/Examples?:\n {2}webgen /);
      // Defaults as they would be typed.
      expect(stdout, command).to.not.match(/\(default:\s+["[{]/);
    }
  });

  it("explains itself without loading what its commands need", () => {
    const heavy = /@tensorflow|playwright|mathjs|sharp|esbuild|rxjs|valibot|parse5|openai/;
    for (const args of [["--help"], ["--version"], ["compare", "--help"], ["train", "--help"]]) {
      const { stderr, stdout, status } = spawnSync(process.execPath, [WEBGEN, ...args], {
        encoding: "utf8",
        env: { ...process.env, NODE_DEBUG: "esm" },
      });
      expect(status).to.equal(0);
      expect(stdout).to.not.equal("");
      expect(
        stderr.split("\n").filter((line) => heavy.test(line)),
        args.join(" "),
      ).to.deep.equal([]);
    }
  });

  it("says its version", () => {
    const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
    expect(webgen(["--version"])).to.deep.include({ status: 0, stdout: `${manifest.version}\n` });
  });

  it("renders standard input and prints what the browser saw as JSON", () => {
    const { status, stdout } = webgen(["render", "-", "--viewport", "375x400", "--json"], PAGE);
    expect(status).to.equal(0);
    const { hash, milliseconds, ...rest } = JSON.parse(stdout);
    expect(rest).to.deep.equal({
      status: "rendered",
      reason: null,
      width: 375,
      height: 400,
      console: [],
      findings: [],
    });
    expect(hash).to.match(/^[0-9a-f]{64}$/);
    expect(milliseconds).to.be.a("number");
  });

  it("leaves with 1 for an answer that is no page, and says why", () => {
    const { status, stdout } = webgen(["render", "-", "--json"], "I cannot help with that.");
    expect(status).to.equal(1);
    expect(JSON.parse(stdout)).to.include({ status: "refused", hash: null });
    expect(JSON.parse(stdout).reason).to.match(/^no_html: /);
  });

  it("scores answers part by part", () => {
    const { status, stdout } = webgen(["score", "@reference", "-", "--task", "pages/test/0", "--json"], PAGE);
    expect(status).to.equal(0);
    const [reference, other] = JSON.parse(stdout);
    expect(reference.reward).to.equal(1);
    expect(other.reward).to.be.lessThan(0.3);
    expect(other.parts.checklist).to.include({ status: "ok" });
  });

  it("leaves with 2 and one sentence for a call that cannot be", () => {
    expect(webgen(["check", "webgen/Page-v0"])).to.deep.include({
      status: 2,
      stderr: 'There is no environment "webgen/Page-v0". Did you mean "webgen/Pages-v0"?\n',
    });
    expect(webgen(["render", "-", "--viewport", "wide"]).stderr).to.match(/A viewport looks like 800x600/);
    expect(webgen(["quickstart", "--seed", "x"])).to.include({ status: 2 });
    expect(webgen(["comapre"]))
      .to.deep.include({ status: 2 })
      .and.to.have.property("stderr")
      .that.matches(/Did you mean compare\?/);
    expect(webgen(["list", "--jsno"])).to.include({ status: 2 });
    expect(webgen([])).to.include({ status: 2 });
    expect(webgen(["compare", "reference", "--temperature", "hot"])).to.deep.include({
      status: 2,
      stderr: '--temperature must be a number of at least 0, but "hot" came.\n',
    });
  });

  it("leaves with 1 when the machine is at fault", () => {
    const { status, stderr } = webgen(["render", "/nowhere/page.html"]);
    expect(status).to.equal(1);
    expect(stderr).to.match(/Cannot read \/nowhere\/page.html/);
  });
});
