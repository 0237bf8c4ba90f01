import { finishedLine, type PhaseView, runningLine } from "./progress-format.js";

/** Where progress is written; `process.stderr` is one. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressOptions {
  /** Names of the phases in order, for `3/6`. A phase that is not among them is shown without a number. */
  readonly plan?: readonly string[];
  /** Default `process.stderr`. */
  readonly output?: ProgressOutput;
  /** Redraw one line. Default: when the output is a terminal and neither CI nor a dumb one. */
  readonly live?: boolean;
  /** Milliseconds between plain lines when not live, default 15,000. */
  readonly interval?: number;
  /** Use colour. Default: when live and `NO_COLOR` is not set. */
  readonly colour?: boolean;
  /** Milliseconds, rising. Default `performance.now`. */
  readonly clock?: () => number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Phase of a run, as progress shows it. */
export interface PhaseOptions {
  readonly name: string;
  /** Leave out when nobody knows. */
  readonly total?: number;
  /** Plural, default `steps`. */
  readonly unit?: string;
  /** Done before this process began (a resumed run); not counted in the rate. */
  readonly done?: number;
}

/** One stretch of work. */
export interface Phase {
  /** Counts `amount` more units (default 1) and replaces the metrics shown, e.g. `{ reward: 0.62, "tok/s": 8100 }`. */
  advance(amount?: number, update?: { readonly metrics?: Readonly<Record<string, number>> }): void;
  /** Ends the phase; its last line stays. `message` stands in place of the metrics. Twice is fine. */
  done(message?: string): void;
}

/** What a person watches while the program works. */
export interface Progress {
  /** Begins a phase; one that is still under way is ended first. */
  phase(options: PhaseOptions): Phase;
  /** Prints a line above the bar. */
  note(text: string): void;
  /** Ends the phase under way, if any. Twice is fine. */
  close(): void;
}

/** Redraws at most this often, ms. */
const FRAME = 80;
/** The rate is measured over the last this many ms, so that it follows a change of speed. */
const RATE_WINDOW = 30_000;
const ERASE_REST = "\x1b[K";

/**
 * Progress on a terminal as one line that is redrawn, elsewhere as plain lines now and then.
 *
 * @example
 * const progress = createProgress({ plan: ["Tasks", "SFT", "GRPO"] });
 * const phase = progress.phase({ name: "GRPO", total: 60 });
 * phase.advance(1, { metrics: { reward: 0.62 } }); // 3/3 GRPO ▍░░░░░░░░░░░░░░░░░░░ 1/60 steps · 0.62 reward · 0:12
 * phase.done();
 */
export function createProgress(options: ProgressOptions = {}): Progress {
  const { plan = [], output = process.stderr, interval = 15_000, clock = () => performance.now() } = options;
  const environment = options.environment ?? process.env;
  const live = options.live ?? (output.isTTY === true && !environment.CI && environment.TERM !== "dumb");
  const colour = options.colour ?? (live && !environment.NO_COLOR);
  let current: { line(width?: number): string; done(message?: string): void } | undefined;

  const draw = () => {
    if (live && current)
      output.write(`\r${paint(current.line((output.columns ?? 80) - 1), colour)}${ERASE_REST}`);
  };
  const print = (text: string) => output.write(live ? `\r${text}${ERASE_REST}\n` : `${text}\n`);

  return {
    phase({ name, total, unit = "steps", done: before = 0 }) {
      current?.done();
      const started = clock();
      const samples: { time: number; done: number }[] = [{ time: started, done: before }];
      let [done, lastShown, ended] = [before, started, false];
      let metrics: Readonly<Record<string, number>> = {};
      const view = (): PhaseView => {
        const elapsed = clock() - started;
        const rate = rateOf(samples);
        return {
          name,
          index: plan.indexOf(name) + 1,
          planned: plan.length,
          done,
          total,
          unit,
          metrics,
          rate,
          elapsed,
        };
      };
      const self = {
        line: (width?: number) => runningLine(view(), width),
        advance(amount = 1, update: { readonly metrics?: Readonly<Record<string, number>> } = {}) {
          const now = clock();
          done += amount;
          if (samples.length > 1 && now - samples.at(-2)!.time < FRAME) samples.pop();
          samples.push({ time: now, done });
          while (samples.length > 2 && now - samples[1]!.time > RATE_WINDOW) samples.shift();
          if (update.metrics) metrics = update.metrics;
          if (ended || now - lastShown < (live ? FRAME : interval)) return;
          lastShown = now;
          if (live) draw();
          else print(self.line());
        },
        done(message?: string) {
          if (ended) return;
          ended = true;
          if (current === self) current = undefined;
          clearInterval(timer);
          const mark = live ? (colour ? "\x1b[32m✓\x1b[0m " : "✓ ") : "";
          print(mark + finishedLine({ ...view(), done: done - before }, message));
        },
      };
      current = self;
      const timer = live ? setInterval(draw, 500).unref() : undefined;
      if (live) draw();
      else print(self.line());
      return self;
    },
    note(text) {
      print(text);
      draw();
    },
    close() {
      current?.done();
    },
  };
}

function rateOf(samples: readonly { time: number; done: number }[]): number | null {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const seconds = (last.time - first.time) / 1000;
  return seconds > 0 && last.done > first.done ? (last.done - first.done) / seconds : null;
}

/** The bar in colour, what is left of it dimmed. */
function paint(line: string, colour: boolean): string {
  if (!colour) return line;
  return line.replace(/[█▏▎▍▌▋▊▉]+/u, "\x1b[36m$&\x1b[0m").replace(/░+/u, "\x1b[2m$&\x1b[0m");
}
