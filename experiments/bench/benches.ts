import { didYouMean } from "../../infra/did-you-mean.js";
import { UsageError } from "../../infra/errors.js";
import type { BenchFigure } from "./figure.js";

/** How a bench is run. */
export interface BenchOptions {
  /** One turn of everything on little work: shows that the bench runs and that its results agree; its speeds mean nothing. */
  readonly quick?: boolean;
}

/** Something that can be measured. */
export interface Bench {
  readonly name: string;
  /** What it measures and against what, as one line of a list. */
  readonly about: string;
  /** Whether it runs when nothing is named. */
  readonly byDefault: boolean;
  /** Throws an InfrastructureError when what is compared does not give the same. */
  run(options?: BenchOptions): Promise<BenchFigure[]>;
}

/** All benches, in the order in which they run; each is loaded only when it is run. */
export const BENCHES: readonly Bench[] = [
  {
    name: "render",
    about: "pages a second, against the published render service's way and a bare loop",
    byDefault: true,
    run: async ({ quick = false } = {}) => {
      const { benchRender, QUICK_RENDER } = await import("./render.js");
      return benchRender(quick ? QUICK_RENDER : {});
    },
  },
  {
    name: "train",
    about: "training steps of the 0.86 M model, against stock tfjs-wasm",
    byDefault: true,
    run: async ({ quick = false } = {}) => {
      const { benchTrain, QUICK_TRAIN } = await import("./train.js");
      return benchTrain(quick ? QUICK_TRAIN : {});
    },
  },
  {
    name: "tsx",
    about: "a React component with Tailwind to a page, against bundling everything",
    byDefault: true,
    run: async ({ quick = false } = {}) => {
      const { benchTsx } = await import("./tsx.js");
      return benchTsx(quick ? { rounds: 1, warmUp: 1, baselineRounds: 1 } : {});
    },
  },
  {
    name: "sites",
    about: "a site of five pages built, visited and clicked through",
    byDefault: true,
    run: async ({ quick = false } = {}) => {
      const { benchSites } = await import("./sites.js");
      return benchSites(quick ? { rounds: 1, pages: 2 } : {});
    },
  },
  {
    name: "metrics",
    about:
      "SSIM, DOM-LCS, Design2Code, a FrontCoder score, against the Python originals where they are installed",
    byDefault: true,
    run: async ({ quick = false } = {}) => {
      const { benchMetrics, QUICK_METRICS } = await import("./metrics.js");
      return benchMetrics(quick ? QUICK_METRICS : {});
    },
  },
  {
    name: "agreement",
    about: "how far Design2Code's native form is from the exact one",
    byDefault: true,
    run: async ({ quick = false } = {}) => {
      const { benchAgreement } = await import("./metrics-agreement.js");
      return benchAgreement(quick ? { pairs: 5 } : {});
    },
  },
  {
    name: "requests",
    about: "how rich the prompts and references of webgen/Pages-v1 are, against webgen/Pages-v0",
    byDefault: true,
    run: async ({ quick = false } = {}) => {
      const { benchRequests } = await import("./requests.js");
      return benchRequests(quick ? { prompts: 50 } : {});
    },
  },
  soak("soak", "1,000 renders of 50 pages in random order: none lost, one picture each", true),
  soak("soak-kills", "2,000 renders while the browsers are killed after every 25", false),
  soak("soak-memory", "10,000 renders: memory stays where it is (Linux)", false),
];

function soak(name: "soak" | "soak-kills" | "soak-memory", about: string, byDefault: boolean): Bench {
  return {
    name,
    about,
    byDefault,
    run: async ({ quick = false } = {}) => {
      const { benchSoak } = await import("./render-soak.js");
      return benchSoak(name, { quick });
    },
  };
}

/** The benches of these names, or those that run by default. Throws a UsageError for a name that there is not. */
export function benchesNamed(names: readonly string[]): Bench[] {
  if (names.length === 0) return BENCHES.filter(({ byDefault }) => byDefault);
  return names.map((name) => {
    const found = BENCHES.find((bench) => bench.name === name);
    if (found) return found;
    const known = BENCHES.map((bench) => bench.name);
    throw new UsageError(`There is no bench "${name}".${didYouMean(name, known)}`);
  });
}
