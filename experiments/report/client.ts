import type { ChartData } from "./chart.js";
import type { GalleryData } from "./gallery.js";

/** What the report hands to its scripts. */
export interface PageData {
  readonly charts: readonly ChartData[];
  readonly gallery: readonly GalleryData[];
}

/**
 * Runs in the report: reads a plot out under the pointer or by the arrow keys, at the same step in all plots of the phase.
 * It is put into the page as its own source text, so it uses nothing from outside.
 */
export function readOutCharts(data: PageData): void {
  const plots = [...document.querySelectorAll<HTMLElement>(".plot")].map((plot) => ({
    plot,
    chart: data.charts[Number(plot.dataset.chart)] as ChartData,
    cursor: plot.querySelector(".cursor") as SVGGElement,
    readout: plot.closest("figure")?.querySelector(".readout") as HTMLOutputElement,
  }));
  const ends = plots.map(({ readout }) => readout.textContent);
  const figure = (value: number) => String(Number(value.toPrecision(3))).replaceAll("-", "−");

  const show = (phase: string, step: number) => {
    for (const { plot, chart, cursor, readout } of plots) {
      const part = chart.phases.find((candidate) => candidate.phase === phase);
      cursor.classList.toggle("on", part !== undefined);
      if (!part) continue;
      const [nearest, raw, smooth] = part.points.reduce((best, point) =>
        Math.abs(point[0] - step) < Math.abs(best[0] - step) ? point : best,
      );
      const along =
        part.lastStep === part.firstStep
          ? 0.5
          : (nearest - part.firstStep) / (part.lastStep - part.firstStep);
      const x = `${(part.from + along * (part.to - part.from)) * 100}%`;
      const y = String(chart.height * (1 - (smooth - chart.low) / (chart.high - chart.low)));
      cursor.querySelector("line")?.setAttribute("x1", x);
      cursor.querySelector("line")?.setAttribute("x2", x);
      cursor.querySelector("circle")?.setAttribute("cx", x);
      cursor.querySelector("circle")?.setAttribute("cy", y);
      const isMain = plot.closest(".main") !== null;
      const smoothed = raw === smooth ? "" : ` (≈ ${figure(smooth)})`;
      readout.textContent = isMain
        ? `step ${nearest}: ${figure(raw)}${smoothed}`
        : `${nearest}: ${figure(raw)}`;
    }
  };
  const hide = () => {
    plots.forEach(({ cursor, readout }, i) => {
      cursor.classList.remove("on");
      readout.textContent = ends[i] as string;
    });
  };

  for (const { plot, chart } of plots) {
    let [phase, step] = [0, chart.phases[0]?.firstStep ?? 0];
    plot.addEventListener("pointermove", (event) => {
      const plane = (plot.querySelector("svg") as SVGElement).getBoundingClientRect();
      const x = Math.min(1, Math.max(0, (event.clientX - plane.left) / plane.width));
      const found = chart.phases.findIndex(({ to }) => x <= to + 0.015);
      phase = found < 0 ? chart.phases.length - 1 : found;
      const part = chart.phases[phase];
      if (!part) return;
      const along = Math.min(1, Math.max(0, (x - part.from) / (part.to - part.from)));
      step = part.firstStep + along * (part.lastStep - part.firstStep);
      show(part.phase, step);
    });
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const part = chart.phases[phase];
      if (!move || !part) return;
      event.preventDefault();
      const steps = part.points.map(([at]) => at);
      const here = steps.reduce(
        (best, at, i) => (Math.abs(at - step) < Math.abs((steps[best] as number) - step) ? i : best),
        0,
      );
      const isFirst = !plot.querySelector(".cursor.on");
      const next = here + (isFirst ? 0 : move);
      if (next < 0 || next >= steps.length) {
        const other = chart.phases[phase + move];
        if (!other) return;
        phase += move;
        step = move > 0 ? other.firstStep : other.lastStep;
        return show(other.phase, step);
      }
      step = steps[next] as number;
      show(part.phase, step);
    });
  }
}

/**
 * Runs in the report: opens an answer beside its target. Everything a task or a policy wrote is set as text, never as HTML.
 */
export function enlargeGallery(data: PageData): void {
  const dialog = document.querySelector("dialog") as HTMLDialogElement;
  const part = <E extends HTMLElement>(name: string) => dialog.querySelector(`[data-part="${name}"]`) as E;
  const element = (tag: string, text: string, className = ""): HTMLElement => {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = className;
    return made;
  };
  let [row, shot] = [0, 0];

  const picture = (name: string, card: Element | null | undefined) => {
    const source = card?.querySelector("img");
    const copy = source?.cloneNode() as HTMLElement | undefined;
    part(name).replaceChildren(
      copy ?? element("span", card?.querySelector(".blank")?.textContent ?? "", "blank"),
    );
  };
  const show = (nextRow: number, nextShot: number) => {
    const task = data.gallery[nextRow];
    const answer = task?.answers[nextShot];
    if (!task || !answer) return;
    [row, shot] = [nextRow, nextShot];
    const card = document.querySelector(`.open[data-row="${row}"][data-shot="${shot}"]`);
    picture("target", card?.closest(".strip")?.querySelector(".target"));
    picture("answer", card);
    part("title").textContent = task.id;
    part("prompt").textContent = task.prompt;
    part("agent").textContent = `${answer.agent} ${answer.reward}`;
    part("facts").textContent = answer.facts;
    part("source").textContent = answer.source;
    part("target-source").textContent = task.targetSource ?? "no source";
    const hadFocus = part("tabs").contains(document.activeElement);
    part("tabs").replaceChildren(
      ...task.answers.map(({ agent, reward }, i) => {
        const tab = element("button", `${agent} ${reward}`);
        tab.setAttribute("type", "button");
        tab.setAttribute("aria-pressed", String(i === shot));
        tab.addEventListener("click", () => show(row, i));
        return tab;
      }),
    );
    if (hadFocus) (part("tabs").children[shot] as HTMLElement).focus();
    part("parts").replaceChildren(
      ...answer.parts.map(([name, value]) => {
        const item = document.createElement("li");
        const meter = document.createElement("meter");
        meter.value = value ?? 0;
        meter.setAttribute("aria-label", name);
        item.append(element("span", name), value === null ? element("span", "not scored") : meter);
        item.append(element("span", value === null ? "–" : value.toFixed(2)));
        return item;
      }),
    );
    const failed = answer.failedChecks.map((check) => element("li", check));
    part("failed").replaceChildren(...failed);
    part("failed-title").textContent =
      failed.length === 0 ? "No check failed" : `Checks failed (${failed.length})`;
    part<HTMLButtonElement>("previous").disabled = row === 0;
    part<HTMLButtonElement>("next").disabled = row === data.gallery.length - 1;
  };

  for (const button of document.querySelectorAll<HTMLElement>(".open")) {
    button.addEventListener("click", () => {
      show(Number(button.dataset.row), Number(button.dataset.shot));
      dialog.showModal();
      dialog.scrollTop = 0;
      dialog.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    });
  }
  part("close").addEventListener("click", () => dialog.close());
  part("previous").addEventListener("click", () => show(row - 1, shot));
  part("next").addEventListener("click", () => show(row + 1, shot));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (move) show(row, shot + move);
  });
  dialog.addEventListener("close", () => {
    document.querySelector<HTMLElement>(`.open[data-row="${row}"][data-shot="${shot}"]`)?.focus();
  });
}
