import { messageOf } from "../../../infra/errors.js";
import { processorTime, processTree } from "../../../infra/processor-time.js";
import type { Probe, ProbeResult } from "../../contract/probe.js";
import type { ClickState, RenderOutcome } from "../../contract/rendered-page.js";
import { type BrowserProcess, type LaunchOptions, launchPatiently } from "../browser/launch.js";
import { setBackground } from "../browser/priority.js";
import { findingsOf } from "../findings.js";
import { runProbes } from "../probes/index.js";
import { PageLeft } from "../tab/page-left.js";
import { probePage } from "../tab/probe-driver.js";
import { renderedPage } from "../tab/rendered.js";
import { TooLarge } from "../tab/too-large.js";
import type { PageSource } from "../tab/visit.js";
import { type PageOptions, WebPage } from "../tab/web-page.js";
import { Deadline, DeadlinePassed } from "./deadline.js";
import { furtherLooks, type LooksAskedFor } from "./looks.js";

/** One document to render. */
export interface SlotJob extends PageSource, LooksAskedFor {
  readonly probes: readonly Probe[];
  /** Whether clicks of probes are pictured. */
  readonly clickStates?: boolean;
  /** Milliseconds. */
  readonly deadline: number;
  /** Told of the page when all else is done. Shares the deadline, and a page that breaks here loses nothing else. */
  readonly inspect?: (page: WebPage) => Promise<void>;
}

/** Milliseconds after which a page that is still opening steps behind the others; ordinary ones take a tenth of it. */
const STAND_BACK_AFTER = 500;
/** Phases in which a page's own scripts are what takes long. */
const BUSY_PHASES: ReadonlySet<string> = new Set(["loading", "running its scripts"]);

export type SlotOptions = LaunchOptions &
  PageOptions & {
    /** Renders after which the browser is replaced by a fresh one. */
    readonly recycleAfter: number;
  };

/**
 * A browser with one page, kept warm. A browser for each slot costs memory, but buys what a shared one cannot give: frames
 * that are stepped, encoding that does not queue behind another page's, and no process in common with another candidate.
 */
export class Slot {
  readonly #options: SlotOptions;
  #browser: BrowserProcess | undefined;
  #page: WebPage | undefined;
  #processes: readonly number[] = [];
  #renders = 0;
  #phase = "loading";
  #inBackground = false;
  #browserGone: (error: unknown) => void = () => {};

  constructor(options: SlotOptions) {
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
   * Renders one document. Rejects with BrowserGone or PageGone when the browser or the page's process ended, after which
   * the slot can be used again.
   */
  async render(job: SlotJob): Promise<RenderOutcome> {
    let deadline: Deadline | undefined;
    const started = performance.now();
    let standBack: NodeJS.Timeout | undefined;
    try {
      const { page } = await this.ready();
      this.#renders++;
      this.#phase = "loading";
      standBack = setTimeout(() => this.#standBack(), STAND_BACK_AFTER);
      deadline = new Deadline({ limit: job.deadline, used: () => processorTime(this.#processes) });
      // Whatever is raced against a promise stays with it. That the browser is gone is promised for as long as it lives, so
      // each render has a promise of its own.
      const gone = new Promise<never>((_, reject) => {
        this.#browserGone = reject;
      });
      const interruption = Promise.race([deadline.passed, page.interrupted(), gone]);
      interruption.catch(() => {});
      return await this.#visit(page, job, interruption);
    } catch (error) {
      await this.close();
      const milliseconds = performance.now() - started;
      if (error instanceof PageLeft)
        return { status: "failed", reason: "navigated_away", message: error.message, milliseconds };
      if (error instanceof TooLarge)
        return { status: "failed", reason: "too_large", message: error.message, milliseconds };
      if (!(error instanceof DeadlinePassed)) throw error;
      const message = `The page was still ${this.#phase} after ${job.deadline} ms, so it was stopped.`;
      return { status: "failed", reason: "timeout", message, milliseconds };
    } finally {
      clearTimeout(standBack);
      deadline?.cancel();
      await this.#stepForward();
    }
  }

  /** A page that takes this long to open may be up to no good; the others go first. */
  #standBack(): void {
    if (!this.#page || !BUSY_PHASES.has(this.#phase)) return;
    this.#inBackground = setBackground(this.#processes, true);
  }

  /** A browser that may not have its place back is replaced. */
  async #stepForward(): Promise<void> {
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

  async #visit(page: WebPage, job: SlotJob, interruption: Promise<never>): Promise<RenderOutcome> {
    const started = performance.now();
    let lap = started;
    const split = () => {
      const now = performance.now();
      const spent = now - lap;
      lap = now;
      return spent;
    };
    const within = <T>(work: Promise<T>) => {
      work.catch(() => {});
      return Promise.race([work, interruption]);
    };
    const visit = await within(page.load(job, job.viewport));
    const set = split();
    if (visit.left !== undefined) {
      const { message } = new PageLeft(visit.left);
      return { status: "failed", reason: "navigated_away", message, milliseconds: set };
    }
    this.#phase = "running its scripts";
    await within(page.settle());
    this.#phase = "being drawn";
    const shot = await within(page.capture());
    const capture = split();
    const snapshot = await within(page.snapshot());
    const snapshotTime = split();
    const looks = await within(furtherLooks(page, job, snapshot));
    const viewTime = split();
    const contentWidth = snapshot.documents[0]?.contentWidth ?? 0;
    const viewportWidth = job.viewport.width;
    const clicks: ClickState[] = [];
    const [probes, findings] = await Promise.all([
      this.#probe(page, job, shot.png, interruption, clicks),
      findingsOf({ visit, ...shot, viewportWidth, contentWidth }),
    ]);
    const timing = {
      set,
      capture,
      snapshot: snapshotTime,
      ...(Object.keys(looks).length > 0 ? { views: viewTime } : {}),
      probes: split(),
      total: performance.now() - started,
    };
    const said = { console: [...visit.console], errors: [...visit.errors] };
    await this.#inspect(page, job, interruption);
    const { viewport } = job;
    const { png, height } = shot;
    return {
      status: "rendered",
      page: renderedPage({
        viewport,
        height,
        png,
        snapshot,
        visit: said,
        findings,
        probes,
        timing,
        ...looks,
        ...(job.clickStates ? { clicks } : {}),
      }),
    };
  }

  /** The picture is taken by now, so a page that hangs or dies under a probe loses only its probes. */
  async #probe(
    page: WebPage,
    job: SlotJob,
    capture: Uint8Array,
    interruption: Promise<never>,
    clicks: ClickState[],
  ): Promise<ProbeResult[]> {
    if (job.probes.length === 0) return [];
    try {
      const probed = probePage(page, job, capture);
      const onClick = job.clickStates ? (state: ClickState) => clicks.push(state) : undefined;
      const work = runProbes(probed, job.probes, onClick).then(async (results) => {
        await probed.rest();
        return results;
      });
      work.catch(() => {});
      return await Promise.race([work, interruption]);
    } catch (error) {
      await this.close();
      return job.probes.map(() => ({
        score: null,
        detail: `The probe could not be run: ${messageOf(error)}`,
      }));
    }
  }

  async #inspect(page: WebPage, { inspect }: SlotJob, interruption: Promise<never>): Promise<void> {
    if (!inspect) return;
    const work = inspect(page);
    work.catch(() => {});
    try {
      await Promise.race([work, interruption]);
    } catch {
      await this.close();
    }
  }
}
