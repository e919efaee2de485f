/** A world in memory: files, a clock that a sleep moves, an AWS and a person who do as they are told. */
import type { AwsFault } from '../../src/problems/faults.ts';
import { AwsFaultError } from '../../src/problems/faults.ts';
import type { Said } from '../../src/problems/text.ts';
import { Failure } from '../../src/problems/problem.ts';
import type { Session } from '../../src/credentials/keys.ts';
import { speakEnglish } from '../../src/problems/text.ts';
import { Secret } from '../../src/credentials/secret.ts';
import type { Gate, Store, Sts, Terminal, World } from '../../src/world.ts';
import type { Environment } from '../../src/aws/environment.ts';

const HOME = '/home/someone';
const CREDENTIALS = `${HOME}/.aws/credentials`;
const CONFIG = `${HOME}/.aws/config`;

export interface FakeWorldOptions {
  credentials?: string;
  config?: string;
  /** Of both texts; utf8 unless given. */
  encoding?: BufferEncoding;
  env?: Environment;
  /** Milliseconds since the epoch; 2026-11-20T12:00:00Z unless given. */
  now?: number;
  /** What the person types, question by question; there is no person unless given. */
  types?: string[];
  /** What the code command prints, run by run. */
  prints?: string[];
  /** What STS does, call by call; a session where nothing is left. */
  answers?: (Partial<AwsFault> | 'ok')[];
  /** Seconds for which a session lasts, whatever was asked. */
  sessionSeconds?: number;
  /** Called before every sleep with the time: another process at work. */
  meanwhile?: (world: FakeWorld, now: number) => void;
  /** Somebody else holds every gate. */
  gateIsHeld?: boolean | Gate['kind'];
}

export interface FakeWorld extends World {
  readonly printed: string;
  readonly said: string;
  /** What happened, in order: `ask …`, `code command`, `call <code>`, `sleep <ms>`, `lock`, `write`. */
  readonly events: string[];
  credentials: string;
  gateIsHeld: boolean | Gate['kind'];
}

const WRONG_CODE = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';

/** AWS's refusal of a code, for `answers`. */
export const wrongCode: Partial<AwsFault> = {
  kind: 'refused',
  code: 'AccessDenied',
  said: WRONG_CODE,
};

