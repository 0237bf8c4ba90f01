import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { UsageError } from "../../infra/errors.js";
import { rejection } from "../support/rejection.js";
import { firstDifference } from "./compare.js";
import { expandInput } from "./expand.js";
import { formatResults } from "./report.js";
import { type AdapterSet, runVectors } from "./runner.js";

const adapters: AdapterSet = {
  system: "test",
  functions: {
    "t.upper": ({ text }: { text: string }) => text.toUpperCase(),
    "t.half": ({ x }: { x: number }) => x / 2,
    "t.throws": () => {
      throw new Error("boom");
    },
    "t.html": {
      run: () => "<b>x</b>",
      compare: (actual, expected) => (actual === `<${expected}>x</${expected}>` ? null : "differs"),
    },
  },
  skipped: { "t.todo*": "Not ours.", "*@elsewhere": "Follows other rules." },
};

describe("runVectors", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vectors-"));
  });
  after(() => rm(folder, { recursive: true }));

  async function run(content: unknown) {
    const file = join(folder, "v.json");
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return runVectors([file], [adapters]);
  }

  it("passes, fails and skips, each with its reason, and counts at the end", async () => {
    const results = await run([
      { name: "a", fn: "t.upper", input: { text: { $repeat: ["ab", 2] } }, expected: "ABAB" },
      { name: "b", fn: "t.upper", input: { text: "x" }, expected: "Y" },
      { name: "c", fn: "t.half", input: { x: 1 }, expected: 0.52, tolerance: 0.05 },
      { name: "d", fn: "t.half", input: { x: 1 }, expected: 0.52 },
      { name: "e", fn: "t.throws", input: {}, expected: 0 },
      { name: "f", fn: "t.html", input: {}, expected: "b" },
      { name: "g", fn: "t.unknown", input: {}, expected: 0 },
      { name: "h", fn: "t.todoList", input: {}, expected: 0 },
      { name: "i@elsewhere", fn: "t.upper", input: {}, expected: 0 },
    ]);
    expect(results.map(({ status }) => status).join(" ")).to.equal(
      "passed failed passed failed failed passed failed skipped skipped",
    );
    const report = formatResults(results).split("\n");
    expect(report.at(-1)).to.equal("3 passed, 4 failed, 2 skipped");
    expect(report.join("\n"))
      .to.contain("threw: boom")
      .and.to.contain("no adapter for the function t.unknown");
    expect(report.join("\n")).to.contain('value: expected "Y", got "X"');
  });

  it("says what is wrong with a file that holds no vectors", async () => {
    expect(await rejection(run("{"))).to.be.instanceOf(UsageError);
    expect((await rejection(run({}))).message).to.contain("should hold an array");
    expect((await rejection(run([{ name: "a" }]))).message).to.contain("Entry 0");
  });
});

describe("expandInput", () => {
  it("expands builders at any depth", () => {
    const built = expandInput({
      list: {
        $list: [
          ["p", 1],
          [{ $concat: ["d", "iv"] }, 2],
        ],
      },
      text: { $concat: ["<", { $repeat: ["ab", 2] }, ">"] },
    });
    expect(built).to.deep.equal({ list: ["p", "div", "div"], text: "<abab>" });
  });

  it("draws pseudo-random text by code points", () => {
    const draw = (n: number) => expandInput({ $lcg: { seed: 1, n, alphabet: "a😀" } }) as string;
    expect([...draw(50)]).to.have.length(50);
    expect(draw(50).startsWith(draw(20))).to.equal(true);
  });
});

describe("firstDifference", () => {
  it("points at the place", () => {
    expect(firstDifference({ a: [1, 2] }, { a: [1, 3] }, 0)).to.match(/^value\.a\[1\]: expected 3, got 2/);
    expect(firstDifference({ a: 1, b: undefined }, { a: 1 }, 0)).to.equal(null);
    expect(firstDifference({ a: 1, b: 2 }, { a: 1 }, 0)).to.contain("value.b");
    expect(firstDifference(new Uint8Array([1, 2]), [1, 2], 0)).to.equal(null);
    expect(firstDifference(Number.NaN, 1, 1e9)).to.contain("got NaN");
    expect(firstDifference(true, 1, 1)).to.contain("expected 1, got true");
  });
});
