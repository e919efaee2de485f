/** The long way through a command line: help, version, and every mistake, by yargs. */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import type { Command } from './command.ts';
import type { HelpTexts } from './help.ts';
import type { ParsedLine } from './line.ts';
import { GLOBAL_OPTIONS } from './options.ts';
import type { OptionSpec } from './options.ts';
import { words as ofOutput } from '../output/words.ts';
import { beginsWithOddHyphen } from '../profiles/names.ts';
import { words } from './mistakes.ts';
import { renderCommandHelp, renderHelp } from './render-help.ts';
import { Failure } from '../problems/problem.ts';
import type { Said } from '../problems/text.ts';
import { similarNames } from '../output/similar-names.ts';

/**
 * Either a command to run, or a text (help or the version) that is the whole answer; `isBare` where
 * nothing was asked for.
 */
export type YargsAnswer =
  { kind: 'line'; line: ParsedLine } | { kind: 'text'; text: string; isBare: boolean };

/** The commands that there are, and what the help says of them. */
export interface CommandTable {
  readonly commands: readonly Command[];
  readonly help: HelpTexts;
}

export interface YargsInput extends CommandTable {
  readonly argv: readonly string[];
  readonly version: string;
  readonly columns: number;
}

/** @throws Failure usage */
export async function parseByYargs(input: YargsInput): Promise<YargsAnswer> {
  const { argv, commands, help, columns, version } = input;
  if (argv.length === 0) {
    return { kind: 'text', text: renderHelp(commands, help, columns), isBare: true };
  }
  let line: ParsedLine | undefined;
  let text = '';
  // What follows -- is another program's, and passes by yargs untouched.
  const end = argv.indexOf('--');
  const rest = end === -1 ? undefined : argv.slice(end + 1);
  const own = asksHelpFirst(argv, commands)
    ? [argv[1]!, '--help']
    : rest
      ? argv.slice(0, end)
      : argv;
  const parser = makeParser({ ...input, argv: own }, (found) => {
    if (rest && !findCommand(commands, found.command)?.takesRest) {
      throw mistake(words.nothingAfterDashes(found.command));
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
  if (text === '') throw mistake(words.noCommand);
  if (text === version) return { kind: 'text', text: `${version}\n`, isBare: false };
  const command = own.map((word) => findCommand(commands, word)).find((each) => each !== undefined);
  return {
    kind: 'text',
    text: command ? renderCommandHelp(command, help, columns) : renderHelp(commands, help, columns),
    isBare: false,
  };
}

/** `help refresh`, as other programs have it. */
function asksHelpFirst(
  [help, name, ...more]: readonly string[],
  commands: readonly Command[],
): boolean {
  return help === 'help' && more.length === 0 && findCommand(commands, name ?? '') !== undefined;
}

function findCommand(commands: readonly Command[], name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}

function makeParser(input: YargsInput, found: (line: ParsedLine) => void): Argv {
  const { argv, version, commands } = input;
  const parser = yargs()
    .scriptName('mfa-profile')
    // Its mistakes are told apart by its English sentences (wordMistake).
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
    .version(version)
    .alias('version', ['v', 'V'])
    .help()
    .alias('help', 'h')
    .strict()
    .strictCommands()
    .demandCommand(1)
    .fail((message, error) => {
      if ((error as Error | undefined)?.name === 'Failure') throw error;
      throw new Failure({
        kind: 'usage',
        ...wordMistake(message ?? error.message, argv, commands),
      });
    });
  declareOptions(parser, GLOBAL_OPTIONS);
  for (const command of commands) declareCommand(parser, command, input, found);
  return parser;
}

function declareOptions(parser: Argv, options: readonly OptionSpec[]): void {
  for (const { name, alias, takes, choices } of options) {
    parser.option(name, {
      ...(alias === undefined ? {} : { alias }),
      ...(choices === undefined ? {} : { choices }),
      // Without nargs a `true` or `false` after a flag would be its value, not a name.
      ...(takes === 'flag' ? { boolean: true, nargs: 0 } : { string: true, requiresArg: true }),
    });
  }
}

/** What the word of {@link Command.actions} is called. */
const ACTION = 'ACTION';

function declareCommand(
  parser: Argv,
  command: Command,
  { argv }: YargsInput,
  found: (line: ParsedLine) => void,
): void {
  const { value, most, least = 0, choices } = command.names;
  const [open, close] = least > 0 ? '<>' : '[]';
  const names = most === 0 ? '' : ` ${open}${value}${most > 1 ? '..' : ''}${close}`;
  const { actions } = command;
  parser.command(
    `${command.name}${actions ? ` <${ACTION}>` : ''}${names}`,
    // The help is rendered elsewhere; yargs lists only commands with a text.
    command.name,
    (own) => {
      if (actions) own.positional(ACTION, { type: 'string', choices: actions });
      if (most > 0) {
        own.positional(value, { type: 'string', ...(choices === undefined ? {} : { choices }) });
      }
      declareOptions(own, command.options);
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
    if (given.length > 1) throw mistake(words.twice(`--${name}`));
    if (takes === 'flag' && given[0]?.includes('=')) throw mistake(words.takesNoValue(`--${name}`));
  }
}

/** yargs' object as a line, or a mistake that yargs itself lets pass. @throws Failure usage */
function readParsed(command: Command, parsed: Record<string, unknown>): ParsedLine {
  const options = new Map<string, string | true>();
  for (const { name } of [...GLOBAL_OPTIONS, ...command.options]) {
    const value = parsed[name];
    if (value === undefined || value === false) continue;
    if (Array.isArray(value)) throw mistake(words.twice(`--${name}`));
    options.set(name, value as string | true);
  }
  const given = parsed[command.names.value] as string | string[] | undefined;
  const names = given === undefined ? [] : [given].flat();
  if (command.names.choices) {
    return { command: command.name, names: [], choice: names[0], rest: undefined, options };
  }
  const line = { command: command.name, names, rest: undefined, options };
  return command.actions ? { ...line, choice: parsed[ACTION] as string } : line;
}

function mistake(message: Said): Failure {
  return new Failure({ kind: 'usage', message, hint: words.see('') });
}

/** `-t` or `--token-code`, as the user would type it. */
function optionWord(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

interface Mistake {
  readonly message: Said;
  readonly hint: Said;
}

/** A command that needs a word got none. */
function missingWord(argv: readonly string[], table: readonly Command[]): Said {
  const command = table.find(({ name }) => argv.includes(name));
  if (!command) return words.noCommand;
  const { value, choices = [] } = command.names;
  if (command.actions) return words.needsAction(command.name, command.actions);
  return value === 'SHELL'
    ? words.needsShell(command.name, choices)
    : words.needsScheduler(command.name, choices);
}

/** yargs' words for a mistake in this program's own, with a guess at what was meant. */
function wordMistake(said: string, argv: readonly string[], table: readonly Command[]): Mistake {
  const text = said.charAt(0).toLowerCase() + said.slice(1).replace(/\s*\n\s*/g, ' ');
  const commands = table.map(({ name }) => name);
  const command = argv.find((each) => commands.includes(each));
  const hint = words.see(command ?? '');
  // A code in the wrong place is not shown either.
  if (/(?<!\d)\d{6}(?!\d)/.test(text)) return { message: words.strayCode, hint: words.codeInLine };
  const flag = /^argument unexpected for: (\S+)/.exec(text)?.[1];
  if (flag !== undefined) return { message: words.takesNoValue(`--${flag}`), hint };
  const bare = /^not enough arguments following: (\S+)/.exec(text)?.[1];
  if (bare !== undefined) return { message: words.needsValue(optionWord(bare)), hint };
  const odd = /^invalid values: Argument: (\S+), Given: "(.*)", Choices: (.*)$/.exec(text);
  if (odd) return wordChoice(odd[1]!, odd[2]!, odd[3]!.replaceAll('"', '').split(', '));
  if (/^not enough non-option arguments/.test(text)) {
    const odd = command === undefined ? unknownOption(argv, table) : undefined;
    return odd === undefined
      ? { message: missingWord(argv, table), hint }
      : wordOption(odd, undefined, table, hint);
  }
  const [, what, word] = /^unknown (command|argument)s?: ([^\s,]+)/.exec(text) ?? [];
  if (what === undefined || word === undefined) return { message: text, hint };
  if (beginsWithOddHyphen(word)) {
    return { message: words.unknownCommand(word), hint: ofOutput.plainHyphens };
  }
  if (what === 'command' && command === undefined) {
    const [first, helped] = argv;
    if (first === 'help' && helped !== undefined) {
      const meant = similarNames(helped, commands);
      return {
        message: words.unknownCommand(helped),
        hint: meant.length === 0 ? hint : words.didYouMean(meant, hint),
      };
    }
    const similar = similarNames(word, commands);
    return {
      message: words.unknownCommand(word),
      hint: hintFor(word, commands, similar, hint),
    };
  }
  if (what === 'command') {
    const message = words.unexpected(command!, word);
    return { message, hint: command === 'exec' ? words.afterDashes : hint };
  }
  return wordOption(word, command, table, hint);
}

/** Without a command: the first option that none has, by its name only, as its value may be secret. */
function unknownOption(argv: readonly string[], table: readonly Command[]): string | undefined {
  const options: readonly OptionSpec[] = [
    ...GLOBAL_OPTIONS,
    ...table.flatMap((command) => command.options),
  ];
  const known = new Set(options.flatMap(({ name, alias }) => [name, alias]));
  return argv
    .map((word) => /^--([^=]+)|^-([^-=])/.exec(word))
    .map((match) => match?.[1] ?? match?.[2])
    .find((name) => name !== undefined && !known.has(name));
}

/** Another command's option would be no help as a guess. */
function wordOption(
  word: string,
  command: string | undefined,
  table: readonly Command[],
  hint: Said,
): Mistake {
  const own = command === undefined ? [] : (findCommand(table, command)?.options ?? []);
  const options = [...own, ...GLOBAL_OPTIONS];
  const similar = similarNames(
    word,
    options.map(({ name }) => name),
  );
  return {
    message: words.noSuchOption(command ?? 'mfa-profile', optionWord(word)),
    hint: similar.length === 0 ? hint : words.didYouMean([`--${similar[0]}`], hint),
  };
}

/** What other tools call this program's commands. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  help: '--help',
  version: '--version',
  list: 'status',
  ls: 'status',
  login: 'refresh',
  renew: 'refresh',
  update: 'refresh',
  export: 'env',
  shell: 'exec',
  run: 'exec',
  logout: 'clear',
  remove: 'clear',
  configure: 'init',
  setup: 'init',
  add: 'init',
  check: 'doctor',
};

/** After an unknown command: the one that was meant, or the way to refresh a profile of that name. */
function hintFor(
  word: string,
  commands: readonly string[],
  similar: readonly string[],
  see: Said,
): Said {
  const meant = Object.hasOwn(OTHER_NAMES, word) ? OTHER_NAMES[word] : undefined;
  if (meant !== undefined && (meant.startsWith('--') || commands.includes(meant))) {
    return words.didYouMean([meant], see);
  }
  if (similar.length > 0) return words.didYouMean(similar, see);
  return words.refreshProfile(word, see);
}

/** A word that has to be one of a list. */
function wordChoice(what: string, given: string, choices: readonly string[]): Mistake {
  const hint = words.oneOf(choices);
  if (what === ACTION) return { message: words.unknownAction(given), hint };
  if (given !== '' && what === 'SHELL') return { message: words.unknownShell(given), hint };
  if (given !== '' && what === 'SCHEDULER') return { message: words.unknownScheduler(given), hint };
  return { message: words.notAChoice(/^[A-Z]/.test(what) ? what : optionWord(what), given), hint };
}
