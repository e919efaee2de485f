/** Questions to the person, on the controlling terminal, one at a time. */
import type { Speak } from '../problems/text.ts';
import type { Terminal } from '../world.ts';
import {
  choiceQuestion,
  codeQuestion,
  confirmQuestion,
  secretQuestion,
  textQuestion,
} from './questions.ts';
import type { Paper } from './questions.ts';
import { words } from './words.ts';
import { ask, openDevice } from './terminal-device.ts';
import type { Device, Question, SignalHost } from './terminal-device.ts';
import type { TerminalHold } from './terminal-hold.ts';

export interface TerminalOptions {
  readonly platform: string;
  /** A signal from outside ends a question too. */
  readonly interrupt: AbortSignal;
  readonly color: boolean;
  readonly speak: Speak;
  /** Columns that a text takes. */
  readonly width: (text: string) => number;
  /** True for a terminal that can only be added to (TERM=dumb). */
  readonly isPlain: boolean;
  readonly signals: SignalHost;
  readonly hold: TerminalHold;
  /**
   * Aborted once the caller of this program has gone, so that nobody waits for the answer.
   * @returns the signal, and what ends the watch
   */
  readonly watchCaller: () => { readonly gone: AbortSignal; readonly end: () => void };
}

export function openTerminal(options: TerminalOptions): Terminal | undefined {
  const device = openDevice(options.platform);
  if (!device) return undefined;
  const paper = paperOf(device, options);

  async function put<T>(question: Question<T>, until?: AbortSignal): Promise<T> {
    options.interrupt.throwIfAborted();
    const caller = options.watchCaller();
    const stop = AbortSignal.any([options.interrupt, caller.gone, ...(until ? [until] : [])]);
    try {
      const { hold, signals } = options;
      await hold.take(stop);
      try {
        return await ask(device!, question, { signals, stop, show: () => hold.show() });
      } finally {
        await device!.closeInput();
        await hold.rest();
      }
    } finally {
      caller.end();
    }
  }

  const { speak } = options;
  return {
    askCode: (message, _serialNumber, until) => put(codeQuestion(speak(message), paper), until),
    choose: (message, choices) => put(choiceQuestion(speak(message), choices.map(speak), paper)),
    confirm: (message, usual) => put(confirmQuestion(speak(message), usual, paper)),
    askText: (message, question) => put(textQuestion(speak(message), question, paper)),
    askSecret: (message) => put(secretQuestion(speak(message), paper)),
    say: (line) => {
      device.output.write(`${speak(line)}\n`);
    },
    close: () => {
      device.close();
    },
  };
}

function paperOf({ output }: Device, { color, isPlain, speak, width }: TerminalOptions): Paper {
  return {
    write: (text) => {
      output.write(text);
    },
    get size() {
      const [columns, rows] = output.getWindowSize();
      return isPlain || !columns || !rows ? undefined : { columns, rows };
    },
    speak,
    width,
    strong: (text) => (color && !isPlain ? `\u001b[1m${text}\u001b[22m` : text),
    dot: isPlain ? '*' : speak(words.dot),
  };
}
