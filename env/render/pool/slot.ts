import { messageOf } from "../../../infra/errors.js";
import type { Probe, ProbeResult } from "../../probe.js";
import type { Viewport } from "../../task.js";
import { type BrowserProcess, type LaunchOptions, launchBrowser } from "../browser/launch.js";
import { processorTime, processTree } from "../browser/processor-time.js";
import { findingsOf } from "../findings.js";
import { PageLeft } from "../page/page-left.js";
import { probePage } from "../page/probe-driver.js";
import { renderedPage } from "../page/rendered.js";
import { type PageOptions, WebPage } from "../page/web-page.js";
import { runProbes } from "../probes/index.js";
import type { RenderOutcome } from "../rendered-page.js";
import { Deadline, DeadlinePassed } from "./deadline.js";

/** One document to render. */
export interface SlotJob {
  readonly html: string;
  readonly viewport: Viewport;
  readonly probes: readonly Probe[];
  /** Milliseconds. */
  readonly deadline: number;
}

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
    this.#browser ??= await launchPatiently(this.#options);
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
    try {
      const { page, browser } = await this.ready();
      this.#renders++;
      this.#phase = "loading";
      deadline = new Deadline({ limit: job.deadline, used: () => processorTime(this.#processes) });
      const interruption = Promise.race([deadline.passed, page.interrupted(), browser.connection.gone]);
      interruption.catch(() => {});
      return await this.#visit(page, job, interruption);
    } catch (error) {
      await this.close();
      const milliseconds = performance.now() - started;
      if (error instanceof PageLeft)
        return { status: "failed", reason: "navigated_away", message: error.message, milliseconds };
      if (!(error instanceof DeadlinePassed)) throw error;
      const message = `The page was still ${this.#phase} after ${job.deadline} ms, so it was stopped.`;
      return { status: "failed", reason: "timeout", message, milliseconds };
    } finally {
      deadline?.cancel();
    }
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
    const visit = await within(page.load(job.html, job.viewport));
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
    const contentWidth = snapshot.documents[0]?.contentWidth ?? 0;
    const viewportWidth = job.viewport.width;
    const [probes, findings] = await Promise.all([
      this.#probe(page, job, interruption),
      findingsOf({ visit, ...shot, viewportWidth, contentWidth }),
    ]);
    const timing = {
      set,
      capture,
      snapshot: snapshotTime,
      probes: split(),
      total: performance.now() - started,
    };
    const { viewport } = job;
    const { png, height } = shot;
    return {
      status: "rendered",
      page: renderedPage({ viewport, height, png, snapshot, visit, findings, probes, timing }),
    };
  }

  /** The picture is taken by now, so a page that hangs or dies under a probe loses only its probes. */
  async #probe(page: WebPage, job: SlotJob, interruption: Promise<never>): Promise<ProbeResult[]> {
    if (job.probes.length === 0) return [];
    try {
      const probed = probePage(page, job.html);
      const work = runProbes(probed, job.probes).then(async (results) => {
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
}

/** A browser may be killed while it starts, too. */
async function launchPatiently(options: LaunchOptions, attempts = 3): Promise<BrowserProcess> {
  try {
    return await launchBrowser(options);
  } catch (error) {
    if (attempts <= 1) throw error;
    return launchPatiently(options, attempts - 1);
  }
}