export function makeFakeWorld(options: FakeWorldOptions = {}): FakeWorld {
  const { types, prints = [], answers = [], sessionSeconds = 43_200 } = options;
  const files = new Map<string, Uint8Array>();
  const events: string[] = [];
  let now = options.now ?? Date.UTC(2026, 10, 20, 12);
  let printed = '';
  let said = '';
  let sessions = 0;
  const interrupt = new AbortController();
  const notThere = (what: string) => () => Promise.reject(new Error(`no ${what} in this world`));

  for (const [path, text] of [
    [CREDENTIALS, options.credentials],
    [CONFIG, options.config],
  ] as const) {
    if (text !== undefined) files.set(path, Buffer.from(text, options.encoding));
  }

  const newSession = (): Session => {
    sessions += 1;
    return {
      accessKeyId: `ASIAMADEUPSESSION${String(sessions).padStart(3, '0')}`,
      secretAccessKey: new Secret(`made-up-secret-${sessions}`),
      sessionToken: new Secret(`made-up-token-${sessions}`),
      expiration: now + sessionSeconds * 1000,
    };
  };

  const answer = <T>(what: string, good: () => T): Promise<T> => {
    events.push(`call ${what}`);
    const next = answers.shift() ?? 'ok';
    if (next === 'ok') return Promise.resolve(good());
    const fault = {
      endpoint: 'https://sts.example',
      tries: 1,
      skewSeconds: undefined,
      lostBefore: false,
    };
    return Promise.reject(
      new AwsFaultError({ kind: 'lost', code: 'ECONNRESET', said: '', ...fault, ...next }),
    );
  };

  const sts: Sts = {
    getSessionToken: ({ tokenCode }) => answer(tokenCode.reveal(), newSession),
    assumeRole: ({ roleArn }) => answer(roleArn, newSession),
    getCallerIdentity: () =>
      answer('GetCallerIdentity', () => ({
        account: '123456789012',
        arn: 'arn:aws:iam::123456789012:user/alice',
        userId: 'AIDAMADEUP',
      })),
    warmUp: () => Promise.resolve(),
    clockSkewSeconds: () => undefined,
    close: () => undefined,
  };

  const store: Store = {
    withLockedUpdate: (path, edit) => {
      const changed = edit(files.get(path) ?? new Uint8Array());
      events.push('write');
      if (changed) files.set(path, changed);
      return Promise.resolve(changed !== undefined);
    },
    assertWritable: () => Promise.resolve(),
    assertLockable: () => {
      events.push('lock');
      return Promise.resolve();
    },
    tryGate: (_file, { kind }) =>
      Promise.resolve(
        world.gateIsHeld === true || world.gateIsHeld === kind
          ? undefined
          : { isCompromised: () => false, release: () => Promise.resolve() },
      ),
    openGate: () => undefined,
    readNote: () => undefined,
    leaveNote: () => undefined,
    keepPrivate: (path, bytes) => {
      events.push('keep');
      files.set(path, bytes);
      return Promise.resolve();
    },
    dropPrivate: (path) => void files.delete(path),
  };

  const ask = (message: Said): Promise<Secret> => {
    events.push(`ask ${speakEnglish(message)}`);
    const typed = types?.shift();
    return typed === undefined
      ? Promise.reject(new Failure({ kind: 'interrupted', signal: 'SIGINT' }))
      : Promise.resolve(new Secret(typed));
  };
  const terminal: Terminal = {
    askCode: ask,
    askSecret: ask,
    askText: notThere('text'),
    choose: notThere('choice'),
    confirm: notThere('confirmation'),
    say: (line) => events.push(`tell ${speakEnglish(line)}`),
    close: () => undefined,
  };

  const world: FakeWorld = {
    env: options.env ?? {},
    platform: 'linux',
    language: 'en',
    speak: speakEnglish,
    home: HOME,
    homeOfUser: () => undefined,
    launch: { node: '/usr/bin/node', program: '/usr/bin/mfa-profile', folder: '/' },
    gateIsHeld: options.gateIsHeld ?? false,
    events,
    get printed() {
      return printed;
    },
    get said() {
      return said;
    },
    get credentials() {
      return Buffer.from(files.get(CREDENTIALS) ?? []).toString();
    },
    set credentials(text: string) {
      files.set(CREDENTIALS, Buffer.from(text));
    },
    now: () => now,
    stdout: { write: (text) => (printed += text), isTerminal: false, columns: undefined },
    stderr: { write: (text) => (said += text), isTerminal: false, columns: undefined },
    readFile: (path) => files.get(path),
    lastWritten: () => undefined,
    ownership: () => undefined,
    isInteractive: false,
    readStdin: () => Promise.resolve(''),
    sleep: (milliseconds) => {
      options.meanwhile?.(world, now);
      if (milliseconds >= 1000) events.push(`sleep ${milliseconds}`);
      now += milliseconds;
      return Promise.resolve();
    },
    began: now,
    askingPlace: () => Promise.resolve(undefined),
    interrupt: interrupt.signal,
    store: () => Promise.resolve(store),
    sts: () => Promise.resolve(sts),
    iam: notThere('IAM'),
    signIn: notThere('sign-in'),
    findBrowser: notThere('browser'),
    runCodeCommand: () => {
      events.push('code command');
      return Promise.resolve(new Secret(prints.shift() ?? '000000'));
    },
    runProgram: notThere('program'),
    runKeyCommand: notThere('key command'),
    askProgram: notThere('program to ask'),
    hasProgram: () => Promise.resolve(false),
    callingPrograms: () => Promise.resolve([]),
    diagnostics: notThere('diagnostics'),
    system: notThere('system'),
    screen: notThere('screen'),
    terminal: () => Promise.resolve(types && terminal),
    codeWindow: () => Promise.resolve([]),
  };
  return world;
}
