/** Killed at any moment, the file is whole, and the next run goes on by itself. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLockedUpdate } from '../../src/store/update.ts';
import { leftoverPattern } from '../../src/store/leftovers.ts';
import { useFixturePrograms, useFolder } from '../support/fixture-program.ts';

const folder = useFolder();
const programs = useFixturePrograms(['rewrite-loop', 'update-loop']);

const KILLS = 40;
const AT_ONCE = 2;

/** The number of a whole content as `rewrite-loop` makes it; throws where it is not whole. */
function generationOf(text: string): number {
  const lines = text.split('\n');
  const generation = /^begin (\d+)$/.exec(lines[0] ?? '')?.[1];
  expect(generation).toBeDefined();
  expect(text.endsWith(`\nend ${generation}\n`)).toBe(true);
  expect(new Set(lines.slice(1, -2))).toEqual(new Set([generation]));
  return Number(generation);
}

async function killAtRandom(number: number): Promise<string> {
  const home = path.join(folder(), String(number));
  mkdirSync(home);
  const file = path.join(home, 'credentials');
  writeFileSync(file, 'begin 0\n0\nend 0\n');
  const child = programs.start('rewrite-loop', [file]);
  await child.waitForStdout(/ready/);
  await pause(Math.random() * 250);
  child.kill();
  await child.result;
  return file;
}

test(`SIGKILL, ${KILLS} times at random: the file is whole, the next run repairs nothing`, async () => {
  const files: string[] = [];
  for (let number = 0; number < KILLS; number += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, index) => killAtRandom(number + index));
    files.push(...(await Promise.all(batch)));
  }
  const generations = files.map((file) => generationOf(readFileSync(file, 'latin1')));
  // Some were killed after a write: the loop really ran.
  expect(Math.max(...generations)).toBeGreaterThan(0);
  const held = files.filter((file) => existsSync(`${file}.lock`));
  expect(held.length).toBeGreaterThan(0);

  const updates = held.map((file) => withLockedUpdate(file, () => Buffer.from('next\n')));
  expect(new Set(await Promise.all(updates))).toEqual(new Set([true]));
  for (const file of held) {
    expect(readFileSync(file, 'utf8')).toBe('next\n');
    const left = readdirSync(path.dirname(file)).filter((name) => !leftoverPattern.test(name));
    expect(left).toEqual(['credentials']);
  }
});

// trek10inc/awsume#72, dcoker/awsmfa#13: parallel refreshers lost each other's profiles.
test('many writers at once lose nothing', async () => {
  const file = path.join(folder(), 'credentials');
  writeFileSync(file, '# mine\n[default]\n');
  const names = Array.from({ length: 12 }, (_, index) => `writer${index}`);
  const children = names.map((name) => programs.start('update-loop', [file, name, '3']));
  const said = await Promise.all(children.map(async ({ result }) => (await result).stdout));
  expect(said).toEqual(names.map(() => '3\n'));
  const text = readFileSync(file, 'latin1');
  const added = names.map((name) => [2, 1, 0].map((index) => `${name}_${index} = 1\n`).join(''));
  const expected = names.map((name, index) => `[${name}]\n${added[index]}`);
  expect(text.startsWith('# mine\n[default]\n')).toBe(true);
  for (const section of expected) expect(text).toContain(section);
  expect(text).toHaveLength(`# mine\n[default]\n${expected.join('')}`.length);
  expect(readdirSync(folder())).toEqual(['credentials']);
});
