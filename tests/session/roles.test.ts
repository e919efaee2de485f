/** How a session is got, call by call, in a world in memory: whose keys sign, with which device, for how long. */
import { main } from '../../src/main.ts';
import { makeFakeWorld } from '../support/fake-world.ts';
import type { FakeWorld, FakeWorldOptions } from '../support/fake-world.ts';
import type { Sts } from '../../src/world.ts';
import type { ConnectionSettings } from '../../src/aws/connection.ts';

const KEYS = 'aws_access_key_id = AKIATESTALICE0000001\naws_secret_access_key = made+up/secret\n';
const DEVICE = 'arn:aws:iam::123456789012:mfa/alice';
const OTHER_DEVICE = 'arn:aws:iam::123456789012:mfa/other';
const ARN = 'arn:aws:iam::123456789012:role/admin';
const role = (name: string, source: string, more = ''): string =>
  `[profile ${name}]\nrole_arn = ${ARN}\nsource_profile = ${source}\n${more}`;
const session = (name: string, hours: number): string =>
  `[${name}]\naws_access_key_id = ASIATHERE\naws_secret_access_key = s\naws_session_token = t\n` +
  `x_security_token_expires = 2026-11-20T${12 + hours}:00:00Z\n`;

type SessionTokenInput = Parameters<Sts['getSessionToken']>[0];
type RoleInput = Parameters<Sts['assumeRole']>[0];

interface Call {
  readonly action: string;
  readonly by: string;
  readonly input: Record<string, unknown>;
  readonly connection: ConnectionSettings;
}

interface Scene extends FakeWorldOptions {
  meanwhileWorld?: (world: FakeWorld) => void;
}

async function run(args: string[], options: Scene) {
  const world = makeFakeWorld({ types: ['123456', '234567'], ...options });
  options.meanwhileWorld?.(world);
  const calls: Call[] = [];
  const open = world.sts.bind(world);
  world.sts = async (connection, keys) => {
    const sts = await open(connection, keys);
    const noted = <Input extends object, Answer>(
      action: string,
      act: (input: Input) => Promise<Answer>,
    ) => {
      return (input: Input) => {
        const entries = Object.entries(input) as [string, unknown][];
        const shown = new Map(entries.filter(([, value]) => value !== undefined));
        const code = shown.get('tokenCode') as { reveal(): string } | undefined;
        if (code) shown.set('tokenCode', code.reveal());
        calls.push({ action, by: keys.accessKeyId, input: Object.fromEntries(shown), connection });
        return act(input);
      };
    };
    return {
      ...sts,
      getSessionToken: noted('GetSessionToken', (input: SessionTokenInput) =>
        sts.getSessionToken(input),
      ),
      assumeRole: noted('AssumeRole', (input: RoleInput) => sts.assumeRole(input)),
    };
  };
  const exit = await main(args, world);
  return { exit, calls, said: world.said, world };
}

const shown = (calls: Call[]) => calls.map(({ action, by, input }) => [action, by, input]);
const BY_ALICE = 'AKIATESTALICE0000001';
const FIRST = 'ASIAMADEUPSESSION001';
const token = (more: object = {}) => [
  'GetSessionToken',
  BY_ALICE,
  { serialNumber: DEVICE, durationSeconds: 43_200, tokenCode: '123456', ...more },
];
const assumed = (by: string, more: object = {}) => [
  'AssumeRole',
  by,
  { roleArn: ARN, roleSessionName: 'mfa-profile', durationSeconds: 3600, ...more },
];

const ALICE = { credentials: `[alice]\n${KEYS}` };
const config = (...parts: string[]): string =>
  [`[profile alice]\nregion = eu-west-1\nmfa_serial = ${DEVICE}\n`, ...parts].join('');

