/** PowerShell 7 itself: what is printed for it, its login hook, its completion, and npm's script for it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { renderSchedule } from '../../src/commands/schedule/texts.ts';
import { renderChange } from '../../src/shells/formats.ts';
import { quotePowershell } from '../../src/shells/powershell/format.ts';
import { having } from '../support/needs.ts';
import type { RunResult } from '../support/child.ts';
import type { Pty } from '../support/pty.ts';
import { SAMPLE } from '../support/sample-job.ts';
import { PROGRAM, loadShimMaker, makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { hoursAhead, sessionText } from '../support/scene.ts';

const { test, describe } = having('pwsh');

const PROFILE = '.config/powershell/Microsoft.PowerShell_profile.ps1';
const QUIET = { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off', TERM: 'xterm' };
const RECIPES = readFileSync(path.join(__dirname, '../../docs/recipes.md'), 'utf8');
const COMMANDS_PAGE = readFileSync(path.join(__dirname, '../../docs/commands.md'), 'utf8');

let sts: LocalSts;
let box: Sandbox;

beforeEach(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
  box = makeSandbox({
    credentials: credentialsOf({ ...ALICE, userName: 'prod' }),
    config: `[profile prod]\nregion = eu-central-1\nmfa_serial = ${serialOf(ALICE)}\n`,
    sts,
    env: QUIET,
  });
});

afterEach(async () => {
  box.cleanup();
  await sts.close();
});

/** Runs a script by pwsh, as a program that somebody typed at it. */
async function pwsh(script: string, env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
  return box.exec('pwsh', ['-NoProfile', '-NonInteractive', '-Command', script], { env });
}

async function refreshProd(): Promise<void> {
  const { code } = await box.run(['refresh', 'prod', '-t', sts.code('alice')]);
  expect(code).toBe(0);
}

const SHOW = `node -p 'JSON.stringify(process.env)'`;
const parse = ({ stdout }: RunResult): NodeJS.ProcessEnv =>
  JSON.parse(stdout.trim().split('\n').at(-1)!) as NodeJS.ProcessEnv;

describe('env', () => {
  const recipe = /```powershell\n([^`]*mfa-profile env prod[^`]*)```/.exec(RECIPES)![1]!;
  const [enter, , leave] = recipe.trim().split('\n');

  test.each([
    ['as the docs write it', enter!, leave!],
    [
      'with Out-String',
      'mfa-profile env prod --format powershell | Out-String | Invoke-Expression',
      'mfa-profile env --unset --format powershell | Out-String | Invoke-Expression',
    ],
    [
      'with no format named',
      'mfa-profile env prod | Invoke-Expression',
      'mfa-profile env --unset | Invoke-Expression',
    ],
  ])('sets the session and removes it, %s', async (_how, into, out) => {
    await refreshProd();
    const contradicting = { AWS_PROFILE: 'x', AWS_SECURITY_TOKEN: 'stale' };
    const [session] = sts.sessions;
    const set = await pwsh(`${into}; ${SHOW}`, contradicting);
    expect(set).toMatchObject({ code: 0, stderr: '' });
    expect(parse(set)).toMatchObject({
      AWS_ACCESS_KEY_ID: session!.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session!.secretAccessKey,
      AWS_SESSION_TOKEN: session!.sessionToken,
      AWS_REGION: 'eu-central-1',
    });
    expect(parse(set)).not.toHaveProperty('AWS_PROFILE');
    const left = parse(await pwsh(`${into}; ${out}; ${SHOW}`, contradicting));
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_PROFILE']) {
      expect(left).not.toHaveProperty(name);
    }
  });

  test('a value is only ever a value', async () => {
    const hostile = [
      ...[
        '$(New-Item owned)',
        '`n',
        ';New-Item owned',
        '| New-Item owned',
        '& New-Item owned',
        "'",
        "''",
      ],
      ...[
        "';New-Item owned;'",
        '"',
        '\u2018;New-Item owned;\u2019',
        '\u201a\u201b',
        '${env:HOME}',
        '@{}',
        '#x',
      ],
      ...['a b', '%PATH%', '友達', '😀', 'é', ')', "('')", '[char]0x41', '--%', '<#'],
    ];
    const set = new Map(hostile.map((value, index) => [`V${index}`, value]));
    const text = renderChange('powershell', { set, unset: [] });
    const file = quotePowershell(box.writeFile('hostile.ps1', text));
    for (const how of [`Get-Content ${file}`, `Get-Content ${file} | Out-String`]) {
      const seen = parse(await pwsh(`${how} | Invoke-Expression; ${SHOW}`));
      expect(hostile.map((_value, index) => seen[`V${index}`])).toEqual(hostile);
    }
    expect((await pwsh('Test-Path owned')).stdout.trim()).toBe('False');
  });
});

