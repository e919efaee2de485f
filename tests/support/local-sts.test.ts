/** The local STS answers the real SDK, and refuses it, as AWS does. */
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { Credentials, STSClientConfig } from '@aws-sdk/client-sts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import {
  ADMIN_ROLE,
  ALICE,
  ALL_USERS,
  AUDIT_ROLE,
  BOB,
  CHINA_ROLE,
  DEPLOY_ROLE,
  ERIN,
  FRANK,
  GRACE,
  HEIDI,
  JUDY,
  ROOT,
  serialOf,
  UNA,
} from '../../fixtures/sts/accounts.ts';
import type { LocalSts, StsOptions } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';

let sts: LocalSts;
const clients: STSClient[] = [];

async function start(options: StsOptions = {}): Promise<void> {
  sts = await startLocalSts(options);
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await sts.close();
});

type Holder = StsUser | Credentials;

function clientOf(holder: Holder, config: STSClientConfig = {}): STSClient {
  const credentials =
    'userName' in holder
      ? { accessKeyId: holder.accessKeyId, secretAccessKey: holder.secretAccessKey }
      : {
          accessKeyId: holder.AccessKeyId ?? '',
          secretAccessKey: holder.SecretAccessKey ?? '',
          sessionToken: holder.SessionToken ?? '',
        };
  const client = new STSClient({
    ...{ endpoint: sts.endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 },
    ...config,
  });
  clients.push(client);
  return client;
}

async function identityOf(holder: Holder, config?: STSClientConfig) {
  return clientOf(holder, config).send(new GetCallerIdentityCommand({}));
}

async function sessionOf(user: StsUser, code?: string, seconds?: number, serial = serialOf(user)) {
  const input = {
    ...(code !== undefined && { TokenCode: code, SerialNumber: serial }),
    ...(seconds !== undefined && { DurationSeconds: seconds }),
  };
  const { Credentials } = await clientOf(user).send(new GetSessionTokenCommand(input));
  if (Credentials === undefined) throw new Error('no credentials in the answer');
  return Credentials;
}

async function assume(holder: Holder, roleArn: string, extra: object = {}, region?: string) {
  const input = { RoleArn: roleArn, RoleSessionName: 'test-run', ...extra };
  const client = clientOf(holder, region === undefined ? {} : { region });
  const { AssumedRoleUser, Credentials } = await client.send(new AssumeRoleCommand(input));
  if (Credentials === undefined) throw new Error('no credentials in the answer');
  return { arn: AssumedRoleUser?.Arn, credentials: Credentials };
}

const refused = (name: string, message?: string | RegExp, status?: number): unknown =>
  expect.objectContaining({
    name,
    ...(message !== undefined && {
      message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
    }),
    ...(status !== undefined && {
      $metadata: expect.objectContaining({ httpStatusCode: status }) as unknown,
    }),
  });

const BAD_CODE = 'MultiFactorAuthentication failed with invalid MFA one time pass code. ';
const BAD_SERIAL =
  'MultiFactorAuthentication failed, unable to validate MFA code.  ' +
  'Please verify your MFA serial number is valid and associated with this user.';

test('every made-up key and secret has the length of a real one, and is nobody else’s', () => {
  for (const user of ALL_USERS) {
    expect(user.accessKeyId).toMatch(/^AKIA[A-Z0-9]{16}$/);
    expect(user.secretAccessKey).toMatch(/^[A-Za-z0-9/+]{40}$/);
  }
  expect(new Set(ALL_USERS.map((user) => user.accessKeyId)).size).toBe(ALL_USERS.length);
  return start();
});

