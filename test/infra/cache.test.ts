import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { describeCache, hitRate, openCache } from "../../infra/cache.js";

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
    await Promise.all(writers.map((child) => once(child.stdout!, "data")));
    await sleep(300);
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
