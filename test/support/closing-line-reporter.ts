/** What is read of Jest's own result. */
interface Totals {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/**
 * Ends a run with `N passed, N failed`; a test file that could not be run counts as one failure. Jest prints its
 * summary after every reporter has finished, so the line is written when the process ends.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts: unknown, totals: Totals): void {
    const failed = totals.numFailedTests + totals.numRuntimeErrorTestSuites;
    process.once('exit', () => process.stdout.write(`${totals.numPassedTests} passed, ${failed} failed\n`));
  }
}
