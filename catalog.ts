import { pagesTaskSource, registerDataset, requestTaskSource } from "./datasets/index.js";
import { register } from "./env/index.js";
import { pagesReward } from "./rewards/index.js";

// The environments and data sets that come with the package. Importing this module registers them.

registerDataset({
  name: "pages",
  description: "Web pages drawn from seeds, of five difficulty levels; option levels, e.g. [1, 2].",
  open: (options) => pagesTaskSource(options),
});

registerDataset({
  name: "requests",
  description: "Web pages as people ask for them, of five difficulty levels; option levels, e.g. [1, 2].",
  open: (options) => requestTaskSource(options),
});

register({
  id: "webgen/Pages-v0",
  description:
    "Procedural web pages of five difficulty levels, with references and 20 executable checks each.",
  tasks: ({ dataset }) => pagesTaskSource(dataset),
  scorer: () => pagesReward(),
});

register({
  id: "webgen/Pages-v1",
  description:
    "Requests as people write them: things left open, things to sort, sum and date, tabs, filters, counters and forms; three references each.",
  tasks: ({ dataset }) => requestTaskSource(dataset),
  scorer: () => pagesReward(),
});
