/** Keys with characters that no key has, and the likely cause of each. */
import { judgeKey } from '../../src/credentials/key-form.ts';
import type { KeyPart } from '../../src/credentials/key-form.ts';

const ID = 'AKIATESTPROD00000001';
const SECRET = 'pr0dSecret/With+Slash=AndMorePaddingToForty';

test.each<[KeyPart, string]>([
  ['id', ID],
  ['id', 'test'],
  ['id', 'AKIAIOSFODNN7EXAMPLE'],
  ['secret', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['secret', 'secretkey'],
  ['secret', SECRET],
  ['secret', 'made+up/secret'],
])('%s %s may be a key', (part, value) => {
  expect(judgeKey(part, value)).toBeUndefined();
});

test.each<[KeyPart, string, RegExp]>([
  ['id', 'YOUR_ACCESS_KEY_ID', /placeholder/],
  ['id', `AKIA${'X'.repeat(16)}`, /placeholder/],
  ['secret', 'YOUR_SECRET_ACCESS_KEY', /placeholder/],
  ['secret', 'aws_secret_access_key', /placeholder/],
  ['secret', 'xxxxxxxxxxxxxxxx', /placeholder/],
  ['id', 'akiatestprod00000001', /in capital letters/],
  // A secret without one of base64's signs, which one in four is.
  ['id', 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab', /swapped/],
  ['secret', ID, /looks like an access key ID/],
])('%s %j, though each of its characters may be a key’s', (part, value, cause) => {
  const odd = judgeKey(part, value);
  expect(odd?.character).toBeUndefined();
  expect(odd?.cause.english).toMatch(cause);
});

test.each<[KeyPart, string, RegExp, RegExp]>([
  ['id', `${ID}\u200b`, /not seen \(U\+200B\)/, /copied along/],
  ['secret', `${SECRET}\u200b`, /not seen \(U\+200B\)/, /copied along/],
  ['id', `“${ID}”`, /^“ \(U\+201C\)/, /quotes/],
  ['id', `"${ID}"`, /^"/, /quotes/],
  ['secret', `'${SECRET}'`, /^'/, /quotes/],
  ['id', '\uff21\uff2b\uff29\uff21', /\(U\+FF21\)/, /full-width/],
  ['id', 'AKIATESTPR\nOD00000001', /line break/, /next line/],
  ['id', 'AKIATEST PROD00000001', /a blank/, /remove the blank/],
  ['id', 'AKIATEST\u00a0PROD00000001', /not seen \(U\+00A0\)/, /copied along/],
  ['id', `${ID},${SECRET}`, /^,/, /CSV/],
  ['id', `${ID},`, /^,/, /remove it/],
  ['secret', `${SECRET};`, /^;/, /remove it/],
  ['id', `${ID} ${SECRET}`, /a blank/, /two/],
  ['id', SECRET, /^\//, /swapped/],
  ['id', `${ID} # mine`, /a blank/, /comment/],
  ['id', `${ID} #自身が設定した文字列`, /a blank/, /comment/],
  ['secret', `${SECRET}%`, /^%/, /zsh/],
  ['id', '<YOUR_KEY>', /^</, /placeholder/],
  ['id', 'op://vault/aws/id', /^:/, /password manager/],
  ['secret', 'arn:aws:secretsmanager:eu-west-1:1:secret:x', /^:/, /password manager/],
  ['id', '{{ aws_key }}', /^\{/, /template/],
  ['secret', 'ENC[AES256_GCM,data:x]', /^\[/, /encrypted/],
  ['secret', '${AWS_SECRET}', /^\$/, /variable/],
])('%s %j', (part, value, character, cause) => {
  const odd = judgeKey(part, value);
  expect(odd?.character?.english).toMatch(character);
  expect(odd?.cause.english).toMatch(cause);
});
