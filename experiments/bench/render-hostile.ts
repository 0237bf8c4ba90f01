import type { Viewport } from "../../env/contract/task.js";
import { createRenderer } from "../../env/index.js";
import { InfrastructureError } from "../../infra/errors.js";

/** One page in so many is hostile. */
export const HOSTILE_EVERY = 20;

const HOSTILE_DEADLINE = 2000;

/** Three that hurt in different ways: they hold the processor, memory, and the channel to the browser. */
const HOSTILE = [
  "<h1>x</h1><script>for (;;);</script>",
  "<h1>x</h1><script>for (;;) document.body.append(document.createElement('div'))</script>",
  "<h1>x</h1><script>for (let i = 0; i < 1e4; i++) console.log('x'.repeat(1e4)); location.reload()</script>",
];

export interface BrowserRateOptions {
  readonly path: string;
  readonly viewport: Viewport;
  readonly pages: readonly string[];
  /** Ordinary pages that are measured. */
  readonly turns: number;
  /** One hostile page comes after so many others; 0 for none. */
  readonly every: number;
}

/**
 * How fast ordinary pages are while hostile ones are rendered beside them: ordinary pages for each second that a browser spent
 * on one. A hostile page keeps its own browser until its deadline, and that is not counted; what it takes from others is.
 */
export async function browserRate({
  path,
  viewport,
  pages,
  turns,
  every,
}: BrowserRateOptions): Promise<number> {
  const renderer = await createRenderer({ browserPath: path });
  const render = (html: string, deadline = 20_000) =>
    renderer.render({ artifact: { kind: "html", html }, viewport, deadline });
  try {
    await Promise.all(pages.slice(0, renderer.concurrency).map((html) => render(html)));
    let [count, milliseconds] = [0, 0];
    const hostile: Promise<unknown>[] = [];
    let next = 0;
    const worker = async () => {
      for (let i = next++; i < turns; i = next++) {
        if (every > 0 && i % every === 0)
          hostile.push(render(HOSTILE[(i / every) % HOSTILE.length]!, HOSTILE_DEADLINE));
        const outcome = await render(pages[i % pages.length]!);
        if (outcome.status !== "rendered")
          throw new InfrastructureError(
            `An ordinary page did not render beside a hostile one: ${outcome.message}`,
          );
        milliseconds += outcome.page.timing.total;
        count++;
      }
    };
    await Promise.all(Array.from({ length: renderer.concurrency }, worker));
    await Promise.all(hostile);
    return (count * 1000) / milliseconds;
  } finally {
    await renderer.close();
  }
}
