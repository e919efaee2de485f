/** Runs tests in a copy of the tree, by a process of Jest that is kept as long as it does well. */
import { fork } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';

/** Property tests make few runs: a mutant that many runs alone would find is found by luck. */
const PROPERTY_RUNS = '30';
/** What tests leave in their process adds up. */
const RUNS_A_PROCESS = 40;
/** What is said of a run in which every test was skipped, as for want of a shell. */
export const NO_TEST = 'no test was run';

export class Runner {
  #tree;
  #child;
  #runs = 0;

  constructor(tree) {
    this.#tree = tree;
  }

  /**
   * Runs the tests that `control` names.
   * @returns `passed`; `failed` with the name of the first test that did; `broken` with the reason
   *   if Jest, or a file of tests, could not even run; `timed out`
   */
  async run(control, limitMs) {
    if (this.#runs >= RUNS_A_PROCESS) this.stop();
    const child = (this.#child ??= this.#start());
    this.#runs += 1;
    const outcome = await new Promise((resolve) => {
      const timer = setTimeout(() => finish({ kind: 'timed out' }), limitMs);
      const onMessage = ({ passed, failed, broken }) => {
        if (failed !== undefined) finish({ kind: 'failed', what: failed });
        else if (broken !== undefined) finish({ kind: 'broken', what: broken });
        else if (passed === 0) finish({ kind: 'broken', what: NO_TEST });
        else finish({ kind: 'passed' });
      };
      const onExit = (code, signal) =>
        finish({ kind: 'broken', what: `Jest's process ended: ${signal ?? code}` });
      function finish(result) {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onExit);
        resolve(result);
      }
      child.on('message', onMessage).on('exit', onExit);
      child.send(control);
    });
    // A test that fails may leave a program of its own behind, and a hook of its own undone.
    if (outcome.kind !== 'passed') this.stop();
    return outcome;
  }

  stop() {
    if (this.#child !== undefined) kill(-this.#child.pid);
    this.#child = undefined;
    this.#runs = 0;
    endLeftovers(this.#tree);
  }

  #start() {
    return fork(path.join(this.#tree, 'scripts/mutate/jest-worker.cjs'), {
      cwd: this.#tree,
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      env: {
        ...process.env,
        PROPERTY_RUNS,
        TMPDIR: path.join(this.#tree, 'tmp'),
        MFA_PROFILE_TEST_RUN: path.join(this.#tree, 'run'),
      },
    }).on('error', () => undefined);
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Ends what a run that was killed has left behind: the processes whose folder is the tree's own. */
function endLeftovers(tree) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`).startsWith(`${tree}/`)) kill(Number(pid));
    } catch {
      // It has ended, or it is somebody else's.
    }
  }
}
