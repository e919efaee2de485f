/**
 * What each instrumented file opens with: which mutant is active and what was reached is kept in a
 * global of this process. The test environment sets that global for the tests' own process; every
 * other process (the built program, a fixture program) reads it from the control file.
 */

/** The text of the helpers that Stryker's instrumenter calls, instead of its own header. */
export const header = (controlFile) => `
function stryNS_9fa48() {
  const g = globalThis;
  let ns = g.__stryker__;
  if (ns === undefined) {
    ns = g.__stryker__ = { activeMutant: undefined, reached: undefined };
    const fs = process.getBuiltinModule('node:fs');
    try {
      const control = JSON.parse(fs.readFileSync(${JSON.stringify(controlFile)}, 'utf8'));
      ns.activeMutant = control.mutant;
      if (control.record) {
        ns.reached = new Set();
        process.on('exit', () => {
          const line = JSON.stringify({ file: control.file, test: control.test, ids: [...ns.reached] });
          try { fs.appendFileSync(control.record, line + '\\n'); } catch {}
        });
      }
    } catch {}
  }
  return ns;
}
function stryCov_9fa48(...ids) {
  const { reached } = stryNS_9fa48();
  if (reached !== undefined) for (const id of ids) reached.add(id);
}
function stryMutAct_9fa48(id) {
  return stryNS_9fa48().activeMutant === id;
}
`;
