/** The whole terminal as a screen that is redrawn in place, and put back as it was. */
import { closeSync, openSync } from 'node:fs';
import { ReadStream, isatty } from 'node:tty';
import type { WriteStream } from 'node:tty';
import { Failure } from '../problems/problem.ts';
import type { Screen } from '../world.ts';

// xterm's control sequences. The alternate screen keeps what was there; the cursor would only
// blink.
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const END_OF_LINE = '\u001b[K';
const END_OF_SCREEN = '\u001b[J';
// Terminals that know it show what is between at once; the others ignore it.
const [HOLD, SHOW] = ['\u001b[?2026h', '\u001b[?2026l'];

const CTRL_C = '\u0003';

/**
 * Undefined if `output` is no terminal.
 * @param output the process's own stdout: node tells the window's size to no other stream
 */
export function openScreen(output: WriteStream, interrupt: AbortSignal): Screen | undefined {
  if (!output.isTTY) return undefined;
  const keys = openKeys();
  let ended: 'quit' | Failure | undefined;
  let wake: (why: 'time' | 'resize' | 'quit' | Failure) => void = () => undefined;
  /** Once for all: what comes while the caller is at work is heard by its next wait. */
  const end = (why: 'quit' | Failure): void => {
    ended ??= why;
    wake(ended);
  };
  const onResize = (): void => wake('resize');
  const onInterrupt = (): void => end(interrupt.reason as Failure);
  const onGone = (): void => end(new Failure({ kind: 'interrupted', signal: 'SIGHUP' }));
  output.on('resize', onResize);
  // Never taken off: a terminal that is gone refuses what `close` writes, too.
  output.on('error', onGone);
  keys?.setRawMode(true);
  keys?.on('error', onGone).on('end', onGone);
  keys?.on('data', (typed: Buffer) => {
    const text = typed.toString('latin1');
    if (text.includes(CTRL_C)) end(new Failure({ kind: 'interrupted', signal: 'SIGINT' }));
    else if (/q/i.test(text)) end('quit');
  });
  interrupt.addEventListener('abort', onInterrupt, { once: true });
  if (interrupt.aborted) onInterrupt();
  output.write(ENTER);
  return {
    get columns() {
      return output.columns || 80;
    },
    get rows() {
      return output.rows || 24;
    },
    draw: (lines) => {
      const text = lines.map((line) => line + END_OF_LINE).join('\r\n');
      output.write(HOLD + HOME + text + END_OF_SCREEN + SHOW);
    },
    wait: (milliseconds) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => wake('time'), milliseconds);
        wake = (why) => {
          clearTimeout(timer);
          if (typeof why === 'string') resolve(why);
          else reject(why);
        };
        if (ended) wake(ended);
      }),
    close: () => {
      interrupt.removeEventListener('abort', onInterrupt);
      output.off('resize', onResize);
      output.write(LEAVE);
      keys?.setRawMode(false);
      keys?.destroy();
    },
  };
}

/** Where keys come from: stdin, else the controlling terminal; undefined if there is neither. */
function openKeys(): ReadStream | undefined {
  if (isatty(0)) return new ReadStream(0);
  let descriptor: number | undefined;
  try {
    descriptor = openSync('/dev/tty', 'r');
    return new ReadStream(descriptor);
  } catch {
    if (descriptor !== undefined) closeSync(descriptor);
    return undefined;
  }
}
