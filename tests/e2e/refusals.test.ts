/** What AWS refuses, and what the network does: exit code, words, and never a lost answer called a wrong code. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ALICE, ERIN, UNA, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { FaultKind } from '../../fixtures/sts/faults.ts';
import { testWith } from '../support/needs.ts';
import { configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene({ disabledRegions: ['ap-east-1'] });
const withCode = (user = 'alice') => ['--token-code', scene.sts.code(user)];
const SPENT = /hint: .*the MFA code may have been spent/;

describe('AWS refuses: exit 5', () => {
  const refuse = async (options: Parameters<typeof scene.box>[0], args: string[]) => {
    const box = scene.box(options);
    const before = box.credentialsBytes();
    const run = await box.run(['refresh', ...args]);
    expect(run).toMatchObject({ code: 5, stdout: '' });
    expect(run.stderr).toMatch(/^mfa-profile: error: .+\nmfa-profile: hint: .+\n$/);
    expect(box.credentialsBytes()).toEqual(before);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    return run.stderr;
  };

  test('a wrong code', async () => {
    const said = await refuse({}, ['alice', '-t', '000000']);
    expect(said).toMatch(/rejected the MFA code for alice/);
  });

  test('a code that was used before (aws-vault#1110)', async () => {
    const code = scene.sts.code('alice');
    expect((await scene.box().run(['refresh', 'alice', '-t', code])).code).toBe(0);
    expect(await refuse({}, ['alice', '-t', code])).toMatch(/already used/);
  });

  test('the wrong serial', async () => {
    const serial = 'arn:aws:iam::123456789012:mfa/somebody';
    const said = await refuse({}, ['alice', '--serial-number', serial, ...withCode()]);
    expect(said).toContain(`no MFA device ${serial}`);
  });

  test('user/ pasted for mfa/ is warned of, and named when refused (broamski/aws-mfa#46)', async () => {
    const serial = 'arn:aws:iam::123456789012:user/alice';
    const box = scene.box();
    const run = await box.run(['refresh', 'alice', '--serial-number', serial, ...withCode()]);
    expect(run.code).toBe(5);
    expect(run.stderr).toMatch(
      /may mean arn:aws:iam::123456789012:mfa\/alice[^]*hint: that is the ARN of a user, not of a device/,
    );
  });

  test('an inactive key', async () => {
    const options = { credentials: credentialsOf(ERIN), config: configOf(ERIN) };
    expect(await refuse(options, ['erin', ...withCode('erin')])).toContain('InvalidClientTokenId');
  });

  test('a wrong secret key', async () => {
    const secretAccessKey = 'made+up/of+somebody+else+0000000000000000';
    const said = await refuse({ credentials: credentialsOf({ ...ALICE, secretAccessKey }) }, [
      'alice',
      ...withCode(),
    ]);
    expect(said).toMatch(/secret key of alice/);
    expectNoSecret(said, [secretAccessKey]);
  });

  test('a region that is not enabled', async () => {
    const said = await refuse({}, ['alice', '--region', 'ap-east-1', ...withCode()]);
    expect(said).toMatch(/STS is not activated in ap-east-1/);
  });

  test('an explicit deny', async () => {
    scene.sts.failNext({ kind: 'access-denied' });
    expect(await refuse({}, ['alice', ...withCode()])).toMatch(/AWS denied GetSessionToken: /);
  });

  test.each([
    [7200, 'behind'],
    [-7200, 'ahead of'],
  ])(
    'a clock that is off by %i s is measured and named (microsoft/WSL#10006)',
    async (offset, where) => {
      scene.sts.clockOffsetSeconds = offset;
      const run = await scene.box().run(['refresh', 'alice', ...withCode()]);
      expect(run.code).toBe(5);
      expect(run.stderr).toMatch(new RegExp(`error: .*clock is (2h|1h 59m|2h \\d+s) ${where} AWS`));
      expect(run.stderr).toMatch(/hint: set the clock/);
    },
  );

  test('a clock that is off by minutes works, with a warning', async () => {
    scene.sts.clockOffsetSeconds = 200;
    const run = await scene.box().run(['refresh', 'alice', ...withCode()]);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/warning: this machine's clock is 3m \d+s behind AWS's/);
  });

  test('whoami with a session that AWS has ended', async () => {
    const box = scene.box();
    await box.run(['refresh', 'alice', ...withCode()]);
    scene.sts.expireSessions();
    const run = await box.run(['whoami', 'alice']);
    expect(run).toMatchObject({ code: 5, stdout: '' });
    expect(run.stderr).toMatch(/has expired[^]*hint: .*refresh alice --force/);
  });
});

describe('the profile is not usable: exit 4 before anything is sent', () => {
  const key = credentialsOf(ALICE);
  const cases: [string, { credentials?: string; config?: string }, string[], RegExp][] = [
    ['no such profile', {}, ['alcie'], /no profile alcie[^]*did you mean alice\?/],
    ['a code where a profile is named', {}, ['123456'], /--token-code/],
    ['no key', { credentials: '[alice]\nregion = x\n' }, ['alice'], /no access key/],
    [
      'half a key',
      { credentials: `[alice]\naws_access_key_id = ${ALICE.accessKeyId}\n` },
      ['alice'],
      /aws_secret_access_key/,
    ],
    [
      'a session where a long-term key should be',
      { credentials: sessionText('alice') },
      ['alice'],
      /holds a session/,
    ],
    [
      'no device known',
      { config: '' },
      ['alice'],
      /no MFA device is known[^]*mfa-profile init alice/,
    ],
    [
      'a security key',
      { config: `[profile alice]\nmfa_serial = ${UNA.devices[0]!.serial}\n` },
      ['alice'],
      /FIDO/,
    ],
    [
      'a serial that is none',
      { config: '[profile alice]\nmfa_serial = alice\n' },
      ['alice'],
      /mfa_serial of profile alice is not usable/,
    ],
    [
      'a duration that is none',
      { config: `${configOf(ALICE)}duration_seconds = 12h\n` },
      ['alice'],
      /duration_seconds/,
    ],
    [
      'a duration out of bounds',
      { config: `${configOf(ALICE)}duration_seconds = 60\n` },
      ['alice'],
      /900 to 129600/,
    ],
    [
      'a session name that breaks readers',
      { config: `${configOf(ALICE)}session_profile = a#b\n` },
      ['alice'],
      /session_profile/,
    ],
    [
      'the source as its own session',
      { config: `${configOf(ALICE)}session_profile = alice\n` },
      ['alice'],
      /source profile itself/,
    ],
    [
      'a region that is none',
      { config: `${configOf(ALICE)}region = eu west/..\n` },
      ['alice'],
      /region/,
    ],
    ['UTF-16', { credentials: '[\0a\0]\0' }, ['alice'], /line 1/],
    ['a lone CR', { credentials: `${key}\n[x]\na = 1\rb = 2\n` }, ['alice'], /line 6/],
  ];
  test.each(cases)('%s', async (_what, files, names, words) => {
    const box = scene.box(files);
    const before = box.credentialsBytes();
    const run = await box.run(['refresh', ...names, ...withCode()]);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toMatch(words);
    expect(run.stderr).not.toContain('123456\n');
    expect(scene.sts.calls).toEqual([]);
    expect(box.credentialsBytes()).toEqual(before);
  });

  test('an endpoint that is none', async () => {
    const box = scene.box({ config: `${configOf(ALICE)}endpoint_url = ftp://x\n` });
    const env = { AWS_ENDPOINT_URL_STS: undefined };
    const run = await box.run(['refresh', 'alice', ...withCode()], { env });
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/endpoint_url of profile alice/);
  });

  test('a CA bundle that is not there', async () => {
    const run = await scene
      .box()
      .run(['refresh', 'alice', '--ca-bundle', '/no/such.pem', ...withCode()]);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/cannot read \/no\/such.pem/);
  });

  testWith(['pty'], 'a bad setting is found before a person is asked', async () => {
    const box = scene.box({ config: `${configOf(ALICE)}duration_seconds = 60\n` });
    const pty = box.openPty(['refresh', 'alice']);
    expect((await pty.exit).code).toBe(4);
    expect(pty.screen).not.toMatch(/MFA code for/);
  });
});

describe('the network: exit 6, and the truth about the code', () => {
  const fail = async (args: string[] = []) => {
    const box = scene.box();
    const before = box.credentialsBytes();
    const run = await box.run(['refresh', 'alice', ...args, ...withCode()]);
    expect(run).toMatchObject({ code: 6, stdout: '' });
    expect(run.stderr).not.toMatch(/rejected the MFA code/);
    expect(box.credentialsBytes()).toEqual(before);
    return run.stderr;
  };

  test('an answer lost after AWS took the code is no wrong code (the SDK: reset, then retried)', async () => {
    scene.sts.failNext({ kind: 'reset-after-processing', action: 'GetSessionToken' });
    expect(await fail()).toMatch(SPENT);
  });

  test.each<FaultKind>(['cut-short', 'garbage', 'empty-credentials'])('%s', async (kind) => {
    scene.sts.failNext({ kind, count: 9 });
    expect(await fail()).toMatch(SPENT);
  });

  // Proxies, captive portals and a wrong --endpoint-url.
  test.each([
    [200, '<html></html>'],
    [302, ''],
    [400, 'no XML'],
    [401, ''],
    [403, '<html>blocked</html>'],
    [404, ''],
    [502, '<html></html>'],
  ])('an answer with status %i that is not from AWS: %j', async (status, body) => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const said = await fail(['--endpoint-url', `http://127.0.0.1:${port}`]);
    server.close();
    expect(said).toMatch(/did not answer as STS does: HTTP \d+/);
    expect(said).toMatch(/check --endpoint-url/);
  });

  test('a hanging answer ends with --cli-read-timeout', async () => {
    scene.sts.failNext({ kind: 'hang', count: 9 });
    const said = await fail(['--cli-read-timeout', '1']);
    expect(said).toMatch(/did not answer in time/);
    expect(said).toMatch(SPENT);
    await scene.sts.waitForCall('GetSessionToken');
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);
  });

  test('a port where nobody listens', async () => {
    const said = await fail(['--endpoint-url', 'http://127.0.0.1:1']);
    expect(said).toMatch(/cannot reach http:\/\/127.0.0.1:1: the connection was refused/);
    expect(said).not.toMatch(SPENT);
  });

  test('a name that cannot be resolved', async () => {
    const said = await fail(['--endpoint-url', 'http://sts.invalid']);
    expect(said).toMatch(/cannot reach http:\/\/sts.invalid.*: its name cannot be resolved/);
  });

  test.each<FaultKind>(['throttle', '500', '503'])('%s to the end', async (kind) => {
    scene.sts.failNext({ kind, count: 99 });
    const said = await fail();
    if (kind === 'throttle') expect(said).toMatch(/slow down 4 times/);
    else expect(said).toMatch(/HTTP 50[03]/);
  });

  test.each<FaultKind>(['throttle', '500', '503', 'reset', 'delay'])(
    '%s once passes',
    async (kind) => {
      scene.sts.failNext({ kind, ms: 50 });
      const run = await scene.box().run(['refresh', 'alice', ...withCode()]);
      expect(run.code).toBe(0);
      expect(run.stderr).toMatch(/^mfa-profile: alice_token refreshed.*\n$/);
    },
  );
});

test.each(['ーーforce', '–force', '−−force'])('%s was meant for an option', async (word) => {
  const { code, stderr } = await scene.box().run(['refresh', word]);
  expect(code).toBe(4);
  expect(stderr).toContain('hint: type the options with plain hyphens: --');
});

describe('no secret is shown, whatever goes wrong, at --debug', () => {
  test('by any command, with any fault', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}\n${sessionText('alice_token', { x_security_token_expires: hoursAhead(1) })}`,
    });
    const kinds: FaultKind[] = [
      'throttle',
      '500',
      'reset',
      'reset-after-processing',
      'cut-short',
      'garbage',
      'empty-credentials',
      'access-denied',
      'region-disabled',
      'hang',
    ];
    const shown: string[] = [];
    const look = async (...args: string[]) => {
      const { stdout, stderr } = await box.run([...args, '--debug']);
      shown.push(stdout, stderr);
    };
    for (const kind of kinds) {
      scene.sts.clearFaults();
      scene.sts.failNext({ kind, count: 9 });
      await look('refresh', 'alice', '--force', '--json', '--cli-read-timeout', '1', ...withCode());
    }
    scene.sts.clearFaults();
    const code = await scene.sts.nextCode('alice');
    await look('refresh', 'alice', '--force', '-t', code);
    await look('refresh', 'alice', '--force', '-t', code);
    await look('refresh', 'alice', '-t', code, '-t', code);
    await look('refresh', 'alice', '--token-code', `${code}0`);
    await look('refresh', 'alice', `--bogus=${code}`);
    await look('refresh', code);
    await look('status', 'alice', code);
    await look('whoami', 'alice', code);
    await look('refresh', 'alice', '--mfa-process', `echo ${code}; exit 1`, '--force');
    await look(
      'refresh',
      'alice',
      '--serial-number',
      'arn:aws:iam::123456789012:mfa/x',
      ...withCode(),
      '--force',
    );
    await look('status');
    await look('status', '--json');
    await look('whoami', 'alice');
    await look('whoami', 'alice', '--json');
    await look('clear', 'alice');
    box.writeCredentials(`${credentialsOf(ALICE)}stray ${ALICE.secretAccessKey}\rx`);
    await look('refresh', 'alice');
    expectNoSecret(shown, [...scene.sts.secrets(), code]);
    expect(shown.join('')).toContain('debug: ');
  });
});
