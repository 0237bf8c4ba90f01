import { buildComponent } from "../../env/bundle/index.js";
import { compileComponent } from "../../env/bundle/tsx/compile.js";
import { InfrastructureError } from "../../infra/errors.js";
import { type BenchFigure, figure, median } from "./figure.js";

export interface TsxBenchOptions {
  /** Warm builds that are measured, default 25. */
  readonly rounds?: number;
  /** Builds before them, default 3. */
  readonly warmUp?: number;
  /** Builds of the baseline, default 3. */
  readonly baselineRounds?: number;
}

/** A panel such as models write: a chart, icons, some forty classes. The text makes every one of them new. */
function panel(text: string): string {
  return `import { useState } from "react";
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ArrowRight, Bell, Settings, TrendingUp } from "lucide-react";

const data = [{ month: "Jan", sales: 30 }, { month: "Feb", sales: 80 }, { month: "Mar", sales: 55 }];

export default function Widget() {
  const [open, setOpen] = useState(true);
  return (
    <main className="mx-auto flex min-h-screen max-w-4xl flex-col gap-6 bg-gradient-to-br from-slate-50 to-indigo-100 p-8 font-sans text-slate-900">
      <header className="flex items-center justify-between rounded-2xl border border-slate-200 bg-white px-6 py-4 shadow-sm">
        <h1 className="text-2xl font-bold tracking-tight md:text-3xl">${text}</h1>
        <nav className="flex gap-3 text-slate-500"><Bell className="h-5 w-5" /><Settings className="h-5 w-5 hover:text-slate-800" /></nav>
      </header>
      <section className="grid grid-cols-1 gap-4 sm:grid-cols-3">
        {data.map(({ month, sales }) => (
          <article key={month} className="rounded-xl bg-white/80 p-4 ring-1 ring-black/5 transition-shadow hover:shadow-lg">
            <p className="text-xs uppercase text-slate-400">{month}</p>
            <p className="mt-1 flex items-baseline gap-1 text-[22px] font-semibold">{sales}<TrendingUp size={16} className="text-emerald-500" /></p>
          </article>
        ))}
      </section>
      {open && (
        <div className="h-64 w-full rounded-xl bg-[#0f172a] p-4">
          <ResponsiveContainer width="100%" height="100%">
            <BarChart data={data}><XAxis dataKey="month" /><YAxis /><Tooltip /><Bar dataKey="sales" fill="#6366f1" /></BarChart>
          </ResponsiveContainer>
        </div>
      )}
      <button className="inline-flex items-center gap-2 self-start rounded-full bg-indigo-600 px-5 py-2 text-sm font-medium text-white" onClick={() => setOpen(!open)}>
        Details <ArrowRight size={16} />
      </button>
    </main>
  );
}`;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function build(text: string): Promise<string> {
  const outcome = await buildComponent(panel(text));
  if (outcome.status === "failed")
    throw new InfrastructureError(`The bench's component does not build: ${outcome.message}`);
  return outcome.page.html;
}

/**
 * How long it takes to turn a component into a page, with its libraries built before, against bundling it with its libraries
 * each time, as WidgetAnchor does (which on top of that starts a process and compiles Tailwind in the page).
 *
 * @throws InfrastructureError when one source gives two different pages, or a page lacks what its source says.
 */
export async function benchTsx({
  rounds = 25,
  warmUp = 3,
  baselineRounds = 3,
}: TsxBenchOptions = {}): Promise<BenchFigure[]> {
  const first = await time(() => build("first"));
  const page = await build("the same");
  if (page !== (await build("the same")) || !page.includes("the same"))
    throw new InfrastructureError("One component gave two different pages, or one without its text.");
  for (let i = 0; i < warmUp; i++) await build(`warm-up ${i}`);
  await compileHere("here");
  const warm: number[] = [];
  const here: number[] = [];
  for (let i = 0; i < rounds; i++) {
    warm.push(await time(() => build(`panel ${i}`)));
    here.push(await time(() => compileHere(`panel ${i}`)));
  }
  const whole: number[] = [];
  for (let i = 0; i < baselineRounds; i++)
    whole.push(await time(() => bundleWhole(panel(`whole ${i}`), `whole ${i}`)));
  return [
    figure("tsx: first build of a process", first, "ms"),
    figure("tsx: warm build, median", median(warm), "ms"),
    figure("tsx: warm builds", 1000 / median(warm), "builds/s", 1000 / median(whole)),
    figure(
      "tsx: warm builds in workers, against this process",
      1000 / median(warm),
      "builds/s",
      1000 / median(here),
    ),
  ];
}

/** What a worker process does with a component, done in this one. */
async function compileHere(text: string): Promise<void> {
  const compiled = await compileComponent({ source: panel(text), mode: "production" });
  if (compiled.status === "failed")
    throw new InfrastructureError(`The bench's component does not compile: ${compiled.message}`);
}

async function bundleWhole(source: string, text: string): Promise<void> {
  const { build: bundle } = await import("esbuild");
  const { outputFiles } = await bundle({
    stdin: { contents: source, loader: "tsx", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"development"' },
  });
  if (!outputFiles[0]?.text.includes(text))
    throw new InfrastructureError("The bundle of the baseline lacks the text of its component.");
}
