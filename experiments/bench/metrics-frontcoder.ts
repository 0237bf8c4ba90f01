import { pagesTaskSource } from "../../datasets/index.js";
import type { Renderer } from "../../env/contract/rendered-page.js";
import type { Scorer, ScoringContext } from "../../env/contract/scoring.js";
import type { Task } from "../../env/contract/task.js";
import { InfrastructureError } from "../../infra/errors.js";
import { frontcoderReward, scorePages } from "../../rewards/index.js";
import { type BenchFigure, figure, median } from "./figure.js";
import { damaged, largePage } from "./metrics-pairs.js";
import { processorSecondsOf, secondsOf } from "./metrics-timing.js";

/** The text that tells the runs apart may move a score by so much. */
const SAME_SCORE = 0.01;

export interface FrontcoderBenchOptions {
  readonly renderer: Renderer;
  /** Counted runs. */
  readonly repeats: number;
  /** Milliseconds. */
  readonly warmUp: number;
  /** Of the reference; the answer, with some parts dropped, has about a tenth less. */
  readonly characters: number;
}

/**
 * FrontCoder's score of a large page with a checklist of 20 probes and a reference of the same size, once both are
 * rendered. Every run has a text of its own, so that nothing is remembered from the one before; scores of all runs have to agree.
 */
export async function benchFrontcoder({
  renderer,
  repeats,
  warmUp,
  characters,
}: FrontcoderBenchOptions): Promise<BenchFigure[]> {
  const scorer = frontcoderReward({ profile: "paper" });
  const { context, html, reference } = await contextOfLargePage(scorer, renderer, characters);
  const timing = { repeats, warmUp };
  const scores: number[] = [];
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
    if (card === undefined || card.total.value === null)
      throw new InfrastructureError(`The page of the bench has no score: ${card?.total.message}`);
    scores.push(card.total.value);
  };
  const wall = median(await secondsOf(timing, score)) * 1000;
  const processor = median(await processorSecondsOf(timing, score)) * 1000;
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  if (high - low > SAME_SCORE) throw new InfrastructureError(`One page has scores from ${low} to ${high}.`);
  const kilobytes = Math.round(html.length / 1000);
  const name = `metrics/FrontCoder score of ${kilobytes} kB, besides the render`;
  return [figure(name, wall, "ms"), figure(`${name}, processor time`, processor, "ms")];
}

async function contextOfLargePage(scorer: Scorer, renderer: Renderer, characters: number) {
  const task: Task = pagesTaskSource({ levels: [5] }).at("test", 0);
  const reference = largePage(characters);
  const html = damaged(reference, "drop", 2);
  const seen: ScoringContext[] = [];
  const watching: Scorer = {
    ...scorer,
    score(contexts) {
      seen.push(...contexts);
      return scorer.score(contexts);
    },
  };
  await scorePages(watching, [html], { task: { ...task, reference: { html: reference } }, renderer });
  return { context: seen[0] as ScoringContext, html, reference };
}
