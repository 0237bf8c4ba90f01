const { reporters, Runner } = require("mocha");

/** Mocha's `spec` report with one closing line of counts that other programs can read. */
module.exports = class ClosingLineReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      process.once("exit", () => {
        const { passes, failures, pending } = this.stats;
        process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
      });
    });
  }
};
