import type { Task } from "../../../env/contract/task.js";
import { contentOf } from "./content.js";
import { ACCEPTABLE, HEAVY } from "./grades.js";
import { RUINS } from "./ruins/index.js";
import { SPOILED } from "./spoiled.js";
import { kendallTau, shareNotAbove, spreadOf } from "./statistics.js";
import type { AgreementReport, AgreementSample, Spread } from "./types.js";

/** Share of a reward that what was asked for decides; the rest is for how well any page is made. */
const ASKED = 0.7;

const REFERENCE = "reference";

/** The figures of a report. The reference counts as a page of its task, and not among the competent designs. */
export function summarize(
  samples: readonly AgreementSample[],
  tasks: readonly Task[],
): Omit<AgreementReport, "reward" | "tasks" | "samples"> {
  const values = (keep: (sample: AgreementSample) => boolean) =>
    samples.filter((sample) => keep(sample) && sample.value !== null).map(({ value }) => value as number);
  const designs = samples.filter(({ group, name }) => group === "competent" && name !== REFERENCE);
  const ruined = samples.filter(({ group }) => group === "ruined");
  const worthless = ruined.filter(({ family }) => RUINS[family]?.worthless);
  const kinds = grouped(ruined, ({ family, name }) => `${family}\n${name}`).map(([key, spread]) => {
    const [family = "", name = ""] = key.split("\n");
    return { family, name, spread };
  });
  return {
    competent: spreadOf(designs.map(({ value }) => value)),
    designs: Object.fromEntries(grouped(designs, ({ name }) => name)),
    worthless: spreadOf(worthless.map(({ value }) => value)),
    families: Object.fromEntries(grouped(ruined, ({ family }) => family)),
    kinds: kinds.sort((a, b) => b.spread.mean - a.spread.mean),
    inversions: meanOf(
      tasks.map(({ id }) =>
        shareNotAbove(
          values(({ task, group, name }) => task === id && group === "competent" && name !== REFERENCE),
          values(
            ({ task, group, family }) =>
              task === id && group === "ruined" && RUINS[family]?.worthless === true,
          ),
        ),
      ),
    ),
    tau: meanOf(damageRows(samples).map(({ grades, losses }) => kendallTau(grades, losses))),
    acrossPages: acrossPages(
      values(({ group, grade }) => group === "graded" && grade <= ACCEPTABLE),
      values(({ group, grade }) => group === "graded" && grade >= HEAVY),
    ),
    spoiled: Object.keys(SPOILED).flatMap((name) => costOf(name, samples, tasks)),
    unmeasured: samples.filter(({ value }) => value === null).length,
  };
}

function grouped(
  samples: readonly AgreementSample[],
  keyOf: (sample: AgreementSample) => string,
): [string, Spread][] {
  const keys = [...new Set(samples.map(keyOf))];
  return keys.flatMap((key): [string, Spread][] => {
    const spread = spreadOf(samples.filter((sample) => keyOf(sample) === key).map(({ value }) => value));
    return spread === null ? [] : [[key, spread]];
  });
}

/** Grades and losses of every page and family, the undamaged page first. */
function damageRows(samples: readonly AgreementSample[]): { grades: number[]; losses: number[] }[] {
  const graded = samples.filter(({ group, value }) => group === "graded" && value !== null);
  const keys = [...new Set(graded.map(({ task, base, family }) => `${task}\n${base}\n${family}`))];
  return keys.map((key) => {
    const row = graded.filter(({ task, base, family }) => `${task}\n${base}\n${family}` === key);
    const whole = baseValue(samples, row[0]!);
    const all = whole === null ? row : [{ grade: 0, value: whole }, ...row];
    return { grades: all.map(({ grade }) => grade), losses: all.map(({ value }) => -(value as number)) };
  });
}

function baseValue(samples: readonly AgreementSample[], { task, base }: AgreementSample): number | null {
  return (
    samples.find((each) => each.task === task && each.group === "competent" && each.name === base)?.value ??
    null
  );
}

function acrossPages(acceptable: readonly number[], heavy: readonly number[]): number | null {
  const wrong = shareNotAbove(acceptable, heavy);
  return wrong === null ? null : 1 - wrong;
}

/** What spoiling one part costs in the mean, beside the part's share of what its pages were asked for. */
function costOf(
  name: string,
  samples: readonly AgreementSample[],
  tasks: readonly Task[],
): { name: string; loss: number; share: number }[] {
  const rows = samples
    .filter((sample) => sample.group === "spoiled" && sample.name === name)
    .flatMap((sample) => {
      const whole = baseValue(samples, sample);
      const task = tasks.find(({ id }) => id === sample.task);
      return whole === null || sample.value === null || !task
        ? []
        : [{ loss: whole - sample.value, share: ASKED / partsOf(task) }];
    });
  const [loss, share] = [meanOf(rows.map((row) => row.loss)), meanOf(rows.map((row) => row.share))];
  return loss === null || share === null ? [] : [{ name, loss, share }];
}

/** Parts a page was asked for: its look, its opening, and each section, navigation and footer. */
function partsOf({ reference }: Task): number {
  const content = contentOf(reference?.outline ?? reference?.html ?? "");
  if (content === null) return 1;
  return 2 + content.sections.length + (content.links.length > 0 ? 1 : 0) + (content.footer ? 1 : 0);
}

function meanOf(values: readonly (number | null)[]): number | null {
  return spreadOf(values)?.mean ?? null;
}