test.each<[string, string[], string, unknown[]]>([
  ['a session', ['alice'], config(), [token()]],
  [
    'by a length of its own',
    ['alice'],
    `${config()}duration_seconds = 900\n`,
    [token({ durationSeconds: 900 })],
  ],
  [
    'by --duration',
    ['alice', '--duration', '1h'],
    `${config()}duration_seconds = 900\n`,
    [token({ durationSeconds: 3600 })],
  ],
  [
    'by --serial-number',
    ['alice', '--serial-number', OTHER_DEVICE],
    config(),
    [token({ serialNumber: OTHER_DEVICE })],
  ],
  [
    'by the device of a role that leans on it',
    ['alice'],
    role('r', 'alice', `mfa_serial = ${OTHER_DEVICE}\n`),
    [token({ serialNumber: OTHER_DEVICE })],
  ],
  ['a role', ['r'], config(role('r', 'alice')), [token(), assumed(FIRST)]],
  [
    'a role with all its settings',
    ['r'],
    config(
      role(
        'r',
        'alice',
        'external_id = a:b/c\nrole_session_name = me@work\nduration_seconds = 900\n',
      ),
    ),
    [
      token(),
      assumed(FIRST, { externalId: 'a:b/c', roleSessionName: 'me@work', durationSeconds: 900 }),
    ],
  ],
  [
    'a role by its own device, where the source names none',
    ['r'],
    role('r', 'alice', `mfa_serial = ${DEVICE}\n`),
    [token(), assumed(FIRST)],
  ],
  [
    'a role by the source’s device, where both name one',
    ['r'],
    config(role('r', 'alice', `mfa_serial = ${OTHER_DEVICE}\n`)),
    [token(), assumed(FIRST)],
  ],
  [
    'a role for longer than an hour, by a code of its own',
    ['r'],
    config(role('r', 'alice', 'duration_seconds = 7200\n')),
    [assumed(BY_ALICE, { durationSeconds: 7200, serialNumber: DEVICE, tokenCode: '123456' })],
  ],
  [
    'a role for longer than an hour, by its own device first',
    ['r'],
    config(role('r', 'alice', `duration_seconds = 7200\nmfa_serial = ${OTHER_DEVICE}\n`)),
    [assumed(BY_ALICE, { durationSeconds: 7200, serialNumber: OTHER_DEVICE, tokenCode: '123456' })],
  ],
  [
    'a role for exactly an hour',
    ['r'],
    config(role('r', 'alice', 'duration_seconds = 3600\n')),
    [token(), assumed(FIRST)],
  ],
  [
    'role_via = direct',
    ['r'],
    config(role('r', 'alice', 'role_via = direct\n')),
    [assumed(BY_ALICE, { serialNumber: DEVICE, tokenCode: '123456' })],
  ],
  [
    'role_via = session, whatever its length',
    ['r'],
    config(role('r', 'alice', 'role_via = session\nduration_seconds = 7200\n')),
    [token(), assumed(FIRST)],
  ],
  [
    'a role whose source has no device',
    ['r'],
    role('r', 'alice', 'duration_seconds = 7200\n'),
    [assumed(BY_ALICE, { durationSeconds: 7200 })],
  ],
  [
    'a chain',
    ['r2'],
    config(role('r', 'alice'), role('r2', 'r', 'duration_seconds = 7200\n')),
    [token(), assumed(FIRST), assumed('ASIAMADEUPSESSION002')],
  ],
  [
    'a source whose keys come before its role',
    ['r'],
    config(`role_arn = ${ARN}\nsource_profile = alice\n`, role('r', 'alice')),
    [assumed(BY_ALICE, { serialNumber: DEVICE, tokenCode: '123456' })],
  ],
])('%s', async (_what, args, text, calls) => {
  const result = await run(['refresh', ...args], { ...ALICE, config: text });
  expect([result.exit, shown(result.calls)]).toEqual([0, calls]);
});

