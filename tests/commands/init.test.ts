/** What is taken over from a batch file's `setting.ini` and from aws-mfa. */
import { readBatchSettings } from '../../src/commands/init/adoption.ts';
import { longTermSections } from '../../src/profiles/aws-mfa.ts';
import { parseDocument } from '../../src/document/index.ts';

const ARN = 'arn:aws:iam::123456789012:mfa/alice';
const read = (text: string | Buffer) =>
  readBatchSettings(Buffer.from(text as string), 'setting.ini');

test.each<[string, string | Buffer]>([
  ['plain', `ARN=${ARN}\nDurationSeconds=3600\n`],
  ['CRLF and comments', `; mine\r\nARN = ${ARN} ; phone\r\n# old\r\nDurationSeconds = 3600\r\n`],
  ['in a section', `[settings]\nARN=${ARN}\nDurationSeconds=3600`],
  ['other case and quotes', `arn="${ARN}"\ndurationseconds="3600"\n`],
  ['UTF-8 with BOM', `\ufeffARN=${ARN}\nDurationSeconds=3600\n`],
  [
    'UTF-16, as Notepad once saved',
    Buffer.from(`\ufeffARN=${ARN}\r\nDurationSeconds=3600`, 'utf16le'),
  ],
  [
    'the same in the other order of bytes',
    Buffer.from(`\ufeffARN=${ARN}\r\nDurationSeconds=3600`, 'utf16le').swap16(),
  ],
  ['other settings beside', `PROFILE=default\nARN=${ARN}\nDurationSeconds=3600\nREGION=eu-west-1`],
])('%s', (_name, text) => {
  expect(read(text)).toEqual({ serialNumber: ARN, durationSeconds: 3600 });
});

test('without a duration, and with an empty one', () => {
  expect(read(`ARN=${ARN}`).durationSeconds).toBeUndefined();
  expect(read(`ARN=${ARN}\nDurationSeconds=`).durationSeconds).toBeUndefined();
});

test.each([
  ['', /names no ARN/],
  ['ARN=\n', /names no ARN/],
  [`ARN=${ARN}\nDurationSeconds=12h`, /whole number from 900 to 129600/],
  [`ARN=${ARN}\nDurationSeconds=899`, /whole number from 900 to 129600/],
  [`ARN=${ARN}\nDurationSeconds=129601`, /whole number from 900 to 129600/],
])('refuses %j', (text, reason) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({
      problem: {
        kind: 'cannot-adopt',
        from: 'setting.ini',
        reason: expect.objectContaining({
          english: expect.stringMatching(reason) as string,
        }) as unknown,
      },
    }) as Error,
  );
});

test('aws-mfa’s sections are those that end in -long-term and name a device', () => {
  const text =
    `[default-long-term]\naws_access_key_id = A\naws_mfa_device = ${ARN}\n[default]\nassumed_role = False\n` +
    `[work-long-term]\naws_access_key_id = B\n[-long-term]\naws_mfa_device = ${ARN}\n`;
  expect(longTermSections(parseDocument(Buffer.from(text), 'credentials'))).toEqual([
    {
      source: 'default-long-term',
      session: 'default',
      serialNumber: ARN,
    },
  ]);
});
