/** What is made of npm's answer to an audit. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../support/project-files.ts';

interface Judged {
  lines: string[];
  fails: boolean;
}

function judge(report: object): Judged {
  const script = `import(${JSON.stringify(path.join(ROOT, 'scripts/audit.mjs'))}).then(({ judge }) =>
    console.log(JSON.stringify(judge(${JSON.stringify(report)}, new Set(['yargs'])))))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as Judged;
}

const found = (name: string, severity: string) => ({
  metadata: { dependencies: { total: 9 } },
  vulnerabilities: { [name]: { name, severity, range: '<2' } },
});

test.each([
  ['what is bundled counts however low', found('yargs', 'low'), true],
  ['what is not counts where it is high', found('jest', 'high'), true],
  ['and is only named where it is not', found('jest', 'moderate'), false],
])('%s', (_what, report, fails) => {
  const judged = judge(report);
  expect(judged.fails).toBe(fails);
  expect(judged.lines).toContain('audited: 9 packages, 1 with a known vulnerability');
  expect(judged.lines[0]).toMatch(/^(?:low|high|moderate): (?:yargs|jest) <2/);
});

test('a registry that refuses is reported', () => {
  const { lines, fails } = judge({ message: '405 Method Not Allowed', error: { code: null } });
  expect(lines).toEqual([
    'not audited: the registry does not answer that (405 Method Not Allowed)',
  ]);
  expect(fails).toBe(false);
});