test('the region and the endpoint are the profile’s own', async () => {
  const { calls } = await run(['refresh', 'r'], {
    ...ALICE,
    config: config(
      role('r', 'alice', 'region = eu-west-3\nservices = s\n'),
      '[services s]\nsts =\n  endpoint_url = http://localhost:9\n',
    ),
  });
  expect(calls.map(({ connection: { region, endpoint } }) => [region, endpoint.url])).toEqual([
    ['eu-west-1', 'https://sts.eu-west-1.amazonaws.com'],
    ['eu-west-3', 'http://localhost:9'],
  ]);
});

describe('with nobody to ask', () => {
  const nobody = { types: undefined } as unknown as Scene;
  const LONG = config(role('r', 'alice', 'duration_seconds = 7200\n'));
  const THERE = `${ALICE.credentials}${session('alice_token', 8)}`;
  const refresh = (args: string[], credentials: string, text = LONG) =>
    run(['refresh', 'r', ...args], { ...nobody, credentials, config: text });

  test('a long role lasts an hour by the session that is there', async () => {
    const { exit, calls, said } = await refresh([], THERE);
    expect([exit, shown(calls)]).toEqual([0, [assumed('ASIATHERE')]]);
    expect(said).toMatch(/warning: r lasts 1h, not 2h: .* nobody to ask .* refresh r --force/);
  });

  test.each<[string, string[], string, number]>([
    ['no session is there', [], ALICE.credentials, 3],
    ['this line asks for longer', ['--duration', '2h'], THERE, 3],
    ['this line asks for an hour left', ['--min-ttl', '1h'], THERE, 3],
  ])('but not where %s', async (_what, args, credentials, exit) => {
    expect(await refresh(args, credentials)).toMatchObject({ exit, calls: [] });
  });

  test('a command that gives codes is somebody', async () => {
    const text = config('mfa_process = x\n', role('r', 'alice', 'duration_seconds = 7200\n'));
    const { calls } = await run(['refresh', 'r'], {
      ...{ ...nobody, credentials: THERE, config: text, prints: ['345678'] },
    });
    expect(shown(calls)).toEqual([
      assumed(BY_ALICE, { durationSeconds: 7200, serialNumber: DEVICE, tokenCode: '345678' }),
    ]);
  });

  test('the role’s command goes before its source’s', async () => {
    const commands: string[] = [];
    await run(['refresh', 'r'], {
      ...nobody,
      ...ALICE,
      config: config(
        'mfa_process = of-source\n',
        role('r', 'alice', 'role_via = direct\nmfa_process = of-role\n'),
      ),
      meanwhileWorld: (world) => {
        const original = world.runCodeCommand.bind(world);
        world.runCodeCommand = (command, ...rest) => {
          commands.push(command);
          return original(command, ...rest);
        };
      },
    });
    expect(commands).toEqual(['of-role']);
  });
});

test.each<[string, string[], string, RegExp]>([
  [
    'a chain',
    ['r2'],
    config(role('r', 'alice'), role('r2', 'r', 'duration_seconds = 7200\n')),
    /warning: r2 lasts 1h, not 2h: .* with the session of r \(role chaining\)/,
  ],
  [
    'role_via = session',
    ['r'],
    config(role('r', 'alice', 'role_via = session\nduration_seconds = 7200\n')),
    /warning: r lasts 1h, not 2h: .* role_via = direct asks for a code/,
  ],
])('%s that would be longer says why it is not', async (_what, args, text, warning) => {
  const { said } = await run(['refresh', ...args], { ...ALICE, config: text });
  expect(said).toMatch(warning);
});

