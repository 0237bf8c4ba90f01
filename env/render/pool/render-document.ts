import { messageOf } from "../../../infra/errors.js";
import type { Probe, ProbeResult } from "../../contract/probe.js";
import type { ClickState, RenderOutcome } from "../../contract/rendered-page.js";
import { BrowserGone, MessageTooLarge, PageGone } from "../browser/connection.js";
import { findingsOf } from "../findings.js";
import { runProbes, UNPROBED } from "../probes/index.js";
import { checkMarkup } from "../tab/markup-size.js";
import type { PageSource } from "../tab/navigation.js";
import { PageLeft } from "../tab/page-left.js";
import { probePage } from "../tab/probe-driver.js";
import { renderedPage } from "../tab/rendered.js";
import type { WebPage } from "../tab/web-page.js";
import { furtherLooks, type LooksAskedFor } from "./looks.js";

/** One document to render. */
export interface DocumentJob extends PageSource, LooksAskedFor {
  readonly probes: readonly Probe[];
  /** Whether clicks of probes are pictured. */
  readonly clickStates?: boolean;
  /** Told of the page when all else is done. Shares the deadline, and a page that breaks here loses nothing else. */
  readonly inspect?: (page: WebPage) => Promise<void>;
}

/** What the render of one document may use of its browser. */
export interface RenderCourse {
  /** Settles as the work does, or rejects with what interrupts the render: its deadline, the end of its page. */
  within<T>(work: Promise<T>): Promise<T>;
  /** Told what the page is doing from now on. */
  phase(name: string): void;
  /** Told that the document has replaced the one before. */
  opened(): void;
  /** Told that the page no longer answers, so that its browser is of no more use. */
  spoil(): void;
  /** Whether the page is given up, not rendered again, when its process ends. */
  readonly last: boolean;
}

/**
 * Takes a page through one document: load, settle, capture, further looks, probes. Rejects with what interrupts it while the
 * picture is not taken, and later only when the machine may be at fault.
 */
export async function renderDocument(
  page: WebPage,
  job: DocumentJob,
  course: RenderCourse,
): Promise<RenderOutcome> {
  const { within } = course;
  const started = performance.now();
  let lap = started;
  const split = () => {
    const now = performance.now();
    const spent = now - lap;
    lap = now;
    return spent;
  };
  const navigation = await within(page.load(job, job.viewport, course.opened));
  const set = split();
  if (navigation.left !== undefined) {
    const { message } = new PageLeft(navigation.left);
    return { status: "failed", reason: "navigated_away", message, milliseconds: set };
  }
  course.phase("running its scripts");
  await within(page.settle());
  course.phase("being drawn");
  const shot = await within(page.capture());
  const capture = split();
  const snapshot = await within(page.snapshot());
  checkMarkup(snapshot);
  const snapshotTime = split();
  const looks = await within(furtherLooks(page, job, snapshot));
  const viewTime = split();
  const contentWidth = snapshot.documents[0]?.contentWidth ?? 0;
  const viewportWidth = job.viewport.width;
  const clicks: ClickState[] = [];
  const [probes, findings] = await Promise.all([
    probe(page, job, shot.png, course, clicks),
    findingsOf({ navigation, ...shot, viewportWidth, contentWidth }),
  ]);
  const timing = {
    set,
    capture,
    snapshot: snapshotTime,
    ...(Object.keys(looks).length > 0 ? { views: viewTime } : {}),
    probes: split(),
    total: performance.now() - started,
  };
  const said = { console: [...navigation.console], errors: [...navigation.errors] };
  await inspect(page, job, course);
  const { viewport } = job;
  const { png, height } = shot;
  return {
    status: "rendered",
    page: renderedPage({
      viewport,
      height,
      png,
      snapshot,
      navigation: said,
      findings,
      probes,
      timing,
      ...looks,
      ...(job.clickStates ? { clicks } : {}),
    }),
  };
}

/** The picture is taken by now, so a page that hangs or dies under a probe fails the probes that are left, and no more. */
async function probe(
  page: WebPage,
  job: DocumentJob,
  capture: Uint8Array,
  course: RenderCourse,
  clicks: ClickState[],
): Promise<ProbeResult[]> {
  if (job.probes.length === 0) return [];
  const results = new Array<ProbeResult | undefined>(job.probes.length).fill(undefined);
  try {
    const probed = probePage(page, job, capture);
    const onResult = (index: number, result: ProbeResult) => {
      results[index] = result;
    };
    const onClick = job.clickStates ? (state: ClickState) => clicks.push(state) : undefined;
    const work = async () => {
      await runProbes(probed, job.probes, { onResult, ...(onClick ? { onClick } : {}) });
      await probed.rest();
    };
    await course.within(work());
  } catch (error) {
    if (isOfMachine(error, course)) throw error;
    course.spoil();
    const unprobed = { score: 0, detail: `${UNPROBED}${messageOf(error)}` };
    return results.map((result) => result ?? unprobed);
  }
  return results.map((result) => result ?? { score: 0, detail: UNPROBED });
}

async function inspect(page: WebPage, { inspect }: DocumentJob, course: RenderCourse): Promise<void> {
  if (!inspect) return;
  try {
    await course.within(inspect(page));
  } catch (error) {
    if (isOfMachine(error, course)) throw error;
    course.spoil();
  }
}

/** Whether something else than the page may have ended it, so that it is to be rendered again. */
function isOfMachine(error: unknown, { last }: RenderCourse): boolean {
  if (error instanceof MessageTooLarge) return false;
  return error instanceof BrowserGone || (error instanceof PageGone && !last);
}