describe('signatures', () => {
  test('a valid one is accepted, and the caller named', async () => {
    await start();
    expect(await identityOf(ALICE)).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/alice',
    });
    expect(await identityOf(ROOT)).toMatchObject({
      Arn: 'arn:aws:iam::210987654321:root',
      UserId: '210987654321',
    });
    expect(sts.calls[0]).toMatchObject({
      ...{ action: 'GetCallerIdentity', accessKeyId: ALICE.accessKeyId, region: 'eu-central-1' },
      ...{ service: 'sts', params: {}, outcome: 'ok', host: new URL(sts.endpoint).host },
    });
    expect(sts.calls[0]?.userAgent).toContain('aws-sdk-js');
  });

  test('a wrong secret is told apart from a wrong clock', async () => {
    await start();
    const wrong = { ...ALICE, secretAccessKey: 'made+up/secret+of+nobody+at+all+00000000' };
    await expect(identityOf(wrong)).rejects.toEqual(
      refused('SignatureDoesNotMatch', /^The request signature we calculated/, 403),
    );
  });

  test.each([
    [-16, /^Signature not yet current: \d{8}T\d{6}Z is still later than .* \(.* \+ 15 min\.\)$/],
    [16, /^Signature expired: \d{8}T\d{6}Z is now earlier than .* \(.* - 15 min\.\)$/],
  ])('a clock that is %d minutes off is refused in AWS’s words', async (minutes, words) => {
    await start({ clockOffsetSeconds: minutes * 60 });
    await expect(identityOf(ALICE)).rejects.toEqual(refused('SignatureDoesNotMatch', words, 403));
  });

  test('a clock that is 14 minutes off is taken, and the Date header shows it', async () => {
    await start({ clockOffsetSeconds: 14 * 60 });
    await identityOf(ALICE);
    const answer = await fetch(sts.endpoint);
    const date = Date.parse(answer.headers.get('date') ?? '');
    expect(Math.abs(date - Date.now() - 14 * 60_000)).toBeLessThan(60_000);
  });

  test('no signature at all is a missing token', async () => {
    await start();
    const answer = await fetch(`${sts.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`);
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain('<Code>MissingAuthenticationToken</Code>');
    expect(text).toContain('<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">');
    const requestId = answer.headers.get('x-amzn-requestid') ?? '';
    expect(text).toContain(`<RequestId>${requestId}</RequestId>`);
  });

  test.each([
    ['unknown', { ...ALICE, accessKeyId: 'AKIAMADEUPKEYNOBODY0' }, 'eu-central-1'],
    ['inactive', ERIN, 'eu-central-1'],
    ['of another partition', GRACE, 'eu-central-1'],
    ['of this partition in another', ALICE, 'cn-north-1'],
  ])('a key that is %s is an invalid client token', async (_which, user, region) => {
    await start();
    await expect(identityOf(user, { region })).rejects.toEqual(
      refused('InvalidClientTokenId', /security token included/, 403),
    );
  });

  test('China and GovCloud know their own', async () => {
    await start();
    expect((await identityOf(GRACE, { region: 'cn-northwest-1' })).Arn).toMatch(/^arn:aws-cn:/);
    expect((await identityOf(HEIDI, { region: 'us-gov-west-1' })).Arn).toMatch(/^arn:aws-us-gov:/);
  });

  test('a region that is none, and one that the account has not enabled', async () => {
    await start({ disabledRegions: ['ap-east-1'] });
    await expect(identityOf(ALICE, { region: 'mars-1' })).rejects.toEqual(
      refused('SignatureDoesNotMatch', /valid region/),
    );
    await expect(identityOf(ALICE, { region: 'ap-east-1' })).rejects.toEqual(
      refused('RegionDisabledException', /account:123456789012/, 403),
    );
  });
});

