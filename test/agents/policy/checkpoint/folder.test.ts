import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { clearTemporaries, recoverFolder, writeFolder } from "../../../../agents/policy/checkpoint/folder.js";
import { InfrastructureError } from "../../../../infra/errors.js";
import { rejection } from "../../../support/rejection.js";
import { temporaryFolder } from "./folders.js";

describe("a folder written as a whole", () => {
  const parent = temporaryFolder();
  let root: string;
  let path: string;
  let made = 0;
  beforeEach(() => {
    root = join(parent, `${made++}`);
    path = join(root, "ck");
  });
  const put = (name: string, text = "x") => {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, "file"), text);
  };
  const text = (name: string) => readFileSync(join(root, name, "file"), "utf8");

  it("holds texts and parts of bytes, and nothing of the one before", async () => {
    await writeFolder(path, { old: "gone", kept: "1" });
    await writeFolder(path, { kept: "ü", parts: [Uint8Array.of(1, 2), Uint8Array.of(3)], none: [] });
    expect(readdirSync(path).sort()).to.deep.equal(["kept", "none", "parts"]);
    expect(readFileSync(join(path, "kept"), "utf8")).to.equal("ü");
    expect([...readFileSync(join(path, "parts"))]).to.deep.equal([1, 2, 3]);
    expect(readdirSync(root)).to.deep.equal(["ck"]);
  });

  it("stays as it was when the new one cannot be written, and leaves no trace of it", async () => {
    await writeFolder(path, { file: "old" });
    const broken = (function* () {
      yield Uint8Array.of(1);
      throw new Error("no more");
    })();
    const error = await rejection(writeFolder(path, { file: "new", other: broken }));
    expect(error).to.be.instanceOf(InfrastructureError);
    expect(error.message).to.equal(`Could not write ${path} (no more).`);
    expect(text("ck")).to.equal("old");
    expect(readdirSync(root)).to.deep.equal(["ck"]);
  });

  it("begins afresh over what an earlier try of this process left", async () => {
    put(`.ck.${process.pid}.tmp`);
    await writeFolder(path, { other: "new" });
    expect(readdirSync(path)).to.deep.equal(["other"]);
  });

  it("gets its name back when it was put aside, and what was put aside goes when there is a newer one", async () => {
    put(".ck.previous", "old");
    await recoverFolder(path);
    expect(text("ck")).to.equal("old");
    expect(readdirSync(root)).to.deep.equal(["ck"]);
    put(".ck.previous", "older");
    await recoverFolder(path);
    expect(text("ck")).to.equal("old");
    expect(readdirSync(root)).to.deep.equal(["ck"]);
    await recoverFolder(path);
    expect(text("ck")).to.equal("old");
  });

  it("is rid of what processes left that ended, and of nothing else", async () => {
    const ended = spawnSync(process.execPath, ["-e", ""]).pid;
    put(`.ck.${ended}.tmp`);
    put(`.ck.${process.pid}.tmp`);
    put(`.ck.${ended}.txt`);
    put(`.other.${ended}.tmp`);
    put(".ck.x.tmp");
    put("ck");
    await clearTemporaries(path);
    expect(existsSync(join(root, `.ck.${ended}.tmp`))).to.equal(false);
    expect(readdirSync(root).sort()).to.deep.equal(
      [`.ck.${process.pid}.tmp`, `.ck.${ended}.txt`, ".ck.x.tmp", `.other.${ended}.tmp`, "ck"].sort(),
    );
    await clearTemporaries(join(root, "none", "ck"));
  });
});
