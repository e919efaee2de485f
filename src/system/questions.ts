/**
 * The questions that a person is asked. What is shown is only ever added to, but for the choice
 * among several things: so it reads the same in a terminal that cannot redraw (TERM=dumb), in one
 * that has no size, and by a screen reader.
 */
import { Secret } from '../credentials/secret.ts';
import type { Speak } from '../problems/text.ts';
import type { TextQuestion } from '../world.ts';
import type { Key } from './keys.ts';
import type { Question } from './terminal-device.ts';
import { words } from './words.ts';

/** Where a question is shown. */
export interface Paper {
  write(text: string): void;
  /** Undefined if the terminal does not say, or cannot be redrawn. */
  readonly size: { readonly columns: number; readonly rows: number } | undefined;
  /** Columns of a text. */
  width(text: string): number;
  readonly speak: Speak;
  /** In bold, where colours are wanted. */
  strong(text: string): string;
  /** Shown for each character that is not. */
  readonly dot: string;
}

const BELL = '\u0007';
const CODE_LENGTH = 6;

/** What apps show and people type: blanks between the digits, digits of an input method. */
function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

/** The words before a field; the field has a line of its own where both do not fit in one. */
function label(message: string, room: number, paper: Paper): string {
  const fits = paper.size === undefined || paper.width(message) + room + 5 <= paper.size.columns;
  return `? ${paper.strong(message)}${fits ? ' ' : '\r\n'}${paper.speak(words.separator)} `;
}

/** Takes a character's columns back from the end of the line. */
const eraser = (columns: number): string => '\b \b'.repeat(columns);

/** Six digits, shown as dots: each key is seen to arrive, and no digit stays on the screen. */
export function codeQuestion(message: string, paper: Paper): Question<Secret> {
  let typed = '';
  const draw = (): void => {
    paper.write(label(message, CODE_LENGTH, paper) + paper.dot.repeat(typed.length));
  };
  return {
    draw,
    press: (key) => {
      if (key.kind === 'text') {
        const digits = digitsOf(key.text).slice(0, CODE_LENGTH - typed.length);
        typed += digits;
        const isBlank = key.text.trim() === '';
        paper.write(digits === '' && !isBlank ? BELL : paper.dot.repeat(digits.length));
      } else if (key.kind === 'enter') {
        if (typed.length === CODE_LENGTH) return { answer: new Secret(typed) };
        paper.write(`\r\n  ${paper.speak(words.sixDigits)}\r\n`);
        draw();
      } else {
        typed = erase(typed, key, paper);
      }
      return undefined;
    },
  };
}

function afterErasing(text: string, { kind }: Key): string {
  if (kind === 'backspace') return [...text].slice(0, -1).join('');
  if (kind === 'erase-word') return text.replace(/\S*\s*$/u, '');
  return kind === 'erase-line' ? '' : text;
}

/** What is left of a text that is shown; the rest is removed from the screen. */
function erase(text: string, key: Key, paper: Paper): string {
  const left = afterErasing(text, key);
  paper.write(eraser(paper.width(text) - paper.width(left)));
  return left;
}

/** Nothing of what is typed is shown. */
export function secretQuestion(message: string, paper: Paper): Question<Secret> {
  let typed = '';
  const draw = (): void => paper.write(label(message, 0, paper));
  return {
    draw,
    press: (key) => {
      if (key.kind === 'text') typed += key.text;
      else if (key.kind !== 'enter') typed = afterErasing(typed, key);
      else if (typed.trim() !== '') return { answer: new Secret(typed.trim()) };
      else {
        paper.write(`\r\n  ${paper.speak(words.empty)}\r\n`);
        draw();
      }
      return undefined;
    },
  };
}

/** A line of text; an answer that is refused is typed again from its beginning. */
export function textQuestion(
  message: string,
  { usual, check }: TextQuestion,
  paper: Paper,
): Question<string> {
  let typed = '';
  const shown = usual === undefined ? message : `${message} (${usual})`;
  const draw = (): void => paper.write(label(shown, 20, paper) + typed);
  return {
    draw,
    press: (key) => {
      if (key.kind === 'text') {
        typed += key.text;
        paper.write(key.text);
      } else if (key.kind === 'enter') {
        const answer = typed.trim() || (usual ?? '');
        const fault = check(answer);
        if (fault === undefined) return { answer };
        typed = '';
        paper.write(`\r\n  ${paper.speak(fault)}\r\n`);
        draw();
      } else {
        typed = erase(typed, key, paper);
      }
      return undefined;
    },
  };
}

const YES = ['y', 'yes', 'はい'];
const NO = ['n', 'no', 'いいえ'];

