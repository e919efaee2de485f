/** When a session ends, by the keys that tools leave. */
import fc from '../support/fast-check.ts';
import { expiryText, formatExpiry, parseExpiry, readExpiry } from '../../src/credentials/expiry.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

test.each([
  ['2026-11-20T12:00:00Z', NOON],
  ['2026-11-20t12:00:00z', NOON],
  ['2026-11-20 12:00:00Z', NOON],
  ['2026-11-20T12:00:00.750Z', NOON + 750],
  ['2026-11-20T13:30:00+01:30', NOON],
  ['2026-11-20T07:00:00-0500', NOON],
  // A form without a zone is UTC to aws-mfa and local time to awsume (awsume#160, aws-vault#635).
  ['2026-11-20 12:00:00', undefined],
  ['2026-11-20T12:00:00', undefined],
  ['2026-11-20', undefined],
  ['2026-13-20T12:00:00Z', undefined],
  ['1795262400', undefined],
  ['tomorrow', undefined],
  ['2026-02-30T12:00:00Z', undefined],
  ['2026-02-29T12:00:00Z', undefined],
  ['2028-02-29T12:00:00Z', Date.UTC(2028, 1, 29, 12)],
  ['2026-04-31T12:00:00Z', undefined],
  ['', undefined],
  ['2026-11-20T12:00:00Z # note', undefined],
  ['x2026-11-20T12:00:00Z', undefined],
  ['2026-11-20x12:00:00Z', undefined],
  ['2026-11-20T12:00Z', undefined],
  ['2026-11-20T12:00:00.Z', undefined],
  ['2026-11-20T12:00:00+1', undefined],
  ['2026-11-20T12:00:00+1:00', undefined],
  ['2026-11-20T12:00:00+05:300', undefined],
  ['2026-11-20 07:00:00.5-05:00', NOON + 500],
  ['2026-11-20 13:00:00+0100', NOON],
  ['2026-11-30T12:00:00Z', NOON + 10 * 86_400_000],
  ['2026-12-31T12:00:00Z', NOON + 41 * 86_400_000],
  ['2026-11-31T12:00:00Z', undefined],
  ['2026-12-32T12:00:00Z', undefined],
  ['2026-11-20T25:00:00Z', undefined],
  ['2026-11-20T12:00:00+25:00', undefined],
  ['20261-11-20T12:00:00Z', undefined],
])('%j is %j', (text, time) => {
  expect(parseExpiry(text)).toBe(time);
});

test('what is written is read back, to the second, and never later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), (time) => {
      const text = formatExpiry(time);
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(parseExpiry(text)).toBe(Math.floor(time / 1000) * 1000);
    }),
  );
});

test('the earliest of several counts; what cannot be trusted is shown as it stands', () => {
  const later = '2026-11-20T14:00:00Z';
  const values = new Map([
    ['x_security_token_expires', later],
    ['aws_expiration', '2026-11-20T12:00:00Z'],
  ]);
  expect(readExpiry(values)).toBe(NOON);
  expect(
    readExpiry(
      new Map([
        ['x_security_token_expires', '2026-11-20T12:00:00Z'],
        ['aws_expiration', later],
      ]),
    ),
  ).toBe(NOON);
  expect(readExpiry(new Map([['expires', later]]))).toBeUndefined();
  // The tool that wrote the second one may have written the keys too; then they end at its time.
  const doubtful = new Map([...values, ['expiration', '2026-11-20 12:30:00'] as const]);
  expect(readExpiry(doubtful)).toBeUndefined();
  expect(expiryText(doubtful)).toBe('2026-11-20 12:30:00');
  expect(expiryText(new Map([['expiration', '2026-11-20 12:00:00']]))).toBe('2026-11-20 12:00:00');
  expect(expiryText(new Map())).toBeUndefined();
});

test.each([
  ['expiration'],
  ['aws_expiration'],
  ['aws_credential_expiration'],
  ['awsmfa_expiration'],
  ['x_security_token_expires'],
])('%s is read, and shown if it tells nothing', (key) => {
  expect(readExpiry(new Map([[key, '2026-11-20T12:00:00Z']]))).toBe(NOON);
  expect(readExpiry(new Map([[key, '']]))).toBeUndefined();
  expect(expiryText(new Map([[key, 'soon']]))).toBe('soon');
  expect(expiryText(new Map([[key, '2026-11-20T12:00:00Z']]))).toBeUndefined();
  expect(expiryText(new Map([[key, '']]))).toBeUndefined();
});
