/** The calls of `doctor` to AWS, where the built program cannot be stopped at the right moment. */
import { command } from '../../src/commands/doctor/command.ts';
import { checkConnection } from '../../src/commands/doctor/network.ts';
import { parseDocument } from '../../src/document/index.ts';
import { Failure } from '../../src/problems/problem.ts';
import { readProfile } from '../../src/profiles/profiles.ts';
import { readSettings } from '../../src/cli/settings.ts';
import type { Iam } from '../../src/world.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const LINE = { command: 'doctor', names: [], rest: undefined, options: new Map() };

/** What doctor says of alice's key, where IAM answers like this. */
function checkAlice(listAccessKeys: Iam['listAccessKeys']) {
  const keys = 'aws_access_key_id = AKIAMADEUPKEYALICE00\naws_secret_access_key = made-up\n';
  const world = makeFakeWorld();
  const iam = { listAccessKeys, close: () => undefined } as Iam;
  const files = {
    credentials: parseDocument(Buffer.from(`[alice]\n${keys}`), '/credentials'),
    config: parseDocument(Buffer.from(''), '/config'),
  };
  return checkConnection({
    profile: readProfile(files, 'alice')!,
    files,
    settings: readSettings(LINE, command, makeFakeWorld()),
    world: { ...world, iam: () => Promise.resolve(iam) },
  });
}

test('a key whose age may not be asked for is no fault of the set-up', async () => {
  const checks = await checkAlice(() => Promise.reject(new Error('AccessDenied')));
  expect(checks.at(-1)).toMatchObject({ check: 'key-age', status: 'good' });
});

test('Ctrl-C while the age of the key is asked for ends the program', async () => {
  const interrupted = new Failure({ kind: 'interrupted', signal: 'SIGINT' });
  await expect(checkAlice(() => Promise.reject(interrupted))).rejects.toBe(interrupted);
});