/** Yes or no: `y` or `n` answers at once, and anything else is no answer. */
export function confirmQuestion(message: string, usual: boolean, paper: Paper): Question<boolean> {
  let typed = '';
  const shown = `${message} ${usual ? '(Y/n)' : '(y/N)'}`;
  /** A code that is typed too early is seen by nobody, either. */
  const seen = (text: string): string => text.replace(/\d/g, paper.dot);
  const draw = (): void => paper.write(label(shown, 6, paper) + seen(typed));
  const complain = (): void => {
    typed = '';
    paper.write(`\r\n  ${paper.speak(words.yesOrNo)}\r\n`);
    draw();
  };
  return {
    draw,
    press: (key) => {
      if (key.kind === 'text') {
        const text = key.text.normalize('NFKC');
        typed += text;
        paper.write(seen(text));
        const meant = typed.trim().toLowerCase();
        if (YES.includes(meant)) return { answer: true };
        if (NO.includes(meant)) return { answer: false };
      } else if (key.kind === 'enter') {
        if (typed.trim() === '') {
          paper.write(paper.speak(usual ? words.yes : words.no));
          return { answer: usual };
        }
        complain();
      } else {
        typed = erase(typed, key, paper);
      }
      return undefined;
    },
  };
}

/** One of several things: by the arrow keys, or by number if nothing can be redrawn. */
export function choiceQuestion(
  message: string,
  choices: readonly string[],
  paper: Paper,
): Question<number> {
  return paper.size === undefined
    ? numberedChoice(message, choices, paper)
    : listedChoice(message, choices, paper, paper.size);
}

function numberedChoice(
  message: string,
  choices: readonly string[],
  paper: Paper,
): Question<number> {
  let at = 0;
  let typed = '';
  const field = (): void => {
    paper.write(
      `${paper.strong(paper.speak(words.number(choices.length)))} [${at + 1} ${choices[at]}] ${paper.speak(words.separator)} ${typed}`,
    );
  };
  const again = (line: string): void => {
    typed = '';
    paper.write(`\r\n${line}`);
    field();
  };
  return {
    draw: () => {
      const lines = choices.map((choice, index) => `  ${index + 1}) ${choice}\r\n`);
      paper.write(`? ${paper.strong(message)}\r\n${lines.join('')}`);
      field();
    },
    press: (key) => {
      if (key.kind === 'text') {
        const digits = digitsOf(key.text);
        typed += digits;
        paper.write(digits === '' ? BELL : digits);
      } else if (key.kind === 'up' || key.kind === 'down') {
        at = (at + (key.kind === 'down' ? 1 : choices.length - 1)) % choices.length;
        again('');
      } else if (key.kind === 'enter') {
        const number = typed === '' ? at + 1 : Number(typed);
        if (number >= 1 && number <= choices.length) return { answer: number - 1 };
        again(`  ${paper.speak(words.noNumber(typed))}\r\n`);
      } else {
        typed = erase(typed, key, paper);
      }
      return undefined;
    },
  };
}

const UP_TO_LINE_START = (lines: number): string => (lines > 0 ? `\u001b[${lines}A\r` : '\r');
const END_OF_LINE = '\u001b[K';

function listedChoice(
  message: string,
  choices: readonly string[],
  paper: Paper,
  { columns, rows }: { columns: number; rows: number },
): Question<number> {
  const shown = Math.max(1, Math.min(choices.length, rows - 2));
  let at = 0;
  let first = 0;
  const row = (index: number): string => {
    const text = cut(choices[index]!, columns - 3, paper);
    return `${index === at ? `${paper.speak(words.pointer)} ${paper.strong(text)}` : `  ${text}`}${END_OF_LINE}`;
  };
  const list = (): string =>
    Array.from({ length: shown }, (_, line) => row(first + line)).join('\r\n');
  return {
    draw: () => {
      paper.write(`? ${paper.strong(message)}\r\n${list()}`);
    },
    press: (key) => {
      if (key.kind === 'enter') return { answer: at };
      if (key.kind !== 'up' && key.kind !== 'down') {
        if (key.kind === 'text') paper.write(BELL);
        return undefined;
      }
      at = (at + (key.kind === 'down' ? 1 : choices.length - 1)) % choices.length;
      first = Math.max(at - shown + 1, Math.min(first, at));
      paper.write(UP_TO_LINE_START(shown - 1) + list());
      return undefined;
    },
  };
}

/** A row that is too long would wrap, and everything redrawn above it would be off by one. */
function cut(text: string, columns: number, paper: Paper): string {
  if (paper.width(text) <= columns) return text;
  const mark = paper.speak(words.cut);
  let kept = '';
  for (const character of text) {
    if (paper.width(kept + character + mark) > columns) break;
    kept += character;
  }
  return kept + mark;
}
