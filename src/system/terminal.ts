/**
 * Questions to the person, by enquirer, on the controlling terminal. enquirer gets its keys through
 * a stream of ours: it never sees Ctrl-C or the end of input, which it answers by an uncaught error
 * on Node 24 (enquirer issue 483) or not at all (issue 480); this file turns both into `interrupted`.
 */
import { openSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { ReadStream, WriteStream, isatty } from 'node:tty';
import enquirer from 'enquirer';
import { Failure } from '../problems/problem.ts';
import { Secret } from '../credentials/secret.ts';
import type { Speak } from '../problems/text.ts';
import type { Terminal } from '../world.ts';
import { words } from './words.ts';

interface Device {
  readonly input: ReadStream;
  readonly output: WriteStream;
  close(): void;
}

/**
 * The controlling terminal; else stdin and stderr where both are terminals; undefined for neither,
 * and for one that this program may not use now. Always by descriptors of its own, which can be
 * closed: a stream on stdin would go on reading what is typed for the next program.
 */
function openDevice(platform: string): Device | undefined {
  if (platform === 'win32') return openPair('\\\\.\\CONIN$', '\\\\.\\CONOUT$');
  return (
    openPair('/dev/tty', '/dev/tty') ??
    (isatty(0) && isatty(2) ? openPair('/dev/fd/0', '/dev/fd/2') : undefined)
  );
}

function openPair(read: string, write: string): Device | undefined {
  let input: ReadStream | undefined;
  try {
    input = new ReadStream(openSync(read, 'r+'));
    // In the background of a shell that has gone on, the terminal says EIO (`<(…)` in bash).
    input.setRawMode(true).setRawMode(false);
    const output = new WriteStream(openSync(write, 'r+'));
    return {
      input,
      output,
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

/** What this file needs to know of an enquirer prompt; its own types leave most of it out. */
interface Prompt {
  run(): Promise<unknown>;
  cancel(): Promise<void>;
}
type PromptClass = new (options: Record<string, unknown>) => Prompt;

const { Confirm, Input, Invisible, Select } = enquirer as unknown as Record<
  'Confirm' | 'Input' | 'Invisible' | 'Select',
  PromptClass
>;

/** The same stream for a prompt that paints regardless: enquirer knows FORCE_COLOR=0 and no more. */
function withoutColors(output: WriteStream): WriteStream {
  const write = (text: string): boolean => output.write(text.replace(/\u001b\[[\d;]*m/g, ''));
  return Object.create(output, { write: { value: write } }) as WriteStream;
}

const CTRL_C = 0x03;
const CTRL_D = 0x04;

export interface TerminalOptions {
  readonly platform: string;
  /** A signal from outside ends a question too. */
  readonly interrupt: AbortSignal;
  readonly color: boolean;
  readonly speak: Speak;
}

export function openTerminal({
  platform,
  interrupt,
  color,
  speak,
}: TerminalOptions): Terminal | undefined {
  const device = openDevice(platform);
  if (!device) return undefined;
  const { input } = device;
  const output = color ? device.output : withoutColors(device.output);

  /** Runs one prompt with the terminal in raw mode, and leaves it as it was. */
  async function run(makePrompt: (streams: Record<string, unknown>) => Prompt): Promise<unknown> {
    interrupt.throwIfAborted();
    // enquirer asks its stream for a terminal's ways; raw mode is set on the real one, here.
    const keys = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => keys });
    const wasRaw = input.isRaw;
    let stop: (reason: unknown) => void = () => undefined;
    const stopped = new Promise<never>((_resolve, reject) => (stop = reject));
    const onData = (bytes: Buffer): void => {
      const end = bytes.findIndex((byte) => byte === CTRL_C || byte === CTRL_D);
      if (end === -1) keys.write(bytes);
      else stop(new Failure({ kind: 'interrupted', signal: 'SIGINT' }));
    };
    const onEnd = (): void => {
      stop(new Failure({ kind: 'interrupted', signal: 'SIGHUP' }));
    };
    const onInterrupt = (): void => {
      stop(interrupt.reason);
    };
    const prompt = makePrompt({ stdin: keys, stdout: output });
    try {
      input.setRawMode(true);
      input.on('data', onData).once('end', onEnd).once('error', onEnd).resume();
      interrupt.addEventListener('abort', onInterrupt, { once: true });
      const answer = prompt.run().catch((error: unknown) => {
        // Esc: enquirer rejects with an empty string.
        throw error === '' ? new Failure({ kind: 'interrupted', signal: 'SIGINT' }) : error;
      });
      return await Promise.race([answer, stopped]).catch(async (error: unknown) => {
        await prompt.cancel().catch(() => undefined);
        await answer.catch(() => undefined);
        throw error;
      });
    } finally {
      input.off('data', onData).off('end', onEnd).off('error', onEnd).pause();
      interrupt.removeEventListener('abort', onInterrupt);
      input.setRawMode(wasRaw);
      keys.destroy();
    }
  }

  return {
    askCode: async (message) => {
      const answer = await run(
        (streams) => new Input({ ...streams, ...codeQuestion(speak(message), speak) }),
      );
      return new Secret(String(answer));
    },
    choose: async (message, choices) => {
      const shown = choices.map(speak);
      const select = (streams: Record<string, unknown>): Prompt =>
        new Select({ ...streams, message: speak(message), choices: shown });
      return shown.indexOf(String(await run(select)));
    },
    confirm: async (message, usual) => {
      const format = (value: boolean): string => speak(value ? words.yes : words.no);
      return Boolean(
        await run(
          (streams) => new Confirm({ ...streams, message: speak(message), initial: usual, format }),
        ),
      );
    },
    askText: async (message, { usual, check }) => {
      const validate = (text: string): string | true => {
        const wrong = check(text || (usual ?? ''));
        return wrong === undefined || speak(wrong);
      };
      const question = {
        message: speak(message),
        validate,
        ...(usual === undefined ? {} : { initial: usual }),
      };
      return String(await run((streams) => new Input({ ...streams, ...question }))).trim();
    },
    askSecret: async (message) => {
      const validate = (text: string): string | true => text.trim() !== '' || speak(words.empty);
      const answer = await run(
        (streams) => new Invisible({ ...streams, message: speak(message), validate }),
      );
      return new Secret(String(answer).trim());
    },
    say: (line) => {
      output.write(`${speak(line)}\n`);
    },
    close: () => {
      device.close();
    },
  };
}

interface InputState {
  input: string;
  append(text: string): void;
  alert(): void;
}

/** A field of six digits, shown as dots: typing is felt, and nothing of it stays on the screen. */
function codeQuestion(message: string, speak: Speak): Record<string, unknown> {
  return {
    message,
    // No `number` type: enquirer's numeral drops leading zeros.
    format(this: InputState) {
      return '•'.repeat(this.input.length);
    },
    result: (value: string) => value,
    validate: (value: string) => /^\d{6}$/.test(value) || speak(words.sixDigits),
    dispatch(this: InputState, text: string) {
      const digits = (text ?? '').replace(/\D/g, '').slice(0, 6 - this.input.length);
      if (digits === '') this.alert();
      else this.append(digits);
    },
    number(this: InputState, text: string) {
      if (this.input.length >= 6) this.alert();
      else this.append(text);
    },
    space: () => undefined,
  };
}
