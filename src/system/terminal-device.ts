/**
 * The person's terminal in raw mode, for as long as one question is open: it is left as it was when
 * the question ends, when the program is stopped (Ctrl-Z) and when the terminal goes away.
 */
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { ReadStream, WriteStream, isatty } from 'node:tty';
import { Failure } from '../problems/problem.ts';
import { makeKeyReader } from './keys.ts';
import type { Key } from './keys.ts';

/** Two streams on one terminal, by descriptors of their own. */
export interface Device {
  /** Opened when it is first asked for, and again after {@link closeInput}. */
  readonly input: ReadStream;
  readonly output: WriteStream;
  /**
   * Lets go of what is typed: a stream that only pauses still takes what is meant for the next
   * reader.
   */
  closeInput(): Promise<void>;
  close(): void;
}

/** What a question needs of the process that it is in. */
export interface SignalHost {
  /** @returns what removes the handler */
  onSignal(signal: NodeJS.Signals, handler: () => void): () => void;
  /** Stops this program's whole group of processes, as Ctrl-Z does at the keyboard. */
  stopGroup(): void;
  /** Stops only this program, by the signal's default action. */
  stopSelf(): void;
  /** Ends this program by the signal's default action. */
  endSelf(signal: NodeJS.Signals): void;
}

/** A question as the terminal shows it. */
export interface Question<T> {
  /** Shows it, with what has been typed so far as far as that may be seen. */
  draw(): void;
  /** @returns the answer, once there is one */
  press(key: Key): { readonly answer: T } | undefined;
}

/**
 * The controlling terminal; else stdin and stderr if both are terminals; undefined for neither, and
 * for one that this program may not use now. Always by descriptors of its own, which can be closed:
 * a stream on stdin would go on reading what is typed for the next program.
 */
export function openDevice(platform: string): Device | undefined {
  if (platform === 'win32') {
    // A console may have no window (Git Bash's mintty, CREATE_NO_WINDOW): a question there is seen
    // by nobody. Where a person sits, at least one of the three streams is the console.
    return [0, 1, 2].some((descriptor) => isatty(descriptor))
      ? openPair('\\\\.\\CONIN$', '\\\\.\\CONOUT$')
      : undefined;
  }
  return (
    openPair('/dev/tty', '/dev/tty') ??
    (isatty(0) && isatty(2) ? openPair('/dev/fd/0', '/dev/fd/2') : undefined)
  );
}

function openPair(read: string, write: string): Device | undefined {
  let input: ReadStream | undefined;
  try {
    input = new ReadStream(openSync(read, 'r+'));
    // In the background of a shell that has gone on, the terminal says EIO (`<(…)` in bash). Without a
    // listener the stream throws what it would emit.
    input.setRawMode(true).setRawMode(false);
    const output = new WriteStream(openSync(write, 'r+'));
    // A terminal that has gone away says so to every write; `ask` hears of it by its input.
    output.on('error', () => undefined);
    return {
      get input() {
        return (input ??= new ReadStream(openSync(read, 'r+')));
      },
      output,
      closeInput: async () => {
        const open = input;
        input = undefined;
        if (!open || open.closed) return;
        open.destroy();
        await once(open, 'close');
      },
      close: () => {
        input?.destroy();
        output.destroy();
      },
    };
  } catch {
    input?.destroy();
    return undefined;
  }
}

// An arrow key's sequence comes in one piece; on a slow line within this time, in ms.
const ESCAPE_MS = 50;
// A group of processes that no shell watches is not stopped by Ctrl-Z: then the question goes on.
const NOT_STOPPED_MS = 100;

export interface Asking {
  readonly signals: SignalHost;
  /** Ends the question. */
  readonly stop: AbortSignal;
  /** Has the terminal show what is typed, for as long as the program is stopped. */
  readonly show: () => void;
}

/**
 * Asks one question to its end.
 * @throws Failure interrupted for Ctrl-C, Ctrl-D, Esc and a terminal that is hung up; the reason of
 * `stop` when it is aborted
 */
export function ask<T>(
  { input, output }: Device,
  question: Question<T>,
  { signals, stop, show }: Asking,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    stop.throwIfAborted();
    const reader = makeKeyReader();
    let isSuspended = false;
    let escapeTimer: NodeJS.Timeout | undefined;
    let continueTimer: NodeJS.Timeout | undefined;
    let leaveStopSignal: () => void = () => undefined;

    const finish = (end: () => void): void => {
      clearTimeout(escapeTimer);
      clearTimeout(continueTimer);
      leaveStopSignal();
      leaveContinueSignal();
      stop.removeEventListener('abort', onStop);
      input.off('data', onData).off('end', onGone).pause();
      input.setRawMode(false);
      input.off('error', onGone);
      output.write('\n');
      end();
    };
    const interrupted = (signal: string): void => {
      finish(() => reject(new Failure({ kind: 'interrupted', signal })));
    };
    const onStop = (): void => {
      finish(() => reject(stop.reason as Error));
    };
    let isGone = false;
    const onGone = (): void => {
      if (isGone) return;
      isGone = true;
      interrupted('SIGHUP');
    };

    /**
     * The terminal is put in order first: once the shell goes on, it is no longer ours to touch.
     */
    const suspend = (stopSignal: () => void): void => {
      isSuspended = true;
      leaveStopSignal();
      input.setRawMode(false);
      show();
      output.write('\n');
      stopSignal();
      continueTimer = setTimeout(goOn, NOT_STOPPED_MS);
    };
    const goOn = (): void => {
      clearTimeout(continueTimer);
      isSuspended = false;
      leaveStopSignal();
      leaveStopSignal = signals.onSignal('SIGTSTP', onStopSignal);
      // Other programs may have changed the terminal meanwhile without libuv's knowledge.
      input.setRawMode(false);
      input.setRawMode(true);
      if (isGone) return;
      output.write('\r');
      question.draw();
    };
    const onContinue = (): void => {
      if (!isSuspended) output.write('\n');
      goOn();
    };
    const onStopSignal = (): void => suspend(() => signals.stopSelf());

    const press = (keys: readonly Key[]): void => {
      for (const key of keys) {
        switch (key.kind) {
          case 'interrupt':
          case 'escape':
            interrupted('SIGINT');
            return;
          case 'suspend':
            suspend(() => signals.stopGroup());
            return;
          case 'redraw':
            output.write('\n');
            question.draw();
            break;
          default: {
            const done = question.press(key);
            if (!done) break;
            finish(() => resolve(done.answer));
            return;
          }
        }
      }
    };
    const onData = (bytes: Buffer): void => {
      clearTimeout(escapeTimer);
      press(reader.read(bytes));
      if (reader.isWaiting) escapeTimer = setTimeout(() => press(reader.flush()), ESCAPE_MS);
    };

    const leaveContinueSignal = signals.onSignal('SIGCONT', onContinue);
    stop.addEventListener('abort', onStop, { once: true });
    input.on('error', onGone).on('end', onGone).on('data', onData);
    leaveStopSignal = signals.onSignal('SIGTSTP', onStopSignal);
    input.setRawMode(true);
    if (isGone) return;
    question.draw();
    input.resume();
  });
}
