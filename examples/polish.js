// Episodes of several turns: an agent sees what its last page failed, mends it, and hands in when it is content.
import { make } from "webgen-gym";

const env = await make("webgen/Pages-v0", { maxTurns: 4, dataset: { levels: [1] } });
let { observation } = await env.reset({ seed: 3 });
const rewards = [];
const said = [];
for (let ended = false; !ended; ) {
  const { prompt, feedback, turnsLeft } = observation;
  // The first draft has a headline alone; each revision says more of what was found missing.
  if (feedback) said.push(...feedback.failedChecks.slice(0, 3));
  const [, brand = "Welcome"] = /for (\w+)/.exec(prompt) ?? [];
  const quoted = [...prompt.matchAll(/"([^"]+)"/g)]
    .slice(0, rewards.length)
    .map(([, text]) => `<p>${text}</p>`);
  const text = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${brand}</title></head>
<body><main><h1>${brand}</h1>${quoted.join("")}</main></body></html>`;
  const step = await env.step({ text, done: turnsLeft === 1 });
  rewards.push(step.reward);
  observation = step.observation;
  ended = step.terminated || step.truncated;
}
await env.close();
console.error("It was told:", said.join("; "));
console.log(JSON.stringify({ turns: rewards.length, first: rewards[0], last: rewards.at(-1) }));
