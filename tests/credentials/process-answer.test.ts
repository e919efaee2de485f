/** What a source's own credential_process may print. */
import { inspect } from 'node:util';
import { readSuppliedKeys } from '../../src/credentials/process-answer.ts';
import { speakEnglish } from '../../src/problems/text.ts';

const KEYS = {
  Version: 1,
  AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

test('long-term keys', () => {
  const answer = readSuppliedKeys(`${JSON.stringify(KEYS)}\n`);
  if (!('keys' in answer)) throw new Error(speakEnglish(answer.reason));
  expect(answer.keys.accessKeyId).toBe(KEYS.AccessKeyId);
  expect(answer.keys.secretAccessKey?.reveal()).toBe(KEYS.SecretAccessKey);
  expect(answer.keys.sessionToken).toBeUndefined();
  expect(inspect(answer)).not.toContain(KEYS.SecretAccessKey);
});

test('a session is told by its token', () => {
  const answer = readSuppliedKeys(JSON.stringify({ ...KEYS, SessionToken: 'made-up' }));
  expect('keys' in answer && answer.keys.sessionToken?.reveal()).toBe('made-up');
});

test.each([
  ['nothing', '', 'it did not print one JSON object'],
  ['two objects', '{}{}', 'it did not print one JSON object'],
  ['null', 'null', 'it did not print one JSON object'],
  ['another version', JSON.stringify({ ...KEYS, Version: 2 }), 'its answer has no "Version": 1'],
  ['no key', JSON.stringify({ ...KEYS, AccessKeyId: '' }), 'its answer has no AccessKeyId'],
  [
    'half a key',
    JSON.stringify({ ...KEYS, SecretAccessKey: 7 }),
    'its answer has no SecretAccessKey',
  ],
])('%s is refused without showing it', (_what, output, reason) => {
  expect(readSuppliedKeys(output)).toMatchObject({ reason: { english: reason } });
});
