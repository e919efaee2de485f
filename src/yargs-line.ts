/** The long way through a command line: help, version, and every mistake, by yargs. */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import type { CommandSpec, ParsedLine } from './commands/command.ts';
import { GLOBAL_OPTIONS } from './commands/options.ts';
import type { OptionSpec } from './commands/options.ts';
import { COMMANDS } from './commands/registry.ts';
import { Failure } from './core/errors.ts';
import { similarNames } from './core/names.ts';

/** Either a command to run, or a text (help or the version) that is the whole answer. */
export type YargsAnswer = { kind: 'line'; line: ParsedLine } | { kind: 'text'; text: string };

export interface YargsInput {
  readonly argv: readonly string[];
  readonly version: string;
  readonly columns: number;
}

/** @throws Failure usage */
export async function parseByYargs({ argv, version, columns }: YargsInput): Promise<YargsAnswer> {
  let line: ParsedLine | undefined;
  let text = '';
  const parser = makeParser(version, columns, (found) => {
    line = found;
  });
  await parser.parseAsync(
    [...argv],
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

function makeParser(version: string, columns: number, found: (line: ParsedLine) => void): Argv {
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
      'populate--': true,
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
    .demandCommand(1, 1, 'no command was given')
    .recommendCommands()
    .fail((message, error) => {
      if ((error as Error | undefined)?.name === 'Failure') throw error;
      throw new Failure({ kind: 'usage', ...wordMistake(message ?? error.message) });
    })
    .epilogue('The full description: docs/commands.md');
  declareOptions(parser, GLOBAL_OPTIONS, 'Everywhere:');
  for (const command of COMMANDS) declareCommand(parser, command, found);
  return parser;
}

function declareOptions(parser: Argv, options: readonly OptionSpec[], group: string): void {
  for (const { name, alias, takes, choices, about, value } of options) {
    const about_ = value === undefined ? about : `${about} [${value}]`;
    parser.option(name, {
      ...(alias === undefined ? {} : { alias }),
      ...(choices === undefined ? {} : { choices }),
      ...(takes === 'flag' ? { boolean: true } : { string: true, requiresArg: true }),
      describe: about_,
      group,
    });
  }
}

function declareCommand(
  parser: Argv,
  command: CommandSpec,
  found: (line: ParsedLine) => void,
): void {
  const { value, most, least = 0, choices } = command.names;
  const [open, close] = least > 0 ? '<>' : '[]';
  const names = most === 0 ? '' : ` ${open}${value}${most > 1 ? '..' : ''}${close}`;
  parser.command(
    command.name + names,
    command.summary,
    (own) => {
      if (most > 0) {
        own.positional(value, { type: 'string', ...(choices === undefined ? {} : { choices }) });
      }
      declareOptions(own, command.options, 'Options:');
      for (const [line, about] of command.examples) own.example(line, about);
    },
    (parsed) => {
      found(readParsed(command, parsed));
    },
  );
}

/** yargs' object as a line, or a mistake that yargs itself lets pass. @throws Failure usage */
function readParsed(command: CommandSpec, parsed: Record<string, unknown>): ParsedLine {
  const options = new Map<string, string | true>();
  for (const { name, takes } of [...GLOBAL_OPTIONS, ...command.options]) {
    const value = parsed[name];
    if (value === undefined || value === false) continue;
    if (Array.isArray(value)) throw mistake(`--${name} was given more than once`);
    if (takes === 'flag' && value !== true) throw mistake(`--${name} takes no value`);
    options.set(name, value as string | true);
  }
  const rest = parsed['--'] as string[] | undefined;
  if (rest && !command.takesRest) throw mistake(`${command.name} takes nothing behind --`);
  const given = parsed[command.names.value] as string | string[] | undefined;
  const names = given === undefined ? [] : [given].flat();
  return { command: command.name, names, rest, options };
}

function mistake(message: string): Failure {
  return new Failure({ kind: 'usage', message, hint: 'see: mfa-profile --help' });
}

/** yargs' words for a mistake in this program's form, with a guess at what was meant. */
function wordMistake(message: string): { message: string; hint: string } {
  const text = message.charAt(0).toLowerCase() + message.slice(1).replace(/\s*\n\s*/g, ' ');
  const word = /^unknown (?:argument|option)s?: ([^\s,]+)/.exec(text)?.[1];
  const known = COMMANDS.flatMap(({ options }) => options)
    .concat(GLOBAL_OPTIONS)
    .map(({ name }) => name);
  const [similar] = word === undefined ? [] : similarNames(word, known);
  return {
    message: text,
    hint:
      similar === undefined
        ? 'see: mfa-profile --help'
        : `did you mean --${similar}? see: mfa-profile --help`,
  };
}
