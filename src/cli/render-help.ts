/**
 * The help, from the table that parsing reads: one screen for the program, and one page a command.
 */
import { padEnd, widthOf } from '../output/width.ts';
import type { Command } from './command.ts';
import type { HelpTexts } from './help.ts';
import { GLOBAL_OPTIONS, ownFirst } from './options.ts';
import type { OptionSpec } from './options.ts';

type Row = readonly [what: string, about: string];

/** No line is longer, however wide the window. */
const WIDEST = 100;
const NARROWEST = 40;
const GAP = 2;

/** The program's own help: fits a screen of 80 by 24. */
export function renderHelp(
  commands: readonly Command[],
  texts: HelpTexts,
  columns: number,
): string {
  const { frame } = texts;
  const rows = commands.map((command): Row => {
    const { summary } = texts.commands[command.name]!;
    return [command.name, summary];
  });
  return lines(
    `${frame.usage} mfa-profile COMMAND [NAME] [OPTIONS]`,
    ...wrap(frame.summary, widthFor(columns)),
    '',
    frame.commands,
    ...table(rows, columns),
    '',
    ...frame.closing,
  );
}

export function renderCommandHelp(command: Command, texts: HelpTexts, columns: number): string {
  const { frame } = texts;
  const { summary, options, examples } = texts.commands[command.name]!;
  const own: Readonly<Record<string, string | undefined>> = options;
  const shared: Readonly<Record<string, string>> = texts.options;
  const row = (option: OptionSpec): Row => [
    optionForm(option),
    own[option.name] ?? shared[option.name] ?? '',
  ];
  const ownRows = ownFirst(command.options).map(row);
  const globalRows = [
    ...GLOBAL_OPTIONS.map((option): Row => [optionForm(option), shared[option.name]!]),
    ['-h, --help', texts.options.help] as const,
    ['-v, --version', texts.options.version] as const,
  ];
  return lines(
    `${frame.usage} mfa-profile ${command.name}${namesForm(command)} [OPTIONS]${command.takesRest ?? ''}`,
    ...wrap(summary, widthFor(columns)),
    '',
    frame.examples,
    ...examples.flatMap(([line, about]) => example(line, about, columns)),
    '',
    ...(ownRows.length > 0 ? [frame.options, ...table(ownRows, columns), ''] : []),
    frame.globalOptions,
    ...table(globalRows, columns),
    '',
    frame.more,
  );
}

function lines(...each: readonly string[]): string {
  return `${each.join('\n')}\n`;
}

/** ` [NAME...]`, ` SHELL`, ` move|show [NAME]`. */
function namesForm({ names: { value, most, least = 0 }, actions }: Command): string {
  const action = actions ? ` ${actions.join('|')}` : '';
  if (most === 0) return action;
  const form = most > 1 ? `${value}...` : value;
  return action + (least > 0 ? ` ${form}` : ` [${form}]`);
}

function optionForm({ name, alias, value }: OptionSpec): string {
  const short = alias === undefined ? '    ' : `-${alias}, `;
  return `${short}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function widthFor(columns: number): number {
  return Math.max(NARROWEST, Math.min(columns, WIDEST));
}

/** A comment on a line of its own where both do not fit into one. */
function example(line: string, about: string, columns: number): string[] {
  const text = about === '' ? `  ${line}` : `  ${padEnd(line, 46)}  # ${about}`;
  return widthOf(text) <= widthFor(columns) || about === ''
    ? [text]
    : [`  # ${about}`, `  ${line}`];
}

function table(rows: readonly Row[], columns: number): string[] {
  const left = Math.max(...rows.map(([what]) => widthOf(what)));
  const right = widthFor(columns) - left - 2 * GAP;
  const indent = ' '.repeat(GAP);
  // A window too narrow for two columns: the words go below.
  if (right < 20) {
    return rows.flatMap(([what, about]) => [
      indent + what,
      ...wrap(about, widthFor(columns) - 3 * GAP).map((line) => indent.repeat(3) + line),
    ]);
  }
  return rows.flatMap(([what, about]) =>
    wrap(about, right).map(
      (line, at) => indent + padEnd(at === 0 ? what : '', left) + indent + line,
    ),
  );
}

// What may not begin a line of Japanese, and what may not end one (JIS X 4051).
const NOT_FIRST = /^[、。」)ーっゃゅょァィゥェォッャュョ]/u;
const NOT_LAST = /[「(]$/u;

const WORD = / ?[!-~]+|[\u30a1-\u30fc]+|\p{sc=Han}+| ?[^ -~]|\s/gu;

/** Lines of at most `room` columns, broken at blanks and between Japanese words. */
function wrap(text: string, room: number): string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const unit of unitsOf(text)) {
    if (line !== '' && widthOf(line + unit) > room) {
      wrapped.push(line);
      line = unit.trimStart();
    } else {
      line += unit;
    }
  }
  return [...wrapped, line];
}

/** What stays on one line: a word, with the punctuation that belongs to it. */
function unitsOf(text: string): string[] {
  const units: string[] = [];
  for (const part of text.match(WORD) ?? []) {
    const last = units.at(-1);
    if (last !== undefined && (NOT_FIRST.test(part) || NOT_LAST.test(last))) {
      units[units.length - 1] = last + part;
    } else {
      units.push(part);
    }
  }
  return units;
}
