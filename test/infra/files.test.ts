import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { InfrastructureError } from "../../infra/errors.js";
import {
  errorCode,
  fileError,
  makeFolder,
  readTextIfThere,
  writeFileAtomic,
  writeFully,
} from "../../infra/files.js";

const coded = (code: string) => Object.assign(new Error("raw\nwords"), { code });

describe("file operations", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-files-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("say what a person can do, by the system's code", () => {
    const hints: Record<string, RegExp> = {
      ENOSPC: /the disk is full\. Free some space and run the same command again\.$/,
      EDQUOT: /quota is used up\. Free some space/,
      EACCES: /no permission to\. Change the permissions or choose another folder\.$/,
      EPERM: /no permission to\. Change the permissions or choose another folder\.$/,
      EROFS: /read-only\. Choose a folder on another one\.$/,
      EMFILE: /too many files are open\. Close some programs or raise the limit \(`ulimit -n`\)\.$/,
      ENOENT: /no such file or folder\. Check the path\.$/,
      EEXIST: /a file of that name is in the way\. Move it away/,
      EISDIR: /a folder is in its place\. Move that folder away/,
      ENOTDIR: /a part of the path is a file, not a folder\. Choose another path\.$/,
    };
    for (const [code, hint] of Object.entries(hints)) {
      const cause = coded(code);
      const error = fileError("write", "runs/a", cause);
      expect(error).to.be.instanceOf(InfrastructureError);
      expect(error.message)
        .to.match(/^Could not write runs\/a because /)
        .and.to.match(hint);
      expect(error.cause).to.equal(cause);
    }
    expect(fileError("read", "x", coded("EWEIRD")).message).to.equal("Could not read x (raw).");
    expect(fileError("read", "x", "thrown").message).to.equal("Could not read x (thrown).");
  });

  it("tell the code of an error that has one", () => {
    expect(errorCode(coded("EPIPE"))).to.equal("EPIPE");
    expect(errorCode(new Error("plain"))).to.equal(undefined);
    expect(errorCode({ code: "EPIPE" })).to.equal(undefined);
    expect(errorCode(null)).to.equal(undefined);
  });

  it("write all bytes and all characters", () => {
    const path = join(folder, "a");
    const descriptor = openSync(path, "w");
    writeFully(descriptor, "é€😀");
    writeFully(descriptor, new Uint8Array([0, 255, 10]));
    writeFully(descriptor, "");
    expect([...readFileSync(path)]).to.deep.equal([...Buffer.from("é€😀", "utf8"), 0, 255, 10]);
  });

  it("replace a file and leave nothing beside it, also when they fail", () => {
    const path = join(folder, "config.json");
    writeFileAtomic(path, "old and longer");
    writeFileAtomic(path, Buffer.from("new"));
    expect(readFileSync(path, "utf8")).to.equal("new");
    mkdirSync(join(folder, "taken"));
    writeFileSync(join(folder, "taken", "inside"), "x");
    expect(() => writeFileAtomic(join(folder, "taken"), "x")).to.throw(
      InfrastructureError,
      /^Could not write .*taken because a folder is in its place/,
    );
    expect(readdirSync(folder).sort()).to.deep.equal(["config.json", "taken"]);
    expect(() => writeFileAtomic(join(folder, "none", "x"), "x")).to.throw(/^Could not write .*no such file/);
  });

  it("read what is there, and tell absence from failure", () => {
    writeFileSync(join(folder, "a"), "text é");
    expect(readTextIfThere(join(folder, "a"))).to.equal("text é");
    expect(readTextIfThere(join(folder, "b"))).to.equal(undefined);
    expect(() => readTextIfThere(folder)).to.throw(
      InfrastructureError,
      /^Could not read .*a folder is in its place/,
    );
    expect(() => readTextIfThere(join(folder, "a", "b"))).to.throw(
      /^Could not read .*is a file, not a folder/,
    );
  });

  it("make folders, those above them too", () => {
    makeFolder(join(folder, "x/y/z"));
    makeFolder(join(folder, "x/y/z"));
    expect(readdirSync(join(folder, "x/y"))).to.deep.equal(["z"]);
    writeFileSync(join(folder, "file"), "");
    expect(() => makeFolder(join(folder, "file"))).to.throw(
      InfrastructureError,
      /^Could not make the folder .*a file of that name is in the way/,
    );
    expect(() => makeFolder(join(folder, "file/x"))).to.throw(/^Could not make the folder .*not a folder/);
  });
});
