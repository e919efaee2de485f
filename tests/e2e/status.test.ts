/** `status` through the built command: the table, the JSON, the exit code, and what it never does. */
import { readFileSync } from 'node:fs';
import { ALICE, BOB, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { PROGRAM } from '../support/sandbox.ts';
import { configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { testWith } from '../support/needs.ts';

const scene = useScene();
const SECOND = 1000;

interface Row {
  profile: string;
  session_profile: string;
  state: string;
  expiration: string | null;
  remaining_seconds: number | null;
  managed: boolean;
}
const rowsOf = (stdout: string) => (JSON.parse(stdout) as { profiles: Row[] }).profiles;
const expires = (hours: number) => ({ x_security_token_expires: hoursAhead(hours) });
const OURS = { manager: 'mfa-profile' };
const ZONELESS = '2099-01-01 00:00:00';

const everyState = () =>
  scene.box({
    credentials: [
      credentialsOf(ALICE, BOB),
      sessionText('alice_token', { ...expires(9), ...OURS }),
      sessionText('soon_token', expires(0.05)),
      sessionText('over_token', { ...expires(-2), ...OURS }),
      sessionText('awsume', { expiration: ZONELESS, manager: 'awsume' }),
      sessionText('bare', {}),
      '[longterm_token]\naws_access_key_id = AKIAMADEUPKEY0000000\naws_secret_access_key = x\n',
      '[deviceless]\naws_access_key_id = AKIAMADEUPKEY0000001\naws_secret_access_key = x\n',
    ].join('\n'),
    config: configOf(ALICE, BOB),
  });

test('--json: every source with a device, every section with a session, in every state', async () => {
  const box = everyState();
  const { code, stdout, stderr } = await box.run(['status', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = rowsOf(stdout);
  const row = (
    profile: string,
    session: string,
    state: string,
    managed: boolean,
    known: boolean,
  ) => ({
    profile,
    session_profile: session,
    state,
    expiration: known
      ? (expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string)
      : null,
    remaining_seconds: known ? (expect.any(Number) as number) : null,
    managed,
  });
  expect(rows).toEqual([
    row('alice', 'alice_token', 'valid', true, true),
    row('bob', 'bob_token', 'missing', false, false),
    row('soon', 'soon_token', 'expiring', false, true),
    row('over', 'over_token', 'expired', true, true),
    row('awsume', 'awsume', 'unknown', false, false),
    row('bare', 'bare', 'unknown', false, false),
  ]);
  const [alice, , , over] = rows;
  const left = (Date.parse(alice!.expiration!) - Date.now()) / SECOND;
  expect(Math.abs(alice!.remaining_seconds! - left)).toBeLessThan(60);
  expect(over!.remaining_seconds).toBe(0);
});

test('names choose, a session name too; every unknown one is told, and the first is the exit', async () => {
  const box = everyState();
  const run = await box.run(['status', '--json', 'nosuch', 'over_token', 'alice', 'nosuch2']);
  expect(run.code).toBe(4);
  expect(rowsOf(run.stdout).map(({ profile }) => profile)).toEqual(['over', 'alice']);
  expect(run.stderr.match(/error: no profile/g)).toHaveLength(2);
  const other = await box.run(['status', '--json', 'alice', '--session-profile', 'bare']);
  expect(rowsOf(other.stdout)[0]).toMatchObject({ profile: 'alice', session_profile: 'bare' });
});

test.each<[string[], number]>([
  [['alice'], 0],
  [['alice_token'], 0],
  [['alice', 'bob'], 3],
  [['bob'], 3],
  [['soon_token'], 3],
  [['soon_token', '--min-ttl', '1m'], 0],
  [['alice', '--min-ttl', '10h'], 3],
  [['over_token'], 3],
  [['awsume'], 3],
  [['bare'], 3],
  [['nosuch'], 4],
  [[], 3],
])('--check %j is exit %i, and prints nothing', async (names, code) => {
  const run = await everyState().run(['status', '--check', ...names]);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' });
  if (code !== 4) expect(run.stderr).toBe('');
});

test('the table shows the profile, its session, its state and what is left', async () => {
  const { code, stdout, stderr } = await everyState().run(['status']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^PROFILE +SESSION +STATE +EXPIRES +LEFT$/);
  expect(lines[1]).toMatch(/^alice +alice_token +valid +\d{4}-\d\d-\d\d \d\d:\d\d +\d+ h/);
  expect(lines[2]).toMatch(/^bob +bob_token +missing +- +-$/);
  expect(stdout).toMatch(/over_token +expired .* ago/);
  expect(stdout).toContain(ZONELESS);
  expect(stdout).not.toMatch(/\x1b|[ \t]$/m);
});

testWith(['pty'], 'colour and the bar are for terminals that want them', async () => {
  const box = everyState();
  const look = async (args: string[], env = {}, cols = 100) => {
    const pty = box.openPty(['status', ...args], { env, cols });
    expect((await pty.exit).code).toBe(0);
    return pty;
  };
  const plain = /\x1b\[\d+m/;
  const wide = await look([]);
  expect(wide.output).toMatch(/\x1b\[32m *valid/);
  expect(wide.screen).toMatch(/█+░+/);
  expect((await look(['--no-color'])).output).not.toMatch(plain);
  expect((await look([], { NO_COLOR: '1' })).output).not.toMatch(plain);
  const forced = await box.run(['status'], { env: { FORCE_COLOR: '1' } });
  expect(forced.stdout).toMatch(plain);
  const narrow = await look([], {}, 60);
  for (const line of narrow.screen.trimEnd().split('\n'))
    expect([...line].length).toBeLessThanOrEqual(60);
});

test('nothing known is said on stderr, and is no failure', async () => {
  const run = await scene.box({ credentials: '', config: '' }).run(['status']);
  expect(run).toMatchObject({ code: 0, stdout: '' });
  expect(run.stderr).toMatch(/mfa-profile init/);
  const json = await scene.box({ credentials: '', config: '' }).run(['status', '--json']);
  expect(JSON.parse(json.stdout)).toEqual({ profiles: [] });
});

test('a file that cannot be parsed is exit 4', async () => {
  const run = await scene.box({ credentials: '[a]\rx = 1\n' }).run(['status', '--json']);
  expect(run).toMatchObject({ code: 4, stdout: '' });
});

testWith(
  ['strace'],
  'neither lock, nor network, nor SDK is touched, and nothing is written',
  async () => {
    const box = everyState();
    const trace = box.path('trace');
    const traced = ['-f', '-qq', '-o', trace, '-e', 'trace=%file,%network', process.execPath];
    const run = await box.exec('strace', [...traced, PROGRAM, 'status']);
    expect(run.code).toBe(0);
    const calls = readFileSync(trace, 'utf8');
    expect(calls).toContain('credentials');
    expect(calls).not.toMatch(/adapters-sts|yargs-line|\.lock|AF_INET|O_CREAT|unlink|rename|mkdir/);
    expect(scene.sts.calls).toEqual([]);
  },
);

test('an end that STS cannot have given is told, and decides nothing', async () => {
  const far = (hours: number) => ({ x_security_token_expires: hoursAhead(hours), ...OURS });
  const box = scene.box({
    credentials: [
      credentialsOf(ALICE, BOB),
      sessionText('alice_token', far(40)),
      sessionText('bob_token', far(36)),
    ].join('\n'),
    config: configOf(ALICE, BOB),
  });
  const run = await box.run(['status']);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^alice +alice_token +valid .* 1 day 15 hours$/m);
  expect(run.stderr).toMatch(
    /^mfa-profile: warning: alice_token expires in 1 day 15 hours, and STS gives sessions for 36 hours at most: check the clock of this machine\n$/,
  );
  expect(await box.run(['status', '--check', 'alice'])).toMatchObject({ code: 0, stderr: '' });
  const json = await box.run(['status', '--json']);
  expect(json.stderr).toBe('');
  expect(rowsOf(json.stdout)[0]).toMatchObject({ state: 'valid' });
  const doctor = await box.run(['doctor', 'alice']);
  expect(doctor.stdout).toMatch(
    /warning +session +alice_token expires in 1 day 15 hours[^]*--force/,
  );
  expect((await box.run(['doctor', 'bob'])).stdout).toMatch(/good +session/);
});
