/** From the bytes that a terminal in raw mode sends to the keys that a question knows. */
import { StringDecoder } from 'node:string_decoder';

/**
 * Text comes in the pieces in which it arrived: an input method or a paste sends many characters at
 * once.
 */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind:
        | 'enter'
        | 'backspace'
        | 'erase-word'
        | 'erase-line'
        | 'up'
        | 'down'
        | 'escape'
        | 'interrupt'
        | 'suspend'
        | 'redraw';
    };

export interface KeyReader {
  /** The keys in these bytes; a sequence that is not complete waits for its rest. */
  read(bytes: Buffer): Key[];
  /** What an incomplete sequence means when nothing follows it: Esc, pressed on its own. */
  flush(): Key[];
  /** True while an incomplete sequence waits. */
  readonly isWaiting: boolean;
}

// ECMA-48, section 5.4: CSI, parameters, intermediates, one final byte. SS3 (ESC O) is how keypads
// send arrows in application mode.
const SEQUENCE = /^(?:\u001b\[[0-?]*[ -/]*[@-~]|\u001bO[ -~])/;
const INCOMPLETE = /^\u001b(?:\[[0-?]*[ -/]*|O)?$/;

const CONTROLS: Readonly<Record<string, Exclude<Key['kind'], 'text'>>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\u0003': 'interrupt',
  '\u0004': 'interrupt',
  '\b': 'backspace',
  '\u007f': 'backspace',
  '\f': 'redraw',
  '\u000e': 'down',
  '\u0010': 'up',
  '\u0015': 'erase-line',
  '\u0017': 'erase-word',
  '\u001a': 'suspend',
};

const ARROWS: Readonly<Record<string, 'up' | 'down'>> = { A: 'up', B: 'down' };

export function makeKeyReader(): KeyReader {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    read: (bytes) => {
      const { keys, left } = splitKeys(rest + decoder.write(bytes));
      rest = left;
      return keys;
    },
    flush: () => {
      const waiting = rest;
      rest = '';
      return waiting === '' ? [] : [{ kind: 'escape' }];
    },
    get isWaiting() {
      return rest !== '';
    },
  };
}

function splitKeys(text: string): { keys: Key[]; left: string } {
  const keys: Key[] = [];
  let at = 0;
  while (at < text.length) {
    const ahead = text.slice(at);
    if (INCOMPLETE.test(ahead)) return { keys, left: ahead };
    const sequence = SEQUENCE.exec(ahead)?.[0];
    if (sequence !== undefined) {
      const arrow = ARROWS[sequence.at(-1)!];
      // The sequences of other keys, and those around a bracketed paste, mean nothing here.
      if (arrow && sequence.length === 3) keys.push({ kind: arrow });
      at += sequence.length;
      continue;
    }
    const plain = /^[^\u0000-\u001f\u007f-\u009f]+/.exec(ahead)?.[0];
    if (plain !== undefined) {
      keys.push({ kind: 'text', text: plain });
      at += plain.length;
      continue;
    }
    const control = CONTROLS[ahead[0]!];
    if (control) keys.push({ kind: control });
    // Esc before another key is Alt, which means nothing here.
    at += ahead.startsWith('\u001b') ? 2 : 1;
  }
  return { keys, left: '' };
}
