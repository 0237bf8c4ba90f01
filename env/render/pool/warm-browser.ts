import { processTree, waitingTime } from "../../../infra/processor-time.js";
import type { RenderOutcome } from "../../contract/rendered-page.js";
import { MessageTooLarge } from "../browser/connection.js";
import { type BrowserProcess, type LaunchOptions, launchPatiently } from "../browser/launch.js";
import { setBackground } from "../browser/priority.js";
import { PageLeft } from "../tab/page-left.js";
import { TooLarge } from "../tab/too-large.js";
import { type PageOptions, WebPage } from "../tab/web-page.js";
import { Deadline, DeadlinePassed } from "./deadline.js";
import { type DocumentJob, type RenderCourse, renderDocument } from "./render-document.js";

/** The document never took the place of the one before it. */
export class NotOpened extends Error {
  override readonly name = "NotOpened";
}

/** One document to render, and how long that may take. */
export interface BrowserJob extends DocumentJob {
  /** Milliseconds. */
  readonly deadline: number;
}

export interface BrowserTurn {
  /** Whether the page is given up, not rendered again, when its process ends. Default true. */
  readonly last?: boolean;
}

/** Milliseconds after which a page that is still opening gets a lower priority than the others; ordinary ones take a tenth of it. */
const LOWER_PRIORITY_AFTER = 500;
/** Times it is looked whether it only stood in line; then its priority is lowered in any case. */
const LOOKS = 15;
/** Phases in which a page's own scripts are what takes long. */
const BUSY_PHASES: ReadonlySet<string> = new Set(["loading", "running its scripts"]);
/** Before the document has taken the place of the one before it. */
const OPENING = "opening";

export type WarmBrowserOptions = LaunchOptions &
  PageOptions & {
    /** Renders after which the browser is replaced by a fresh one. */
    readonly recycleAfter: number;
  };

/**
 * A browser with one page, kept warm. A browser for each page costs memory, but buys what a shared one cannot give: frames
 * that are stepped, encoding that does not queue behind another page's, and no process in common with another candidate.
 */
export class WarmBrowser {
  readonly #options: WarmBrowserOptions;
  #browser: BrowserProcess | undefined;
  #page: WebPage | undefined;
  #processes: readonly number[] = [];
  #renders = 0;
  #phase = OPENING;
  #inBackground = false;
  #turn: NodeJS.Timeout | undefined;
  #browserGone: (error: unknown) => void = () => {};

  constructor(options: WarmBrowserOptions) {
    this.#options = options;
  }

  /** Process id of the browser, when one is running. */
  get pid(): number | undefined {
    return this.#browser?.pid;
  }

  /** Starts the browser and its page unless they are up. Throws an InfrastructureError when that cannot be done. */
  async ready(): Promise<{ browser: BrowserProcess; page: WebPage }> {
    if (this.#renders >= this.#options.recycleAfter) await this.close();
    if (!this.#browser) {
      this.#browser = await launchPatiently(this.#options);
      this.#browser.connection.gone.catch((error: unknown) => this.#browserGone(error));
    }
    if (!this.#page) {
      this.#page = await WebPage.open(this.#browser, this.#options);
      this.#processes = processTree(this.#browser.pid);
    }
    return { browser: this.#browser, page: this.#page };
  }

  /**
   * Renders one document, and leaves it. Rejects with BrowserGone or PageGone when the browser or the page's process ended, or
   * when the document before would not go, after which it can be used again.
   */
  async render(job: BrowserJob, { last = true }: BrowserTurn = {}): Promise<RenderOutcome> {
    let deadline: Deadline | undefined;
    const started = performance.now();
    try {
      const { page } = await this.ready();
      this.#renders++;
      this.#phase = OPENING;
      const limit = new Deadline({ limit: job.deadline, waited: () => waitingTime(this.#processes) });
      deadline = limit;
      // Whatever is raced against a promise stays with it. That the browser is gone is promised for as long as it lives, so
      // each render has a promise of its own.
      const gone = new Promise<never>((_, reject) => {
        this.#browserGone = reject;
      });
      const interruption = Promise.race([limit.passed, page.interrupted(), gone]);
      interruption.catch(() => {});
      let spoilt = false;
      const course: RenderCourse = {
        last,
        within(work) {
          work.catch(() => {});
          return Promise.race([work, interruption]);
        },
        phase: (name) => {
          this.#phase = name;
        },
        opened: () => {
          if (this.#phase !== OPENING) return;
          this.#phase = "loading";
          limit.restart();
          this.#lowerPriorityLater(undefined, LOOKS);
        },
        spoil() {
          spoilt = true;
        },
      };
      const outcome = await renderDocument(page, job, course);
      this.#phase = "leaving";
      if (spoilt || !(await course.within(page.leave()))) await this.close();
      return outcome;
    } catch (error) {
      await this.close();
      const milliseconds = performance.now() - started;
      if (error instanceof PageLeft)
        return { status: "failed", reason: "navigated_away", message: error.message, milliseconds };
      if (error instanceof TooLarge || error instanceof MessageTooLarge)
        return { status: "failed", reason: "too_large", message: error.message, milliseconds };
      if (!(error instanceof DeadlinePassed)) throw error;
      // What stood in the way is the document before; this one never had a turn.
      if (this.#phase === OPENING) throw new NotOpened("The page was not opened.");
      const message = `The page was still ${this.#phase} after ${job.deadline} ms, so it was stopped.`;
      return { status: "failed", reason: "timeout", message, milliseconds };
    } finally {
      clearTimeout(this.#turn);
      deadline?.cancel();
      await this.#restorePriority();
    }
  }

  /** Looks, time and again, whether a page that is still opening had a processor; one that stood in line is not slow. */
  #lowerPriorityLater(before: number | undefined, looks: number): void {
    this.#turn = setTimeout(() => {
      const waited = waitingTime(this.#processes);
      const lost = before === undefined || waited === undefined ? 0 : waited - before;
      const stoodInLine = before === undefined || lost > LOWER_PRIORITY_AFTER / 4;
      if (stoodInLine && looks > 0) this.#lowerPriorityLater(waited ?? 0, looks - 1);
      else this.#lowerPriority();
    }, LOWER_PRIORITY_AFTER / 2);
  }

  /** A page that takes this long to open may be up to no good; the others go first. */
  #lowerPriority(): void {
    if (!this.#page || !BUSY_PHASES.has(this.#phase)) return;
    this.#inBackground = setBackground(this.#processes, true);
  }

  /** A browser that may not have its priority back is replaced. */
  async #restorePriority(): Promise<void> {
    if (!this.#inBackground) return;
    this.#inBackground = false;
    if (this.#browser && !setBackground(this.#processes, false)) await this.close();
  }

  /** Ends the browser. Twice is fine. */
  async close(): Promise<void> {
    const browser = this.#browser;
    this.#browser = undefined;
    this.#page = undefined;
    this.#renders = 0;
    await browser?.kill();
  }
}
