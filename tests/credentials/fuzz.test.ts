/** Text that programs and people hand over: read as it is meant, or refused; never a crash. */
import fc from '../support/fast-check.ts';
import { parseExpiry } from '../../src/credentials/expiry.ts';
import { judgeKey } from '../../src/credentials/key-form.ts';
import { readSuppliedKeys } from '../../src/credentials/process-answer.ts';
import { printable } from '../../src/output/printable.ts';
import { anyCharacter } from '../support/characters.ts';
import { fuzzRuns } from '../support/runs.ts';

const numRuns = fuzzRuns(1000);
const anything = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: 'grapheme' }),
  fc.string(),
);

test('what a credential_process prints', () => {
  const json = fc.oneof(
    anything,
    fc.json(),
    fc
      .record({ Version: fc.anything(), AccessKeyId: fc.anything(), SecretAccessKey: anything })
      .map((value) => JSON.stringify(value) ?? ''),
  );
  fc.assert(
    fc.property(json, (output) => {
      const answer = readSuppliedKeys(output);
      if ('reason' in answer) return;
      expect(answer.keys.accessKeyId).toMatch(/^[\w.-]+$/);
      expect(answer.keys.secretAccessKey?.reveal()).toMatch(/^[\w./+=-]+$/);
    }),
    { numRuns },
  );
});

test('an expiry', () => {
  const near = fc
    .tuple(fc.date({ noInvalidDate: true }), fc.nat(24), anything)
    .map(
      ([date, at, put]) => date.toISOString().slice(0, at) + put + date.toISOString().slice(at + 1),
    );
  fc.assert(
    fc.property(fc.oneof(anything, near), (text) => {
      const time = parseExpiry(text);
      if (time !== undefined) expect(new Date(time).getTime()).toBe(time);
    }),
    { numRuns },
  );
});

test('a key, and a line for a terminal', () => {
  fc.assert(
    fc.property(anything, (text) => {
      if (/^[A-Za-z0-9]+$/.test(text)) expect(judgeKey('id', text)).toBeUndefined();
      if (/[^!-~]/.test(text)) expect(judgeKey('secret', text)).toBeDefined();
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns },
  );
});
