/** The short way through a command line answers as yargs does, or leaves the line to it. */
import { createRequire } from 'node:module';
import path from 'node:path';
import fc from '../support/fast-check.ts';
import { markCommand, parsePlainLine } from '../../src/cli/parse.ts';
import type { Command } from '../../src/cli/command.ts';
import type { ParsedLine } from '../../src/cli/line.ts';
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts';
import type { OptionSpec } from '../../src/cli/options.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import type * as oddLine from '../../src/commands/odd-line.ts';
import { fuzzRuns } from '../support/runs.ts';

// yargs is published as ES modules alone, which jest cannot load: the built file can be.
const built = path.join(__dirname, '../../dist/commands-odd-line.cjs');
const { parseOddLine } = createRequire(__filename)(built) as typeof oddLine;
const commands: readonly Command[] = COMMANDS;

const VALUES = [
  ...['prod', '123456', '012345', '12h', '900', '1e3', '0x10', '-', '-5', '-x', '--', '--json', ''],
  ...[
    'a=b',
    '=',
    'true',
    'false',
    'null',
    'é',
    'two words',
    'a,b',
    '[x]',
    '"q"',
    '~/file',
    'no-color',
  ],
];
const NAMES = [...VALUES, 'default', 'prod_token', 'constructor', '__proto__', 'help', 'version'];
const ODD_WORDS = [
  ...[
    '--help',
    '-h',
    '--version',
    '-v',
    '--bogus',
    '--no-json',
    '--no-no-prompt',
    '--color',
    '-tx',
  ],
  ...[
    '-t123456',
    '-qt',
    '--quiet=true',
    '--quiet=false',
    '--json=',
    '--Json',
    '--token-code=',
    '---',
  ],
  ...['--token_code', '--tokenCode', '--profile.x=1', '-', '--', '--constructor', '--_', '--$0=x'],
];

const value = fc.constantFrom(...VALUES);
const oneOf = <T>(weighted: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<T>])[]) =>
  fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** An option, mostly with a value that it takes. */
function optionWords({ name, alias, takes, choices }: OptionSpec): fc.Arbitrary<string[]> {
  const spelt = fc.constantFrom(`--${name}`, ...(alias === undefined ? [] : [`-${alias}`]));
  if (takes === 'flag') return spelt.map((word) => [word]);
  const text = choices ? oneOf([[9, fc.constantFrom(...choices)], [1, value]]) : value; // prettier-ignore
  const words = fc.tuple(spelt, text);
  return oneOf([
    [2, words.map(([word, given]) => [word, given])],
    [1, words.map(([word, given]) => [`${word}=${given}`])],
  ]);
}

/** As many names as the command takes, one fewer, or one more. */
function nameWords(command: Command): fc.Arbitrary<string[]> {
  const { actions } = command;
  if (!actions) return plainNames(command);
  const action = oneOf([[9, fc.constantFrom(...actions)], [1, fc.constantFrom(...NAMES)]]); // prettier-ignore
  return fc.tuple(action, plainNames(command)).map(([word, names]) => [word, ...names]);
}

function plainNames({ names: { most, least = 0, choices } }: Command): fc.Arbitrary<string[]> {
  const name = oneOf([
    [9, fc.constantFrom(...(choices ?? ['prod', 'a=b', 'two words', 'é']))],
    [1, fc.constantFrom(...NAMES)],
  ]);
  const atMost = Math.min(most, 3);
  const exact = fc.array(name, { minLength: Math.min(least, atMost), maxLength: atMost });
  return oneOf([[9, exact], [1, fc.array(name, { maxLength: atMost + 1 })]]); // prettier-ignore
}

