/** Botocore, the AWS CLI's own reader, as a second opinion on what was written. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findTool } from './tools.ts';

/** Profiles by name; a nested block is a map of its own. */
export type Profiles = Map<string, Map<string, string | Map<string, string>>>;

type Json = Record<string, Record<string, string | Record<string, string>>>;

const PROGRAM = path.join(__dirname, '../../fixtures/programs/read-with-botocore.py');

/** The Python that can import botocore: the one on PATH, or the one that runs the AWS CLI v1. */
function findPython(): string | undefined {
  const aws = findTool('aws');
  const shebang = aws && /^#!(\/\S*python\S*)/.exec(readFileSync(aws, 'latin1'))?.[1];
  const candidates = [findTool('python3'), findTool('python'), shebang];
  return candidates.find(
    (python) => python && spawnSync(python, ['-c', 'import botocore.configloader']).status === 0,
  );
}

const python = findPython();

/** `test`, where there is a botocore; under CI there must be one. */
export function testWithBotocore(name: string, fn: () => void): void {
  if (python === undefined && process.env['CI'])
    throw new Error('under CI these tests need botocore');
  if (python === undefined) test.skip(`${name} (skipped: no botocore here)`, fn);
  else test(name, fn, 60_000);
}

/** What botocore makes of each file, all in one process; `'error'` where it refuses the file. */
export function readWithBotocore(
  files: ReadonlyMap<string, 'credentials' | 'config'>,
): Map<string, Profiles | 'error'> {
  if (python === undefined) throw new Error('no botocore');
  const output = execFileSync(python, [PROGRAM], {
    input: JSON.stringify(Object.fromEntries(files)),
    env: { ...process.env, PYTHONUTF8: '1' },
    maxBuffer: 1 << 28,
  });
  const read = JSON.parse(output.toString()) as Record<string, Json | 'error'>;
  return new Map(
    Object.entries(read).map(([file, profiles]) => [
      file,
      profiles === 'error' ? profiles : profilesFrom(profiles),
    ]),
  );
}

/** From JSON into maps, where a profile may be called `__proto__`. */
export function profilesFrom(json: Json): Profiles {
  return new Map(
    Object.entries(json).map(([name, values]) => [
      name,
      new Map(
        Object.entries(values).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : new Map(Object.entries(value)),
        ]),
      ),
    ]),
  );
}
