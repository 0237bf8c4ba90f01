import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { soakAnswers } from "./corpora.js";
import { type Lateness, latenessOf } from "./deadlines.js";
import { mixedSoak } from "./mixed.js";

/**
 * Soaks the renderer in all corpora of hostile answers, in a checkout.
 *
 *   node dist/test/soak/main.js mix [--renders 1000] [--kill-every 25]
 *   node dist/test/soak/main.js deadlines [--busy]
 *
 * `mix` ends with 1 when a render was lost or an ordinary page changed; `deadlines` when an answer took more than 1.3 deadlines, or 2.5
 * with `--busy`, which keeps every core busy beside it. Only `deadlines` hangs on what else the machine does.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    renders: { type: "string", default: "1000" },
    "kill-every": { type: "string", default: "0" },
    busy: { type: "boolean", default: false },
  },
});
const answers = soakAnswers();
if (positionals[0] === "deadlines") {
  const bound = values.busy ? 2.5 : 1.3;
  const others: ChildProcess[] = values.busy
    ? Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ["-e", "for (;;);"]))
    : [];
  const all: Lateness[] = [];
  try {
    await latenessOf(answers, (each) => all.push(each));
  } finally {
    for (const other of others) other.kill("SIGKILL");
  }
  const worst = all.toSorted((a, b) => b.deadlines - a.deadlines);
  for (const { corpus, name, deadlines, became } of worst.slice(0, 8))
    console.log(`${deadlines.toFixed(2)} deadlines: ${corpus}, ${name} (${became})`);
  const changed = all.filter(({ became }) => became.includes("changed"));
  for (const { name, became } of changed) console.log(`${name}: ${became}`);
  const late = all.filter(({ deadlines }) => deadlines > bound).length;
  console.log(
    `${all.length} answers, ${late} of them over ${bound} deadlines, ${changed.length} changed another page.`,
  );
  process.exitCode = late + changed.length > 0 ? 1 : 0;
} else {
  const { outcomes, lost, changed, kills, retries } = await mixedSoak({
    answers,
    renders: Number(values.renders),
    killEvery: Number(values["kill-every"]),
    deadline: 3000,
    log: (line) => console.log(line),
  });
  for (const each of lost) console.log(`Lost: ${each}`);
  for (const each of changed) console.log(`Changed: ${each}`);
  console.log(JSON.stringify(outcomes));
  console.log(
    `${lost.length} lost, ${changed.length} changed, ${kills} browsers killed, ${retries} renders begun again.`,
  );
  process.exitCode = lost.length + changed.length > 0 ? 1 : 0;
}
