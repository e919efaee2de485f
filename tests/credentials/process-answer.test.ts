/** What a source's own credential_process may print. */
import { inspect } from 'node:util';
import { withoutSecrets } from '../../src/credentials/known-secrets.ts';
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
  ['a number', '7', 'it did not print one JSON object'],
  ['a text', '"Version"', 'it did not print one JSON object'],
  [
    'a version as text',
    JSON.stringify({ ...KEYS, Version: '1' }),
    'its answer has no "Version": 1',
  ],
  ['neither half', JSON.stringify({ Version: 1 }), 'its answer has no AccessKeyId'],
  [
    'an empty secret',
    JSON.stringify({ ...KEYS, SecretAccessKey: '' }),
    'its answer has no SecretAccessKey',
  ],
  [
    'an odd ID',
    JSON.stringify({ ...KEYS, AccessKeyId: 'AKIATEST PROD00000001' }),
    'its AccessKeyId holds a blank, which no key has: remove the blank: a key has none',
  ],
  [
    'an odd secret',
    JSON.stringify({ ...KEYS, SecretAccessKey: '"quoted"' }),
    'its SecretAccessKey holds ", which no key has: remove the quotes: they are read as part of the key',
  ],
  [
    'a placeholder',
    JSON.stringify({ ...KEYS, SecretAccessKey: 'YOUR_SECRET' }),
    'its SecretAccessKey is no key: it is a placeholder: put the key there',
  ],
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

test.each([undefined, null, 7, '', true])('%p is no session token', (SessionToken) => {
  const answer = readSuppliedKeys(JSON.stringify({ ...KEYS, SessionToken }));
  expect('keys' in answer && answer.keys).toMatchObject({ sessionToken: undefined });
});

test('a secret instead of the ID is not shown later', () => {
  const pasted = 'swappedAndPasted/MadeUpSecretOfFortySign';
  readSuppliedKeys(JSON.stringify({ ...KEYS, AccessKeyId: pasted }));
  expect(withoutSecrets(`got ${pasted}`)).not.toContain(pasted);
  readSuppliedKeys(JSON.stringify(KEYS));
  expect(withoutSecrets(`got ${KEYS.AccessKeyId}`)).toContain(KEYS.AccessKeyId);
});
