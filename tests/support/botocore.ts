/** Botocore, the AWS CLI's own reader, as a second opinion on what was written. */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { testWith, whereIs } from './needs.ts';

/** Profiles by name; a nested block is a map of its own. */
export type Profiles = Map<string, Map<string, string | Map<string, string>>>;

type Json = Record<string, Record<string, string | Record<string, string>>>;

const PROGRAM = path.join(__dirname, '../../fixtures/programs/read-with-botocore.py');
const RULES = path.join(__dirname, '../../fixtures/programs/botocore-rules.py');

/** `test`, where there is a botocore. */
export function testWithBotocore(name: string, fn: () => void, timeoutMs?: number): void {
  testWith(['botocore'], name, fn, timeoutMs);
}

/** What botocore makes of each file, all in one process; `'error'` where it refuses the file. */
export function readWithBotocore(
  files: ReadonlyMap<string, 'credentials' | 'config'>,
): Map<string, Profiles | 'error'> {
  const output = execFileSync(whereIs('botocore'), [PROGRAM], {
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

/** False for the copy in version 2 of the AWS CLI, which looks at AWS_PROFILE first. */
export function isBotocoreItself(): boolean {
  const options = ['-c', 'import botocore.configloader'];
  return spawnSync(whereIs('botocore'), options, { stdio: 'ignore' }).status === 0;
}

/** What botocore answers to each case; fixtures/programs/botocore-rules.py has their form. */
export function askBotocore<Answer>(cases: readonly object[]): readonly Answer[] {
  const output = execFileSync(whereIs('botocore'), [RULES], {
    input: JSON.stringify(cases),
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  return JSON.parse(output.toString()) as Answer[];
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