describe('the hook', () => {
  /** Instead of mfa-profile: a program that notes how it was called. */
  const recordCalls = (): (() => string[]) => box.standIn('mfa-profile');

  async function installHook(...options: string[]): Promise<void> {
    const { stdout } = await box.run(['hook', 'powershell', '--profile', 'prod', ...options]);
    box.writeFile(
      PROFILE,
      `Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'${stdout}`,
    );
  }

  const holds = (hours: number): void => {
    box.writeCredentials(
      sessionText('prod_token', { x_security_token_expires: hoursAhead(hours) }),
    );
  };

  /**
   * Types a line. What comes before PSReadLine listens reaches it with a line feed instead of
   * Enter, which to it is one more line of the same input: so Enter is pressed until the line is
   * done.
   */
  async function enter<T>(pty: Pty, line: string, done: Promise<T>): Promise<T> {
    pty.type(`${line}\r`);
    const again = setInterval(() => pty.type('\r'), 2_000);
    try {
      return await done;
    } finally {
      clearInterval(again);
    }
  }

  async function login(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Pty> {
    const pty = box.openPty(['-NoLogo', ...args], { file: 'pwsh', answerCursor: true, env });
    await enter(pty, '"rea" + "dy"', pty.waitFor(/ready/));
    return pty;
  }

  async function leave(pty: Pty): Promise<string> {
    await enter(pty, 'exit', pty.exit);
    return pty.screen;
  }

  test('asks when the session has expired, and starts nothing while it is valid', async () => {
    await installHook();
    const first = box.openPty(['-NoLogo'], { file: 'pwsh', answerCursor: true });
    await first.waitFor(/MFA code for prod/);
    first.type(`${sts.code('alice')}\r`);
    await first.waitFor(/prod_token/);
    await leave(first);
    expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
    const calls = recordCalls();
    expect(await leave(await login())).not.toMatch(/MFA|mfa-profile:|rror/);
    expect(calls()).toEqual([]);
    holds(-1);
    await leave(await login());
    expect(calls()).toEqual(['refresh --profile=prod']);
  });

  test.each([
    ['-File', ['-File', 'script.ps1']],
    ['a script alone', ['./script.ps1']],
    ['-Command', ['-Command', '"done"']],
    ['-c', ['-c', '"done"']],
    ['-CommandWithArgs', ['-cwa', '"done"']],
    ['-EncodedCommand', ['-e', Buffer.from('"done"', 'utf16le').toString('base64')]],
    ['-NonInteractive', ['-NonInteractive', '-Command', '"done"']],
    ['an option with a value, and a script', ['-WorkingDirectory', '.', '-f', 'script.ps1']],
  ])('is silent for %s', async (_what, args) => {
    await installHook('--each-prompt', '--prompt');
    holds(-1);
    const calls = recordCalls();
    box.writeFile('script.ps1', '"done"\n');
    const pty = box.openPty(args, { file: 'pwsh', answerCursor: true });
    await pty.exit;
    expect(pty.screen).toMatch(/done/);
    expect(calls()).toEqual([]);
  });

  test.each([
    ['-NoExit', ['-NoExit', '-Command', '"done"']],
    ['options of an interactive shell', ['-WorkingDirectory', '/', '-ExecutionPolicy', 'Bypass']],
  ])('asks with %s', async (_what, args) => {
    await installHook();
    holds(-1);
    const calls = recordCalls();
    await leave(await login(args));
    expect(calls()).toEqual(['refresh --profile=prod']);
  });

  const KEY = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = made/up\n';
  const DEVICE = 'arn:aws:iam::123456789012:mfa/alice';

  test.each([
    ['what the profile says today', `AKIAIOSFODNN7EXAMPLE ${DEVICE}`, '', []],
    ['another key', `AKIAI44QH8DHBEXAMPLE ${DEVICE}`, '', ['refresh --profile=prod --quiet']],
    ['another device', `AKIAIOSFODNN7EXAMPLE ${DEVICE}2`, '', ['refresh --profile=prod --quiet']],
    [
      'a role',
      `AKIAIOSFODNN7EXAMPLE ${DEVICE}`,
      'role_arn = arn:aws:iam::123456789012:role/x\n',
      ['refresh --profile=prod --quiet'],
    ],
  ])('lets refresh decide about a session of %s', async (_, origin, settings, expected) => {
    const session = sessionText('prod_token', {
      x_security_token_expires: hoursAhead(10),
      x_mfa_profile_origin: origin,
    });
    box.writeCredentials(`[prod]\n${KEY}\n${session}`);
    box.writeConfig(`[profile prod]\nmfa_serial = ${DEVICE}\n${settings}`);
    await installHook();
    const calls = recordCalls();
    await leave(await login());
    expect(calls()).toEqual(expected);
  });

  test.each([
    ['AWS_DEFAULT_PROFILE', { AWS_DEFAULT_PROFILE: 'prod', AWS_PROFILE: 'x', MFA_PROFILE: 'y' }],
    ['MFA_PROFILE', { MFA_PROFILE: 'prod' }],
    ['a session that is gone', { AWS_PROFILE: 'prod_token' }],
  ])('knows the profile by %s', async (_, env) => {
    box.writeCredentials(`[prod]\n${KEY}`);
    box.writeFile(PROFILE, (await box.run(['hook', 'powershell'])).stdout);
    const calls = recordCalls();
    await leave(await login([], env));
    expect(calls()).toEqual(['refresh --profile=prod']);
  });

  test('leaves a path with a variable in it to the program', async () => {
    box.writeFile(PROFILE, (await box.run(['hook', 'powershell', '--profile', 'prod'])).stdout);
    const calls = recordCalls();
    await leave(await login([], { AWS_CONFIG_FILE: '$HOME/.aws/config' }));
    expect(calls()).toEqual(['refresh --profile=prod --quiet']);
  });

  test('is silent without a terminal', async () => {
    await installHook();
    holds(-1);
    const calls = recordCalls();
    const { stdout, stderr } = await box.exec('pwsh', ['-NoLogo'], { stdin: '"done"\nexit\n' });
    expect(stdout + stderr).toContain('done');
    expect(calls()).toEqual([]);
  });

  test('--each-prompt looks again, and keeps what the prompt that was there shows', async () => {
    const own = 'function prompt { "own:$?:$LASTEXITCODE> " }\n';
    const { stdout } = await box.run(['hook', 'powershell', '--profile', 'prod', '--each-prompt']);
    box.writeFile(PROFILE, own + stdout);
    holds(10);
    const calls = recordCalls();
    const pty = await login();
    expect(calls()).toEqual([]);
    holds(-1);
    pty.type('sh -c "exit 7"\r');
    await pty.waitFor(/own:False:7> /);
    pty.type('"tw" + "o"\r');
    await pty.waitFor(/two/);
    await pty.waitFor(/own:True:7> /);
    expect(calls()).toEqual(['refresh --profile=prod']);
  });

  test('the prompt is the one that docs/commands.md shows', async () => {
    const recipe = /```powershell\n([^`]*mfa_profile_left[^`]*)\n```/.exec(COMMANDS_PAGE)![1]!;
    holds(2.5 + 30 / 3600);
    await installHook('--prompt');
    const pty = await login();
    pty.type(`${recipe}\r`);
    await pty.waitFor(/\[2h 30m\] > /);
  });

  test('finds names and files that need quoting', async () => {
    const name = "it's ‘odd’ $x 友";
    const file = box.writeFile(
      "else where/it's $x/creds",
      sessionText(`${name}_token`, {
        x_security_token_expires: hoursAhead(-1),
      }),
    );
    const words = ['hook', 'powershell', '--profile', name, '--credentials-file', file];
    box.writeFile(PROFILE, (await box.run(words)).stdout);
    const calls = recordCalls();
    await leave(await login());
    expect(calls()).toEqual([`refresh --profile=${name} --credentials-file=${file}`]);
  });

  test('is installed and removed by the lines in its first comment', async () => {
    const { stdout } = await box.run(['hook', 'powershell', '--profile=pro d', '--min-ttl=1h']);
    const install = /^# Install: (.*?) {3}\(/m.exec(stdout)![1]!;
    const remove = /^# Remove: +(.*)$/m.exec(stdout)![1]!;
    box.writeFile(PROFILE, 'Set-Alias ll Get-ChildItem\n');
    expect(await pwsh(install)).toMatchObject({ code: 0, stderr: '' });
    const installed = readFileSync(box.path(PROFILE), 'utf8');
    expect(installed).toContain('# >>> mfa-profile hook (powershell) >>>');
    expect(installed).toContain("$name = 'pro d'");
    expect(await pwsh(remove)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(box.path(PROFILE), 'utf8').trim()).toBe('Set-Alias ll Get-ChildItem');
  });
});

describe('completion', () => {
  async function complete(line: string): Promise<string[]> {
    const script = `mfa-profile completion powershell | Out-String | Invoke-Expression
      (TabExpansion2 -inputScript $env:LINE -cursorColumn $env:LINE.Length).CompletionMatches |
        ForEach-Object { $_.CompletionText }`;
    const { stdout, stderr } = await pwsh(script, { LINE: line });
    expect(stderr).toBe('');
    return stdout.split('\n').filter(Boolean);
  }

  test.each([
    ['mfa-profile ref', ['refresh']],
    ['mfa-profile refresh pro', ['prod']],
    ['mfa-profile refresh --if-e', ['--if-expired']],
    ['mfa-profile refresh --profile pro', ['prod']],
    ['mfa-profile hook f', ['fish']],
  ])('%s', async (line, expected) => {
    expect(await complete(line)).toEqual(expected);
  });

  test('a name that would end its quotes stays a name', async () => {
    const odd = ["a’;New-Item owned;'b", '‘x‛‚', '友 人'];
    box.writeCredentials(odd.map((name) => `[${name}]\naws_access_key_id = AKIA\n`).join(''));
    box.writeConfig('');
    const words = await complete('mfa-profile refresh ');
    expect(words).toHaveLength(odd.length);
    const read = await pwsh(words.map((word) => `Write-Output ${word}`).join('\n'));
    expect(read.stdout.trim().split('\n')).toEqual(odd);
    expect((await pwsh('Test-Path owned')).stdout.trim()).toBe('False');
  });
});

describe("npm's script for PowerShell", () => {
  /** As npm installs the program on Windows: by its own library, found beside the npm that is here. */
  async function installShim(): Promise<void> {
    await loadShimMaker()(PROGRAM, box.path('npm', 'mfa-profile'));
    box.env['PATH'] = box.env['PATH']!.replace(box.path('bin'), box.path('npm'));
    // On Windows the script without an ending is not run.
    await box.exec('rm', [box.path('npm/mfa-profile')]);
  }

  const SAY = `node -p 'process.env.AWS_ACCESS_KEY_ID'`;

  test.each([
    ['without --', `mfa-profile exec prod ${SAY}`],
    ['with --, which PowerShell swallows', `mfa-profile exec prod -- ${SAY}`],
    ["with '--' in quotes", `mfa-profile exec prod '--' ${SAY}`],
    ['with options', `mfa-profile exec prod --min-ttl 1h -- ${SAY}`],
    ['with --profile', `mfa-profile exec --profile prod -- ${SAY}`],
  ])('exec %s', async (_how, line) => {
    await refreshProd();
    await installShim();
    const { stdout, stderr, code } = await pwsh(line);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout.trim()).toBe(sts.sessions[0]!.accessKeyId);
  });

  test('env, completion and the exit code go through it', async () => {
    await refreshProd();
    await installShim();
    const seen = parse(await pwsh(`mfa-profile env prod | Invoke-Expression; ${SHOW}`));
    expect(seen['AWS_ACCESS_KEY_ID']).toBe(sts.sessions[0]!.accessKeyId);
    const script = `mfa-profile completion powershell | Out-String | Invoke-Expression
      (TabExpansion2 -inputScript 'mfa-profile refresh pro' -cursorColumn 23).CompletionMatches.CompletionText`;
    expect((await pwsh(script)).stdout.trim()).toBe('prod');
    expect((await pwsh('mfa-profile refersh; exit $LASTEXITCODE')).code).toBe(2);
  });
});

