import { statSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { OWN_RULES } from "../../env/artifact/extraction.js";
import type { ArtifactOutcome } from "../../env/contract/artifact.js";
import type { RenderOutcome } from "../../env/contract/rendered-page.js";
import type { ArtifactKind, Viewport } from "../../env/contract/task.js";
import { InfrastructureError, messageOf, UsageError } from "../../infra/errors.js";
import { EXIT } from "./exit.js";
import { extractionOption, parseKind, print, printJson, readInput, viewportOption } from "./options.js";

interface RenderFlags {
  readonly kind: ArtifactKind;
  readonly viewport: Viewport;
  readonly json?: boolean;
  readonly out?: string;
  readonly extraction: string;
}

/** What `webgen render --json` prints. */
export interface RenderSummary {
  readonly status: "rendered" | "refused" | "failed";
  readonly reason: string | null;
  readonly hash: string | null;
  readonly milliseconds: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly console: readonly { level: string; text: string }[];
  readonly findings: readonly { kind: string; message: string }[];
}

export function renderCommand(): Command {
  return new Command("render")
    .argument("<file>", "the answer: a file, - for standard input, or the folder of a site")
    .option("--kind <kind>", "html, tsx or site", parseKind, "html")
    .addOption(viewportOption())
    .addOption(extractionOption())
    .option("--out <png>", "write the screenshot here")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  webgen render page.html --out page.png
  webgen render my-site/ --kind site
  echo '<h1>Hello</h1>' | webgen render - --viewport 375x812 --json

Exit status: 0 rendered, 1 refused, failed, or the machine is at fault, 2 a call that cannot be.`,
    )
    .action(async (file: string, flags: RenderFlags) => {
      const started = performance.now();
      if (flags.extraction !== OWN_RULES) await import("../../rewards/systems/extractions.js");
      const artifact = await readAnswer(file, flags);
      if (artifact.status === "refused") {
        const reason = `${artifact.refusal.reason}: ${artifact.refusal.message}`;
        return report(emptySummary("refused", reason, performance.now() - started), flags);
      }
      const { createRenderer } = await import("../../env/render/index.js");
      const renderer = await createRenderer({ concurrency: 1 });
      try {
        const outcome = await renderer.render({ artifact: artifact.artifact, viewport: flags.viewport });
        if (outcome.status === "rendered" && flags.out) writePng(flags.out, outcome.page.png);
        report(await summarize(outcome), flags);
      } finally {
        await renderer.close();
      }
    });
}

/** A folder is the project of a site. */
async function readAnswer(path: string, { kind, extraction }: RenderFlags): Promise<ArtifactOutcome> {
  const { readArtifact, readSiteFolder } = await import("../../env/artifact/index.js");
  const isFolder = path !== "-" && statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return readArtifact(kind, readInput(path), { extraction });
  if (kind !== "site") throw new UsageError(`${path} is a folder, which is rendered with --kind site.`);
  return readSiteFolder(path);
}

async function summarize(outcome: RenderOutcome): Promise<RenderSummary> {
  if (outcome.status === "skipped") return emptySummary("refused", outcome.message, 0);
  if (outcome.status === "failed")
    return emptySummary("failed", `${outcome.reason}: ${outcome.message}`, outcome.milliseconds);
  const { page } = outcome;
  return {
    status: "rendered",
    reason: null,
    hash: await page.hash(),
    milliseconds: Math.round(page.timing.total),
    width: page.width,
    height: page.height,
    console: page.console,
    findings: [...page.findings, ...(page.site?.findings ?? [])],
  };
}

function emptySummary(status: RenderSummary["status"], reason: string, milliseconds: number): RenderSummary {
  const nothing = { hash: null, width: null, height: null, console: [], findings: [] };
  return { status, reason, milliseconds: Math.round(milliseconds), ...nothing };
}

function report(summary: RenderSummary, { json }: RenderFlags): void {
  if (summary.status !== "rendered") process.exitCode = EXIT.failed;
  if (json) printJson(summary);
  else printSummary(summary);
}

function printSummary(summary: RenderSummary): void {
  const size = summary.width === null ? "" : ` ${summary.width} x ${summary.height} px`;
  print(
    `${summary.status}${size} in ${summary.milliseconds} ms${summary.reason ? `: ${summary.reason}` : ""}`,
  );
  if (summary.hash) print(`pixels ${summary.hash}`);
  for (const { level, text } of summary.console) print(`console ${level}: ${text}`);
  for (const { kind, message } of summary.findings) print(`finding ${kind}: ${message}`);
}

function writePng(path: string, png: Uint8Array): void {
  try {
    writeFileSync(path, png);
  } catch (error) {
    throw new InfrastructureError(`Cannot write the screenshot to ${path}: ${messageOf(error)}.`);
  }
}
