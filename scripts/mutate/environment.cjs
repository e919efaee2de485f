/**
 * Jest's environment in a run with mutants. In the recording run it notes which mutants each test
 * reaches; in a run with one mutant it skips the tests that cannot reach it, and stops at the first
 * failure, in such a way that what the tests started is cleaned up.
 */
const fs = require('node:fs');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

const CONTROL = path.join(__dirname, '../../control.json');
const readControl = () => JSON.parse(fs.readFileSync(CONTROL, 'utf8'));

function nameOf(test) {
  const names = [];
  for (let at = test; at.parent !== undefined; at = at.parent) names.unshift(at.name);
  return names.join(' ');
}

function forEachTest(block, visit) {
  for (const child of block.children) {
    if (child.type === 'test') visit(child);
    else forEachTest(child, visit);
  }
}

module.exports = class MutantEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.file = path.relative(config.projectConfig.rootDir, context.testPath);
    this.control = readControl();
  }

  async setup() {
    const { failed, bails } = globalThis.mutantRun;
    if (bails && failed !== undefined) throw new Error('a test before has failed');
    await super.setup();
    const { mutant, record } = this.control;
    this.namespace = { activeMutant: mutant, reached: record ? new Set() : undefined };
    this.global.__stryker__ = this.namespace;
    this.note(null);
  }

  /** From here on what is reached, here or in a process that starts now, belongs to `test`. */
  note(test) {
    if (!this.control.record) return;
    this.flush();
    this.test = test;
    fs.writeFileSync(CONTROL, JSON.stringify({ ...this.control, file: this.file, test }));
  }

  flush(more = {}) {
    const ids = [...this.namespace.reached];
    this.namespace.reached.clear();
    const line = JSON.stringify({ file: this.file, test: this.test ?? null, ids, ...more });
    fs.appendFileSync(this.control.record, `${line}\n`);
  }

  handleTestEvent(event, state) {
    const { record, tests } = this.control;
    if (event.name === 'run_start' && tests !== undefined) {
      const chosen = new Set(tests[this.file]);
      forEachTest(state.rootDescribeBlock, (test) => {
        if (!chosen.has(nameOf(test))) test.mode = 'skip';
      });
    } else if (event.name === 'test_start') {
      this.note(nameOf(event.test));
    } else if (event.name === 'test_done') {
      const { test } = event;
      const hasFailed = test.errors.length > 0;
      if (hasFailed) globalThis.mutantRun.failed ??= `${this.file}: ${nameOf(test)}`;
      if (record) {
        this.flush({ ms: test.duration ?? 0, failed: hasFailed });
        this.note(null);
      } else if (hasFailed) {
        forEachTest(state.rootDescribeBlock, (each) => (each.mode = 'skip'));
      }
    }
  }

  async teardown() {
    if (this.control.record) this.flush();
    await super.teardown();
  }
};
