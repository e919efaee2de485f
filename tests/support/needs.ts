/**
 * What a test needs of its machine: rights, programs, a terminal. Each is tried once in a run, and
 * where it cannot be had the tests that ask for it are skipped. The run ends with one block that
 * names each missing thing and how many tests it cost (needs-reporter.cjs); with `CI` set, a
 * missing thing fails the run, unless MFA_PROFILE_TESTS_MAY_LACK (names, blanks between) allows it.
 *
 *     testWith(['bash', 'pty'], 'name', async () => { … });    // one test
 *     describeWith(['mount'], 'name', () => { … });            // several
 *     const { test, describe } = having('pty');                // the rest of a file; `.each` works
 *     whereIs('botocore')                                      // what was found: a program's path
 *
 * A new need is a line in PROGRAMS or in RIGHTS below; a program gets a line in `.ci/programs`, too.
 */
import { quoted } from './quote.ts';
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WindowsMajor } from './windows/wine.ts';
import { tryWindowsNode, WINDOWS_MAJORS } from './windows/wine.ts';

/** Gives what was found; throws an error that says why it cannot be had. */
type Probe = () => string;

const ROOT = path.join(__dirname, '../..');
const PROBE_LIMIT_MS = 120_000;

/** Programs that need only be on `PATH`. */
const PROGRAMS = [
  ...['sh', 'bash', 'dash', 'fish', 'zsh', 'pwsh', 'tmux', 'direnv'],
  ...['jq', 'openssl', 'python3', 'systemd-analyze', 'make', 'nohup', 'mandoc'],
  ...['zenity', 'pinentry-gtk-2'],
  ...['dpkg-deb', 'lintian', 'ruby', 'nix-instantiate'],
] as const;

/** Node versions beside the one that runs the tests; see nodes.ts. */
const NODE_MAJORS = [22, 24, 26] as const;

/** Everything else, with how it is tried. Scripts run by `sh` in an empty folder that all may read. */
const RIGHTS = {
  /** To mount in a namespace of its own, with `unshare -m`. */
  mount: inShell('unshare -m sh -ec "mkdir d; mount -t tmpfs none d; mount --bind d d"'),
  /** To give files to other users, and to run programs as them. */
  owners: inShell(
    `echo x >f; chown 65534:65533 f; chmod 400 f
     setpriv --reuid 65534 --regid 65534 --clear-groups ${quoted(process.execPath)} -p \
       'require("fs").readFileSync("f", "utf8")' >/dev/null`,
  ),
  /** To make a file immutable. */
  immutable: inShell('touch f; chattr +i f; chattr -i f'),
  /** To set POSIX access lists, for which the file system must have them. */
  'access-lists': inShell(
    `touch f; python3 -c 'import os, struct
entries = [(1, 6, -1), (2, 4, 4321), (4, 0, -1), (16, 4, -1), (32, 0, -1)]
value = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
os.setxattr("f", "system.posix_acl_access", value)'`,
  ),
  /** To give files attributes of their own, for which the file system must have them. */
  attributes: inShell(
    `touch f; python3 -c 'import os; os.setxattr("f", "user.mfa-profile", b"1")'`,
  ),
  /** To trace system calls: the program, and the right to. */
  strace: inShell('strace -f -qq -o trace true'),
  /** A `ps` that takes POSIX options; slim images have none. */
  ps: inShell('ps -o stat= -p $$'),
  /** Folders that Wine finds also under a locale that the machine does not have. */
  'ascii-folders': findAsciiFolders,
  proc: () => readFileSync('/proc/self/stat', 'latin1') && '/proc',
  /** pass with its otp extension, and GnuPG to make a key for it. */
  pass: () => findWorking('gpg', ['--version']) && findWorking('pass', ['otp', '--version']),
  /** A keyring of the desktop's, on a bus of its own, and oathtool. */
  keyring: inShell(
    `export HOME="$PWD" XDG_RUNTIME_DIR="$PWD"; chmod 700 .; oathtool --version >/dev/null
     dbus-run-session -- sh -ec 'echo x | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
       echo x | secret-tool store --label=x x y; secret-tool lookup x y >/dev/null'`,
  ),
  /** An X display that nobody sees, and a program that types there. */
  display: inShell(
    `Xvfb -displayfd 3 -nolisten tcp 3>number 2>/dev/null & trap "kill $!" EXIT
     while ! [ -s number ] && kill -0 $!; do sleep 0.1; done
     DISPLAY=:$(cat number) xdotool getdisplaygeometry >/dev/null`,
  ),
  /** A pseudo-terminal: the native module, and devices to open. */
  pty: openTerminal,
  /** The AWS CLI, of any version; run it through `useAws` of aws-cli.ts. */
  aws: () => findWorking('aws', ['--version']),
  /** A Python that can import botocore, or the copy of it in version 2 of the AWS CLI. */
  botocore: () =>
    findPython('try: import botocore.configloader\nexcept ImportError: import awscli.botocore'),
  /** A Python that can import the AWS CLI's own writer of config files. */
  'aws-cli-writer': () =>
    findPython('from awscli.customizations.configure.writer import ConfigFileWriter'),
} satisfies Record<string, Probe>;

export type Need =
  | keyof typeof RIGHTS
  | (typeof PROGRAMS)[number]
  | `node ${(typeof NODE_MAJORS)[number]}`
  | `windows node ${WindowsMajor}`;

const NODES = NODE_MAJORS.map((major) => [`node ${major}`, () => findNode(major)] as const);

