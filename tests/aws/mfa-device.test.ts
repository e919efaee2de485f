/** The serial number of an MFA device, judged by its form. */
import { isTokenCode, judgeSerial, readTokenCode } from '../../src/aws/mfa-device.ts';

test.each([
  ['arn:aws:iam::123456789012:mfa/alice', 'good'],
  ['arn:aws:iam::123456789012:mfa/division/alice@example.com', 'good'],
  ['arn:aws:iam::123456789012:mfa/root-account-mfa-device', 'good'],
  ['arn:aws-cn:iam::123456789012:mfa/alice', 'good'],
  ['arn:aws-us-gov:iam::123456789012:mfa/alice', 'good'],
  ['GAHT12345678', 'good'],
  ['GAHT1234', 'bad'],
  ['arn:aws:iam::123456789012:role/admin', 'bad'],
  ['arn:awz:iam::123456789012:mfa/alice', 'bad'],
  ['arn:aws:iam::1234:mfa/alice', 'bad'],
  ['arn:aws:iam::123456789012:mfa/', 'bad'],
  ['arn:aws:iam::123456789012:mfa/a b', 'bad'],
  ['arn:aws:iam::123456789012:u2f/user/una/key', 'bad'],
  ['', 'bad'],
  ['GAHT12345', 'good'],
  [' GAHT12345', 'bad'],
  ['GAHT12345 ', 'bad'],
  ['GAHT-1234/5+6=7:8,9.0@x', 'good'],
  ['arn:aws:iam::123456789012:mfa', 'good'],
  ['arn:aws:iam::123456789012:mfax', 'bad'],
  ['arn:aws:iam::123456789012:sms-mfa/alice', 'good'],
  ['arn:aws:iam::1234567890123:mfa/alice', 'bad'],
  ['arn:aws:iam::123456789012:mfa/alice:x', 'bad'],
  ['arn:aws:iam::123456789012:mfa/a=b/c+d,e.f@g-h_1', 'good'],
  ['arn:aws:sts::123456789012:mfa/alice', 'bad'],
  ['arn:aws:iam::12345678901x:user/alice', 'bad'],
  ['arn:aws:iam::1:user/alice', 'bad'],
  ['arn:aws:iam::123456789012:user', 'bad'],
  ['arn:aws:iam::1:u2f/x', 'bad'],
  ['x/arn:aws:iam::123456789012:mfa/alice', 'good'],
  [`${'x'.repeat(256)}`, 'good'],
  [`${'x'.repeat(257)}`, 'bad'],
  [`arn:aws:iam::123456789012:mfa/${'x'.repeat(300)}`, 'bad'],
])('%j is %s', (serial, kind) => {
  expect(judgeSerial(serial)).toMatchObject({ kind });
});

// broamski/aws-mfa#46
test.each([
  ['arn:aws:iam::123456789012:user/alice', 'arn:aws:iam::123456789012:mfa/alice'],
  ['arn:aws-cn:iam::123456789012:user/team/alice', 'arn:aws-cn:iam::123456789012:mfa/alice'],
])('%j was meant as %j', (serial, suggestion) => {
  expect(judgeSerial(serial)).toMatchObject({ kind: 'doubtful', suggestion });
});

test('a security key is named as such (aws/aws-cli#3607)', () => {
  const verdict = judgeSerial('arn:aws:iam::123456789012:u2f/user/una/key-ABC');
  expect(verdict).toMatchObject({
    kind: 'bad',
    reason: { english: expect.stringContaining('FIDO') as string },
  });
});

test.each([
  ['arn:awz:iam::123456789012:mfa/alice', 'noPartition'],
  ['arn:aws:iam::123456789012:u2f/user/una/key-ABC', 'securityKey'],
  ['arn:aws:iam::123456789012:passkey/una', 'securityKey'],
  ['arn:aws:iam::123456789012:role/admin', 'otherArn'],
  ['arn:aws:iam::123456789012:xu2f/una', 'otherArn'],
  ['arn:aws:iam::1:u2f/una', 'otherArn'],
  ['arn:aws:iam::1:user/una', 'otherArn'],
  ['arn:aws:iam::123456789012:xuser/una', 'otherArn'],
  ['a b', 'noSerial'],
])('what is wrong with %j is %s', (serial, entry) => {
  expect(judgeSerial(serial)).toMatchObject({ kind: 'bad', reason: { entry } });
});

test.each([
  ['arn:aws:iam::123456789012:user/a/b/alice', 'arn:aws:iam::123456789012:mfa/alice'],
  ['arn:aws:iam::123456789012:user/', 'arn:aws:iam::123456789012:mfa/'],
])('%j was meant as %j, and told so', (serial, suggestion) => {
  expect(judgeSerial(serial)).toEqual({
    ...{ kind: 'doubtful', suggestion },
    reason: expect.objectContaining({ entry: 'userNotDevice' }) as unknown,
  });
});

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  [' 1 2 3 4 5 6\n', '123456'],
  ['\uff11\uff12\uff13\u3000\uff14\uff15\uff16', '123456'],
  ['12345', undefined],
  ['1234567', undefined],
  ['x123456', undefined],
  ['123456x', undefined],
  ['123-456', undefined],
  ['', undefined],
])('the code in %j is %j', (text, code) => {
  expect(readTokenCode(text)).toBe(code);
  if (text === code) expect(isTokenCode(text)).toBe(true);
});

test.each(['123 456', '12345', '1234567', 'x123456', '123456x'])(
  '%j is no code as it is',
  (text) => {
    expect(isTokenCode(text)).toBe(false);
  },
);
