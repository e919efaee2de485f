/** What an `mfa_process` prints: codes of six digits, or none; never a crash, and never long. */
import fc from '../support/fast-check.ts';
import { findCodes } from '../../src/system/code-command.ts';
import { fuzzRuns } from '../support/runs.ts';

const PIECES = [
  ...[
    '123456',
    '012 345',
    '１２３４５６',
    '1 2 3 4 5 6',
    '1234567',
    '12345',
    '\u001b[1m',
    '\u001b]0;x\u0007',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '"',
    "'",
    ':',
    '-',
    '.',
    'code',
    '\u3000',
    '\u0000',
    '\u200b',
    '\ufeff',
  ],
];
const output = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'0123456789 \n'), maxLength: 40 }),
);
const numRuns = fuzzRuns(1000);

test('any output', () => {
  fc.assert(
    fc.property(output, (text) => {
      for (const code of findCodes(text)) expect(code).toMatch(/^[0-9]{6}$/);
    }),
    { numRuns },
  );
});

test('a code on a line of its own is found, whatever stands on the others', () => {
  const others = output.map((text) => text.normalize('NFKC').replace(/[\d\u001b]/g, ''));
  fc.assert(
    fc.property(others, others, fc.integer({ max: 999_999, min: 0 }), (before, after, number) => {
      const code = String(number).padStart(6, '0');
      expect(findCodes(`${before}\n${code}\n${after}`)).toEqual([code]);
    }),
    { numRuns },
  );
});
