/** A wrong command line is exit 2, says what is wrong, and is found before anything is asked or sent. */
import { testWith } from '../support/needs.ts';
import { useScene } from '../support/scene.ts';
import { widthOf } from '../../src/output/width.ts';

const scene = useScene();

const WRONG: [string, RegExp][] = [
  ['--quiet', /no command/],
  ['-x', /mfa-profile has no option -x\n/],
  ['--quite', /no option --quite\n.*did you mean --quiet\?/],
  ['-t123456', /no command/],
  ['--secret=hunter2hunter2', /no option --secret\n/],
  ['–profile alice', /plain hyphens/],
  ['refresh alice --duration 12', /12h/],
  ['refresh alice 123456', /looks like an MFA code/],
  ['refersh alice', /did you mean.* refresh/],
  ['alice', /unknown command: alice\n.*if it is a profile: mfa-profile refresh alice$/m],
  ['version', /did you mean --version\?/],
  ['login alice', /did you mean refresh\?/],
  ['list', /did you mean status\?/],
  ['logout', /did you mean clear\?/],
  ['help nothing', /unknown command: nothing\n.*see: mfa-profile --help$/m],
  ['help refersh', /unknown command: refersh\n.*did you mean refresh\?/],
  ['refresh --bogus', /bogus/],
  ['refresh alice --tokencode 123456', /did you mean --token-code/],
  ['refresh alice --token-code', /token-code/],
  ['refresh alice --token-code=', /token-code/],
  ['refresh alice -t 12345', /six digits/],
  ['refresh alice -t 1234567', /six digits/],
  ['refresh alice -t12345', /six digits/],
  ['refresh alice -t123456 -t 654321', /more than once/],
  ['status -t123456', /code/],
  ['refresh alice -t 12345a', /six digits/],
  ['refresh alice -t ١٢٣٤٥٦', /six digits/],
  ['refresh alice -t -1', /token-code|six digits/],
  ['refresh alice -t 123456 -t 654321', /more than once/],
  ['refresh alice -t 123456 --token-code 654321', /more than once/],
  ['refresh alice --force --force', /more than once/],
  ['refresh alice --force=yes', /takes no value/],
  ['refresh alice --no-force', /no-force/],
  ['refresh alice --duration-seconds 899', /900/],
  ['refresh alice --duration-seconds 129601', /129600/],
  ['refresh alice --duration-seconds abc', /whole number/],
  ['refresh alice --duration-seconds 1e4', /whole number/],
  ['refresh alice --duration-seconds 12h', /whole number/],
  ['refresh alice --duration-seconds -900', /duration-seconds/],
  ['refresh alice --duration-seconds 900.5', /whole number/],
  ['refresh alice --duration 10m', /15m/],
  ['refresh alice --duration 37h', /36h/],
  ['refresh alice --duration soon', /a duration such as/],
  ['refresh alice --duration 12h --duration-seconds 43200', /not both/],
  ['refresh alice --min-ttl soon', /min-ttl/],
  ['refresh alice --min-ttl 37h', /36h/],
  ['refresh alice --serial-number alice', /serial-number/],
  ['refresh alice --serial-number arn:aws:iam::123456789012:role/x', /MFA device/],
  ['refresh alice --region eu/west', /region/],
  ['refresh alice --region evil.example', /region/],
  ['refresh alice --endpoint-url sts.example', /URL/],
  ['refresh alice --endpoint-url http://[', /URL/],
  ['refresh alice --endpoint-url file:///x', /URL/],
  ['refresh alice --cli-read-timeout soon', /seconds/],
  ['refresh alice --cli-connect-timeout -1', /cli-connect-timeout/],
  ['refresh alice --session-profile a --session-profile b', /more than once/],
  ['refresh alice bob --session-profile x', /one profile/],
  ['refresh --all alice', /--all/],
  ['refresh --all --session-profile x', /one profile/],
  ['refresh alice --profile alice', /once/],
  ['refresh --profile', /profile/],
  ['refresh alice -- ls', /after --/],
  ['status --token-code 123456', /token-code/],
  ['status --check=no', /takes no value/],
  ['clear --all alice', /take no names/],
  ['clear alice --force', /force/],
  ['whoami alice bob', /bob/],
];

