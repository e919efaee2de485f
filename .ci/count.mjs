/**
 * Usage: FAILURES REPORT… Adds up jest's reports and prints `N passed, N failed, N skipped`. Ends
 * with 1 where a test failed, none passed, a report is missing, or FAILURES is not 0.
 */
import { readFileSync } from 'node:fs';

const [failures, ...reports] = process.argv.slice(2);
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of reports) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    sum.passed += report.numPassedTests;
    // A suite that could not even be loaded has no failed tests to count.
    sum.failed += Math.max(report.numFailedTests, report.numFailedTestSuites);
    sum.skipped += report.numPendingTests + report.numTodoTests;
  } catch (error) {
    console.error(`no report of a run: ${error.message}`);
    sum.failed += 1;
  }
}
// Another step failed, or the run as a whole for what was missing.
if (Number(failures) > 0) sum.failed = Math.max(sum.failed, 1);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
