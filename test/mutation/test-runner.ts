/**
 * The test runner that StrykerJS loads: mocha by its public programming interface, in the process of the worker.
 * (Stryker's own runner reaches into files that mocha 12 no longer has.)
 */
import { resolve } from "node:path";
import {
  INSTRUMENTER_CONSTANTS,
  type InstrumenterContext,
  type StrykerOptions,
} from "@stryker-mutator/api/core";
import { commonTokens, declareClassPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";
import {
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import Mocha from "mocha";

/** A test that hangs has failed after this many ms; an endless loop is stopped by Stryker. */
const TEST_TIMEOUT = 20_000;

/** What instrumented sources and Stryker tell each other, in a global variable. */
type Switchboard = { [Key in keyof InstrumenterContext]: InstrumenterContext[Key] | undefined };

class MochaTestRunner implements TestRunner {
  static inject = tokens(commonTokens.options);
  readonly #mocha = new Mocha({ timeout: TEST_TIMEOUT, reporter: class {} as never });
  readonly #files: readonly string[];
  readonly #context: Switchboard;
  #loaded = false;
  #coverage = false;

  constructor(options: StrykerOptions) {
    this.#files = options.mochaFiles as readonly string[];
    const shared = globalThis as unknown as Record<string, Switchboard | undefined>;
    this.#context = shared.__stryker__ ??= {};
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    this.#mocha.cleanReferencesAfterRun(false);
    for (const file of this.#files) this.#mocha.addFile(resolve(file));
    const self = this;
    this.#mocha.suite.beforeEach("coverage of a test", function () {
      if (self.#coverage) self.#context.currentTestId = this.currentTest?.fullTitle();
    });
  }

  async dryRun({ coverageAnalysis, disableBail }: DryRunOptions): Promise<DryRunResult> {
    this.#coverage = coverageAnalysis === "perTest";
    const result = await this.#run(disableBail);
    this.#coverage = false;
    if (result.status !== DryRunStatus.Complete || coverageAnalysis === "off") return result;
    const { mutantCoverage } = this.#context;
    return { ...result, ...(mutantCoverage ? { mutantCoverage } : {}) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { testFilter, activeMutant, mutantActivation, disableBail, hitLimit } = options;
    this.#context.hitLimit = hitLimit;
    this.#context.hitCount = hitLimit === undefined ? undefined : 0;
    const wanted = testFilter?.map((id) => `(^${id.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")}$)`).join("|");
    this.#mocha.grep(wanted === undefined ? /(?:)/ : new RegExp(wanted));
    if (mutantActivation === "static") this.#context.activeMutant = activeMutant.id;
    const result = await this.#run(disableBail, activeMutant.id);
    const overrun = determineHitLimitReached(this.#context.hitCount, hitLimit);
    return toMutantRunResult(overrun ?? result);
  }

  async #run(disableBail: boolean, activeMutant?: string): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    try {
      if (!this.#loaded) await this.#mocha.loadFilesAsync();
      this.#loaded = true;
      this.#context.activeMutant = activeMutant;
      setInherited(activeMutant);
      setBail(this.#mocha.suite, !disableBail);
      await new Promise<void>((done) => {
        const runner = this.#mocha.run(() => done());
        runner.on("pass", (test) => tests.push({ ...describeTest(test), status: TestStatus.Success }));
        runner.on("fail", (test, error: Error) =>
          tests.push({
            ...describeTest(test),
            status: TestStatus.Failed,
            failureMessage: String(error?.message ?? error),
          }),
        );
        runner.on("pending", (test) => tests.push({ ...describeTest(test), status: TestStatus.Skipped }));
      });
      return { status: DryRunStatus.Complete, tests };
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: String((error as Error)?.stack ?? error) };
    }
  }
}

function describeTest(test: Mocha.Runnable) {
  const name = test.fullTitle();
  return {
    id: name,
    name,
    timeSpentMs: test.duration ?? 0,
    ...(test.file === undefined ? {} : { fileName: test.file }),
  };
}

/** Names the mutant to threads and processes that tests start, which read it from their environment. */
function setInherited(activeMutant: string | undefined): void {
  if (activeMutant === undefined) delete process.env[INSTRUMENTER_CONSTANTS.ACTIVE_MUTANT_ENV_VARIABLE];
  else process.env[INSTRUMENTER_CONSTANTS.ACTIVE_MUTANT_ENV_VARIABLE] = activeMutant;
}

/** Ends a run at its first failure; mocha reads this at every level. */
function setBail(suite: Mocha.Suite, bail: boolean): void {
  suite.bail(bail);
  for (const child of suite.suites) setBail(child, bail);
}

/** What Stryker looks for in a plug-in. */
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "mocha-12", MochaTestRunner)];
