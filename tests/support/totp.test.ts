/** The codes of the local STS are those of RFC 6238's own test vectors. */
import { codeAt, decodeBase32, stepAt } from '../../fixtures/sts/totp.ts';

const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

// RFC 6238, appendix B, the rows for SHA-1.
test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at %d s the code is %s', (seconds, code) => {
  expect(codeAt(RFC_SECRET, stepAt(seconds * 1000), 8)).toBe(code);
  expect(codeAt(RFC_SECRET, stepAt(seconds * 1000))).toBe(code.slice(2));
});

test('base32 is read with and without padding, in either case, and nothing else is', () => {
  expect(decodeBase32(RFC_SECRET).toString()).toBe('12345678901234567890');
  expect(decodeBase32('MZXW6===').toString()).toBe('foo');
  expect(decodeBase32('mzxw6').toString()).toBe('foo');
  expect(() => decodeBase32('not base32!')).toThrow('not a base32 secret');
});
