import { PageGone, type Session } from "../browser/connection.js";
import type { FrameAnswer } from "../browser/message.js";

/** Milliseconds of animation time from one frame to the next. */
const FRAME = 16;
/** Milliseconds by which frames run ahead of the real clock, which must not overtake them while a document is open. */
const HEAD_START = 600_000;

/** Draws a page frame by frame. Where the browser cannot be stepped, nothing here does anything. */
export class FrameStepper {
  readonly stepped: boolean;
  readonly #session: Session;
  #size = "";
  #ticks = 0;

  constructor(session: Session, stepped: boolean) {
    this.#session = session;
    this.stepped = stepped;
  }

  /** Puts the frames of a document ahead of the real clock. */
  begin(): void {
    this.#ticks = Math.max(this.#ticks, monotonicNow() + HEAD_START);
  }

  /** Makes the surface as large as what is to be seen, in CSS pixels. Layout does not see it. */
  async resize(width: number, height: number): Promise<void> {
    const size = `${width}x${height}`;
    if (!this.stepped || size === this.#size) return;
    this.#size = size;
    await this.#session.send("Emulation.setVisibleSize", { width, height });
  }

  /**
   * Goes one frame further, the given milliseconds of animation time after the last: styles, layout, animations, observers.
   * Nothing is painted, as nobody sees it.
   */
  async frame(step = FRAME): Promise<void> {
    if (!this.stepped) return;
    this.#ticks += step;
    await this.#session.send("HeadlessExperimental.beginFrame", {
      frameTimeTicks: this.#ticks,
      noDisplayUpdates: true,
    });
  }

  /** A frame as a PNG. The first one after the surface changed its size comes back without a picture. */
  async shoot(step = FRAME): Promise<Uint8Array> {
    for (let attempt = 0; attempt < 5; attempt++) {
      this.#ticks += attempt === 0 ? step : FRAME;
      const answer: unknown = await this.#session.send("HeadlessExperimental.beginFrame", {
        frameTimeTicks: this.#ticks,
        screenshot: { format: "png", optimizeForSpeed: true },
      });
      const { screenshotData } = answer as FrameAnswer;
      if (screenshotData) return screenshotData;
    }
    throw new PageGone("The page cannot be drawn.");
  }
}

/** The clock Chromium stamps its frames with, in ms. */
function monotonicNow(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
