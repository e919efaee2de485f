/**
 * Tells what needs.ts found missing in a run, and how many tests each missing thing cost. It leaves
 * the text to tidy-up.ts, which comes after jest's own summary. Plain JavaScript: jest loads its
 * reporters without a transform.
 */
const fs = require('node:fs');
const path = require('node:path');

const MARK = / \[without: ([^\]]+)\]/g;

module.exports = class NeedsReporter {
  #failure;

  /** `env` is for the test of this file. */
  constructor(config, { env = process.env } = {}) {
    this.config = config;
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
    // With a name pattern, jest counts all that do not match as skipped.
    if (this.config.testNamePattern) unexplained = 0;
    this.#failure = this.#judge([...costs.keys()], unexplained);
    const parts = [costs.size > 0 && this.#block(costs), this.#failure?.message].filter(Boolean);
    const file = path.join(this.env.MFA_PROFILE_TEST_RUN, 'missing.txt');
    if (parts.length > 0) fs.writeFileSync(file, parts.map((part) => `\n${part}\n`).join(''));
  }

  #block(costs) {
    const rows = [...costs].sort(([one, a], [other, b]) => b - a || one.localeCompare(other));
    const width = Math.max(...rows.map(([need]) => need.length));
    const lines = rows.map(
      ([need, count]) =>
        `  ${need.padEnd(width)}  ${String(count).padStart(4)} skipped  (${this.#reason(need)})`,
    );
    return `Missing on this machine, and the tests that were skipped for it:\n${lines.join('\n')}`;
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
    if (!this.env.CI) return undefined;
    const allowed = (this.env.MFA_PROFILE_TESTS_MAY_LACK ?? '').split(/[\s,]+/);
    const lacking = missing.filter((need) => !allowed.includes(need));
    const faults = [];
    if (lacking.length > 0) faults.push(`under CI these must be here: ${lacking.join(', ')}`);
    if (unexplained > 0) faults.push(`${unexplained} tests are skipped without a need`);
    return faults.length > 0 ? new Error(faults.join('; ')) : undefined;
  }

  /** Jest's question whether the run has failed for a reason of this reporter. */
  getLastError() {
    return this.#failure;
  }
};
