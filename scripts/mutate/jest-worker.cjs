/**
 * A process that runs Jest again and again, since its start takes longer than most tests. Each
 * message names the files and what goes into the control file; the answer says what came of it.
 */
const fs = require('node:fs');
const path = require('node:path');
const { runCLI } = require('jest');

const root = path.join(__dirname, '../..');

process.on('message', async (control) => {
  fs.writeFileSync(path.join(root, 'control.json'), JSON.stringify(control), { mode: 0o644 });
  // The environment notes here that a test has failed: what follows is not run.
  globalThis.mutantRun = { failed: undefined, bails: control.record === undefined };
  try {
    const { results } = await runCLI(
      {
        ...{ $0: 'jest', _: control.files.map((file) => path.join(root, file)) },
        ...{ config: path.join(__dirname, 'jest.config.cjs'), rootDir: root },
        ...{ runInBand: true, silent: true, runTestsByPath: true, watchAll: false },
      },
      [root],
    );
    const broken = results.testResults.find(({ testExecError }) => testExecError);
    process.send({
      passed: results.numPassedTests,
      failed: globalThis.mutantRun.failed,
      broken: broken?.testExecError.message ?? broken?.failureMessage,
    });
  } catch (error) {
    process.send({ passed: 0, failed: undefined, broken: String(error?.stack ?? error) });
  }
});