describe('GetSessionToken', () => {
  test('gives credentials that work until they expire', async () => {
    await start();
    const before = Date.now();
    const session = await sessionOf(ALICE, sts.code('alice'));
    expect(session.AccessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
    expect(session.SecretAccessKey).toHaveLength(40);
    expect(session.SessionToken).toMatch(/^.*\+.*\/.*==$/);
    const seconds = ((session.Expiration?.getTime() ?? 0) - before) / 1000;
    expect(Math.abs(seconds - 43_200)).toBeLessThan(60);
    expect((await identityOf(session)).Arn).toBe('arn:aws:iam::123456789012:user/alice');
    sts.expireSessions();
    await expect(identityOf(session)).rejects.toEqual(refused('ExpiredToken', /is expired$/, 403));
  });

  test('session credentials need their token, and cannot get further ones', async () => {
    await start();
    const session = await sessionOf(ALICE, sts.code('alice'));
    await expect(identityOf({ ...session, SessionToken: '' })).rejects.toEqual(
      refused('InvalidClientTokenId'),
    );
    await expect(clientOf(session).send(new GetSessionTokenCommand({}))).rejects.toEqual(
      refused('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403),
    );
  });

  test('a code is valid once, and the next one after it', async () => {
    await start();
    const code = sts.code('alice');
    await sessionOf(ALICE, code);
    await expect(sessionOf(ALICE, code)).rejects.toEqual(refused('AccessDenied', BAD_CODE, 403));
    const next = await sts.nextCode('alice');
    expect(next).not.toBe(code);
    await sessionOf(ALICE, next);
    await sessionOf(BOB, sts.code('bob'));
    expect(sts.callsOf('GetSessionToken').map((call) => call.outcome)).toEqual([
      ...['ok', 'AccessDenied', 'ok', 'ok'],
    ]);
  });

  test('codes one step off are accepted, codes two steps off are not', async () => {
    await start();
    for (const offset of [-1, 0, 1]) await sessionOf(ALICE, sts.code('alice', offset));
    for (const offset of [-2, 2]) {
      const late = sessionOf(ALICE, sts.code('alice', offset));
      await expect(late).rejects.toEqual(refused('AccessDenied', BAD_CODE));
    }
  });

  test('a fresh clock moves on by itself; promised codes differ', async () => {
    await start({ totpClock: 'fresh' });
    for (let run = 0; run < 4; run += 1) await sessionOf(ALICE, sts.code('alice'));
    const promised = await Promise.all([1, 2, 3].map(() => sts.nextCode('alice')));
    expect(new Set(promised).size).toBe(3);
  });

  test('a real clock gives the code of the moment and cannot be pushed', async () => {
    await start({ totpClock: 'real' });
    await sessionOf(ALICE, sts.code('alice'));
    expect(() => sts.advanceTotp()).toThrow('cannot be advanced');
    // A second before the step's end, so that the wait for the next code is short.
    sts.clockOffsetSeconds = 59 - ((Date.now() / 1000) % 30);
    const [now, next] = [await sts.nextCode('alice'), await sts.nextCode('alice')];
    expect(next).not.toBe(now);
    expect(next).toBe(sts.code('alice'));
  });

  const otherSerials: [string, StsUser, string][] = [
    ['user/ pasted for mfa/ (broamski/aws-mfa#46)', ALICE, 'arn:aws:iam::123456789012:user/alice'],
    ['another user’s', ALICE, serialOf(BOB)],
    ['a security key’s (aws/aws-cli#3607)', UNA, UNA.devices[0]?.serial ?? ''],
  ];
  test.each(otherSerials)('a serial that is %s is refused', async (_which, user, serial) => {
    await start();
    await expect(sessionOf(user, sts.code('alice'), undefined, serial)).rejects.toEqual(
      refused('AccessDenied', BAD_SERIAL, 403),
    );
  });

  test('a hardware token’s serial is no ARN; of two devices each has its codes', async () => {
    await start();
    await sessionOf(FRANK, sts.code('GAHT12345678'));
    const second = JUDY.devices[1]?.serial ?? '';
    await sessionOf(JUDY, sts.code(second), undefined, second);
  });

  test.each([
    [
      { DurationSeconds: 5 },
      "Value '5' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      { DurationSeconds: 129_601 },
      "Value '129601' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 129600",
    ],
    [
      { SerialNumber: 'short', TokenCode: '123456' },
      "Value 'short' at 'serialNumber' failed to satisfy constraint: Member must have length greater than or equal to 9",
    ],
    [
      { SerialNumber: serialOf(ALICE), TokenCode: '12345' },
      "Value '12345' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6",
    ],
  ])('%j is a validation error in AWS’s words', async (input, words) => {
    await start();
    await expect(clientOf(ALICE).send(new GetSessionTokenCommand(input))).rejects.toEqual(
      refused('ValidationError', `1 validation error detected: ${words}`, 400),
    );
  });

  test.each([
    ['a root user', ROOT, 129_600, 3600],
    ['a user with a cap', { ...ALICE, maxSessionSeconds: 5 }, 900, 5],
    ['anyone else', ALICE, 129_600, 129_600],
  ])(
    '%s gets what AWS gives, whatever was asked (broamski/aws-mfa#64)',
    async (_who, user, asked, given) => {
      await start({ users: [user] });
      const { Expiration } = await sessionOf(user, sts.code(user.userName), asked);
      const seconds = ((Expiration?.getTime() ?? 0) - Date.now()) / 1000;
      expect(Math.abs(seconds - given)).toBeLessThan(60);
    },
  );
});

describe('AssumeRole', () => {
  test('a role that wants MFA takes a session with it, or a code; not bare keys', async () => {
    await start();
    await expect(assume(ALICE, ADMIN_ROLE.arn)).rejects.toEqual(
      refused(
        'AccessDenied',
        'User: arn:aws:iam::123456789012:user/alice is not authorized to perform: ' +
          'sts:AssumeRole on resource: arn:aws:iam::123456789012:role/admin',
        403,
      ),
    );
    const withoutCode = await sessionOf(ALICE);
    await expect(assume(withoutCode, ADMIN_ROLE.arn)).rejects.toEqual(refused('AccessDenied'));
    const session = await sessionOf(ALICE, sts.code('alice'));
    const assumed = await assume(session, ADMIN_ROLE.arn);
    const arn = 'arn:aws:sts::123456789012:assumed-role/admin/test-run';
    expect(assumed.arn).toBe(arn);
    expect((await identityOf(assumed.credentials)).Arn).toBe(arn);
    const code = { SerialNumber: serialOf(ALICE), TokenCode: await sts.nextCode('alice') };
    await assume(ALICE, ADMIN_ROLE.arn, { ...code, DurationSeconds: 43_200 });
    await expect(assume(ALICE, ADMIN_ROLE.arn, code)).rejects.toEqual(
      refused('AccessDenied', /invalid MFA one time pass code/),
    );
  });

  test('an external id, the role’s own maximum, and a session name that is too odd', async () => {
    await start();
    const id = { ExternalId: 'example-external-id' };
    await expect(assume(ALICE, DEPLOY_ROLE.arn)).rejects.toEqual(refused('AccessDenied'));
    await expect(assume(ALICE, DEPLOY_ROLE.arn, { ...id, DurationSeconds: 7200 })).rejects.toEqual(
      refused('ValidationError', /exceeds the MaxSessionDuration set/),
    );
    await expect(assume(ALICE, DEPLOY_ROLE.arn, { ...id, RoleSessionName: 'a b' })).rejects.toEqual(
      refused('ValidationError', /'roleSessionName' .* regular expression/),
    );
    await assume(ALICE, DEPLOY_ROLE.arn, id);
  });

  test('a role that is assumed with a session gets an hour at most, a chained one too', async () => {
    await start();
    const session = await sessionOf(ALICE, sts.code('alice'));
    const long = { DurationSeconds: 7200 };
    await expect(assume(session, ADMIN_ROLE.arn, long)).rejects.toEqual(
      refused('ValidationError', /1 hour session limit for roles assumed by role chaining/),
    );
    const { credentials: admin } = await assume(session, ADMIN_ROLE.arn);
    await expect(assume(admin, AUDIT_ROLE.arn, long)).rejects.toEqual(
      refused('ValidationError', /role chaining/),
    );
    await assume(admin, AUDIT_ROLE.arn);
    await expect(assume(ALICE, AUDIT_ROLE.arn)).rejects.toEqual(refused('AccessDenied'));
  });

  test('roles of China, and none for a root user', async () => {
    await start();
    const code = { SerialNumber: serialOf(GRACE), TokenCode: sts.code('grace') };
    await assume(GRACE, CHINA_ROLE.arn, code, 'cn-north-1');
    await expect(assume(ROOT, ADMIN_ROLE.arn)).rejects.toEqual(
      refused('AccessDenied', 'Roles may not be assumed by root accounts.'),
    );
  });
});

describe('faults', () => {
  beforeEach(() => start());

  test.each([
    ['throttle', 'Throttling', 400],
    ['500', 'InternalFailure', 500],
    ['503', 'ServiceUnavailable', 503],
    ['access-denied', 'AccessDenied', 403],
    ['region-disabled', 'RegionDisabledException', 403],
  ] as const)('%s is answered with %s, once', async (kind, name, status) => {
    sts.failNext({ kind });
    await expect(identityOf(ALICE)).rejects.toEqual(refused(name, undefined, status));
    await identityOf(ALICE);
    expect(sts.calls.map((call) => call.outcome)).toEqual([kind, 'ok']);
  });

  test('the SDK tries again on its own when throttled', async () => {
    sts.failNext({ kind: 'throttle', count: 2 });
    await identityOf(ALICE, { maxAttempts: 3 });
    expect(sts.calls).toHaveLength(3);
  });

  test('a reset spends no code; a reset after processing does', async () => {
    const code = sts.code('alice');
    sts.failNext({ kind: 'reset' });
    await expect(sessionOf(ALICE, code)).rejects.toThrow('ECONNRESET');
    expect(sts.sessions).toHaveLength(0);
    sts.failNext({ kind: 'reset-after-processing' });
    await expect(sessionOf(ALICE, code)).rejects.toThrow('ECONNRESET');
    expect(sts.sessions).toHaveLength(1);
    await expect(sessionOf(ALICE, code)).rejects.toEqual(refused('AccessDenied', BAD_CODE));
  });

  test('an answer cut short, a web page, no credentials', async () => {
    sts.failNext({ kind: 'cut-short' });
    await expect(identityOf(ALICE)).rejects.toThrow('aborted');
    sts.failNext({ kind: 'garbage' });
    expect((await identityOf(ALICE)).Arn).toBeUndefined();
    sts.failNext({ kind: 'empty-credentials' });
    await expect(sessionOf(ALICE, sts.code('alice'))).rejects.toThrow('no credentials');
  });

  test('a fault for one action leaves the others alone; one that hangs ends with close', async () => {
    sts.failNext({ kind: 'hang', action: 'GetSessionToken' });
    await identityOf(ALICE);
    const hanging = sessionOf(ALICE, sts.code('alice'));
    const ended = expect(hanging).rejects.toThrow('socket hang up');
    await sts.waitForCall('GetSessionToken');
    await sts.close();
    await ended;
    await start();
  });

  test('a delay is served all the same', async () => {
    sts.failNext({ kind: 'delay', ms: 300 });
    const before = performance.now();
    await identityOf(ALICE);
    expect(performance.now() - before).toBeGreaterThan(250);
  });
});

test('no secret is among the recorded calls, and every one is in secrets()', async () => {
  await start();
  const code = sts.code('alice');
  const session = await sessionOf(ALICE, code);
  await identityOf(session);
  const recorded = JSON.stringify(sts.calls);
  const { SecretAccessKey: key = '', SessionToken: token = '' } = session;
  expect(sts.secrets()).toEqual(
    expect.arrayContaining([
      code,
      key,
      token,
      ALICE.secretAccessKey,
      'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    ]),
  );
  for (const secret of sts.secrets()) expect(recorded).not.toContain(secret);
  expect(recorded).toContain('[token code]');
});
