/**
 * Ends a run with what needs.ts found missing, and how many tests each missing thing cost. Plain
 * JavaScript: jest loads its reporters without a transform.
 */
const fs = require('node:fs');
const path = require('node:path');

const MARK = / \[without: ([^\]]+)\]/g;

module.exports = class NeedsReporter {
  #failure;

  /** `write` and `env` are for the test of this file. */
  constructor(config, { write = (text) => process.stderr.write(text), env = process.env } = {}) {
    this.config = config;
    this.write = write;
    this.env = env;
  }

  onRunComplete(_contexts, { testResults }) {
    const skipped = testResults
      .flatMap((file) => file.testResults)
      .filter(({ status }) => status === 'pending');
    const costs = new Map();
    let unexplained = 0;
    for (const { fullName } of skipped) {
      const needs = new Set([...fullName.matchAll(MARK)].flatMap(([, names]) => names.split(', ')));
      for (const need of needs) costs.set(need, (costs.get(need) ?? 0) + 1);
      if (needs.size === 0) unexplained += 1;
    }
    if (costs.size > 0) this.write(this.#block(costs));
    // With a name pattern, jest counts all that do not match as skipped.
    if (this.config.testNamePattern) unexplained = 0;
    this.#judge([...costs.keys()], unexplained);
  }

  #block(costs) {
    const rows = [...costs].sort(([one, a], [other, b]) => b - a || one.localeCompare(other));
    const width = Math.max(...rows.map(([need]) => need.length));
    const lines = rows.map(
      ([need, count]) =>
        `  ${need.padEnd(width)}  ${String(count).padStart(4)} skipped  (${this.#reason(need)})`,
    );
    return `\nMissing on this machine, and the tests that were skipped for it:\n${lines.join('\n')}\n`;
  }

  #reason(need) {
    try {
      const file = path.join(this.env.MFA_PROFILE_TEST_RUN, `${need}.json`);
      return JSON.parse(fs.readFileSync(file, 'utf8')).missing;
    } catch {
      return 'no reason was kept';
    }
  }

  #judge(missing, unexplained) {
    if (!this.env.CI) return;
    const allowed = (this.env.MFA_PROFILE_TESTS_MAY_LACK ?? '').split(/[\s,]+/);
    const lacking = missing.filter((need) => !allowed.includes(need));
    const faults = [];
    if (lacking.length > 0) faults.push(`under CI these must be here: ${lacking.join(', ')}`);
    if (unexplained > 0) faults.push(`${unexplained} tests are skipped without a need`);
    if (faults.length === 0) return;
    this.#failure = new Error(faults.join('; '));
    this.write(`\n${this.#failure.message}\n`);
  }

  /** Jest's question whether the run has failed for a reason of this reporter. */
  getLastError() {
    return this.#failure;
  }
};
