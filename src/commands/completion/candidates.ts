/** What may stand at the end of a command line, taken from the table that help and parsing use. */
import type { Command } from '../../cli/command.ts';
import { GLOBAL_OPTIONS } from '../../cli/options.ts';
import type { OptionSpec } from '../../cli/options.ts';
import { OPTION_WORDS } from '../../cli/words.ts';
import { HELP as COMMAND_HELP } from '../help.ts';
import { COMMANDS } from '../index.ts';

export interface Candidate {
  readonly word: string;
  /** A few words on it, for shells that show them. */
  readonly about: string;
}

/** Candidates; or what the shell completes by itself: file names, or another program's line. */
export type Completion = readonly Candidate[] | 'files' | 'command';

export interface ProfileNames {
  readonly sources: readonly string[];
  /** Sections that hold a session, or would. */
  readonly sessions: readonly string[];
}

// A session can be named if nothing needs its source.
const TAKE_SESSIONS = ['status', 'clear'];

const HELP: OptionSpec = { name: 'help', takes: 'flag' };
const VERSION: OptionSpec = { name: 'version', takes: 'flag' };
const YARGS_WORDS = { help: 'show what the command does', version: 'show the version' };

/**
 * @param words what follows `mfa-profile`; the last one, which may be empty, is to be completed
 * @param names read only if a profile is meant
 */
export function complete(words: readonly string[], names: () => ProfileNames): Completion {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const completion = propose(before, current, names);
  return typeof completion === 'string'
    ? completion
    : completion.filter(({ word }) => word.startsWith(current));
}

function propose(
  before: readonly string[],
  current: string,
  names: () => ProfileNames,
): Completion {
  const [name, ...line] = before;
  if (name === undefined) {
    return current.startsWith('-')
      ? [HELP, VERSION].map((option) => nameOption(option))
      : COMMANDS.map(({ name }) => ({ word: name, about: COMMAND_HELP[name].summary }));
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (!command) return [];
  const own: Readonly<Record<string, string | undefined>> = COMMAND_HELP[command.name].options;
  if (line.includes('--')) return command.name === 'exec' ? 'command' : [];
  const options: readonly OptionSpec[] = [...command.options, ...GLOBAL_OPTIONS, HELP];
  const awaiting = findOption(options, line.at(-1) ?? '');
  if (awaiting && awaiting.takes !== 'flag') return valuesOf(awaiting, names);
  const [, inline] = /^(--[a-z-]+)=/.exec(current) ?? [];
  if (inline !== undefined) {
    const values = valuesOf(findOption(options, inline), names);
    return typeof values === 'string'
      ? values
      : values.map(({ word, about }) => ({ word: `${inline}=${word}`, about }));
  }
  if (current.startsWith('-')) {
    const given = line.map((word) => findOption(options, word.replace(/=.*/s, '')));
    return options
      .filter((option) => !given.includes(option))
      .map((option) => nameOption(option, own[option.name]));
  }
  return namesFor(command, positionals(line, options), names);
}

const WORDS: Readonly<Record<string, string>> = { ...OPTION_WORDS, ...YARGS_WORDS };

function nameOption({ name }: OptionSpec, own?: string): Candidate {
  return { word: `--${name}`, about: own ?? WORDS[name] ?? '' };
}

function findOption(options: readonly OptionSpec[], word: string): OptionSpec | undefined {
  return options.find(
    ({ name, alias }) => word === `--${name}` || (alias !== undefined && word === `-${alias}`),
  );
}

/** The words that are neither options nor their values. */
function positionals(line: readonly string[], options: readonly OptionSpec[]): string[] {
  return line.filter((word, index) => {
    const previous = findOption(options, line[index - 1] ?? '');
    return !word.startsWith('-') && (!previous || previous.takes === 'flag');
  });
}

function valuesOf(option: OptionSpec | undefined, names: () => ProfileNames): Completion {
  if (option?.choices) return option.choices.map((word) => ({ word, about: '' }));
  if (option?.takes === 'file') return 'files';
  if (option?.takes !== 'profile') return [];
  return option.name === 'profile'
    ? candidates(names().sources, 'source')
    : candidates(names().sessions, 'session');
}

function namesFor(
  { name, names: { most, choices }, actions }: Command,
  words: readonly string[],
  names: () => ProfileNames,
): Completion {
  if (actions && words.length === 0) return candidates(actions, '');
  const given = actions ? words.slice(1) : words;
  if (given.length >= most) return [];
  if (choices) return candidates(choices, '');
  const { sources, sessions } = names();
  const proposed = candidates(sources, 'source');
  if (TAKE_SESSIONS.includes(name)) proposed.push(...candidates(sessions, 'session'));
  return proposed.filter(({ word }) => !given.includes(word));
}

function candidates(words: readonly string[], about: string): Candidate[] {
  return words.map((word) => ({ word, about }));
}