/** Mostly lines as people write them; each option once, one odd word now and then. */
function lines(command: Command): fc.Arbitrary<string[]> {
  const options = [...command.options, ...GLOBAL_OPTIONS];
  const few = fc
    .shuffledSubarray(options, { maxLength: 3 })
    .chain((chosen) => fc.tuple(...chosen.map(optionWords)));
  const odd = fc.oneof(
    fc.constantFrom(...ODD_WORDS).map((word) => [word]),
    fc.oneof(...options.map(optionWords)),
  );
  const rest = command.takesRest
    ? fc.constantFrom<string[]>([], ['--'], ['--', 'aws', '--json'], ['--', '--', '-t'])
    : fc.constantFrom<string[]>([]);
  return fc
    .tuple(
      nameWords(command),
      few,
      oneOf([
        [3, fc.constantFrom<string[]>([])],
        [1, odd],
      ]),
      rest,
      fc.nat(6),
    ) // prettier-ignore
    .map(([names, given, more, behind, at]) => {
      const parts = [...given, more];
      parts.splice(at, 0, names);
      return [command.name, ...parts.flat(), ...behind];
    });
}

async function yargsAnswer(argv: readonly string[]): Promise<unknown> {
  try {
    const answer = await parseOddLine({ argv, version: '0.0.0', columns: 80 }, 'en');
    return answer.kind === 'line' ? comparable(answer.line) : answer;
  } catch (error) {
    return error;
  }
}

/** The order of the options does not matter. */
const comparable = ({ options, ...line }: ParsedLine) => ({
  ...line,
  options: Object.fromEntries([...options].sort()),
});

const RUNS = fuzzRuns(60);

test.each(commands.map((command) => [command.name, command] as const))(
  '%s: generated command lines',
  async (_name, command) => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(lines(command), async (argv) => {
        const line = parsePlainLine(argv, COMMANDS);
        if (line === undefined) return;
        answered++;
        expect(await yargsAnswer(argv)).toEqual(comparable(line));
      }),
      { numRuns: RUNS },
    );
    // The test must not pass because the short way leaves everything to yargs.
    // A share of only a few runs, as with mutants, means nothing.
    if (RUNS >= 300) expect(answered).toBeGreaterThan(RUNS / 3);
  },
);

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
  const parsed = parsePlainLine(line.split(' '), COMMANDS);
  expect(parsed?.names).toEqual(names);
  expect(Object.fromEntries(parsed?.options ?? [])).toEqual(expected);
});

test.each([
  '',
  'nosuch',
  'refresh --help',
  'refresh --force --force',
  'refresh --token-code',
  'refersh',
  'refresh --bogus',
  'refresh --json=1',
  '--help',
  'whoami a b',
])('what is unusual is left to yargs: %j', (line) => {
  expect(parsePlainLine(line.split(' '), COMMANDS)).toBeUndefined();
});

describe('a command without -- in front of it (npm/cli#3136)', () => {
  test.each([
    ['exec prod terraform plan', 'exec prod -- terraform plan'],
    ['exec prod terraform -out x --json -- y', 'exec prod -- terraform -out x --json -- y'],
    ['exec --no-prompt prod aws s3 ls', 'exec --no-prompt prod -- aws s3 ls'],
    ['exec prod --min-ttl 2h aws s3 ls', 'exec prod --min-ttl 2h -- aws s3 ls'],
    ['exec prod -t 123456 aws --debug', 'exec prod -t 123456 -- aws --debug'],
    ['exec --profile prod aws s3 ls', 'exec --profile prod -- aws s3 ls'],
    ['exec --profile=prod aws s3 ls', 'exec --profile=prod -- aws s3 ls'],
    ['exec prod help', 'exec prod -- help'],
  ])('%s', (line, marked) => {
    expect(markCommand(line.split(' '), commands)).toEqual(marked.split(' '));
  });

  test.each([
    'exec',
    'exec prod',
    'exec help',
    'exec prod -- aws s3 ls',
    'exec -- aws s3 ls',
    'exec prod --help',
    'exec prod -x',
    'exec prod 123456',
    'refresh prod dev',
    'completion bash -- refresh p',
    'prod aws',
    '',
  ])('%s stays as it is', (line) => {
    const argv = line.split(' ');
    expect(markCommand(argv, commands)).toBe(argv);
  });
});
