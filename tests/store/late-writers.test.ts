/** Beside a program that knows no lock, neither side loses a write. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { spawnChild } from '../support/child.ts';
import type { Child } from '../support/child.ts';
import { useFixturePrograms, useFolder } from '../support/fixture-program.ts';
import { describeWith, whereIs } from '../support/needs.ts';

const folder = useFolder();
const programs = useFixturePrograms(['update-loop', 'lockless-writer']);
const PYTHON_WRITER = path.join(__dirname, '../../fixtures/programs/lockless-writer.py');

const WRITES = 150;

const PROFILES = Array.from(
  { length: 60 },
  (_, index) => `# profile ${index}\n[p${index}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n`,
);

/** Runs our loop beside the other writer for as long as that one writes; checks the outcome. */
async function writeBoth(startOther: (file: string) => Child): Promise<void> {
  const file = path.join(folder(), 'credentials');
  writeFileSync(file, `${PROFILES.join('')}[cli]\nfirst = 1\n`);
  const ours = programs.start('update-loop', [file, 'ours', '100000']);
  // On a busy machine the other one may be done before this one has begun.
  while (!readFileSync(file, 'latin1').includes('ours_0')) await pause(10);
  const other = startOther(file);
  expect((await other.result).code).toBe(0);
  ours.signal('SIGTERM');
  const changed = Number((await ours.result).stdout);
  expect(changed).toBeGreaterThan(0);

  const lines = readFileSync(file, 'latin1').split('\n');
  const counted = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).sort();
  const numbered = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => `${name}_${index}`).sort();
  const keys = (pattern: RegExp) => counted(pattern).map((line) => line.split(' ')[0]);
  expect(keys(/^key_\d+ = value\d*$/).sort()).toEqual(numbered(WRITES, 'key'));
  expect(keys(/^ours_\d+ = 1$/).sort()).toEqual(numbered(changed, 'ours'));
  // Nor did a section go or come twice: Python's parser would refuse the whole file.
  const headers = counted(/^\[/);
  expect(new Set(headers).size).toBe(headers.length);
  expect(lines.join('\n').startsWith(PROFILES.join(''))).toBe(true);
  expect(readdirSync(folder())).toEqual(['credentials']);
}

describe('a writer that reads, truncates and writes', () => {
  test.each([0, 4])('%d ms between its writes', async (pauseMs) => {
    await writeBoth((file) =>
      programs.start('lockless-writer', [file, String(WRITES), String(pauseMs)]),
    );
  });
});

// aws/aws-cli#10648
describeWith(['aws-cli-writer'], "the AWS CLI's own writer", () => {
  const python = whereIs('aws-cli-writer');

  test.each([
    ['changing a section', 'old', 0],
    ['changing a section', 'old', 4],
    ['appending sections', 'new', 0],
    ['appending sections', 'new', 4],
    ['both in turn', 'mixed', 2],
  ])('%s: %s, %d ms between its writes', async (_, kind, pauseMs) => {
    await writeBoth((file) =>
      spawnChild(python, [PYTHON_WRITER, file, String(WRITES), String(pauseMs), kind]),
    );
  });
});
