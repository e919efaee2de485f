/** Runs a program on a pseudo-terminal, types at it, and reads what it shows. */
import { closeSync, constants as files, openSync } from 'node:fs';
import { constants } from 'node:os';
import { spawn } from '@lydell/node-pty';
import { quoted } from './quote.ts';
import { WatchedText } from './watched-text.ts';

export interface PtyOptions {
  /** The whole environment; this process's own unless given. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** 100 unless given. */
  cols?: number;
  /** 30 unless given. */
  rows?: number;
  /** Tells a program that asks where the cursor is (DSR) that it is in the corner, as PowerShell does. */
  answerCursor?: boolean;
  /**
   * Files instead of the program's own streams. The pseudo-terminal stays its controlling terminal,
   * so that `/dev/tty` works: as under `eval "$(…)"`, a pipe or `credential_process`.
   */
  redirect?: { stdin?: string; stdout?: string; stderr?: string };
}

const KEYS = {
  ...{ enter: '\r', escape: '\x1b', tab: '\t', space: ' ', backspace: '\x7f' },
  ...{ up: '\x1b[A', down: '\x1b[B', right: '\x1b[C', left: '\x1b[D' },
  ...{ 'ctrl-c': '\x03', 'ctrl-d': '\x04', 'ctrl-u': '\x15', 'ctrl-z': '\x1a' },
};

export type Key = keyof typeof KEYS;

export interface PtyExit {
  /** Null if a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Pty {
  readonly pid: number;
  /** Everything shown so far, escapes and all. */
  readonly output: string;
  /** The same without escapes, and with plain line ends. */
  readonly screen: string;
  /** Waits for a match in what was shown since the previous match; a minute unless told otherwise. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  type(text: string): void;
  key(key: Key): void;
  resize(cols: number, rows: number): void;
  /** Closes the terminal, as a window that is closed does: the system sends SIGHUP. */
  hangUp(): void;
  /** SIGKILL unless told otherwise; nothing if it has ended already. */
  kill(signal?: NodeJS.Signals): void;
  readonly exit: Promise<PtyExit>;
}

const ESCAPES =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-Za-z]|[ -/]*[0-~])/g;

/** The text without terminal escapes (ECMA-48 sequences, OSC titles) and carriage returns at line ends. */
export function stripAnsi(text: string): string {
  return text.replace(ESCAPES, '').replace(/\r+\n/g, '\n');
}

/** A command line for `sh` under which the program's streams are files. */
function redirected(redirect: NonNullable<PtyOptions['redirect']>): string {
  const { stdin, stdout, stderr } = redirect;
  // One descriptor stays on the terminal: once none is, the terminal hangs up (SIGHUP).
  const parts = ['exec "$0" "$@" 9<&0'];
  if (stdin !== undefined) parts.push(`<${quoted(stdin)}`);
  if (stdout !== undefined) parts.push(`>${quoted(stdout)}`);
  if (stderr !== undefined) parts.push(`2>${quoted(stderr)}`);
  return parts.join(' ');
}

function signalName(number: number | undefined): NodeJS.Signals | null {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return (found?.[0] as NodeJS.Signals | undefined) ?? null;
}

/** What node-pty has and does not declare. */
interface Inside {
  readonly ptsName: string;
  readonly _socket: { destroy: () => void };
}

const LAST_LOOK_MS = 20;

/** Starts a program on a pseudo-terminal of its own. */
export function openPty(file: string, args: string[], options: PtyOptions = {}): Pty {
  const { env = process.env, cwd = process.cwd(), cols = 100, rows = 30, redirect } = options;
  const [program, programArgs] =
    redirect === undefined
      ? [file, args]
      : ['/bin/sh', ['-c', redirected(redirect), file, ...args]];
  const terminal = spawn(program, programArgs, {
    name: env['TERM'] ?? 'xterm-256color',
    env,
    cwd,
    cols,
    rows,
  });
  const { ptsName, _socket: socket } = terminal as unknown as Inside;
  // Held open to the end: a terminal that its last program closes drops what is still to be read.
  const held = openSync(ptsName, files.O_RDWR | files.O_NOCTTY);
  const text = new WatchedText(stripAnsi);
  const close = socket.destroy.bind(socket);
  // node-pty gives up reading 200 ms after the end; here that is put off for as long as more comes.
  socket.destroy = () => {
    const { length } = text.raw;
    setTimeout(() => (text.raw.length === length ? close() : socket.destroy()), LAST_LOOK_MS);
  };
  let ended = false;
  terminal.onData((data) => {
    const questions = options.answerCursor ? data.split('\x1b[6n').length - 1 : 0;
    if (questions > 0) terminal.write('\x1b[1;1R'.repeat(questions));
    text.add(data);
  });
  const exit = new Promise<PtyExit>((resolve) => {
    terminal.onExit(({ exitCode, signal }) => {
      ended = true;
      closeSync(held);
      const name = signalName(signal);
      text.end(name ? `the program was ended by ${name}` : `the program ended with ${exitCode}`);
      resolve({ code: name === null ? exitCode : null, signal: name });
    });
  });
  return {
    pid: terminal.pid,
    get output() {
      return text.raw;
    },
    get screen() {
      return text.text;
    },
    waitFor: (pattern, timeoutMs) => text.waitFor(pattern, timeoutMs),
    type: (typed) => terminal.write(typed),
    key: (key) => terminal.write(KEYS[key]),
    resize: (newCols, newRows) => terminal.resize(newCols, newRows),
    hangUp: () => close(),
    kill: (signal = 'SIGKILL') => {
      if (!ended) terminal.kill(signal);
    },
    exit,
  };
}