test.each<[string, string, RegExp]>([
  ['no ARN', 'role_arn = nonsense\n', /role_arn.*not the ARN of a role/],
  ['a user’s ARN', 'role_arn = arn:aws:iam::123456789012:user/a\n', /not the ARN of a role/],
  ['an ARN with more around it', `role_arn = x${ARN}\n`, /not the ARN of a role/],
  ['an ARN with a sign no role has', `role_arn = ${ARN}!\n`, /not the ARN of a role/],
  ['an ARN of another account form', 'role_arn = arn:aws:iam::1:role/a\n', /not the ARN of a role/],
  ['a session name too short', 'role_session_name = a\n', /role_session_name.*2 to 64/],
  ['a session name too long', `role_session_name = ${'a'.repeat(65)}\n`, /2 to 64/],
  ['a session name with a slash', 'role_session_name = a/b\n', /2 to 64/],
  ['an external ID with a blank', 'external_id = a b\n', /external_id.*2 to 1224/],
  ['an external ID too short', 'external_id = a\n', /2 to 1224/],
  ['a source that is not there', 'source_profile = none\n', /source_profile.*no profile none/],
  ['role_via', 'role_via = both\n', /role_via.*must be session or direct/],
  ['a length too short', 'duration_seconds = 899\n', /duration_seconds.*from 900 to 43200/],
  ['a length too long', 'duration_seconds = 43201\n', /from 900 to 43200/],
  ['a length that is no number', 'duration_seconds = 1h\n', /from 900 to 43200/],
  ['a length with a number in it', 'duration_seconds = 900x\n', /from 900 to 43200/],
])('a role with %s is refused before anybody is asked', async (_what, setting, message) => {
  const text = config(`[profile r]\nrole_arn = ${ARN}\nsource_profile = alice\n${setting}`);
  const { exit, calls, said, world } = await run(['refresh', 'r'], { ...ALICE, config: text });
  expect(said).toMatch(message);
  expect([exit, calls, world.events]).toEqual([4, [], []]);
});

