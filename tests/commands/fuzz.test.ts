/** Files that people hand over: taken over as they are meant, or refused with words; never a crash. */
import fc from '../support/fast-check.ts';
import { readBatchSettings } from '../../src/commands/init/adoption.ts';
import { isConsoleCsv, readConsoleCsv } from '../../src/commands/init/console-csv.ts';
import { isFailure } from '../../src/problems/problem.ts';
import { fuzzRuns } from '../support/runs.ts';

const numRuns = fuzzRuns(1000);
const SETTINGS =
  '[x]\r\nARN = "arn:aws:iam::123456789012:mfa/alice" ; phone\r\nDurationSeconds=3600\r\n';
const CSV = 'User name,Access key ID,Secret access key\r\nalice,AKIAMADEUP,"made,""up"\r\n';

/** Files of a form, with a few places overwritten, and files of none. */
function filesLike(text: string): fc.Arbitrary<Buffer> {
  const edit = fc.tuple(
    fc.nat(text.length),
    fc.nat(12),
    fc.oneof(
      fc.constantFrom(
        '[',
        ']',
        '.',
        '=',
        '"',
        ',',
        '\n',
        '\r',
        '__proto__',
        '[]',
        '\\',
        '\0',
        '\ufeff',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
  );
  const edited = fc
    .array(edit, { maxLength: 5 })
    .map((edits) =>
      edits.reduce((was, [at, take, put]) => was.slice(0, at) + put + was.slice(at + take), text),
    );
  return fc.oneof(
    { weight: 6, arbitrary: edited.map((each) => Buffer.from(each)) },
    { weight: 1, arbitrary: edited.map((each) => Buffer.from(`\ufeff${each}`, 'utf16le')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 80 }).map((each) => Buffer.from(each)) },
  );
}

/** What a reader gives; undefined if it refuses in words. */
function read<Result>(reader: () => Result): Result | undefined {
  try {
    return reader();
  } catch (error) {
    if (isFailure(error) && error.problem.kind === 'cannot-adopt') return undefined;
    throw error;
  }
}

test('setting.ini', () => {
  fc.assert(
    fc.property(filesLike(SETTINGS), (bytes) => {
      const settings = read(() => readBatchSettings(bytes, 'setting.ini'));
      if (!settings) return;
      expect(typeof settings.serialNumber).toBe('string');
      expect(settings.serialNumber.trim()).not.toBe('');
      const { durationSeconds = 900 } = settings;
      expect(durationSeconds >= 900 && durationSeconds <= 129_600).toBe(true);
    }),
    { numRuns },
  );
  expect(Object.getPrototypeOf({})).not.toHaveProperty('ARN');
});

test('the access key file of the console', () => {
  fc.assert(
    fc.property(filesLike(CSV), (bytes) => {
      isConsoleCsv('x', bytes);
      const keys = read(() => readConsoleCsv(bytes, 'x.csv'));
      for (const { accessKeyId, secretAccessKey } of keys ?? []) {
        expect(`${accessKeyId}|${secretAccessKey.reveal()}`).toMatch(/^.*$/s);
        expect(JSON.stringify({ secretAccessKey })).toBe('{"secretAccessKey":"[secret]"}');
      }
    }),
    { numRuns },
  );
});
