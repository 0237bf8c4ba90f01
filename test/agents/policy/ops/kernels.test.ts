import { readFile } from "node:fs/promises";
import { expect } from "chai";

const DATA_SECTION = 11;
const MEMORY_SECTION = 5;

/** Ids of the sections of a wasm binary; https://webassembly.github.io/spec/core/binary/modules.html#sections. */
function sections(binary: Buffer): number[] {
  const found: number[] = [];
  let at = 8;
  while (at < binary.length) {
    found.push(binary[at++] as number);
    let size = 0;
    let byte = 0x80;
    for (let shift = 0; byte & 0x80; shift += 7) {
      byte = binary[at++] as number;
      size |= (byte & 0x7f) << shift;
    }
    at += size;
  }
  return found;
}

describe("the kernels", () => {
  it("keep no memory or data of their own, since they live in the heap of tfjs-wasm", async () => {
    const file = new URL("../../../../agents/policy/kernels/kernels.wasm", import.meta.url);
    const found = sections(await readFile(file));
    expect(found).not.to.include(DATA_SECTION);
    expect(found).not.to.include(MEMORY_SECTION);
  });
});
