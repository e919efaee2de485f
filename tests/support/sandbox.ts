/** A home folder of its own with AWS files in it, and the built program run there as a stranger would. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Child, RunOptions, RunResult } from './child.ts';
import { spawnChild } from './child.ts';
import type { Pty, PtyOptions } from './pty.ts';
import { openPty } from './pty.ts';
import { quoted } from './quote.ts';
import type { WindowsMajor, WindowsOptions } from './windows/wine.ts';
import { openConsole, startOnWindows, toWindows, windowsOfSuite } from './windows/wine.ts';

/** The built program. */
export const PROGRAM = path.join(__dirname, '../../dist/mfa-profile.cjs');

/**
 * How the program is started: by a node, or, with MFA_PROFILE_TESTS_EXECUTABLE set to its path, as the
 * one executable that scripts/make-executable.mjs made.
 */
export function commandOf(args: string[], node = process.execPath): [file: string, args: string[]] {
  const executable = process.env['MFA_PROFILE_TESTS_EXECUTABLE'];
  return executable === undefined ? [node, [PROGRAM, ...args]] : [executable, args];
}

type Text = string | Uint8Array;

export interface SandboxOptions {
  /** What `~/.aws/credentials` holds, byte for byte; no such file unless given. */
  credentials?: Text;
  /** What `~/.aws/config` holds. */
  config?: Text;
  /** The server that stands in for AWS; without it the environment names no endpoint. */
  sts?: { endpoint: string };
  /** Variables to set, or with `undefined` to remove, in every run. */
  env?: NodeJS.ProcessEnv;
}

/** How to run the program: {@link RunOptions}, and which node runs it. */
export interface ProgramOptions extends RunOptions {
  /** A node binary; this process's own unless given. */
  node?: string;
}

/** Expects these permission bits; nothing on Windows, which has none. */
export function expectMode(file: string, mode: number): void {
  if (!windowsOfSuite()) expect(statSync(file).mode & 0o777).toBe(mode);
}

const CMD = 'C:\\windows\\system32\\cmd.exe';

/** npm's own. */
export function loadShimMaker(): (from: string, to: string) => Promise<void> {
  const root = execFileSync('npm', ['root', '--global'], { encoding: 'utf8' }).trim();
  const load = createRequire(path.join(root, 'npm', 'package.json'));
  return load('cmd-shim') as (from: string, to: string) => Promise<void>;
}

/** Makes the folder; to be given back with `cleanup()`. */
export function makeSandbox(options: SandboxOptions = {}): Sandbox {
  return new Sandbox(options);
}

export class Sandbox {
  readonly home: string;
  /** `~/.aws` */
  readonly folder: string;
  readonly credentialsFile: string;
  readonly configFile: string;
  /** The whole environment of every run: of this process's own it has the `PATH` alone. */
  readonly env: NodeJS.ProcessEnv;
  readonly #running = new Set<{ kill(): void }>();

  constructor({ credentials, config, sts, env = {} }: SandboxOptions) {
    this.home = mkdtempSync(path.join(tmpdir(), 'mfa-profile-test-'));
    this.folder = this.path('.aws');
    this.credentialsFile = path.join(this.folder, 'credentials');
    this.configFile = path.join(this.folder, 'config');
    for (const name of ['.aws', 'bin', 'tmp']) mkdirSync(this.path(name), { mode: 0o700 });
    if (credentials !== undefined) this.writeCredentials(credentials);
    if (config !== undefined) this.writeConfig(config);
    // So that shells under test find the program by its name.
    const [file, first] = commandOf([]);
    const started = [file, ...first];
    this.writeFile(
      'bin/mfa-profile',
      `#!/bin/sh\nexec ${started.map(quoted).join(' ')} "$@"\n`,
      0o755,
    );
    this.env = { ...this.#baseEnv(sts), ...env };
  }

  #baseEnv(sts: SandboxOptions['sts']): NodeJS.ProcessEnv {
    const folders = [this.path('bin'), path.dirname(process.execPath), process.env['PATH'] ?? ''];
    return {
      PATH: folders.join(path.delimiter),
      ...{ HOME: this.home, USERPROFILE: this.home, TMPDIR: this.path('tmp') },
      ...{ USER: 'tester', LOGNAME: 'tester', SHELL: '/bin/sh', TZ: 'UTC', LC_ALL: 'C.UTF-8' },
      ...(sts && { AWS_ENDPOINT_URL_STS: sts.endpoint, AWS_ENDPOINT_URL_IAM: sts.endpoint }),
    };
  }

  /** A path in the home folder. */
  path(...parts: string[]): string {
    return path.join(this.home, ...parts);
  }

