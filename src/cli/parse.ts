/**
 * The short way through a command line: plain words are read here, by the table of options that
 * yargs reads, too; whatever is unusual (help, a mistake, an odd order) is left to yargs. If this
 * file answers at all, it answers as yargs would.
 */
import type { Command } from './command.ts';
import type { ParsedLine } from './line.ts';
import { GLOBAL_OPTIONS } from './options.ts';
import type { OptionSpec } from './options.ts';

/**
 * Puts the `--` before a command that is given without it, after any names: `exec prod aws s3 ls`.
 * PowerShell removes the first bare `--` from a script's arguments, and npm installs this program
 * as a script there (npm/cli#3136). Six digits are no program.
 */
export function markCommand(
  argv: readonly string[],
  commands: readonly Command[],
): readonly string[] {
  const command = commands.find(({ name }) => name === argv[0]);
  if (!command?.takesCommand) return argv;
  let names = 0;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') return argv;
    if (!word.startsWith('-')) {
      if (names < command.names.most) names++;
      else if (/^\d{6}$/.test(word)) return argv;
      else return [...argv.slice(0, at), '--', ...argv.slice(at)];
      continue;
    }
    const spec = findOption(command, word.replace(/=.*/s, ''));
    if (spec?.name === 'profile') names++;
    if (spec && spec.takes !== 'flag' && !word.includes('=')) at++;
  }
  return argv;
}

/**
 * `-t123456` as `-t=123456`: the AWS CLI and most programs take a short option's value that way,
 * too.
 */
export function separateValues(
  argv: readonly string[],
  commands: readonly Command[],
): readonly string[] {
  const command = commands.find(({ name }) => name === argv[0]);
  const short = (command?.options ?? [])
    .filter(({ alias, takes }) => alias !== undefined && takes !== 'flag')
    .map(({ alias }) => `-${alias}`);
  const end = argv.indexOf('--');
  return argv.map((word, at) => {
    const option = word.slice(0, 2);
    const isJoined = short.includes(option) && word.length > 2 && word[2] !== '=';
    return isJoined && (end === -1 || at < end) ? `${option}=${word.slice(2)}` : word;
  });
}

/** Takes a plain command line apart; undefined if yargs has to look at it. */
export function parsePlainLine(
  argv: readonly string[],
  commands: readonly Command[],
): ParsedLine | undefined {
  const command = commands.find(({ name }) => name === argv[0]);
  if (!command) return undefined;
  const names: string[] = [];
  const options = new Map<string, string | true>();
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') {
      if (!command.takesRest) return undefined;
      return finish(command, names, options, argv.slice(at + 1));
    }
    if (!word.startsWith('-')) {
      names.push(word);
      continue;
    }
    const [, name, inline] = /^(--[a-z-]+|-[a-z])(?:=(.+))?$/s.exec(word) ?? [];
    const spec = name === undefined ? undefined : findOption(command, name);
    if (!spec || options.has(spec.name)) return undefined;
    if (spec.takes === 'flag') {
      if (inline !== undefined) return undefined;
      options.set(spec.name, true);
      continue;
    }
    const value = inline ?? argv[++at];
    if (value === undefined || value === '' || (inline === undefined && /^-./.test(value)))
      return undefined;
    options.set(spec.name, value);
  }
  return finish(command, names, options, undefined);
}

function findOption(command: Command, word: string): OptionSpec | undefined {
  const matches = ({ name, alias }: OptionSpec): boolean =>
    word === `--${name}` || (alias !== undefined && word === `-${alias}`);
  return command.options.find(matches) ?? GLOBAL_OPTIONS.find(matches);
}

function finish(
  command: Command,
  names: string[],
  options: Map<string, string | true>,
  rest: string[] | undefined,
): ParsedLine | undefined {
  // As with the AWS CLI, `refresh help` asks for the help.
  if (names.at(-1) === 'help') return undefined;
  const { most, least = 0, choices } = command.names;
  const action = command.actions && names.shift();
  if (command.actions && !command.actions.includes(action ?? '')) return undefined;
  if (names.length > most || names.length < least || names.includes('')) return undefined;
  if (choices && names.some((name) => !choices.includes(name))) return undefined;
  for (const spec of command.options) {
    const value = options.get(spec.name);
    if (spec.choices && typeof value === 'string' && !spec.choices.includes(value))
      return undefined;
  }
  if (choices) return { command: command.name, names: [], choice: names[0], rest, options };
  const line = { command: command.name, names, rest, options };
  return action === undefined ? line : { ...line, choice: action };
}
