import { saveCheckpoint } from "../../../../agents/policy/checkpoint/index.js";
import { initialWeights } from "../../../../agents/policy/model/index.js";
import { smallCheckpoint } from "./folders.js";

/* Writes checkpoints over one another until it is killed. Says "ready" after the first. */

const [folder] = process.argv.slice(2) as [string];
const checkpoint = smallCheckpoint(0);
for (let seed = 1; ; seed++) {
  const weights = initialWeights(checkpoint.config, seed);
  await saveCheckpoint(folder, { ...checkpoint, state: { weights }, trainerState: { seed } });
  if (seed === 1) process.stdout.write("ready\n");
}
