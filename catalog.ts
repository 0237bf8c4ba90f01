import { pagesTaskSource } from "./datasets/index.js";
import { register } from "./env/index.js";
import { pagesReward } from "./rewards/index.js";

/** The environments that come with the package. Importing this module registers them. */
register({
  id: "webgen/Pages-v0",
  description:
    "Procedural web pages of five difficulty levels, with references and 20 executable checks each.",
  tasks: ({ dataset }) => pagesTaskSource(dataset),
  scorer: () => pagesReward(),
});