const PROBES = new Map<string, Probe>([
  ...PROGRAMS.map((name) => [name, () => findWorking(name)] as const),
  ...NODES,
  ...WINDOWS_MAJORS.map((major) => [`windows node ${major}`, () => tryWindowsNode(major)] as const),
  ...Object.entries(RIGHTS),
]);

/** The names of {@link NODE_MAJORS} as needs. */
export const NODE_NEEDS = NODES.map(([name]) => name as Need);

/** Every program that is looked for on `PATH` by its own name. */
export const PROGRAM_NEEDS: readonly string[] = PROGRAMS;

function attempt(file: string, args: string[], cwd = ROOT): void {
  const tried = spawnSync(file, args, { cwd, encoding: 'utf8', timeout: PROBE_LIMIT_MS });
  if (tried.error) throw tried.error;
  if (tried.status === 0) return;
  const said = tried.stderr.trim().split('\n').at(-1);
  throw new Error(said || `${file} ended with ${tried.signal ?? tried.status}`);
}

function inShell(script: string): Probe {
  return () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-needs-'));
    try {
      chmodSync(folder, 0o755);
      attempt('sh', ['-ec', script], folder);
      return 'yes';
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function openTerminal(): string {
  const script = `
    const pty = require('@lydell/node-pty').spawn('/bin/sh', ['-c', 'read -r go'], {});
    require('node:fs').openSync(pty.ptsName, 'r+');
    pty.write('\\n');
    pty.onExit(() => process.exit());`;
  attempt(process.execPath, ['-e', script]);
  return 'yes';
}

function findAsciiFolders(): string {
  const odd = [ROOT, tmpdir()].find((folder) => /[^ -~]/.test(folder));
  if (odd !== undefined) throw new Error(`not in ${odd}`);
  return 'yes';
}

const ENDINGS = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The full path of a program on `PATH`; undefined if there is none. */
export function findTool(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => ENDINGS.map((ending) => path.join(folder, name + ending)))
    .find(isProgram);
}

/** Where given arguments, the program must end well with them: a version manager's shim may not. */
function findWorking(name: string, args?: string[]): string {
  const file = findTool(name);
  if (file === undefined) throw new Error('not on PATH');
  if (args !== undefined) attempt(file, args);
  return file;
}

/** The Python that runs `script`: the one on `PATH`, or the one that runs the AWS CLI. */
function findPython(script: string): string {
  const aws = findTool('aws');
  const shebang = aws && /^#!(\/\S*python\S*)/.exec(readFileSync(aws, 'latin1'))?.[1];
  const candidates = [findTool('python3'), shebang].filter((each) => each !== undefined);
  let failure: unknown = new Error('no Python is here');
  for (const python of candidates) {
    try {
      attempt(python, ['-c', script]);
      return python;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Where scripts/install-nodes.mjs puts them. */
function findNode(major: number): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(ROOT, '.cache/nodes', String(major), 'node_modules');
  const file = path.join(folder, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(file)) throw new Error('node scripts/install-nodes.mjs installs it');
  attempt(file, ['--version']);
  return file;
}

interface Outcome {
  found?: string;
  missing?: string;
}

/** What came of each probe, for all workers of a run in the folder that build-once.ts makes. */
const known = new Map<string, Outcome>();

function outcomeOf(need: Need): Outcome {
  const folder = process.env['MFA_PROFILE_TEST_RUN'];
  const file = folder && path.join(folder, `${need}.json`);
  const outcome =
    known.get(need) ??
    (file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Outcome) : probe(need));
  known.set(need, outcome);
  if (file && !existsSync(file)) {
    // Moved into place whole: another worker may read it at this moment.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(outcome));
    renameSync(`${file}.${process.pid}`, file);
  }
  return outcome;
}

function probe(need: Need): Outcome {
  const tried = PROBES.get(need);
  if (tried === undefined) throw new Error(`no probe is known for ${need}: see needs.ts`);
  try {
    return { found: tried() };
  } catch (error) {
    return { missing: (error as Error).message };
  }
}

const isMissing = (need: Need) => outcomeOf(need).found === undefined;

/** The path of a program, or of the Python that has a module; empty if what needs it is skipped. */
export function whereIs(need: Need): string {
  return outcomeOf(need).found ?? '';
}

/** `describe` and `test` for what needs all of these; with what is missing in the names of the skipped. */
export function having(...needs: Need[]): { describe: jest.Describe; test: jest.It } {
  const missing = needs.filter(isMissing);
  if (missing.length === 0) return { describe, test };
  const mark = ` [without: ${missing.join(', ')}]`;
  return { describe: marked(describe.skip, mark), test: marked(test.skip, mark) };
}

/** A skipping `describe` or `test`, whose names and whose `each`'s names end with the mark. */
function marked<Skip extends jest.Describe | jest.It>(skip: Skip, mark: string): Skip {
  const named =
    (define: (name: string, ...rest: unknown[]) => unknown) =>
    (name: string, ...rest: unknown[]) =>
      define(name + mark, ...rest);
  const plain = skip as unknown as Parameters<typeof named>[0];
  const each = skip.each as unknown as (...table: unknown[]) => Parameters<typeof named>[0];
  return Object.assign(named(plain), {
    each: (...table: unknown[]) => named(each(...table)),
  }) as unknown as Skip;
}

export function describeWith(needs: readonly Need[], name: string, fn: () => void): void {
  having(...needs).describe(name, fn);
}

/** `timeoutMs` as jest takes it. */
export function testWith(
  needs: readonly Need[],
  name: string,
  fn: (() => Promise<void>) | (() => void),
  timeoutMs?: number,
): void {
  having(...needs).test(name, fn, timeoutMs);
}