  /** Writes a file of the home folder; gives its path. Mode 0600 unless given. */
  writeFile(name: string, content: Text, mode = 0o600): string {
    const file = this.path(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
    return file;
  }

  writeCredentials(content: Text): void {
    this.writeFile('.aws/credentials', content);
  }

  writeConfig(content: Text): void {
    this.writeFile('.aws/config', content);
  }

  readCredentials(): string {
    return readFileSync(this.credentialsFile, 'utf8');
  }

  /** For files that are not UTF-8. */
  credentialsBytes(): Buffer {
    return readFileSync(this.credentialsFile);
  }

  readConfig(): string {
    return readFileSync(this.configFile, 'utf8');
  }

  credentialsExist(): boolean {
    return existsSync(this.credentialsFile);
  }

  /** The names of everything in `~/.aws`, sorted: locks and temporary files left over show here. */
  namesInFolder(): string[] {
    return readdirSync(this.folder).sort();
  }

  /** Runs the program to its end, with no terminal at all; stdin is empty unless given. */
  async run(args: string[], options: ProgramOptions = {}): Promise<RunResult> {
    return this.spawn(args, options).result;
  }

  /** Starts the program and lets it run: for runs beside each other, and for signals. */
  spawn(args: string[], { node = process.execPath, ...options }: ProgramOptions = {}): Child {
    const windows = windowsOfSuite();
    if (windows) return this.onWindows(windows, args, options);
    return this.#start(...commandOf(args, node), options);
  }

  /** Runs a line by cmd.exe, which knows the program as npm installs it. */
  async cmd(major: WindowsMajor, line: string, options: WindowsOptions = {}): Promise<RunResult> {
    await this.#installShims();
    return this.#watch(
      startOnWindows(major, ['/d', '/c', line], this.#settings({ program: CMD, ...options })),
    ).result;
  }

  /** The same on a console. */
  async cmdOnConsole(
    major: WindowsMajor,
    line: string,
    options: WindowsOptions = {},
  ): Promise<Pty> {
    await this.#installShims();
    return this.#watchPty(
      openConsole(major, ['/d', '/c', line], this.#settings({ program: CMD, ...options })),
    );
  }

  /** What npm makes of the package's `bin`: a script for sh, one for cmd.exe and one for PowerShell. */
  async #installShims(): Promise<void> {
    await loadShimMaker()(PROGRAM, this.path('bin/mfa-profile'));
    const file = this.path('bin/mfa-profile.cmd');
    const shim = readFileSync(file, 'utf8');
    // Leaves the batch file before the program is started; Wine's cmd.exe then does not start it.
    const leave = 'endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & ';
    if (!shim.includes(leave)) throw new Error(`npm makes another file by now:\n${shim}`);
    writeFileSync(file, shim.replace(leave, ''));
  }

  /** Starts the program under Windows' Node. */
  onWindows(major: WindowsMajor, args: string[], options: WindowsOptions = {}): Child {
    const [words, settings] = this.#forWindows(args, options);
    return this.#watch(startOnWindows(major, words, settings));
  }

  /** The same on a console of Windows that a pseudo-terminal shows. */
  consoleOnWindows(
    major: WindowsMajor,
    args: string[],
    options: WindowsOptions & Pick<PtyOptions, 'cols' | 'redirect'> = {},
  ): Pty {
    const [words, settings] = this.#forWindows(args, options);
    return this.#watchPty(openConsole(major, words, settings));
  }

  #forWindows<Options extends WindowsOptions>(args: string[], options: Options) {
    const [file, words] = commandOf(args);
    // As in commandOf, with the executable for Windows.
    const program = words === args ? { program: toWindows(file) } : {};
    return [words, this.#settings({ ...program, ...options })] as const;
  }

  /**
   * Puts a program of that name into the PATH's first folder, which notes its arguments.
   * @param more shell text that it ends with
   * @returns what was noted, a call a line
   */
  standIn(name: string, more = ''): () => string[] {
    const log = this.writeFile(`${name}.calls`, '');
    const note = `#!/bin/sh\nprintf '%s\\n' "$*" >> ${quoted(log)}\n`;
    this.writeFile(`bin/${name}`, note + more, 0o755);
    return () => readFileSync(log, 'utf8').split('\n').filter(Boolean);
  }

  /** Runs any other program in the same environment, with no terminal either. */
  async exec(file: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
    if (windowsOfSuite()) throw new Error(`${file} is a program of Linux`);
    return this.#start(file, args, options).result;
  }

  /** Starts it, and lets it run. */
  start(file: string, args: string[], options: RunOptions = {}): Child {
    return this.#start(file, args, options);
  }

  /** Starts the program on a pseudo-terminal; `file` runs another program there. */
  openPty(args: string[], options: PtyOptions & { node?: string; file?: string } = {}): Pty {
    const { node, file, ...rest } = options;
    const windows = windowsOfSuite();
    if (windows && file !== undefined) throw new Error(`${file} is a program of Linux`);
    if (windows) return this.consoleOnWindows(windows, args, rest);
    const [program, words] = file === undefined ? commandOf(args, node) : [file, args];
    return this.#watchPty(openPty(program, words, this.#settings(rest)));
  }

  #settings<Options extends { env?: NodeJS.ProcessEnv }>(options: Options) {
    return { cwd: this.home, ...options, env: this.#envWith(options.env) };
  }

  #watchPty(pty: Pty): Pty {
    this.#running.add(pty);
    void pty.exit.then(() => this.#running.delete(pty));
    return pty;
  }

  /** Ends whatever still runs, and takes the folder away. */
  cleanup(): void {
    for (const program of this.#running) program.kill();
    removeFolder(this.home);
  }

  #start(file: string, args: string[], options: RunOptions): Child {
    const settings = { cwd: this.home, ...options, env: this.#envWith(options.env) };
    return this.#watch(spawnChild(file, args, settings));
  }

  #watch(child: Child): Child {
    this.#running.add(child);
    const over = () => this.#running.delete(child);
    child.result.then(over, over);
    return child;
  }

  #envWith(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const merged = Object.entries({ ...this.env, ...changes });
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  }
}

const MOST_REMOVALS = 5;

/**
 * What was killed may still be writing its last. `rmSync` lists a folder once, so that its retries
 * do not help against a file that comes after that.
 */
function removeFolder(folder: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
      return;
    } catch (error) {
      if (tries === MOST_REMOVALS) throw error;
    }
  }
}
