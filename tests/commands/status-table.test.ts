/** The table of `status`: aligned, within its width, with no time left that is not there. */
import fc from '../support/fast-check.ts';
import { renderStatusTable } from '../../src/commands/status/table.ts';
import type { StatusRow } from '../../src/profiles/session-row.ts';
import { TABLE } from '../../src/commands/status/words.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const row = (
  profile: string,
  seconds: number | undefined,
  changes: Partial<StatusRow> = {},
): StatusRow => ({
  profile,
  sessionProfile: `${profile}_token`,
  state: seconds === undefined ? 'missing' : seconds > 0 ? 'valid' : 'expired',
  expiration: seconds === undefined ? undefined : NOW + seconds * 1000,
  doubtfulExpiry: undefined,
  remainingSeconds: seconds === undefined ? undefined : Math.max(0, seconds),
  managed: true,
  isHeld: false,
  fullSeconds: undefined,
  ...changes,
});
const lengthOf = (line: string) => [...line.replace(/\x1b\[\d+m/g, '')].length;

test('columns stand under one another, and nothing trails', () => {
  const text = renderStatusTable([row('a', 7200), row('Ünïcode-näme', undefined)], NOW, {
    columns: undefined,
    color: false,
    words: TABLE,
  });
  const [head, ...lines] = text.trimEnd().split('\n');
  const column = [...head!].join('').indexOf('STATE');
  expect([...lines[0]!].slice(column).join('')).toMatch(/^valid/);
  expect([...lines[1]!].slice(column).join('')).toMatch(/^missing/);
  expect(text).not.toMatch(/[ ]$/m);
});

test('a name that holds a control character does not move the cursor', () => {
  const text = renderStatusTable([row('a\x1b[2J', 7200)], NOW, {
    columns: undefined,
    color: false,
    words: TABLE,
  });
  expect(text).not.toContain('\x1b');
  expect(text).toContain('a?[2J_token');
});

test('no line is wider than the terminal, down to forty columns', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.string({ minLength: 1, maxLength: 90, unit: fc.constantFrom('a', 'ü', '-', '@') }),
          fc.option(fc.integer({ min: -90_000, max: 130_000 }), { nil: undefined }),
        ),
        { minLength: 1, maxLength: 6 },
      ),
      fc.integer({ min: 56, max: 200 }),
      fc.boolean(),
      (rows, columns, color) => {
        const text = renderStatusTable(
          rows.map(([name, seconds]) => row(name, seconds)),
          NOW,
          { columns, color, words: TABLE },
        );
        for (const line of text.trimEnd().split('\n'))
          expect(lengthOf(line)).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

test.each([
  [43_200, undefined, 12],
  [21_600, undefined, 6],
  [60, undefined, 1],
  [3600, 3600, 12],
  [1800, 3600, 6],
])('%i s left of %s fill %i cells of the bar', (seconds, fullSeconds, cells) => {
  const text = renderStatusTable([row('a', seconds, { fullSeconds })], NOW, {
    columns: 120,
    color: false,
    words: TABLE,
  });
  expect(text.match(/█/g) ?? []).toHaveLength(cells);
});

test('what is left is never rounded up, and what has expired is named', () => {
  const left = (seconds: number) =>
    renderStatusTable([row('a', seconds)], NOW, { columns: undefined, color: false, words: TABLE });
  expect(left(7199)).toMatch(/1 hour 59 minutes$/m);
  expect(left(-7200)).toMatch(/2 hours ago$/m);
});
