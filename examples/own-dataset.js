// A data set of one's own: menus of cafés, each with a reference and a checklist of probes that run in the page.
import { pathToFileURL } from "node:url";
import { checkEnv, make, pagesReward, register, registerDataset } from "webgen-gym";

const CAFES = ["Fern", "Lark", "Moss", "Reed", "Sand", "Tide"];
const SPLITS = { train: [0, 4], validation: [4, 5], test: [5, 6] };

function taskOf(name) {
  const title = `${name} Café`;
  return {
    id: `cafes/${name}`,
    kind: "html",
    prompt: `A page for ${title}: its name as the headline, and a list with tea and coffee.`,
    viewport: { width: 640, height: 480 },
    reference: {
      html: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><ul><li>Tea</li><li>Coffee</li></ul></body></html>`,
    },
    checklist: [
      {
        id: 0,
        title: "the headline is the café's name",
        description: `A headline reads ${title}.`,
        maxScore: 5,
        probe: { kind: "text", query: { role: "heading", level: 1 }, equals: title },
      },
      {
        id: 1,
        title: "the menu is a list of tea and coffee",
        description: "Two entries of a list, in this order.",
        maxScore: 5,
        probe: { kind: "sequence", query: { role: "listitem" }, equals: ["Tea", "Coffee"] },
      },
    ],
    meta: { name },
  };
}

export const cafes = {
  name: "cafes",
  size: (split) => SPLITS[split][1] - SPLITS[split][0],
  at(split, index) {
    const [first, end] = SPLITS[split];
    if (!(index >= 0 && first + index < end)) throw new RangeError(`No ${split} task ${index}.`);
    return taskOf(CAFES[first + index]);
  },
  byId(id) {
    const name = id.replace("cafes/", "");
    return CAFES.includes(name) ? taskOf(name) : undefined;
  },
};

/** An environment is a data set and a reward under a name. */
export const spec = {
  id: "cafes/Cafes-v0",
  description: "Menus of cafés.",
  tasks: () => cafes,
  scorer: () => pagesReward(),
};

registerDataset(cafes);
register(spec);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const checks = await checkEnv(() => make(spec.id));
  for (const { rule, ok, message } of checks) if (!ok) console.error(`${rule}: ${message}`);
  const env = await make(spec.id);
  const { observation } = await env.reset({ taskId: "cafes/Fern" });
  const { reward } = await env.step(cafes.byId(observation.taskId).reference.html);
  await env.close();
  console.log(
    JSON.stringify({ broken: checks.filter(({ ok }) => !ok).length, reference: Number(reward.toFixed(3)) }),
  );
}
