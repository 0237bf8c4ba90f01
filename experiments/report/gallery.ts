import type { ComparedAgent, Comparison, ComparisonEntry, GalleryTask } from "../comparison.js";
import { agentLabel, amount, reward, UNKNOWN } from "./format.js";
import { html, type Markup } from "./html.js";
import { type InlineImage, inlineImages } from "./images.js";
import { partBars } from "./whisker.js";

/** Characters of source shown per answer. */
const MOST_SOURCE = 20_000;

/** One answer in the gallery. */
export interface Shot {
  readonly agent: string;
  readonly entry: ComparisonEntry;
  readonly image: InlineImage | null;
}

/** One row of the gallery. */
export interface GalleryRow {
  readonly task: GalleryTask;
  readonly target: InlineImage | null;
  readonly shots: readonly Shot[];
}

/** What the script in the page needs to enlarge an answer. */
export interface GalleryData {
  readonly id: string;
  readonly prompt: string;
  readonly targetSource: string | null;
  readonly answers: readonly {
    readonly agent: string;
    readonly reward: string;
    readonly parts: readonly (readonly [name: string, value: number | null])[];
    readonly facts: string;
    readonly failedChecks: readonly string[];
    readonly source: string;
  }[];
}

/** The gallery's rows with their images, at most `budget` characters of them. Answers are those under the first seed. */
export async function galleryRows(comparison: Comparison, budget: number): Promise<GalleryRow[]> {
  const [seed] = comparison.seeds;
  const rows = comparison.gallery.map((task) => ({
    task,
    answers: comparison.agents.flatMap((agent) => answerOf(agent, task.taskId, seed)),
  }));
  const pngs = rows.flatMap(({ task, answers }) => [
    task.target,
    ...answers.map(({ entry }) => entry.screenshot),
  ]);
  const images = await inlineImages(pngs, budget);
  let next = 0;
  const take = () => images[next++] ?? null;
  return rows.map(({ task, answers }) => {
    const target = take();
    return { task, target, shots: answers.map((answer) => ({ ...answer, image: take() })) };
  });
}

function answerOf({ name, entries }: ComparedAgent, taskId: string, seed: number | undefined) {
  const entry = entries.find((candidate) => candidate.taskId === taskId && candidate.seed === seed);
  return entry ? [{ agent: name, entry }] : [];
}

/** Rows of tasks: the target, then each agent's answer with its score. */
export function gallerySection(rows: readonly GalleryRow[], parts: readonly string[]): Markup {
  const columns = Math.max(1, ...rows.map(({ shots }) => shots.length + 1));
  return html`<p class="lead">Click a page to see it beside its target, with the checks it failed and its source.${
    parts.length > 0 && html` Bars under a page, left to right: ${parts.join(", ")}.`
  }</p>
<div class="gallery columns-${columns}">${rows.map((row, i) => taskRow(row, i, parts))}</div>`;
}

function taskRow({ task, target, shots }: GalleryRow, row: number, parts: readonly string[]): Markup {
  const best = Math.max(...shots.map(({ entry }) => entry.reward ?? Number.NEGATIVE_INFINITY));
  return html`<article class="task" aria-labelledby="task-${row}">
<h3 id="task-${row}">${task.taskId}</h3><p class="prompt">${task.prompt}</p>
<ul class="strip" aria-labelledby="task-${row}">
<li class="card target"><div class="frame">${picture(target, `Target of ${task.taskId}`, "no target")}</div><p class="name">Target</p></li>
${shots.map(
  (
    { agent, entry, image },
    shot,
  ) => html`<li class="card"><button type="button" class="open" data-row="${row}" data-shot="${shot}" aria-haspopup="dialog">
<span class="frame">${picture(image, `Answer of ${agentLabel(agent)} to ${task.taskId}`, nothingToSee(entry))}</span>
<span class="name">${agentLabel(agent)} <span class="badge${entry.reward === best ? " best" : ""}">${reward(entry.reward)}</span></span>
${partBars(entry.parts, parts)}</button></li>`,
)}</ul></article>`;
}

function picture(image: InlineImage | null, alt: string, otherwise: string): Markup {
  if (image === null) return html`<span class="blank">${otherwise}</span>`;
  return html`<img src="${image.url}" width="${image.width}" height="${image.height}" alt="${alt}">`;
}

function nothingToSee({ endReason }: ComparisonEntry): string {
  return endReason.replaceAll("_", " ") || "nothing to see";
}

/** The texts of the gallery, for the script in the page. */
export function galleryData(rows: readonly GalleryRow[], parts: readonly string[]): GalleryData[] {
  return rows.map(({ task, shots }) => ({
    id: task.taskId,
    prompt: task.prompt,
    targetSource: task.targetSource === null ? null : shorten(task.targetSource),
    answers: shots.map(({ agent, entry }) => ({
      agent: agentLabel(agent),
      reward: reward(entry.reward),
      parts: parts.map((name) => [name, round(entry.parts[name] ?? null)] as const),
      facts: `${entry.endReason.replaceAll("_", " ") || UNKNOWN} · ${amount(entry.tokens)} tokens`,
      failedChecks: entry.failedChecks,
      source: shorten(entry.completion),
    })),
  }));
}

const round = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));

function shorten(source: string): string {
  if (source.length <= MOST_SOURCE) return source;
  return `${source.slice(0, MOST_SOURCE)}\n… ${source.length - MOST_SOURCE} more characters`;
}
