import { createRenderer } from "../../env/render/index.js";
import { type AttackReport, attackReward } from "../../rewards/check/attack/index.js";
import { presetFacts } from "../../rewards/check/index.js";
import { chooseSubject } from "../choose/subject.js";
import { attackPage } from "../explain/attack-page.js";
import { EXIT } from "./exit.js";
import type { AttackFlags } from "./flags.js";
import { print, printJson } from "./options.js";
import { writeText } from "./write-text.js";

/** Attacks a reward and prints what it pays wrongly; returns the exit status. */
export async function runAttack(target: string, flags: AttackFlags): Promise<number> {
  const { name, scorer, tasks } = await chooseSubject(target, flags);
  const { split, tasks: count, budget, minutes, seed, above } = flags;
  const facts = presetFacts(name ?? scorer.name);
  const renderer = await createRenderer();
  const end = performance.now() + minutes * 60_000;
  try {
    const report = await attackReward(scorer, {
      tasks: Array.from({ length: Math.min(count, tasks.size(split)) }, (_, i) => tasks.at(split, i)),
      renderer,
      budget,
      seed,
      range: facts.range,
      form: facts.form,
      stop(tried) {
        if (process.stderr.isTTY) process.stderr.write(`\r${tried} of ${budget} pages tried \r`);
        return performance.now() >= end;
      },
    });
    if (flags.json) printJson(attackJson(report));
    else for (const line of attackLines(report, above)) print(line);
    if (flags.out) {
      writeText(flags.out, await attackPage(report, above));
      if (!flags.json) print(`Written: ${flags.out}`);
    }
    return report.exploits.some(({ reward }) => reward > above) ? EXIT.failed : 0;
  } finally {
    await renderer.close();
  }
}

/** Exploits that are named in the terminal. */
const NAMED = 12;

/** The report for the terminal. */
export function attackLines({ reward, tried, unscored, exploits }: AttackReport, above: number): string[] {
  const over = exploits.filter((exploit) => exploit.reward > above).length;
  return [
    `The reward ${reward}: ${tried} pages tried, ${exploits.length} kinds of exploits, ${over} of them paid more than ${above}.`,
    ...(unscored > 0 ? [`${unscored} pages had no score or did not render.`] : []),
    ...exploits
      .slice(0, NAMED)
      .map(
        ({ reward: paid, before, reading, edits }) =>
          `  ${paid.toFixed(2)} of ${before.toFixed(2)}, ${Math.round(100 * reading)} % read: ${edits.join(" + ")}`,
      ),
    ...(exploits.length > NAMED ? [`  ... and ${exploits.length - NAMED} more; see --json or --out.`] : []),
  ];
}

const attackJson = ({ exploits, ...report }: AttackReport) => ({
  ...report,
  exploits: exploits.map(({ picture, ...exploit }) => exploit),
});
