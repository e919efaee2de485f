/** The short parser and yargs agree wherever the short one answers at all. */
import fc from 'fast-check';
import { parsePlainLine } from '../../src/cli/parse.ts';
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import type * as YargsLine from '../../src/cli/parse-with-yargs.ts';

// As it was built: yargs is an ES module, which jest would have to run as a CommonJS one.
const { parseByYargs } = jest.requireActual<typeof YargsLine>(
  '../../dist/cli-parse-with-yargs.cjs',
);

const options = [...GLOBAL_OPTIONS, ...COMMANDS.flatMap((command) => command.options)];
const words = fc.oneof(
  fc.constantFrom(
    'alice',
    'prod_token',
    '10',
    '0123',
    'true',
    '-',
    '--',
    'a=b',
    'ü',
    '1e3',
    'bash',
  ),
  fc.constantFrom(
    '000123',
    '12h',
    '15m',
    '-t',
    '-h',
    '-x',
    '-1',
    '--no-force',
    '--help',
    '--__proto__',
  ),
  fc.constantFrom(...options.map(({ name }) => `--${name}`)),
  fc.constantFrom(
    ...options.map(({ name }) => `--${name}=value`),
    '--region=',
    '--token-code=000123',
  ),
);
const lines = fc.tuple(
  fc.constantFrom(...COMMANDS.map(({ name }) => name)),
  fc.array(words, { maxLength: 5 }),
);

test('on any line', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async ([command, rest]) => {
      const argv = [command, ...rest];
      const plain = parsePlainLine(argv);
      if (plain === undefined) return;
      const answer = await parseByYargs({ argv, version: '0', columns: 80 });
      const sorted = (line: typeof plain) => ({ ...line, options: [...line.options].sort() });
      expect(answer.kind).toBe('line');
      if (answer.kind === 'line') expect(sorted(answer.line)).toEqual(sorted(plain));
    }),
    { numRuns: 400 },
  );
}, 60_000);

test.each([
  ['refresh alice', ['alice'], {}],
  [
    'refresh a b --force -t 000123 --duration=12h',
    ['a', 'b'],
    { force: true, 'token-code': '000123', duration: '12h' },
  ],
  ['refresh -t -', [], { 'token-code': '-' }],
  ['status', [], {}],
  ['status --profile 0123', [], { profile: '0123' }],
])('%s', (line, names, expected) => {
  const parsed = parsePlainLine(line.split(' '));
  expect(parsed?.names).toEqual(names);
  expect(Object.fromEntries(parsed?.options ?? [])).toEqual(expected);
});

test.each([
  '',
  'nosuch',
  'refresh --help',
  'refresh --force --force',
  'refresh --token-code',
  'refresh --bogus',
  'whoami a b',
])('what is unusual is left to yargs: %j', (line) => {
  expect(parsePlainLine(line.split(' '))).toBeUndefined();
});
