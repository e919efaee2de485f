/** `doctor`: each bad situation made on purpose, found and named, without a secret. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ALICE, DAVE, ERIN, GRACE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { makeCertificates } from '../../fixtures/sts/certificates.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { ProgramOptions, Sandbox, SandboxOptions } from '../support/sandbox.ts';
import { expectNoSecret } from '../support/secrets.ts';
import { testWith } from '../support/needs.ts';
import { journalOf, leftIn, stateFolder } from '../support/rotation.ts';
import { hoursAhead, sessionText } from '../support/scene.ts';

let sts: LocalSts;
let box: Sandbox;
beforeAll(async () => {
  sts = await startLocalSts();
});
afterAll(() => sts.close());
afterEach(() => {
  box.cleanup();
  sts.clockOffsetSeconds = 0;
});

const CONFIG = `[profile alice]\nregion = eu-west-1\nmfa_serial = ${serialOf(ALICE)}\n`;

function open(options: SandboxOptions = {}): void {
  box = makeSandbox({ credentials: credentialsOf(ALICE), config: CONFIG, sts, ...options });
}

interface Report {
  checks: { check: string; status: string; message: string; hint: string | null; fixed: boolean }[];
}

async function examine(args: string[] = [], options: ProgramOptions = {}) {
  const result = await box.run(['doctor', '--json', ...args], options);
  expectNoSecret(result, sts.secrets());
  expect(result.stderr).toBe('');
  const { checks } = JSON.parse(result.stdout) as Report;
  expect(result.code).toBe(checks.some(({ status }) => status === 'bad') ? 4 : 0);
  const found = (status: string) =>
    checks.filter((each) => each.status === status).map((each) => `${each.check}: ${each.message}`);
  return { checks, bad: found('bad'), warnings: found('warning'), good: found('good') };
}

test('an interrupted rotation, an old key that is left, and a journal that is none', async () => {
  open();
  const code = () => ['-t', sts.code('alice')];
  expect(await box.run(['rotate', 'alice', ...code()])).toMatchObject({ code: 0 });
  const ofRotation = async () =>
    (await examine(['alice'])).checks.filter(({ check }) => check === 'rotation');
  expect(await ofRotation()).toEqual([
    expect.objectContaining({
      status: 'good',
      message: `the last rotation of the key of alice made ${ALICE.accessKeyId} inactive but did not delete it`,
      hint: 'once nothing needs it any more: mfa-profile rotate alice --finish',
    }),
  ]);
  const journal = journalOf(box)!;
  const write = (text: string) => {
    const [name] = leftIn(stateFolder(box)).filter((each) => each.endsWith('.json'));
    writeFileSync(path.join(stateFolder(box), name!), text);
  };
  const began = '2026-11-20T12:00:00.000Z';
  for (const [stage, hint] of [
    ['creating', /--finish; or undo it: mfa-profile rotate alice --abandon$/],
    ['stored', /--finish$/],
  ] as const) {
    write(JSON.stringify({ ...journal, began, asked: began, stage }));
    expect(await ofRotation()).toEqual([
      expect.objectContaining({
        status: 'warning',
        message: 'the rotation of the key of alice that began 2026-11-20 12:00 was interrupted',
        hint: expect.stringMatching(hint) as string,
      }),
    ]);
  }
  write('{}');
  expect(await ofRotation()).toEqual([expect.objectContaining({ status: 'bad' })]);
  sts.keys.reset();
});

test('an mfa_prompt that is none is named with its line', async () => {
  open({ config: `${CONFIG}mfa_prompt = dialog\n` });
  const { bad } = await examine();
  expect(bad).toEqual([
    expect.stringMatching(
      /^settings: mfa_prompt of .* auto, terminal, window or none \(.*, line 4: mfa_prompt = dialog\)$/,
    ),
  ]);
});

test('one file for both is looked at once, by whatever path', async () => {
  open({ credentials: credentialsOf(ALICE) + CONFIG.replace('[profile alice]\n', '') });
  const link = box.path('both');
  symlinkSync(box.credentialsFile, link);
  const { checks } = await examine([], { env: { AWS_CONFIG_FILE: link } });
  expect(checks.filter(({ check }) => check === 'contents')).toHaveLength(1);
});

test.each([
  ['child_process', true],
  ['worker', false],
])('NODE_DEBUG=%s, which makes node print secrets: %s', async (modules, isWarnedOf) => {
  open();
  const { warnings } = await examine([], { env: { NODE_DEBUG: modules } });
  const warned = warnings.filter((each) => each.startsWith('environment: NODE_DEBUG is set'));
  expect(warned).toHaveLength(isWarnedOf ? 1 : 0);
});

test.each([
  [{ MFA_PROFILE_DURATION: '12' }, /^environment: MFA_PROFILE_DURATION must be between 900/],
  [{ MFA_PROFILE_DURATION: 'soon' }, /^environment: MFA_PROFILE_DURATION takes a duration/],
  [{ MFA_PROFILE_SERIAL_NUMBER: 'alice' }, /^environment: MFA_PROFILE_SERIAL_NUMBER is not usable/],
])('%j, with which no session can be got', async (env, words) => {
  open();
  const { bad, checks } = await examine([], { env });
  expect(bad).toEqual([expect.stringMatching(words)]);
  const { hint } = checks.find(({ status }) => status === 'bad')!;
  expect(hint).toBe(`unset ${Object.keys(env)[0]}`);
  // What doctor calls bad stops a refresh.
  expect((await box.run(['refresh', 'alice', '-t', '123456'], { env })).code).toBe(2);
});

test('a name with what cannot be seen is the mistake, not the plain one beside it', async () => {
  open({ config: CONFIG.replace('profile alice', 'profile alice\u200b') });
  const { checks } = await examine(['alice']);
  const hints = checks.flatMap(({ check, hint }) => (check === 'names' && hint ? [hint] : []));
  expect(hints).toEqual(['rename it to [profile alice]']);
});

test('the session of the one profile that is looked at: valid, expired, stale, or not there', async () => {
  const lineOf = async (expires: string, origin: string): Promise<string[]> => {
    const keys = { x_security_token_expires: expires, x_mfa_profile_origin: origin };
    open({ credentials: `${credentialsOf(ALICE)}\n${sessionText('alice_token', keys)}` });
    const { good, warnings } = await examine(['alice']);
    box.cleanup();
    return [...good, ...warnings].filter((each) => each.startsWith('session: '));
  };
  const origin = `${ALICE.accessKeyId} ${serialOf(ALICE)}`;
  expect(await lineOf(hoursAhead(2), origin)).toEqual([
    expect.stringMatching(/^session: alice_token is valid until /),
  ]);
  expect(await lineOf(hoursAhead(-2), origin)).toEqual(['session: alice_token has expired']);
  expect(await lineOf(hoursAhead(2), `AKIAMADEUPOTHERKEY00 ${serialOf(ALICE)}`)).toEqual([
    expect.stringMatching(/^session: alice_token was issued for another key/),
  ]);
  open();
  const { checks } = await examine(['alice']);
  expect(checks.map(({ check }) => check)).not.toContain('session');
});

test('a sound set-up has nothing bad; the report for a person says the same', async () => {
  open();
  const { bad, warnings } = await examine();
  expect(bad).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/^key-age: the key of alice is \d+ days old$/)]);
  const { code, stdout } = await box.run(['doctor', 'alice']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^good +node +Node\.js/m);
  // What is to be done comes first.
  expect(stdout).toMatch(
    /^warning +key-age .*\n +replace it with a new one: mfa-profile rotate alice\ngood /,
  );
  expect(stdout).toMatch(/\d+ good, 1 warning, 0 bad\n$/);
});

test('no files at all: led to init, for not everybody has the AWS CLI', async () => {
  box = makeSandbox({ sts });
  const { bad, checks } = await examine();
  expect(bad).toEqual(['profile: no profile has a long-term key']);
  expect(checks.find(({ status }) => status === 'bad')?.hint).toBe(
    'add yours with: mfa-profile init NAME',
  );
});

describe('contents', () => {
  test.each<[string, string, RegExp]>([
    [
      'doubled section',
      '[alice]\n[b]\n[alice]\n',
      /line 3: \[alice\] doubled section \(first on line 1\)/,
    ],
    [
      'doubled key',
      '[a]\nregion = x\nREGION = y\n',
      /line 3: \[a\] doubled key region \(first on line 2\)/,
    ],
    ['BOM', '\ufeff[a]\n', /line 1: a byte order mark/],
    ['stray line', '[a]\nhello\n', /line 2: .*neither header, setting nor comment/],
    [
      'comment behind a key',
      '[a]\naws_access_key_id = AKIAX # mine\naws_secret_access_key = y\n',
      /line 2: \[a\] a comment after aws_access_key_id/,
    ],
    [
      'quotes',
      '[a]\naws_access_key_id = AKIAX\naws_secret_access_key = "y"\n',
      /quotes around aws_secret_access_key/,
    ],
    ['half a key', '[a]\naws_access_key_id = AKIAX\n', /without aws_secret_access_key/],
    [
      'only a session’s key',
      '[a]\naws_access_key_id = ASIAX\naws_secret_access_key = y\n',
      /without its aws_session_token/,
    ],
    ['NUL', '[a]\n\0\n', /line 2: a NUL byte/],
    [
      'a key in a session’s place',
      `${credentialsOf(ALICE)}\n${credentialsOf(DAVE).replace('dave', 'alice_token')}`,
      /\[alice_token\] .* holds a long-term key/,
    ],
  ])('bad: %s', async (_name, credentials, words) => {
    open({ credentials });
    expect((await examine()).bad).toContainEqual(expect.stringMatching(words));
  });

  test.each<[string, string, RegExp]>([
    ['mixed line endings', '[a]\r\nregion = x\n', /line 2: line endings of two kinds/],
    [
      'a name that some SDKs drop',
      '[my profile]\n',
      /\[my profile\]: some AWS SDKs skip profiles with such names/,
    ],
    ['a config header', '[profile x]\n', /\[profile x\]: the word "profile"/],
    ['a reserved name', '[DEFAULT]\n', /a section name that AWS tools reserve/],
    [
      'a stale aws_security_token',
      '[a_token]\naws_access_key_id = ASIAX\naws_secret_access_key = y\naws_session_token = new\naws_security_token = old\n',
      /stale aws_security_token/,
    ],
    ['a comment behind a setting', '[a]\nregion = x ; here\n', /a comment after region/],
  ])('warning: %s', async (_name, credentials, words) => {
    open({ credentials });
    expect((await examine()).warnings).toContainEqual(expect.stringMatching(words));
  });
});

test('permissions and leftovers are named, and fixed by --fix', async () => {
  open();
  chmodSync(box.credentialsFile, 0o644);
  chmodSync(box.configFile, 0o666);
  chmodSync(box.folder, 0o755);
  const lock = `${box.credentialsFile}.lock`;
  const temporary = box.path('.aws/.credentials.mfa-profile-0123456789abcdef.tmp');
  const gate = box.path('.aws/.credentials.alice_token.gate.lock');
  mkdirSync(lock);
  mkdirSync(gate);
  writeFileSync(temporary, 'half a file');
  for (const each of [lock, gate, temporary]) utimesSync(each, 1, 1);
  const before = await examine(['alice']);
  expect(before.bad).toEqual([]);
  expect(before.warnings).toEqual([
    expect.stringMatching(/credentials is 0644: other users .* may read it/),
    expect.stringMatching(/config is 0666: other users .* may write it/),
    expect.stringMatching(/\.aws is 0755: other users .* may read it/),
    expect.stringContaining(`${temporary} is a temporary file`),
    expect.stringContaining(`${gate} is a lock`),
    expect.stringContaining(`${lock} is a lock`),
    expect.stringContaining('key-age'),
  ]);
  const { checks } = await examine(['alice', '--fix']);
  expect(checks.filter(({ fixed }) => fixed)).toHaveLength(6);
  expect(statSync(box.credentialsFile).mode & 0o777).toBe(0o600);
  expect(statSync(box.configFile).mode & 0o777).toBe(0o600);
  expect(statSync(box.folder).mode & 0o777).toBe(0o700);
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  expect((await examine(['alice'])).warnings).toHaveLength(1);
});

test('a lock in use and a file that is no lock are left alone', async () => {
  open();
  const lock = `${box.credentialsFile}.lock`;
  mkdirSync(lock);
  // As its holder does, however slowly the program starts.
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), 500);
  const { warnings } = await examine(['--fix']).finally(() => clearInterval(beat));
  expect(warnings).not.toContainEqual(expect.stringContaining(lock));
  expect(existsSync(lock)).toBe(true);
  box.writeFile('.aws/config.lock', '');
  expect((await examine(['--fix'])).bad).toContainEqual(expect.stringContaining('config.lock'));
  expect(existsSync(box.path('.aws/config.lock'))).toBe(true);
});

test('a file that leads nowhere is found, not stumbled over', async () => {
  open();
  rmSync(box.credentialsFile);
  symlinkSync('credentials', box.credentialsFile);
  const circle = await examine();
  expect(circle.bad).toEqual([expect.stringMatching(/^file: .*credentials: too many .* links$/)]);
  const below = await examine(['--credentials-file', `${box.configFile}/below`]);
  expect(below.warnings).toContainEqual(expect.stringContaining('there is no'));
});

test('variables that shadow a profile (broamski/aws-mfa#44), and a profile that is not there', async () => {
  open();
  const env = { AWS_ACCESS_KEY_ID: 'AKIAX', AWS_SESSION_TOKEN: 'x', AWS_PROFILE: 'nowhere' };
  const { warnings } = await examine([], { env });
  expect(warnings).toContainEqual(
    'environment: AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN are set: most AWS tools use them instead of a profile',
  );
  expect(warnings).toContainEqual(expect.stringContaining('AWS_PROFILE names nowhere'));
});

test.each([
  ['arn:aws:iam::123456789012:user/alice', 'bad', /ARN of a user/],
  ['arn:aws:iam::123456789012:u2f/user/alice/key', 'bad', /FIDO security key/],
  ['hello', 'bad', /neither the ARN/],
  [serialOf(GRACE), 'warnings', /region eu-west-1 of alice is not in aws-cn/],
] as const)('the serial %s', async (serial, where, words) => {
  open({ config: CONFIG.replace(serialOf(ALICE), serial) });
  expect((await examine())[where]).toContainEqual(expect.stringMatching(words));
});

test.each([
  [-100, 'warnings', /clock is 1m 4\ds ahead of AWS/],
  [100, 'warnings', /clock is 1m \d+s behind AWS/],
  [-1000, 'bad', /clock is 16m 4\ds ahead of AWS.*refuses/],
  [1000, 'bad', /clock is 16m \d+s behind AWS/],
  [-30, 'good', /clock agrees/],
] as const)('AWS’s clock off by %i s', async (offset, where, words) => {
  open();
  sts.clockOffsetSeconds = offset;
  expect((await examine())[where]).toContainEqual(expect.stringMatching(words));
});

test('keys that AWS does not know, and a key whose age is not to be known', async () => {
  open({ credentials: credentialsOf(ERIN, DAVE) });
  expect((await examine(['erin'])).bad).toEqual([
    expect.stringMatching(/^key: .*InvalidClientTokenId/),
  ]);
  expect((await examine(['dave'])).good).toContainEqual(
    expect.stringMatching(/^key-age: .*ListAccessKeys/),
  );
  expect((await examine(['nobody'])).bad).toEqual([
    expect.stringMatching(/^profile: no profile nobody/),
  ]);
});

test('with a name, the devices of others are not its concern', async () => {
  open({ credentials: credentialsOf(ALICE, DAVE) });
  expect((await examine()).warnings).toContainEqual('device: no MFA device is known for dave');
  expect((await examine(['alice'])).warnings).toEqual([expect.stringContaining('key-age')]);
});

test('a role is examined by the key of its source', async () => {
  const role =
    '[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = alice\n';
  open({ config: `${CONFIG}\n${role}` });
  expect((await examine(['admin'])).good).toContainEqual(expect.stringContaining('user/alice'));
});

test.each([
  ['source_profile = alcie', /source_profile of profile admin .*no profile alcie/],
  ['source_profile = admin', /loop: admin -> admin/],
  ['', /source_profile of profile admin .*it is missing/],
])('a role that a refresh would refuse is bad: %j', async (line, words) => {
  const role = `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\n${line}\n`;
  open({ config: `${CONFIG}\n${role}` });
  expect((await examine(['admin'])).bad).toEqual([expect.stringMatching(words)]);
  expect((await examine()).bad).toEqual([]);
});

test('a device under another name', async () => {
  open({ config: CONFIG.replace('mfa_serial', 'mfaSerial') });
  expect((await examine()).warnings).toContainEqual(
    expect.stringMatching(/^device: .*config, line 3, says mfaSerial, which AWS tools ignore/),
  );
});

test('the network: nothing listens, a proxy that is not there, a CA bundle that is missing', async () => {
  open();
  const nothing = await examine(['--endpoint-url', 'http://127.0.0.1:1']);
  expect(nothing.bad).toEqual([
    expect.stringMatching(/^endpoint: cannot reach http:\/\/127\.0\.0\.1:1/),
  ]);
  const proxy = await examine([], { env: { HTTP_PROXY: 'http://u:pass@127.0.0.1:1' } });
  expect(proxy.bad).toEqual([
    expect.stringMatching(/^proxy: cannot reach the proxy http:\/\/127\.0\.0\.1:1 /),
  ]);
  const bundle = await examine([], { env: { AWS_CA_BUNDLE: '/nonexistent.pem' } });
  expect(bundle.bad).toEqual([expect.stringMatching(/^tls: cannot read \/nonexistent\.pem/)]);
});

testWith(['openssl'], 'TLS: an unknown authority is bad, a CA bundle makes it good', async () => {
  const certificates = makeCertificates();
  const secure = await startLocalSts({ tls: certificates });
  try {
    open({ sts: secure });
    expect((await examine()).bad).toEqual([expect.stringMatching(/^tls: .*not trusted/)]);
    expect((await examine(['--ca-bundle', certificates.caFile])).bad).toEqual([]);
  } finally {
    certificates.remove();
    await secure.close();
  }
});

test('a profile that credential_process of this program serves, as the recipe has it, is sound', async () => {
  open();
  const own = `[profile auto]\nregion = eu-west-1\ncredential_process = mfa-profile credential-process alice --min-ttl 15m\n`;
  box.writeConfig(`${box.readConfig()}\n${own}`);
  for (const args of [['doctor', 'auto'], ['doctor']]) {
    const { code, stdout } = await box.run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^good +profile +auto gets the session of alice by credential_process$/m,
    );
    expect(stdout).toMatch(/^good +key +the key of alice/m);
    expect(stdout).not.toMatch(/known for auto|init auto/);
  }
});

test.each([
  ['"/opt/my tools/mfa-profile" credential-process --profile alice --no-prompt', 'good'],
  ['/usr/local/bin/mfa-profile credential-process --no-prompt --min-ttl 15m alice', 'good'],
  ["mfa-profile credential-process 'alice'", 'good'],
  ['mfa-profile credential-process nobody', 'bad'],
  ['mfa-profile credential-process --no-prompt', 'bad'],
])('credential_process = %s is %s', async (line, status) => {
  open({ config: `${CONFIG}\n[profile auto]\nregion = eu-west-1\ncredential_process = ${line}\n` });
  const { checks } = await examine(['auto']);
  const [check] = checks.filter(({ check }) => check === 'profile');
  expect(check).toMatchObject({ status });
  expect(check?.message).toMatch(
    status === 'good' ? /^auto gets the session of alice / : /session of (nobody|default), which/,
  );
});

test('credential_process of this program beside a key, which AWS tools use instead', async () => {
  open({ config: `${CONFIG}credential_process = mfa-profile credential-process alice\n` });
  const { warnings } = await examine(['alice']);
  expect(warnings).toContainEqual(
    expect.stringMatching(/^profile: alice has an access key beside credential_process/),
  );
});
