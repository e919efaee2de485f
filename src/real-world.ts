/** The composition root: every effect that the program has, bound to this process. */
import { closeSync, openSync, realpathSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';
import { wantsColor } from './output/color.ts';
import { printable } from './output/printable.ts';
import { sayLine } from './output/reporter.ts';
import { Failure } from './problems/problem.ts';
import { Secret } from './credentials/secret.ts';
import type { Speak } from './problems/text.ts';
import type { Machine, HeldLock, Ownership, World } from './world.ts';
import { calledPath } from './system/program-path.ts';
import { inheritedDescriptors } from './system/inherited.ts';
import type { SignalHost } from './system/terminal-device.ts';
import type { TerminalHold } from './system/terminal-hold.ts';
import { isHandedPipe, readPipe } from './system/pipe.ts';
import { nearWorld } from './quick-world.ts';

/** Signals that end the program in an orderly way, with the code that a shell would show. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Windows' Ctrl-Break, which ends a program like Ctrl-C. */
const BREAK = 'SIGBREAK';

export interface Host {
  /** True if the rooms that act are to say what they do, on stderr. */
  readonly debug: boolean;
  /** False inside another's program, whose signals are its own affair. */
  readonly ownsSignals: boolean;
  readonly speak: Speak;
  /** True if another program will be run in this process's place. */
  readonly handsOn?: boolean;
}

export interface RealWorld extends World {
  /**
   * Where the terminal was hung up under the program, ends it by that signal, as the system would.
   */
  endIfHungUp(): void;
  /** Gives the person's terminal back, as it was before the first question. */
  releaseTerminal(): Promise<void>;
}

export function realWorld(host: Host): RealWorld {
  const near = nearWorld();
  const { env, platform } = near;
  const inherited = host.handsOn ? inheritedDescriptors(platform) : [];
  let isHandedOn = false;
  const interrupt = host.ownsSignals
    ? watchSignals(platform, () => isHandedOn)
    : neverInterrupted();
  // No shell of Windows sets TERM, and node makes its consoles understand what is needed here.
  const isPlain = ['', 'dumb'].includes(env['TERM'] ?? (platform === 'win32' ? 'windows' : ''));
  const hadTerminal = reachesTerminal(platform);
  const isHungUp = (): boolean => hadTerminal && !reachesTerminal(platform);
  const debug = (line: string): void => {
    if (host.debug) sayLine(near.stderr, `debug: ${line}`);
  };
  const stopped = (until?: AbortSignal): AbortSignal =>
    until ? AbortSignal.any([interrupt(), until]) : interrupt();
  const sleep = (milliseconds: number, until?: AbortSignal): Promise<void> =>
    pause(milliseconds, stopped(until));
  let hold: Promise<TerminalHold> | undefined;
  const openHold = async (): Promise<TerminalHold> => {
    const { makeTerminalHold } = await import('./system/terminal-hold.ts');
    const held = makeTerminalHold({
      ...{ platform, signals: signalHost, isKept: host.ownsSignals },
      takeTurn: (stop) => takeTurn(near, stop, 'terminal'),
    });
    if (host.ownsSignals) beforeLeaving(() => held.unmute());
    return held;
  };
  /** Whoever waits for another program must not keep it from asking, nor from being typed at. */
  const releaseTerminal = async (): Promise<void> => (await hold)?.release();
  const readFile = rememberPipes((path) => near.readFile(path));
  const callTools = () => ({ env, interrupt: interrupt(), now: Date.now, sleep, debug, readFile });
  return {
    ...near,
    speak: host.speak,
    readFile,
    get launch() {
      return {
        ...ownPaths(near),
        get folder() {
          return process.cwd();
        },
      };
    },
    lastWritten,
    ownership: (path) => (platform === 'win32' ? undefined : ownership(path)),
    readStdin: async (until) => {
      await releaseTerminal();
      const [{ HeardBytes }, { readLine }] = await Promise.all([
        import('./system/heard-text.ts'),
        import('./system/stdin-line.ts'),
      ]);
      const heard = new HeardBytes();
      await readLine(process.stdin, heard, stopped(until));
      const line = heard.text(platform);
      // A terminal that is hung up has no more to say.
      if (line === '' && isHungUp()) throw new Failure({ kind: 'interrupted', signal: 'SIGHUP' });
      return line;
    },
    sleep: async (milliseconds, until) => {
      await releaseTerminal();
      await sleep(milliseconds, until);
    },
    // A program that uses the library may have been at work for long.
    began: host.ownsSignals ? performance.timeOrigin : Date.now(),
    askingPlace: async (at) => {
      const { desktopName, terminalName } = await import('./system/terminal-name.ts');
      return at === 'window' ? desktopName(env, platform) : terminalName(platform);
    },
    get interrupt() {
      return interrupt();
    },
    store: async () => {
      const { store } = await import('./store/index.ts');
      interrupt();
      return store;
    },
    diagnostics: async () => (await import('./store/diagnostics.ts')).diagnostics,
    sts: async (connection, keys) => {
      const { makeSts } = await import('./sts/sts.ts');
      return makeSts({ connection, keys, ...callTools() });
    },
    iam: async (connection, keys) => {
      const { makeIam } = await import('./sts/iam.ts');
      return makeIam({ connection, keys, ...callTools() });
    },
    signIn: async (connection) => {
      const { makeSignIn } = await import('./sts/sign-in.ts');
      return makeSignIn({ connection, ...callTools() });
    },
    findBrowser: async (command) => {
      const { findBrowser } = await import('./system/browser.ts');
      return findBrowser(command, { platform, env, interrupt: interrupt() });
    },
    runCodeCommand: async (command, wanted, until) => {
      const { runCodeCommand } = await import('./system/code-command.ts');
      await releaseTerminal();
      return runCodeCommand(command, wanted, { platform, env, interrupt: stopped(until) });
    },
    runKeyCommand: async (command, variables) => {
      const { readShellCommand } = await import('./system/shell-command.ts');
      await releaseTerminal();
      const options = { platform, env: { ...env, ...variables }, interrupt: interrupt() };
      const result = await readShellCommand(command, options);
      return 'output' in result ? { output: new Secret(result.output, 'text') } : result;
    },
    askProgram: async (question) => {
      const { askProgram } = await import('./system/ask-program.ts');
      await releaseTerminal();
      const all = { ...env, ...question.variables };
      return askProgram(question, { platform, env: all, interrupt: interrupt() });
    },
    hasProgram: async (name) => {
      const { findProgram } = await import('./system/program-path.ts');
      return findProgram(name, env, platform) !== undefined;
    },
    runProgram: async (program) => {
      const { runProgram } = await import('./system/run-program.ts');
      await releaseTerminal();
      isHandedOn = true;
      return runProgram(program, {
        platform,
        onSignal: (signal, handler) => void process.on(signal, handler),
        inherited,
      });
    },
    callingPrograms: async () => {
      const callers = near.callers();
      if (callers) return callers;
      const { callingPrograms } = await import('./system/callers-ps.ts');
      return callingPrograms(platform, process.ppid);
    },
    system: async () => {
      const { makeSystem } = await import('./system/services.ts');
      const system = makeSystem(env, platform);
      return {
        ...system,
        notify: (title, text) => system.notify(printable(title), printable(text)),
      };
    },
    screen: async () => {
      if (isPlain) return undefined;
      const { openScreen } = await import('./system/screen.ts');
      await releaseTerminal();
      return openScreen(process.stdout, interrupt());
    },
    terminal: async () => {
      const { openTerminal } = await import('./system/terminal.ts');
      const { watchCaller } = await import('./system/caller.ts');
      const { widthOf } = await import('./output/width.ts');
      const mayColor = !process.argv.includes('--no-color');
      const color = wantsColor({ mayColor, isTerminal: true, env });
      return openTerminal({
        ...{ platform, interrupt: interrupt(), color },
        isPlain,
        speak: (said) => printable(host.speak(said)),
        width: widthOf,
        signals: signalHost,
        hold: await (hold ??= openHold()),
        watchCaller: () => watchCaller(() => process.ppid, platform),
      });
    },
    codeWindow: async () => {
      const { findWindow } = await import('./system/code-window.ts');
      const { watchCaller } = await import('./system/caller.ts');
      return findWindow({
        ...{ platform, env, interrupt: interrupt() },
        speak: (said) => printable(host.speak(said)),
        takeTurn: (stop) => takeTurn(near, stop, 'window'),
        watchCaller: () => watchCaller(() => process.ppid, platform),
      });
    },
    get isInteractive() {
      return isatty(0) && isatty(1);
    },
    releaseTerminal,
    endIfHungUp: () => {
      if (isHungUp()) endBySignal('SIGHUP');
    },
  };
}

/** A terminal among the program's own streams, or the controlling one. */
function reachesTerminal(platform: string): boolean {
  if (platform === 'win32') return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch (error) {
    // On its way out: hung up, while the program's own descriptors are still told to be terminals.
    if ((error as NodeJS.ErrnoException).code === 'EIO') return false;
    return [0, 1, 2].some((fd) => isatty(fd));
  }
}

/** What is done at the end of this process, also where a signal ends it. */
const atTheEnd: (() => void)[] = [];

function beforeLeaving(leave: () => void): void {
  if (atTheEnd.push(leave) === 1) process.once('exit', leaveAll);
}

function leaveAll(): void {
  for (const leave of atTheEnd.splice(0)) leave();
}

function endBySignal(signal: NodeJS.Signals): void {
  leaveAll();
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

const signalHost: SignalHost = {
  onSignal: (signal, handler) => {
    process.on(signal, handler);
    return () => void process.off(signal, handler);
  },
  stopGroup: () => {
    // Process 0 stands for the group (kill(2)).
    process.kill(0, 'SIGTSTP');
  },
  stopSelf: () => {
    process.kill(process.pid, 'SIGTSTP');
  },
  endSelf: endBySignal,
};

const TURN_PAUSE_MS = 100;

/**
 * Questions on one terminal, or display, queue: whatever program and profile they are for, and
 * whatever each shell there has in TMPDIR and XDG_RUNTIME_DIR.
 */
async function takeTurn(
  { env, platform }: Pick<World, 'env' | 'platform'>,
  stop: AbortSignal,
  at: 'terminal' | 'window',
): Promise<() => Promise<void>> {
  const { desktopName, terminalName } = await import('./system/terminal-name.ts');
  const place = at === 'window' ? desktopName(env, platform) : terminalName(platform);
  if (place === undefined) return () => Promise.resolve();
  const { privateFolder, store } = await import('./store/index.ts');
  const folder = privateFolder();
  if (folder === undefined) return () => Promise.resolve();
  for (;;) {
    stop.throwIfAborted();
    let gate: HeldLock | undefined;
    try {
      gate = await store.tryGate(`${folder}/terminal`, { kind: 'terminal', of: place });
    } catch {
      // If no lock can be made, none is waited for.
      return () => Promise.resolve();
    }
    if (gate) return () => gate.release();
    await pause(TURN_PAUSE_MS, stop);
  }
}

const INTERRUPTED = 130;

/**
 * Handlers are set when the first effect that a signal must undo is asked for, and not before.
 * @param isHandedOn true once another program runs in this one's place, whose affair signals then are
 */
function watchSignals(platform: string, isHandedOn: () => boolean): () => AbortSignal {
  let controller: AbortController | undefined;
  return () => {
    if (controller) return controller.signal;
    const abort = (controller = new AbortController());
    for (const name of platform === 'win32' ? [...SIGNALS, BREAK] : SIGNALS) {
      const signal = name === BREAK ? 'SIGINT' : name;
      const stop = (): void => {
        if (isHandedOn()) return;
        if (!abort.signal.aborted) abort.abort(new Failure({ kind: 'interrupted', signal }));
        // A terminal that is hung up says so more than once: by the system and by the shell.
        else if (signal !== 'SIGHUP') leaveAtOnce();
      };
      const leaveAtOnce = (): void => {
        // Whoever asks twice wants out at once.
        leaveAll();
        // To send a signal is to end with status 1 there.
        if (platform === 'win32') process.exit(INTERRUPTED);
        process.off(name, stop);
        process.kill(process.pid, signal);
      };
      // Not `once`: proper-lockfile ends the process if it finds itself the only listener.
      process.on(name, stop);
    }
    return abort.signal;
  };
}

function neverInterrupted(): () => AbortSignal {
  const { signal } = new AbortController();
  return () => signal;
}

function lastWritten(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function ownership(path: string): Ownership | undefined {
  try {
    const stats = statSync(path);
    const kind = stats.isFile()
      ? 'file'
      : stats.isDirectory()
        ? 'folder'
        : stats.isFIFO()
          ? 'pipe'
          : 'other';
    return {
      kind,
      mode: stats.mode & 0o7777,
      owner: stats.uid,
      isOwn: stats.uid === process.geteuid?.(),
      realPath: realpathSync(path),
    };
  } catch {
    return undefined;
  }
}

/** What `act` gives or throws, each time that it is asked for. */
function outcomeOf<T>(act: () => T): () => T {
  try {
    const value = act();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/**
 * A pipe gives what it holds once, and the program looks more than once; nor is one that gives
 * nothing waited for again.
 */
function rememberPipes(readFile: World['readFile']): World['readFile'] {
  const read = new Map<string, () => Uint8Array>();
  return (path) => {
    if (!isHandedPipe(path)) return readFile(path);
    const result = read.get(path) ?? outcomeOf(() => readPipe(path));
    read.set(path, result);
    return result();
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Of node and this program; of the one executable twice the path by which it was called. */
function ownPaths(near: Machine): { node: string; program: string } {
  const { execPath, argv } = process;
  const [, called = ''] = argv;
  if (!process.getBuiltinModule('node:sea')?.isSea()) return { node: execPath, program: called };
  const program = calledPath(called, execPath, near);
  return { node: program, program };
}
