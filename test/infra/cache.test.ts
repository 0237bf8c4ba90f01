import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import {
  CACHE_VARIABLE,
  defaultCacheFolder,
  describeCache,
  environmentCache,
  hitRate,
  openCache,
} from "../../infra/cache.js";

const bytes = (text: string) => Buffer.from(text);
const textOf = (found: Uint8Array | undefined) =>
  found === undefined ? undefined : Buffer.from(found).toString();

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const contents = (folder: string) => filesOf(folder).filter((path) => path.includes("content-v2"));

describe("the cache on disk", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "webgen-cache-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("gives back what was put, to other caches in the same folder, too, and counts", async () => {
    const cache = openCache(folder);
    expect(await cache.get("a")).to.equal(undefined);
    expect(hitRate(openCache(folder).counters)).to.equal(null);
    await cache.put("a", bytes("one"));
    await cache.put("a", bytes("two"));
    await cache.put("empty", bytes(""));
    expect(textOf(await cache.get("a"))).to.equal("two");
    expect(textOf(await cache.get("empty"))).to.equal("");
    expect(textOf(await openCache(folder).get("a"))).to.equal("two");
    expect(cache.counters).to.deep.equal({ hits: 2, misses: 1, writes: 3, evictions: 0, failures: 0 });
    expect(hitRate(cache.counters)).to.be.closeTo(2 / 3, 1e-9);
    expect(describeCache(cache.counters)).to.equal("The cache had 2 of 3 (67 %).");
    expect(describeCache(openCache(folder).counters)).to.equal("The cache was not asked.");
  });

  it("reads what was cut short, altered or removed as not there, and can be written again", async () => {
    const cache = openCache(folder);
    for (const spoil of [
      (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 3)),
      (path: string) => writeFileSync(path, "x".repeat(statSync(path).size)),
      (path: string) => rmSync(path),
    ]) {
      await cache.put("key", bytes("some longer value"));
      for (const path of contents(folder)) spoil(path);
      expect(await cache.get("key")).to.equal(undefined);
      await cache.put("key", bytes("some longer value"));
      expect(textOf(await cache.get("key"))).to.equal("some longer value");
    }
    for (const path of filesOf(folder).filter((each) => each.includes("index")))
      writeFileSync(path, "{ torn");
    expect(await cache.get("key")).to.equal(undefined);
  });

  it("stays under its limit; what was not used for longest goes first", async () => {
    const cache = openCache(folder, { maxBytes: 10_000 });
    for (let n = 0; n < 10; n++) await cache.put(`${n}`, Buffer.alloc(900, n));
    for (const path of contents(folder)) {
      const first = readFileSync(path)[0] ?? 0;
      utimesSync(path, 1000 + first, 1000 + first);
    }
    await cache.get("0");
    for (let n = 10; n < 13; n++) await cache.put(`${n}`, Buffer.alloc(900, n));
    const left = await Promise.all(
      Array.from({ length: 13 }, async (_, n) => ((await cache.get(`${n}`)) ? n : -1)),
    );
    expect(left).to.include.members([0, 10, 11, 12]).and.not.include(1).and.not.include(2);
    const size = contents(folder).reduce((sum, path) => sum + statSync(path).size, 0);
    expect(size).to.be.at.most(10_000);
    expect(filesOf(folder).filter((path) => path.includes("index"))).to.have.length(contents(folder).length);
    expect(cache.counters.evictions).to.be.above(1);
  });

  it("survives processes that are killed while they write, and clears what they left", async () => {
    const script = fileURLToPath(new URL("./cache-writer.js", import.meta.url));
    const writers = [1, 2].map(() =>
      spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] }),
    );
    await Promise.all(
      writers.map(async ({ stdout }) => {
        for await (const line of createInterface({ input: stdout! })) if (Number(line) >= 5) break;
      }),
    );
    for (const child of writers) child.kill("SIGKILL");
    await Promise.all(writers.map((child) => once(child, "exit")));
    const cache = openCache(folder);
    let whole = 0;
    for (let n = 0; n < 50; n++) {
      const found = await cache.get(`${n}`);
      if (found === undefined) continue;
      whole++;
      expect(found).to.have.length(100_000 + n);
      expect(found.every((byte) => byte === n)).to.equal(true);
    }
    expect(whole).to.be.above(0);
    const orphan = join(folder, "tmp", "left");
    writeFileSync(orphan, "half");
    utimesSync(orphan, 1, 1);
    await cache.sweep();
    expect(filesOf(folder)).to.not.include(orphan);
    expect(await cache.get("0")).to.have.length(100_000);
  });

  it("is brought under its limit only once it is above it, and then to nine tenths", async () => {
    const written = openCache(folder, { maxBytes: 1_000_000 });
    for (let n = 0; n < 10; n++) await written.put(`${n}`, Buffer.alloc(1000, n));
    for (const path of contents(folder)) utimesSync(path, 1000, 1000);
    const exact = openCache(folder, { maxBytes: 10_000 });
    await exact.sweep();
    expect(exact.counters.evictions).to.equal(0);
    const tight = openCache(folder, { maxBytes: 9_999 });
    await tight.sweep();
    expect(tight.counters.evictions).to.equal(2);
    expect(contents(folder)).to.have.length(8);
    const tenths = openCache(folder, { maxBytes: 8_000 / 0.9 });
    await tenths.sweep();
    expect(tenths.counters.evictions).to.equal(0);
  });

  it("is measured after every twentieth of its limit, not before", async () => {
    const cache = openCache(folder, { maxBytes: 20_000 });
    const orphan = join(folder, "tmp", "left");
    const leave = () => {
      writeFileSync(orphan, "half");
      utimesSync(orphan, 1, 1);
    };
    await cache.put("first", Buffer.alloc(1, 1)); // The first write of a process measures at once.
    leave();
    await cache.put("a", Buffer.alloc(600, 1));
    expect(filesOf(folder)).to.include(orphan);
    await cache.put("b", Buffer.alloc(400, 2));
    expect(filesOf(folder)).to.not.include(orphan);
  });

  it("keeps drafts and contents without an entry while somebody may be writing them", async () => {
    const cache = openCache(folder);
    await cache.put("a", bytes("kept"));
    await cache.put("b", bytes("entry lost"));
    const [draft, old] = [join(folder, "tmp", "draft"), join(folder, "tmp", "old")];
    writeFileSync(draft, "half");
    writeFileSync(old, "half");
    const hours = (count: number) => Date.now() / 1000 - count * 3600;
    utimesSync(draft, hours(0.9), hours(0.9));
    utimesSync(old, hours(1.1), hours(1.1));
    const lost = contents(folder).find((path) => readFileSync(path, "utf8") === "entry lost") as string;
    const index = filesOf(folder).find(
      (path) => path.includes("index") && readFileSync(path, "utf8").includes('"key":"b"'),
    ) as string;
    rmSync(index);
    await cache.sweep();
    expect(filesOf(folder)).to.include.members([draft, lost]).and.not.include(old);
    utimesSync(lost, hours(2), hours(2));
    await cache.sweep();
    expect(filesOf(folder)).to.not.include(lost);
    expect(textOf(await cache.get("a"))).to.equal("kept");
  });

  it("is swept where nothing was ever written", async () => {
    const said: string[] = [];
    const cache = openCache(join(folder, "new"), { onProblem: (message) => said.push(message) });
    await cache.sweep();
    expect(said).to.deep.equal([]);
    expect(cache.counters.failures).to.equal(0);
  });

  it("of the environment is the folder that a variable names, one for the process", async () => {
    const before = process.env[CACHE_VARIABLE];
    try {
      expect(CACHE_VARIABLE).to.equal("WEBGEN_CACHE");
      for (const none of [undefined, ""]) {
        if (none === undefined) delete process.env.WEBGEN_CACHE;
        else process.env.WEBGEN_CACHE = none;
        expect(environmentCache()).to.equal(undefined);
      }
      process.env.WEBGEN_CACHE = folder;
      const cache = environmentCache();
      expect(cache?.folder).to.equal(folder);
      expect(environmentCache()).to.equal(cache);
      process.env.WEBGEN_CACHE = join(folder, "other");
      expect(environmentCache()?.folder).to.equal(join(folder, "other"));
      writeFileSync(join(folder, "file"), "in the way");
      process.env.WEBGEN_CACHE = join(folder, "file");
      const warned = once(process, "warning");
      await environmentCache()?.put("a", bytes("x"));
      expect(((await warned)[0] as Error).message).to.match(/^Could not write to the cache/);
    } finally {
      if (before === undefined) delete process.env.WEBGEN_CACHE;
      else process.env.WEBGEN_CACHE = before;
    }
  });

  it("lies where caches of a user lie", () => {
    expect(defaultCacheFolder({ XDG_CACHE_HOME: "/x" })).to.equal(join("/x", "webgen-gym"));
    expect(defaultCacheFolder({ XDG_CACHE_HOME: "" })).to.equal(join(homedir(), ".cache", "webgen-gym"));
    expect(defaultCacheFolder({})).to.equal(join(homedir(), ".cache", "webgen-gym"));
  });

  it("does not fail its caller when it cannot write, but says so once", async () => {
    const said: string[] = [];
    writeFileSync(join(folder, "file"), "in the way");
    const cache = openCache(join(folder, "file"), { onProblem: (message) => said.push(message) });
    await cache.put("a", bytes("x"));
    await cache.put("a", bytes("x"));
    expect(await cache.get("a")).to.equal(undefined);
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^Could not write to the cache .*file/);
    expect(cache.counters.failures).to.equal(2);
  });
});