test.each(WRONG)('mfa-profile %s', async (line, words) => {
  const box = scene.box();
  const before = box.credentialsBytes();
  const run = await box.run(line.split(' ').filter(Boolean));
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toMatch(/^mfa-profile: error: .+\n(mfa-profile: hint: .+\n)?$/);
  expect(run.stderr).toMatch(words);
  expect(run.stderr).not.toMatch(/123456|654321|١/);
  expect(scene.sts.calls).toEqual([]);
  expect(box.credentialsBytes()).toEqual(before);
});

test.each([['help refresh'], ['refresh help'], ['refresh --help']])('%s', async (line) => {
  const { code, stdout } = await scene.box().run(line.split(' '));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: mfa-profile refresh /);
});

test('an empty name is no profile', async () => {
  for (const command of ['refresh', 'status', 'clear', 'whoami']) {
    expect((await scene.box().run([command, ''])).code).toBe(2);
  }
});

testWith(['pty'], 'a mistake is found before a person is asked', async () => {
  const pty = scene.box().openPty(['refresh', 'alice', '--duration', '1m']);
  expect((await pty.exit).code).toBe(2);
  expect(pty.screen).not.toContain('MFA code for');
});

test('options may stand anywhere, and take = or a blank', async () => {
  const box = scene.box();
  const code = scene.sts.code('alice');
  const run = await box.run([
    '--quiet',
    `--token-code=${code}`,
    'refresh',
    '--region=eu-west-1',
    'alice',
  ]);
  expect(run).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  expect(scene.sts.calls[0]?.region).toBe('eu-west-1');
});

test('a short option takes its value joined, too', async () => {
  const box = scene.box();
  const code = scene.sts.code('alice');
  expect(await box.run(['refresh', 'alice', `-t${code}`])).toMatchObject({ code: 0 });
  const next = await scene.sts.nextCode('alice');
  const exec = ['exec', '--force', `-t${next}`, 'alice', 'echo', '-t123456'];
  expect(await box.run(exec)).toMatchObject({ code: 0, stdout: '-t123456\n' });
  const stdin = { stdin: await scene.sts.nextCode('alice') };
  expect(await box.run(['refresh', 'alice', '--force', '-t-'], stdin)).toMatchObject({ code: 0 });
});

const ROWS = 24;

test.each(['en', 'ja'])(
  'without words it is the help on one screen, on stderr, exit 2 (%s)',
  async (MFA_PROFILE_LANG) => {
    const run = await scene.box().run([], { env: { MFA_PROFILE_LANG } });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('mfa-profile COMMAND');
    // The prompt that follows takes a row, too.
    const lines = run.stderr.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(ROWS);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80);
    const help = await scene.box().run(['--help'], { env: { MFA_PROFILE_LANG } });
    expect(help.stdout).toBe(run.stderr);
  },
);

test('the help names values, and no types', async () => {
  const { stdout } = await scene.box().run(['refresh', '--help']);
  expect(stdout).toMatch(/-t, --token-code CODE /);
  expect(stdout).toMatch(/^Options:[^]*^Global options:/m);
  expect(stdout).not.toMatch(/\[(string|boolean|array|12h|15m)\]/);
});

test('--help and --version are products, on stdout, exit 0', async () => {
  const box = scene.box({ credentials: '\0', config: '' });
  for (const option of ['--version', '-v', '-V']) {
    const run = await box.run([option]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  }
  const help = await box.run(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const command of ['refresh', 'status', 'clear', 'whoami']) {
    expect(help.stdout).toContain(`mfa-profile ${command}`);
    const own = await box.run([command, '--help']);
    expect(own).toMatchObject({ code: 0, stderr: '' });
    expect(own.stdout).toMatch(/Examples:/);
  }
});

test('the messages do not follow the locale', async () => {
  const env = { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' };
  const run = await scene.box().run(['refresh', '--bogus'], { env });
  expect(run.stderr).toMatch(/has no option --bogus/);
});
