/** A secret of the run is not shown, however others spell it; and nothing else is hidden. */
import fc from 'fast-check';
import {
  hideFromNowOn,
  hideUnlessAnId,
  withoutSecrets,
} from '../../src/credentials/known-secrets.ts';
import { Secret } from '../../src/credentials/secret.ts';

const KEY = 'pr0dSecret/With+Slash=AndMorePaddingToForty';
const TOKEN = 'IQoJb3JpZ2luX2VjMadeUp+/AndLong=='.repeat(3);
const CODE = '918273';
for (const each of [KEY, TOKEN, CODE]) new Secret(each);

const percent = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
const entity = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, (each) => `&#${each.charCodeAt(0)};`);
const hexEntity = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, (each) => `&#x${each.charCodeAt(0).toString(16)};`);

const SPELLINGS: [string, (text: string) => string][] = [
  ['as it is', (text) => text],
  ['in JSON', (text) => JSON.stringify(text).replaceAll('/', '\\/')],
  ['in a URL', encodeURIComponent],
  ['in a URL, in small letters', percent],
  ['in a URL in a URL', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['in XML', entity],
  ['in XML, by hexadecimal numbers', hexEntity],
  ['in XML in XML', (text) => entity(text).replaceAll('&', '&amp;')],
  ['in base64', (text) => Buffer.from(text).toString('base64')],
  ['in capitals of JSON', (text) => text.replaceAll('+', '\\u002B').replaceAll('/', '\\u002F')],
  ['folded into lines', (text) => text.replace(/.{16}/g, '$&\r\n  ')],
  ['with invisible characters between', (text) => [...text].join('\u200b')],
  ['in quotes', (text) => `'${text}'`],
];

test.each(SPELLINGS)('%s', (_how, spell) => {
  for (const secret of [KEY, TOKEN]) {
    const shown = withoutSecrets(`before ${spell(secret)} after`);
    expect(shown).toMatch(/^before ['"]?\[secret\](==|=|%3D|&#61;)?['"]? after$/);
  }
});

test('a part of one, and one in an access key ID', () => {
  expect(withoutSecrets(`got ${KEY.slice(4, 30)} there`)).toMatch(
    /^got .{0,7}\[secret\].{0,7} there$/,
  );
  hideUnlessAnId('AKIATESTPROD00000001,swappedInSecret/AndSoOn');
  expect(withoutSecrets('x swappedInSecret/AndSoOn of AKIATESTPROD00000001')).toBe(
    'x [secret] of AKIATESTPROD00000001',
  );
});

test.each([
  [`TokenCode=${CODE}`, 'TokenCode=[secret]'],
  [`the code ${CODE} is`, 'the code [secret] is'],
  ['the code 918 273.', 'the code [secret].'],
  [`account ${CODE}123456`, `account ${CODE}123456`],
])('a code: %s', (said, shown) => {
  expect(withoutSecrets(said)).toBe(shown);
});

// prometheus-community/yet-another-cloudwatch-exporter#169, aws/aws-cli#5755, aws/aws-sdk-go#289
test.each([
  "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'never/Heard+Of/20261126/eu-west-1/sts/aws4_request'",
  "'never/Heard+Of' not a valid key=value pair in Authorization header: 'AWS4-HMAC-SHA256 Credential=never/Heard+Of/20261126/x'.".replace(
    /^'\S+/,
    'it is',
  ),
  'Authorization=AWS4-HMAC-SHA256 Credential=never/Heard+Of/20261126, SignedHeaders=host',
  'x-amz-security-token: never/Heard+Of',
])('what AWS says of a request, even where it is no secret that is known: %s', (said) => {
  expect(withoutSecrets(said)).not.toContain('never/Heard');
});

test('the program’s own words stay', () => {
  hideFromNowOn('short');
  const line =
    "AWS rejected the MFA code for prod: it's wrong (short), see %41 &amp; arn:aws:iam::1:mfa/x";
  expect(withoutSecrets(line)).toBe(line);
});

test('any secret of AWS’s form, anywhere, any encoding', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/]{40}$/);
  fc.assert(
    fc.property(
      secret,
      fc.string(),
      fc.string(),
      fc.constantFrom(...SPELLINGS),
      (key, a, b, how) => {
        hideFromNowOn(key);
        const shown = withoutSecrets(`${a} ${how[1](key)} ${b}`);
        expect(shown).not.toContain(key);
        expect(shown).not.toContain(how[1](key));
      },
    ),
  );
});
