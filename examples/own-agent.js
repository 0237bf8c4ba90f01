// An agent of one's own: a template, filled with the name that the prompt begins with. It is compared with the reference.
import { pathToFileURL } from "node:url";
import { registerAgent } from "webgen-gym";
import { compare } from "webgen-gym/experiments";

const page = (brand, prompt) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${brand}</title></head>
<body><header><h1>${brand}</h1></header><main><p>${prompt}</p></main></body>
</html>`;

export const template = {
  name: "template",
  act: async (observations) =>
    observations.map(({ prompt }) => {
      const [, brand = "Welcome"] = /for (\w+)/.exec(prompt) ?? [];
      return { text: page(brand, prompt.slice(0, 80)) };
    }),
};

// Now `webgen compare template reference --import ./own-agent.js` knows it.
registerAgent(template);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { summary } = await compare({ agents: ["reference", template], tasks: 4 });
  const rewards = summary.agents.map(({ name, reward }) => [name, Number(reward.mean.toFixed(3))]);
  console.log(JSON.stringify(Object.fromEntries(rewards)));
}
