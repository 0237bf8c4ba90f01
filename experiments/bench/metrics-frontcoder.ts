import { pagesTaskSource } from "../../datasets/index.js";
import type { Renderer } from "../../env/contract/rendered-page.js";
import type { RewardContext, Scorer } from "../../env/contract/scoring.js";
import type { Task } from "../../env/contract/task.js";
import { frontcoderReward, scorePages } from "../../rewards/index.js";
import { type BenchFigure, figure, median } from "./figure.js";
import { damaged, largePage } from "./metrics-pairs.js";
import { processorSecondsOf, secondsOf } from "./metrics-timing.js";

/** Characters of the reference; the answer, with some parts dropped, has about 20,000. */
const SIZE = 22_000;

/**
 * FrontCoder's score of a page of 20 kB with a checklist of 20 probes and a reference of the same size, once both are
 * rendered. Every run has a text of its own, so that nothing is remembered from the one before.
 */
export async function benchFrontcoder(renderer: Renderer): Promise<BenchFigure[]> {
  const scorer = frontcoderReward({ profile: "paper" });
  const { context, html, reference } = await contextOfLargePage(scorer, renderer);
  const score = async (run: number) => {
    const own = html.replace("</body>", `<p>Run ${run}</p></body>`);
    const [card] = await scorer.score([
      {
        ...context,
        completion: { text: own },
        artifact: { status: "ok", artifact: { kind: "html", html: own } },
        task: {
          ...context.task,
          reference: { html: reference.replace("</body>", `<p>Goal ${run}</p></body>`) },
        },
      },
    ]);
    if (card?.total.value === null) throw new Error(card.total.message);
  };
  const wall = median(await secondsOf(21, score)) * 1000;
  const processor = median(await processorSecondsOf(21, score)) * 1000;
  const kilobytes = Math.round(html.length / 1000);
  const name = `metrics/FrontCoder score of ${kilobytes} kB, besides the render`;
  return [figure(name, wall, "ms"), figure(`${name}, processor time`, processor, "ms")];
}

async function contextOfLargePage(scorer: Scorer, renderer: Renderer) {
  const task: Task = pagesTaskSource({ levels: [5] }).at("test", 0);
  const reference = largePage(SIZE);
  const html = damaged(reference, "drop", 2);
  const seen: RewardContext[] = [];
  const watching: Scorer = {
    ...scorer,
    score(contexts) {
      seen.push(...contexts);
      return scorer.score(contexts);
    },
  };
  await scorePages(watching, [html], { task: { ...task, reference: { html: reference } }, renderer });
  return { context: seen[0] as RewardContext, html, reference };
}
