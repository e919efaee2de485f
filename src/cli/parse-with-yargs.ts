/** The long way through a command line: help, version, and every mistake, by yargs. */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import type { Command } from './command.ts';
import type { Help } from './help.ts';
import type { ParsedLine } from './line.ts';
import { GLOBAL_OPTIONS } from './options.ts';
import type { OptionSpec } from './options.ts';
import { OPTION_WORDS } from './words.ts';
import { Failure } from '../problems/problem.ts';
import { similarNames } from '../output/similar-names.ts';

/** Either a command to run, or a text (help or the version) that is the whole answer. */
export type YargsAnswer = { kind: 'line'; line: ParsedLine } | { kind: 'text'; text: string };

/** The commands that there are, and what the help says of them. */
export interface CommandTable {
  readonly commands: readonly Command[];
  readonly help: Readonly<Record<string, Help<string>>>;
}

export interface YargsInput extends CommandTable {
  readonly argv: readonly string[];
  readonly version: string;
  readonly columns: number;
}

/** @throws Failure usage */
export async function parseByYargs(input: YargsInput): Promise<YargsAnswer> {
  const { argv, commands } = input;
  let line: ParsedLine | undefined;
  let text = '';
  // What follows -- is another program's, and passes by yargs untouched.
  const end = argv.indexOf('--');
  const rest = end === -1 ? undefined : argv.slice(end + 1);
  const own = rest ? argv.slice(0, end) : argv;
  const parser = makeParser({ ...input, argv: own }, (found) => {
    if (rest && !findCommand(commands, found.command)?.takesRest) {
      throw mistake(`${found.command} takes nothing behind --`);
    }
    line = { ...found, rest };
  });
  await parser.parseAsync(
    [...own],
    {},
    (error: Error | undefined | null, _parsed: unknown, output: string) => {
      if (error) throw error;
      text = output;
    },
  );
  if (line) return { kind: 'line', line };
  if (text !== '') return { kind: 'text', text: `${text}\n` };
  throw new Failure({
    kind: 'usage',
    message: 'no command was given',
    hint: 'see: mfa-profile --help',
  });
}

function findCommand(commands: readonly Command[], name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}

function makeParser(input: YargsInput, found: (line: ParsedLine) => void): Argv {
  const { argv, version, columns, commands } = input;
  const parser = yargs()
    .scriptName('mfa-profile')
    .usage(
      '$0 COMMAND [NAME] [OPTIONS]\n\nTurns a long-term AWS profile and an MFA code into a session profile.',
    )
    // Scripts read the messages: they do not follow LC_ALL.
    .locale('en')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
      'short-option-groups': false,
    })
    .exitProcess(false)
    .wrap(Math.min(columns, 100))
    .version(version)
    .help()
    .alias('help', 'h')
    .strict()
    .strictCommands()
    .demandCommand(1, 'no command was given')
    .fail((message, error) => {
      if ((error as Error | undefined)?.name === 'Failure') throw error;
      throw new Failure({
        kind: 'usage',
        ...wordMistake(message ?? error.message, argv, commands),
      });
    })
    .epilogue('The full description: docs/commands.md');
  declareOptions(parser, GLOBAL_OPTIONS, {}, 'Everywhere:');
  for (const command of commands) declareCommand(parser, command, input, found);
  return parser;
}

function declareOptions(
  parser: Argv,
  options: readonly OptionSpec[],
  own: Readonly<Record<string, string | undefined>>,
  group: string,
): void {
  for (const { name, alias, takes, choices, value } of options) {
    const about = own[name] ?? OPTION_WORDS[name as keyof typeof OPTION_WORDS];
    const description = value === undefined ? about : `${about} [${value}]`;
    parser.option(name, {
      ...(alias === undefined ? {} : { alias }),
      ...(choices === undefined ? {} : { choices }),
      // Without nargs a `true` or `false` behind a flag would be its value, not a name.
      ...(takes === 'flag' ? { boolean: true, nargs: 0 } : { string: true, requiresArg: true }),
      describe: description,
      group,
    });
  }
}

function declareCommand(
  parser: Argv,
  command: Command,
  { argv, help }: YargsInput,
  found: (line: ParsedLine) => void,
): void {
  const { summary, options, examples } = help[command.name]!;
  const { value, most, least = 0, choices } = command.names;
  const [open, close] = least > 0 ? '<>' : '[]';
  const names = most === 0 ? '' : ` ${open}${value}${most > 1 ? '..' : ''}${close}`;
  parser.command(
    command.name + names,
    summary,
    (own) => {
      if (most > 0) {
        own.positional(value, { type: 'string', ...(choices === undefined ? {} : { choices }) });
      }
      if (command.takesRest)
        own.usage(`$0 ${command.name}${names}${command.takesRest}\n\n${summary}`);
      declareOptions(own, command.options, options, 'Options:');
      for (const [line, about] of examples) own.example(line, about);
    },
    (parsed) => {
      refuseOddFlags(command, argv);
      found(readParsed(command, parsed));
    },
  );
}

