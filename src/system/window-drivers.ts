/** The programs that ask in a window: what each is given, and what its end means. */
import type { Environment } from '../aws/environment.ts';
import { windowsProgram } from '../aws/windows-program.ts';

export type Driver = 'osascript' | 'zenity' | 'kdialog' | 'pinentry' | 'powershell';

// Of several, GnuPG's own choice comes last: it may be one that needs a terminal.
const PINENTRIES = ['pinentry-gnome3', 'pinentry-qt', 'pinentry-gtk-2', 'pinentry'];

/** The files under which a driver is looked for. */
export function namesOf(driver: Driver, env: Environment): readonly string[] {
  if (driver === 'pinentry') return PINENTRIES;
  return driver === 'powershell'
    ? [windowsProgram('WindowsPowerShell\\v1.0\\powershell.exe', env)]
    : [driver];
}

/** Those that a desktop may have, the likeliest first; none without a display. */
export function driversFor(platform: string, env: Environment): readonly Driver[] {
  if (platform === 'darwin') return ['osascript'];
  if (platform === 'win32') return ['powershell'];
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return [];
  return /\bKDE\b/i.test(env['XDG_CURRENT_DESKTOP'] ?? '')
    ? ['kdialog', 'zenity', 'pinentry']
    : ['zenity', 'kdialog', 'pinentry'];
}

/** How a program ended, and what it wrote. */
export interface End {
  /** Undefined if it could not be started, or was ended by a signal. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a window says. */
export interface WindowText {
  readonly title: string;
  readonly lines: readonly string[];
  /** After which it closes by itself, should nobody be left to close it. */
  readonly seconds: number;
}

export interface DriverLine {
  readonly args: readonly string[];
  /** For its stdin. */
  readonly input?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

export type Answer =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'late' }
  /** It could not open a window. */
  | { readonly kind: 'failed' };

export function makeLine(driver: Driver, text: WindowText): DriverLine {
  const { title, lines, seconds } = text;
  const plain = lines.join('\n');
  switch (driver) {
    case 'zenity':
      return {
        args: [
          ...['--entry', '--hide-text', `--timeout=${seconds}`],
          ...[`--title=${title}`, `--text=${forZenity(plain)}`],
        ],
      };
    case 'kdialog':
      // Without <qt> it would guess whether this is HTML by what is in it.
      return { args: ['--title', title, '--password', `<qt>${forQt(lines)}</qt>`] };
    case 'pinentry':
      return { args: [], input: assuan(text) };
    case 'osascript':
      return {
        args: [...OSASCRIPT.flatMap((line) => ['-e', line]), title, plain, String(seconds)],
      };
    case 'powershell':
      return {
        args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', POWERSHELL],
        variables: { MFA_PROFILE_WINDOW_TITLE: title, MFA_PROFILE_WINDOW_TEXT: plain },
      };
  }
}

/** GTK takes `_` for the mark of a key, and zenity a backslash for the beginning of an escape. */
function forZenity(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('_', '__');
}

const IN_HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function forQt(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/[&<>"]/g, (each) => IN_HTML[each]!)).join('<br>');
}

/** The protocol of GnuPG's pinentry; in a line `%` stands before a character's number. */
function assuan({ title, lines, seconds }: WindowText): string {
  const encode = (text: string): string =>
    text.replace(/[%\r\n]/g, (each) => encodeURIComponent(each));
  return [
    // A person looks the code up, perhaps in a program beside it: the keyboard is not taken.
    'OPTION no-grab',
    `SETTIMEOUT ${seconds}`,
    `SETTITLE ${encode(title)}`,
    `SETDESC ${encode(lines.join('\n'))}`,
    `SETPROMPT ${encode(title)}:`,
    'GETPIN',
    'BYE',
    '',
  ].join('\n');
}

/** What is asked comes in as arguments, none of which is a part of the script. */
const OSASCRIPT = [
  'on run argv',
  'try',
  'activate',
  'end try',
  'set answer to display dialog (item 2 of argv) with title (item 1 of argv) default answer "" with hidden answer giving up after ((item 3 of argv) as integer)',
  'if gave up of answer then return "gave up"',
  'return text returned of answer',
  'end run',
];

/**
 * By variables, since PowerShell would read arguments behind a command as more of it. Its Console
 * writes in the console's code page, where digits of an input method are other bytes than in UTF-8.
 */
const POWERSHELL = [
  "$ErrorActionPreference = 'Stop'",
  'Add-Type -AssemblyName Microsoft.VisualBasic',
  '$typed = [Microsoft.VisualBasic.Interaction]::InputBox(' +
    '$env:MFA_PROFILE_WINDOW_TEXT, $env:MFA_PROFILE_WINDOW_TITLE)',
  '$bytes = [Text.Encoding]::UTF8.GetBytes($typed)',
  '[Console]::OpenStandardOutput().Write($bytes, 0, $bytes.Length)',
].join('; ');

const CLOSED = { kind: 'closed' } as const;
const LATE = { kind: 'late' } as const;
const FAILED = { kind: 'failed' } as const;

/** Toolkits say so where they find no desktop, and end as if the person had closed the window. */
const NO_DISPLAY = /(?:cannot|could not|failed to|unable to) (?:open|connect to) (?:the )?display/i;

export function readAnswer(driver: Driver, end: End): Answer {
  const { status, stdout, stderr } = end;
  const text = stdout.replace(/\r?\n$/, '');
  const answer: Answer = { kind: 'answer', text };
  switch (driver) {
    case 'zenity':
    case 'kdialog':
      if (status === 0) return answer;
      if (status === 5) return LATE;
      return status === 1 && !NO_DISPLAY.test(stderr) ? CLOSED : FAILED;
    case 'pinentry':
      return readAssuan(stdout);
    case 'osascript':
      if (status === 0) return text === 'gave up' ? LATE : answer;
      return /\(-128\)/.test(stderr) ? CLOSED : FAILED;
    case 'powershell':
      if (status !== 0) return FAILED;
      return text === '' ? CLOSED : answer;
  }
}

// libgpg-error's numbers, below what names the source of an error.
const CANCELED = [99, 198];
const TIMED_OUT = 62;

function readAssuan(output: string): Answer {
  const pin = /^D (.*)$/m.exec(output)?.[1];
  if (pin !== undefined) return { kind: 'answer', text: decode(pin) };
  const error = [...output.matchAll(/^ERR (\d+)/gm)].at(-1)?.[1];
  if (error === undefined) {
    // OK to all of it: the window was confirmed with nothing in it.
    return /^OK/m.test(output) ? { kind: 'answer', text: '' } : FAILED;
  }
  const number = Number(error) & 0xffff;
  if (number === TIMED_OUT) return LATE;
  return CANCELED.includes(number) ? CLOSED : FAILED;
}

function decode(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
