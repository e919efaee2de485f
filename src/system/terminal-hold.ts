/**
 * The person's terminal from the first question of a run to the last: no other program asks there
 * meanwhile, and what is typed ahead is kept for the next question and not shown.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { SignalHost } from './terminal-device.ts';

export interface TerminalHold {
  /** Waits until no other program asks, and hides what is typed. @throws the signal's reason */
  take(stop: AbortSignal): Promise<void>;
  /** A question has ended: until the next one the program may be stopped and ended at any moment. */
  rest(): Promise<void>;
  /** Shows what is typed while the program is stopped at a question. */
  show(): void;
  /** Shows what is typed from now on: for the program's end, whichever way it comes. */
  unmute(): void;
  /** Unmutes, and lets others ask: for what waits for other programs, or starts one. */
  release(): Promise<void>;
}

export interface HoldOptions {
  /** False for a program that does more than this: the terminal is given back after each question. */
  readonly isKept: boolean;
  readonly platform: string;
  readonly signals: SignalHost;
  /** @returns what lets the next program ask. @throws the signal's reason */
  readonly takeTurn: (stop: AbortSignal) => Promise<() => Promise<void>>;
}

export function makeTerminalHold(options: HoldOptions): TerminalHold {
  const { isKept, platform, signals, takeTurn } = options;
  let giveTurn: (() => Promise<void>) | undefined;
  let muted: Muted | undefined;
  let leaveSignals = (): void => undefined;

  const unmute = (): void => {
    leaveSignals();
    muted?.end();
    muted = undefined;
  };
  const release = async (): Promise<void> => {
    unmute();
    const give = giveTurn;
    giveTurn = undefined;
    await give?.();
  };
  const onQuit = (): (() => void) =>
    signals.onSignal('SIGQUIT', () => {
      unmute();
      signals.endSelf('SIGQUIT');
    });
  return {
    take: async (stop) => {
      leaveSignals();
      giveTurn ??= await takeTurn(stop);
      if (!isKept || platform === 'win32') return;
      muted ??= mute();
      leaveSignals = onQuit();
    },
    rest: async () => {
      if (!isKept) return release();
      leaveSignals();
      const leave = [
        onQuit(),
        // It goes on without a question; the next one takes the terminal anew.
        signals.onSignal('SIGTSTP', () => void release().finally(() => signals.stopSelf())),
      ];
      leaveSignals = () => {
        for (const each of leave) each();
        leaveSignals = () => undefined;
      };
    },
    show: () => muted?.show(),
    unmute,
    release,
  };
}

interface Muted {
  show(): void;
  end(): void;
}

/**
 * Node knows a terminal that shows what is typed, and one that hands over every key; what lies
 * between is set by stty (POSIX). Undefined if it cannot be: then what is typed ahead is shown.
 */
function mute(): Muted | undefined {
  let terminal: number | undefined;
  try {
    const descriptor = (terminal = openTerminal());
    const stty = (setting: string): string =>
      execFileSync('stty', [setting], { encoding: 'utf8', stdio: [descriptor, 'pipe', 'ignore'] });
    const before = stty('-g').trim();
    stty('-echo');
    const show = (): void => {
      try {
        stty(before);
      } catch {
        // It is hung up.
      }
    };
    return {
      show,
      end: () => {
        show();
        closeSync(descriptor);
      },
    };
  } catch {
    if (terminal !== undefined) closeSync(terminal);
    return undefined;
  }
}

function openTerminal(): number {
  try {
    return openSync('/dev/tty', 'r+');
  } catch {
    return openSync('/dev/fd/0', 'r+');
  }
}
