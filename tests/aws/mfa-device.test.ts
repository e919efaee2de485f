/** The serial number of an MFA device, judged by its form. */
import { judgeSerial } from '../../src/aws/mfa-device.ts';

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
