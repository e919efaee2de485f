/** The local IAM answers the real SDK about access keys, and refuses it, as AWS does. */
import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { ALICE, BOB, ERIN, serialOf } from '../../fixtures/sts/accounts.ts';
import type { LocalSts, StsOptions } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

let sts: LocalSts;
let closers: (() => void)[] = [];

async function start(options: StsOptions = {}): Promise<void> {
  sts = await startLocalSts({ totpClock: 'fresh', ...options });
}

afterEach(async () => {
  for (const close of closers) close();
  closers = [];
  await sts.close();
});

const settings = (credentials: Keys) => ({
  ...{ endpoint: sts.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 },
});

function iamOf(keys: Keys): IAMClient {
  const client = new IAMClient(settings(keys));
  closers.push(() => client.destroy());
  return client;
}

function identify(keys: Keys) {
  const client = new STSClient(settings(keys));
  closers.push(() => client.destroy());
  return client.send(new GetCallerIdentityCommand({}));
}

/** Keys of a session, got with a code unless told otherwise. */
async function sessionOf(user: typeof ALICE, hasCode = true): Promise<Keys> {
  const client = new STSClient(settings(user));
  closers.push(() => client.destroy());
  const input = hasCode ? { SerialNumber: serialOf(user), TokenCode: sts.code(user.userName) } : {};
  const { Credentials } = await client.send(new GetSessionTokenCommand(input));
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

async function create(client: IAMClient): Promise<Keys> {
  const { AccessKey } = await client.send(new CreateAccessKeyCommand({}));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
}

test('a key is created, listed, used, deactivated and deleted; two at most', async () => {
  await start();
  const iam = iamOf(await sessionOf(ALICE));
  const fresh = await create(iam);
  await expect(create(iam)).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    $metadata: { httpStatusCode: 409 },
  });
  const lastUse = new GetAccessKeyLastUsedCommand({ AccessKeyId: fresh.accessKeyId });
  const unused = await iam.send(lastUse);
  expect(unused.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
  expect((await identify(fresh)).Arn).toBe('arn:aws:iam::123456789012:user/alice');
  expect(sts.keys.works(fresh.accessKeyId, fresh.secretAccessKey)).toBe(true);
  const used = await iam.send(lastUse);
  expect(used.AccessKeyLastUsed).toMatchObject({ ServiceName: 'sts', Region: 'us-east-1' });
  expect(used.AccessKeyLastUsed?.LastUsedDate).toBeInstanceOf(Date);

  const which = { AccessKeyId: ALICE.accessKeyId };
  await iam.send(new UpdateAccessKeyCommand({ ...which, Status: 'Inactive' }));
  await expect(identify(ALICE)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  const { AccessKeyMetadata: both } = await iam.send(new ListAccessKeysCommand({}));
  expect(both?.map(({ AccessKeyId, Status }) => [AccessKeyId, Status])).toEqual([
    [ALICE.accessKeyId, 'Inactive'],
    [fresh.accessKeyId, 'Active'],
  ]);
  await iam.send(new DeleteAccessKeyCommand(which));
  expect(sts.keys.of('alice')).toHaveLength(1);
  await expect(iam.send(new DeleteAccessKeyCommand(which))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `The Access Key with id ${ALICE.accessKeyId} cannot be found.`,
  });
  expect(sts.secrets()).toEqual(expect.arrayContaining([fresh.secretAccessKey]));
});

test('another user’s key, a session without a code, a denied action and an odd status are refused', async () => {
  await start({ users: [{ ...ALICE, denied: ['UpdateAccessKey'] }, BOB, ERIN] });
  const iam = iamOf(await sessionOf(ALICE));
  const foreign = new DeleteAccessKeyCommand({ AccessKeyId: BOB.accessKeyId });
  await expect(iam.send(foreign)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  const update = { AccessKeyId: ALICE.accessKeyId, Status: 'Inactive' } as const;
  await expect(iam.send(new UpdateAccessKeyCommand(update))).rejects.toMatchObject({
    message: expect.stringContaining('not authorized to perform: iam:UpdateAccessKey') as string,
  });
  const odd = new UpdateAccessKeyCommand({ ...update, Status: 'Asleep' as 'Inactive' });
  await expect(iam.send(odd)).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(create(iamOf(await sessionOf(BOB, false)))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
  expect(sts.keys.of('erin')[0]?.status).toBe('Inactive');
});

test('a new key is known after a while, and not at once everywhere', async () => {
  await start({ propagation: [false, true, false] });
  const fresh = await create(iamOf(await sessionOf(ALICE)));
  const outcomes: string[] = [];
  for (let tries = 0; tries < 5; tries += 1) {
    outcomes.push(
      await identify(fresh).then(
        () => 'known',
        () => 'unknown',
      ),
    );
  }
  expect(outcomes).toEqual(['unknown', 'known', 'unknown', 'known', 'known']);
});

test('sessions outlive their key, or end with it', async () => {
  for (const sessionsEndWithKey of [false, true]) {
    await start({ sessionsEndWithKey });
    const session = await sessionOf(ALICE);
    const iam = iamOf(session);
    await create(iam);
    await iam.send(
      new UpdateAccessKeyCommand({ AccessKeyId: ALICE.accessKeyId, Status: 'Inactive' }),
    );
    const outcome = await identify(session).then(
      () => 'known',
      (error: Error) => error.name,
    );
    expect(outcome).toBe(sessionsEndWithKey ? 'InvalidClientTokenId' : 'known');
    if (!sessionsEndWithKey) await sts.close();
  }
});

test('an answer can be lost after the key was made, and a test hears of it before', async () => {
  const heard: string[] = [];
  await start({ beforeAnswer: (action) => heard.push(action) });
  const iam = iamOf(await sessionOf(ALICE));
  sts.failNext({ kind: 'reset-after-processing', action: 'CreateAccessKey' });
  await expect(create(iam)).rejects.toThrow();
  expect(sts.keys.of('alice')).toHaveLength(2);
  expect(heard).toEqual(['GetSessionToken', 'CreateAccessKey']);
});
