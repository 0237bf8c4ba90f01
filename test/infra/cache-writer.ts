import { openCache } from "../../infra/cache.js";

/** Writes into a cache until it is killed, and prints each round once it is written. */
const cache = openCache(process.argv[2] as string);
for (let round = 0; ; round++) {
  const n = round % 50;
  await cache.put(`${n}`, Buffer.alloc(100_000 + n, n));
  console.log(round);
}