/** Mistakes that yargs lets pass: a flag given twice, or with a value. @throws Failure usage */
function refuseOddFlags(command: Command, argv: readonly string[]): void {
  const options: readonly OptionSpec[] = [...GLOBAL_OPTIONS, ...command.options];
  for (const { name, alias, takes } of options) {
    const given = argv.filter(
      (word) => word === `--${name}` || word.startsWith(`--${name}=`) || word === `-${alias}`,
    );
    if (given.length > 1) throw mistake(`--${name} was given more than once`);
    if (takes === 'flag' && given[0]?.includes('=')) throw mistake(`--${name} takes no value`);
  }
}

/** yargs' object as a line, or a mistake that yargs itself lets pass. @throws Failure usage */
function readParsed(command: Command, parsed: Record<string, unknown>): ParsedLine {
  const options = new Map<string, string | true>();
  for (const { name } of [...GLOBAL_OPTIONS, ...command.options]) {
    const value = parsed[name];
    if (value === undefined || value === false) continue;
    if (Array.isArray(value)) throw mistake(`--${name} was given more than once`);
    options.set(name, value as string | true);
  }
  const given = parsed[command.names.value] as string | string[] | undefined;
  const names = given === undefined ? [] : [given].flat();
  if (command.names.choices) {
    return { command: command.name, names: [], choice: names[0], rest: undefined, options };
  }
  return { command: command.name, names, rest: undefined, options };
}

function mistake(message: string): Failure {
  return new Failure({ kind: 'usage', message, hint: 'see: mfa-profile --help' });
}

/** `-t` or `--token-code`, as the user would type it. */
function optionWord(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** A command that needs a word got none. */
function missingWord(argv: readonly string[], table: readonly Command[]): string {
  const command = table.find(({ name }) => argv.includes(name));
  if (!command) return 'no command was given';
  const { value, choices } = command.names;
  return `${command.name} needs ${value}${choices ? `: ${choices.join(', ')}` : ''}`;
}

/** yargs' words for a mistake in this program's form, with a guess at what was meant. */
function wordMistake(
  message: string,
  argv: readonly string[],
  table: readonly Command[],
): { message: string; hint: string } {
  const plain = message.charAt(0).toLowerCase() + message.slice(1).replace(/\s*\n\s*/g, ' ');
  // A code in the wrong place is not shown either.
  const text = plain.replace(/(?<!\d)\d{6}(?!\d)/g, '[six digits]');
  if (text !== plain) {
    return { message: text, hint: 'an MFA code goes with --token-code' };
  }
  const commands = table.map(({ name }) => name);
  const command = argv.find((each) => commands.includes(each));
  const see = `see: mfa-profile ${command === undefined ? '' : `${command} `}--help`;
  const flag = /^argument unexpected for: (\S+)/.exec(text)?.[1];
  if (flag !== undefined) return { message: `--${flag} takes no value`, hint: see };
  const bare = /^not enough arguments following: (\S+)/.exec(text)?.[1];
  if (bare !== undefined) return { message: `${optionWord(bare)} needs a value`, hint: see };
  const odd = /^invalid values: Argument: (\S+), Given: "(.*)", Choices: (.*)$/.exec(text);
  if (odd) {
    const choices = odd[3]!.replaceAll('"', '');
    return {
      message: `${/^[A-Z]/.test(odd[1]!) ? odd[1] : optionWord(odd[1]!)} cannot be ${odd[2] || 'empty'}`,
      hint: `it is one of: ${choices}`,
    };
  }
  if (/^not enough non-option arguments/.test(text))
    return { message: missingWord(argv, table), hint: see };
  const [, what, word] = /^unknown (command|argument)s?: ([^\s,]+)/.exec(text) ?? [];
  if (what === undefined || word === undefined) return { message: text, hint: see };
  if (what === 'command' && command === undefined) {
    const similar = similarNames(word, commands);
    return {
      message: `there is no command ${word}`,
      hint: similar.length > 0 ? `did you mean ${similar.join(' or ')}? ${see}` : see,
    };
  }
  if (what === 'command') {
    const message = `one word too many for ${command}: ${word}`;
    if (command !== 'exec') return { message, hint: see };
    return { message, hint: 'its command stands behind --: mfa-profile exec prod -- aws s3 ls' };
  }
  // Another command's option would be no help here.
  const own = command === undefined ? [] : (findCommand(table, command)?.options ?? []);
  const options = [...own, ...GLOBAL_OPTIONS];
  const [similar] = similarNames(
    word,
    options.map(({ name }) => name),
  );
  return {
    message: `${command ?? 'mfa-profile'} has no option ${optionWord(word)}`,
    hint: similar === undefined ? see : `did you mean --${similar}? ${see}`,
  };
}