describe('the device that a role is got with', () => {
  const originIn = (world: FakeWorld): string | undefined =>
    /\[r_token\][^[]*x_mfa_profile_origin = .* (\S+:mfa\/\S+)\n/.exec(world.credentials)?.[1];
  const LEANING = role('q', 'alice', `mfa_serial = ${OTHER_DEVICE}\n`);

  test.each<[string, string[], string, string]>([
    [
      '--serial-number',
      ['--serial-number', OTHER_DEVICE],
      config(role('r', 'alice')),
      OTHER_DEVICE,
    ],
    ['its source’s', [], config(role('r', 'alice')), DEVICE],
    ['another role’s that leans on its source', [], LEANING + role('r', 'alice'), OTHER_DEVICE],
  ])('is %s, by its source’s session', async (_what, args, text, device) => {
    const { exit, calls, world } = await run(['refresh', 'r', ...args], { ...ALICE, config: text });
    expect([exit, calls.length]).toEqual([0, 2]);
    expect([calls[0]!.input['serialNumber'], originIn(world)]).toEqual([device, device]);
  });

  test.each<[string, string[], string, string]>([
    ['--serial-number', ['--serial-number', OTHER_DEVICE], config(), OTHER_DEVICE],
    ['its source’s', [], config(), DEVICE],
    ['another role’s that leans on its source', [], LEANING, OTHER_DEVICE],
  ])('is %s, by a code of its own', async (_what, args, text, device) => {
    const { exit, calls, world } = await run(['refresh', 'r', ...args], {
      ...{ ...ALICE, config: text + role('r', 'alice', 'role_via = direct\n') },
    });
    expect([exit, calls.length]).toEqual([0, 1]);
    expect([calls[0]!.input['serialNumber'], originIn(world)]).toEqual([device, device]);
  });
});

test('a chain is told by the device at its end', async () => {
  const text = config(role('r', 'alice'), role('r2', 'r'));
  const { world } = await run(['refresh', 'r2'], { ...ALICE, config: text });
  expect(world.credentials).toMatch(/\[r2_token\][^[]*_origin = .* \S+:mfa\/alice\n/);
});

test('--session-profile names the session that was asked for, not its source’s', async () => {
  const text = config(role('r', 'alice'));
  const { exit, world } = await run(['refresh', 'r', '--session-profile', 'mine'], {
    ...{ ...ALICE, config: text },
  });
  expect(exit).toBe(0);
  expect(world.credentials.match(/^\[.*\]$/gm)).toEqual(['[alice]', '[alice_token]', '[mine]']);
});

describe('what its source’s session needs', () => {
  const text = config('duration_seconds = 899\n', role('r', 'alice'));

  test('is checked before anything is done for the role', async () => {
    const { exit, said, world } = await run(['refresh', 'r'], { ...ALICE, config: text });
    expect(said).toMatch(/duration_seconds of profile alice.*from 900/);
    expect([exit, world.events]).toEqual([4, []]);
  });

  test('is not asked for where that session is there', async () => {
    const credentials = `${ALICE.credentials}${session('alice_token', 8)}`;
    const { exit, calls } = await run(['refresh', 'r'], { credentials, config: text });
    expect([exit, shown(calls)]).toEqual([0, [assumed('ASIATHERE')]]);
  });
});

test.each<[string, string, string]>([
  ['a partition', 'role_arn', 'arn:aws-us-gov:iam::123456789012:role/a'],
  ['a path', 'role_arn', 'arn:aws:iam::123456789012:role/a/b+c=d,e.f@g-h_1'],
  ['a session name', 'role_session_name', 'a_1+=,.@-'],
  ['two letters', 'role_session_name', 'ab'],
  ['64 letters', 'role_session_name', 'a'.repeat(64)],
  ['an external ID', 'external_id', 'a_1+=,.@:/-'],
])('%s of every sign is taken', async (_what, setting, value) => {
  const text = config(
    `[profile r]\nrole_arn = ${ARN}\nsource_profile = alice\n${setting} = ${value}\n`,
  );
  const { exit, calls } = await run(['refresh', 'r', '--region', 'eu-west-1'], {
    ...{ ...ALICE, config: text },
  });
  expect(exit).toBe(0);
  expect(Object.values(calls[1]!.input)).toContain(value);
});

test('a circle of roles is named', async () => {
  const text = role('a', 'b') + role('b', 'c') + role('c', 'b');
  const { exit, said, calls } = await run(['refresh', 'a'], { config: text });
  expect([exit, calls]).toEqual([4, []]);
  expect(said).toMatch(/a\b.*b\b.*c\b.*b\b/);
});

// What is wrong at the far end is told only where the chain is followed that far.
test.each([
  [50, /FIDO/],
  [51, /r0.*more than 50 roles lean on one another/],
])('a chain of %i roles ends with %s', async (length, message) => {
  const chain = Array.from({ length }, (_, index) =>
    role(`r${index}`, index === length - 1 ? 'alice' : `r${index + 1}`),
  );
  const device = '[profile alice]\nmfa_serial = arn:aws:iam::123456789012:u2f/user/a/k\n';
  const { exit, said } = await run(['refresh', 'r0'], {
    ...ALICE,
    config: device + chain.join(''),
  });
  expect(exit).toBe(4);
  expect(said).toMatch(message);
});

test.each<[string, string, string[], RegExp]>([
  [
    'a length beyond a role’s',
    config(role('r', 'alice')),
    ['--duration', '13h'],
    /last 43200 seconds/,
  ],
  [
    'a --min-ttl like the whole',
    config(role('r', 'alice')),
    ['--min-ttl', '1h'],
    /--min-ttl 1h is not less/,
  ],
])('%s is a mistake of the line', async (_what, text, args, message) => {
  const { exit, said, calls } = await run(['refresh', 'r', ...args], { ...ALICE, config: text });
  expect([exit, calls]).toEqual([2, []]);
  expect(said).toMatch(message);
});

describe('a session that is shorter than asked for', () => {
  const short = (sessionSeconds: number, args: string[] = []) =>
    run(['refresh', 'alice', ...args], { ...ALICE, config: config(), sessionSeconds });

  test('is told', async () => {
    expect((await short(3600)).said).toMatch(/AWS gave alice a session of 1h instead of the 12h/);
    expect((await short(32_400)).said).toMatch(/a session of 9h instead of the 12h/);
    expect((await short(32_460)).said).not.toMatch(/instead of/);
    expect((await short(43_171)).said).not.toMatch(/instead of/);
  });

  test('and that it is too short for --min-ttl', async () => {
    const { said } = await short(3600, ['--min-ttl', '2h']);
    expect(said).toMatch(/a session of 1h instead of the 12h asked for: less than the 2h/);
    expect((await short(39_600, ['--min-ttl', '11h'])).said).not.toMatch(/instead of/);
    expect((await short(39_540, ['--min-ttl', '11h'])).said).toMatch(/less than the 11h/);
  });
});

test.each<[string, string, string, RegExp]>([
  ['no secret', '[alice]\naws_access_key_id = AKIATESTALICE0000001\n', '', /aws_secret_access_key/],
  [
    'a misnamed secret',
    '[alice]\naws_access_key_id = AKIATESTALICE0000001\nsecret_key = x\n',
    '',
    /line 3.*secret_key/,
  ],
  ['a misnamed ID', '[alice]\naccess_key = x\nregion = x\n', '', /line 2.*access_key/],
  ['a session', `[alice]\n${KEYS}aws_session_token = t\n`, '', /session/],
  [
    'an odd ID',
    '[alice]\naws_access_key_id = "AKIA"\naws_secret_access_key = x\n',
    '',
    /line 2\)[^]*quotes/,
  ],
  [
    'an odd secret',
    '[alice]\nx = 1\naws_access_key_id = AKIATESTALICE0000001\naws_secret_access_key = <x>\n',
    '',
    /line 4\)[^]*placeholder/,
  ],
  ['single sign-on', '', 'sso_session = s\n', /single sign-on|SSO|sso/i],
  ['single sign-on of the older form', '', 'sso_start_url = s\n', /single sign-on|SSO|sso/i],
  ['an account of single sign-on', '', 'sso_account_id = s\n', /single sign-on|SSO|sso/i],
  ['the console’s sign-in', '', 'login_session = s\n', /aws login/],
  ['a web identity', '', 'web_identity_token_file = s\n', /web identity/],
  ['the machine’s role', '', 'credential_source = s\n', /credential_source|machine/],
  ['nothing', '', 'region = x\n', /no long-term access key|no access key/],
])('keys: %s is refused before anybody is asked', async (_what, credentials, setting, message) => {
  const { exit, said, calls, world } = await run(['refresh', 'alice'], {
    ...{ credentials, config: config(setting) },
  });
  expect(said).toMatch(message);
  expect([exit, calls, world.events]).toEqual([4, [], []]);
});