test('schedule windows: the text is read by PowerShell as it is meant', async () => {
  const command = [
    'C:\\Program Files\\nodejs\\node.exe',
    "C:\\Users\\友 it's\\npm\\mfa-profile.cjs",
    'refresh',
    "--profile=a & b | c ^ d 'e' ‘f’",
  ];
  const environment = new Map([['AWS_CONFIG_FILE', 'C:\\Users\\山田 太郎\\.aws\\config & more']]);
  const text = renderSchedule('windows', { ...SAMPLE.windows, command, environment });
  const file = quotePowershell(box.writeFile('schedule.ps1', text));
  const stubs = `
    $tokens = $errors = $null
    [void][Management.Automation.Language.Parser]::ParseFile(${file}, [ref]$tokens, [ref]$errors)
    if ($errors) { throw $errors }
    $env:SystemRoot = 'C:\\Windows'
    function New-ScheduledTaskAction($Execute, $Argument) { @{ Execute = $Execute; Argument = $Argument } }
    function New-ScheduledTaskTrigger([switch]$Once, $At, $RepetitionInterval) { $RepetitionInterval.TotalMinutes }
    function New-ScheduledTaskSettingsSet([switch]$StartWhenAvailable, $MultipleInstances, [switch]$AllowStartIfOnBatteries, [switch]$DontStopIfGoingOnBatteries, $ExecutionTimeLimit) { $MultipleInstances }
    function Register-ScheduledTask($TaskName, $Action, $Trigger, $Settings, [switch]$Force) { @{ Name = $TaskName; Action = $Action; Minutes = $Trigger } | ConvertTo-Json -Depth 5 -Compress }
    Get-Content ${file} | Out-String | Invoke-Expression`;
  const { stdout, stderr } = await pwsh(stubs);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    Name: 'mfa-profile',
    Minutes: 5,
    Action: {
      Execute: 'C:\\Windows\\System32\\conhost.exe',
      Argument: `--headless cmd.exe /d /c "set "AWS_CONFIG_FILE=${environment.get('AWS_CONFIG_FILE')!}"&& ${command
        .map((word) => (/[ ^|&]/.test(word) ? `"${word}"` : word))
        .join(' ')} >> "%LOCALAPPDATA%\\mfa-profile.log" 2>&1"`,
    },
  });
});