describe('keys that a process supplies', () => {
  const SUPPLIED = {
    Version: 1,
    AccessKeyId: 'AKIATESTPROCESS00001',
    SecretAccessKey: 'made+up/s',
  };
  const bySource = (answer: object, env: Record<string, string> = {}) => {
    const asked: unknown[] = [];
    const text = config('credential_process = tool\n', role('r', 'alice'), role('r2', 'alice'));
    const scene: Scene = {
      ...{ config: text, env },
      meanwhileWorld: (world) => {
        world.runKeyCommand = (command, given) => {
          asked.push([command, given]);
          return Promise.resolve({ output: { reveal: () => JSON.stringify(answer) } } as never);
        };
      },
    };
    return { scene, asked };
  };

  test('are asked for once in a run, and sign', async () => {
    const { scene, asked } = bySource(SUPPLIED);
    const { exit, calls } = await run(['refresh', 'alice', 'r', 'r2'], scene);
    expect(exit).toBe(0);
    expect(calls.map(({ action, by }) => [action, by])).toEqual([
      ['GetSessionToken', 'AKIATESTPROCESS00001'],
      ['AssumeRole', FIRST],
      ['AssumeRole', FIRST],
    ]);
    expect(asked).toEqual([['tool', { MFA_PROFILE_ASKED_FOR: 'alice' }]]);
  });

  test('the process is told whom it is asked for, and a circle is refused', async () => {
    const { scene, asked } = bySource(SUPPLIED, { MFA_PROFILE_ASKED_FOR: 'other\nmore' });
    await run(['refresh', 'alice'], scene);
    expect(asked).toEqual([['tool', { MFA_PROFILE_ASKED_FOR: 'other\nmore\nalice' }]]);
    const again = bySource(SUPPLIED, { MFA_PROFILE_ASKED_FOR: 'other\nalice' });
    const { exit, said } = await run(['refresh', 'alice'], again.scene);
    expect([exit, again.asked]).toEqual([4, []]);
    expect(said).toMatch(/credential_process.*asks mfa-profile for the keys of this very profile/);
  });

  test('a session, or no answer, is refused', async () => {
    const session = await run(
      ['refresh', 'alice'],
      bySource({ ...SUPPLIED, SessionToken: 't' }).scene,
    );
    expect(session.said).toMatch(/credential_process.*it gives a session, but STS/);
    const none = await run(['refresh', 'alice'], bySource({ Version: 2 }).scene);
    expect(none.said).toMatch(
      /credential_process.*no "Version": 1[^]*hint: run that command by hand/,
    );
    expect([session.exit, none.exit]).toEqual([4, 4]);
  });
});

test.each<[string, string, RegExp | undefined]>([
  [
    'a user’s ARN',
    'arn:aws:iam::123456789012:user/alice',
    /may mean arn:aws:iam::123456789012:mfa/,
  ],
  ['a device', DEVICE, undefined],
])('the serial %s', async (_what, serial, warning) => {
  const text = `[profile alice]\nmfa_serial = ${serial}\n`;
  const { exit, said } = await run(['refresh', 'alice'], { ...ALICE, config: text });
  expect(exit).toBe(0);
  if (warning) expect(said).toMatch(warning);
  else expect(said).not.toMatch(/warning/);
});

test('a serial that no device has codes for is refused before anybody is asked', async () => {
  const text = '[profile alice]\nmfa_serial = arn:aws:iam::123456789012:u2f/user/a/k\n';
  const { exit, said, world } = await run(['refresh', 'alice'], { ...ALICE, config: text });
  expect([exit, world.events]).toEqual([4, []]);
  expect(said).toMatch(/mfa_serial.*FIDO[^]*hint: .*mfa-profile init alice/);
});

test('a code that was sent over a line without TLS is told, and one to this machine is not', async () => {
  const at = (url: string) =>
    run(['refresh', 'alice'], { ...ALICE, config: `${config()}endpoint_url = ${url}\n` });
  expect((await at('http://sts.example')).said).toMatch(
    /http:\/\/sts.example is reached without TLS/,
  );
  expect((await at('http://localhost:4566')).said).not.toMatch(/TLS/);
});

test('a code that AWS looked at before it refused is used up', async () => {
  const denied = { kind: 'refused', code: 'AccessDenied', said: 'no' } as const;
  for (const answer of [
    denied,
    { kind: 'refused', code: 'ValidationError', said: 'durationSeconds' } as const,
  ]) {
    const { world } = await run(['refresh', 'alice', 'again'], {
      credentials: `[alice]\n${KEYS}[again]\n${KEYS}`,
      config: config(`[profile again]\nmfa_serial = ${DEVICE}\n`),
      answers: [answer],
      types: ['123456', '123456', '234567'],
    });
    // The second profile's device has shown that code already.
    expect(world.events.filter((event) => /^(call|tell)/.test(event))).toEqual([
      'call 123456',
      expect.stringMatching(/^tell the last code of .* is used up/),
      'tell that code was already used: wait for the next one',
      'call 234567',
    ]);
  }
});
