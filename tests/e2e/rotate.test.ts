/** `rotate` through the built command, against the local IAM. */
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  ALICE,
  BOB,
  DAVE,
  ERIN,
  ROOT,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import type { Action } from '../../fixtures/sts/accounts.ts';
import type { LocalSts, StsOptions } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { Child } from '../support/child.ts';
import { testWith } from '../support/needs.ts';
import type { Sandbox, SandboxOptions } from '../support/sandbox.ts';
import { expectMode, makeSandbox } from '../support/sandbox.ts';
import { journalOf, leftIn, pairIn, stateFolder, stateOf as keysOf } from '../support/rotation.ts';
import { configOf } from '../support/scene.ts';
import { addOwnStore } from '../support/store-programs.ts';
import { expectNoSecret } from '../support/secrets.ts';

let sts: LocalSts;
let boxes: Sandbox[] = [];

async function start(options: StsOptions = {}, settings: SandboxOptions = {}): Promise<Sandbox> {
  sts = await startLocalSts({ totpClock: 'fresh', ...options });
  const files = { credentials: credentialsOf(ALICE), config: configOf(ALICE) };
  const box = makeSandbox({ ...files, sts, ...settings });
  boxes.push(box);
  return box;
}

afterEach(async () => {
  for (const box of boxes) box.cleanup();
  boxes = [];
  await sts.close();
});

const code = (of = 'alice') => ['--token-code', sts.code(of)];
const rotate = (...more: string[]) => ['rotate', 'alice', ...more, ...code()];
const stateOf = (box: Sandbox) => keysOf(box, sts);
const actions = () => sts.calls.map(({ action }) => action);

test('the old key becomes inactive, the new one takes its place, and nothing else changes', async () => {
  const credentials = `# mine\r\n[other]\r\nregion = x\r\n\r\n${credentialsOf(ALICE)}# after\n[last]\nkey = 1`;
  const box = await start({}, { credentials });
  const run = await box.run(rotate());
  expect(run).toMatchObject({ code: 0, stdout: '' });
  const [id, secret] = pairIn(box);
  expect(id).not.toBe(ALICE.accessKeyId);
  expect(run.stderr).toBe(
    `mfa-profile: created the key ${id}; waiting until AWS accepts it\n` +
      `mfa-profile: the key of alice is ${id} now; ${ALICE.accessKeyId} is inactive\n` +
      `mfa-profile: once nothing needs ${ALICE.accessKeyId} any more, delete it: mfa-profile rotate alice --finish\n` +
      `mfa-profile: alice_token was issued for the old key; to get a new session: mfa-profile refresh alice\n`,
  );
  expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
  const rest = box
    .readCredentials()
    .replace(id, ALICE.accessKeyId)
    .replace(secret, ALICE.secretAccessKey)
    .replace(/\n\n\[alice_token\][^]*$/, '');
  expect(rest).toBe(credentials);
  expect(journalOf(box)).toEqual({
    version: 1,
    profile: 'alice',
    user: 'arn:aws:iam::123456789012:user/alice',
    old_access_key_id: ALICE.accessKeyId,
    began: expect.stringMatching(/Z$/) as string,
    stage: 'retired',
    access_key_id: id,
  });
  expect(actions()).toEqual([
    ...['GetSessionToken', 'ListAccessKeys', 'GetCallerIdentity', 'CreateAccessKey'],
    ...['GetCallerIdentity', 'GetCallerIdentity', 'UpdateAccessKey'],
  ]);
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  expectMode(stateFolder(box), 0o700);
  for (const name of leftIn(stateFolder(box))) {
    expectMode(path.join(stateFolder(box), name), 0o600);
  }
});

test('the session of the old key is stale, and refresh gets one with the new key', async () => {
  const box = await start();
  await box.run(rotate());
  const run = await box.run(['refresh', 'alice', ...code()]);
  expect(run).toMatchObject({ code: 0 });
  expect(run.stderr).toMatch(/alice_token is stale: alice's access key has changed since/);
  expect(sts.calls.at(-1)).toMatchObject({ accessKeyId: pairIn(box)[0], outcome: 'ok' });
});

test('--finish deletes the old key, and so does --delete at once', async () => {
  const box = await start();
  await box.run(rotate());
  const finish = await box.run(rotate('--finish'));
  expect(finish).toMatchObject({ code: 0, stdout: '' });
  expect(finish.stderr).toContain(`mfa-profile: deleted the key ${ALICE.accessKeyId}\n`);
  expect(stateOf(box)).toEqual({ works: true, keys: ['new Active'] });
  expect(journalOf(box)).toBeUndefined();

  const [first] = pairIn(box);
  const again = await box.run(rotate('--delete'));
  expect(again).toMatchObject({ code: 0 });
  expect(again.stderr).toContain(`; ${first} is deleted\n`);
  expect(stateOf(box)).toEqual({ works: true, keys: ['new Active'] });
  expect(leftIn(stateFolder(box))).toEqual([]);
});

test('--json tells what was done, and --quiet says nothing', async () => {
  const box = await start();
  const run = await box.run(rotate('--json', '--quiet', '--delete'));
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(run.stdout)).toEqual({
    profile: 'alice',
    action: 'rotated',
    access_key_id: pairIn(box)[0],
    old_access_key_id: ALICE.accessKeyId,
    old_state: 'deleted',
    shared_with: [],
  });
  const none = await box.run(rotate('--json', '--finish'));
  expect(none.code).toBe(0);
  expect(JSON.parse(none.stdout)).toMatchObject({ action: 'none', old_access_key_id: null });
});

test.each(['--finish', '--abandon'])(
  '%s with nothing pending asks and calls nobody',
  async (option) => {
    const box = await start();
    const run = await box.run(['rotate', 'alice', option]);
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toBe(
      'mfa-profile: no rotation of the key of alice is unfinished: nothing to do\n',
    );
    expect(sts.calls).toEqual([]);
  },
);

test('a session in hand is used, and a session’s name means its source', async () => {
  const box = await start();
  await box.run(['refresh', 'alice', ...code()]);
  expect(await box.run(['rotate', 'alice_token', '--no-prompt'])).toMatchObject({ code: 0 });
  expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
  expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
});

test('a root user’s key, and a key of another profile than the user’s name', async () => {
  const box = await start(
    {},
    {
      credentials: credentialsOf({ ...ROOT, userName: 'prod' }),
      config: `[profile prod]\nmfa_serial = ${serialOf(ROOT)}\n`,
    },
  );
  expect(await box.run(['rotate', 'prod', ...code('root')])).toMatchObject({ code: 0 });
  expect(sts.keys.works(...pairIn(box, 'prod'))).toBe(true);
});

test('other sections with the same key are named, and not touched', async () => {
  const twin = `[twin]\naws_access_key_id = ${ALICE.accessKeyId}\naws_secret_access_key = ${ALICE.secretAccessKey}\n`;
  const box = await start(
    {},
    {
      credentials: `${credentialsOf(ALICE)}\n${twin}`,
      config: `${configOf(ALICE)}\n[profile tri]\naws_access_key_id = ${ALICE.accessKeyId}\n`,
    },
  );
  const run = await box.run(rotate('--json'));
  expect(run.stderr).toContain(
    `warning: the old key ${ALICE.accessKeyId} is in other sections, too, which were not changed: [twin], [profile tri]\n`,
  );
  expect(JSON.parse(run.stdout)).toMatchObject({ shared_with: ['twin', 'profile tri'] });
  expect(box.readCredentials()).toContain(twin);
});

describe('what is known before a code is asked for', () => {
  const unasked = async (box: Sandbox, args: string[], exit: number, said: RegExp) => {
    const run = await box.run([...args, '--no-prompt']);
    expect(`${run.code} ${run.stderr}`).toMatch(said);
    expect(run.code).toBe(exit);
    expect(sts.calls).toEqual([]);
  };

  test('a role, keys of a program, keys in the config file, no key, a session, no such profile', async () => {
    const config =
      `${configOf(ALICE)}\n[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = alice\n` +
      '[profile vault]\ncredential_process = print-keys\n' +
      '[profile conf]\naws_access_key_id = AKIAMADEUPKEYCONF000\naws_secret_access_key = made+up/secret+of+conf+not+a+real+key000\n' +
      '[profile empty]\nregion = eu-west-1\n';
    const session =
      '[held]\naws_access_key_id = ASIAMADEUPSESSION000\naws_secret_access_key = made+up/x0000\naws_session_token = t0000000\n';
    const box = await start({}, { credentials: `${credentialsOf(ALICE)}\n${session}`, config });
    await unasked(box, ['rotate', 'admin'], 4, /is a role, [^]*hint: .*mfa-profile rotate alice\n/);
    await unasked(box, ['rotate', 'vault'], 4, /comes from its credential_process/);
    await unasked(box, ['rotate', 'conf'], 4, /is in .*config; only one in the credentials file/);
    await unasked(box, ['rotate', 'empty'], 4, /has no access key/);
    await unasked(box, ['rotate', 'held'], 4, /holds a session/);
    await unasked(box, ['rotate', 'nobody'], 4, /no profile nobody/);
  });

  test('a section that is there twice', async () => {
    const box = await start({}, { credentials: `${credentialsOf(ALICE)}\n[alice]\nregion = x\n` });
    await unasked(box, ['rotate', 'alice'], 4, /credentials, line 5: .*\[alice\]/);
  });

  test('a place for the journal that cannot be written', async () => {
    const box = await start();
    box.writeFile('file', 'x');
    const run = await box.run(['rotate', 'alice', '--no-prompt'], {
      env: { XDG_STATE_HOME: box.path('file') },
    });
    expect(run.code).toBe(7);
    expect(run.stderr).toMatch(/cannot write .*rotation-[0-9a-f]{16}\.json/);
    expect(sts.calls).toEqual([]);
  });

  test('options that contradict each other, and an ID that is none', async () => {
    const box = await start();
    for (const options of [
      ['--finish', '--abandon'],
      ['--delete', '--abandon'],
      ['--finish', '--replace-key', BOB.accessKeyId],
      ['--replace-key', 'hunter2'],
      ['--replace-key', ALICE.secretAccessKey],
    ]) {
      const run = await box.run(['rotate', 'alice', ...options]);
      expect(run.code).toBe(2);
      expectNoSecret(run.stderr, [...sts.secrets(), 'hunter2']);
    }
    expect(sts.calls).toEqual([]);
  });

  test('a journal that nobody has written', async () => {
    const box = await start();
    await box.run(rotate());
    const folder = stateFolder(box);
    const [name] = leftIn(folder);
    writeFileSync(path.join(folder, name!), '{"version":2}\n');
    const run = await box.run(['rotate', 'alice', '--no-prompt']);
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(
      /rotation-\w+\.json, line 1: it is not what mfa-profile has written/,
    );
  });
});

describe('a second key', () => {
  /** A second key that somebody has made, active or not, used or not. */
  const withSecond = async (status: 'Active' | 'Inactive', isUsed: boolean) => {
    const box = await start();
    const second = sts.keys.create(sts.user('alice'), new Date(Date.UTC(2025, 0, 15, 9, 30)));
    second.status = status;
    const at = new Date(Date.UTC(2026, 5, 1, 8));
    if (isUsed) second.lastUsed = { at, service: 's3', region: 'eu-west-1' };
    return { box, id: second.accessKeyId };
  };

  test.each([
    ['Active', true, 'active, created 2025-01-15 09:30, last used 2026-06-01 08:00'],
    ['Inactive', false, 'inactive, created 2025-01-15 09:30, never used'],
  ] as const)('%s: it is named, and nothing is changed', async (status, isUsed, said) => {
    const { box, id } = await withSecond(status, isUsed);
    const run = await box.run(rotate());
    expect(run.code).toBe(4);
    expect(run.stderr).toContain(
      `the user of alice has a second key, and IAM allows two: ${id} (${said})`,
    );
    const yes = status === 'Active' ? ' --yes' : '';
    expect(run.stderr).toContain(`mfa-profile rotate alice --replace-key ${id}${yes}\n`);
    expect(pairIn(box)).toEqual([ALICE.accessKeyId, ALICE.secretAccessKey]);
    expect(sts.keys.of('alice')).toHaveLength(2);
    expect(journalOf(box)).toBeUndefined();
  });

  test('an inactive one is deleted by its ID, an active one only with --yes', async () => {
    const { box, id } = await withSecond('Active', false);
    expect(await box.run(rotate('--replace-key', id))).toMatchObject({ code: 4 });
    expect(await box.run(rotate('--replace-key', ALICE.accessKeyId, '--yes'))).toMatchObject({
      code: 4,
    });
    expect(sts.callsOf('DeleteAccessKey')).toEqual([]);
    const run = await box.run(rotate('--replace-key', id, '--yes'));
    expect(run).toMatchObject({ code: 0 });
    expect(run.stderr).toContain(`deleted the key ${id}\n`);
    expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });

    // What the last rotation left is named in its own way, and goes by its ID as well.
    const retired = await box.run(rotate());
    expect(retired.code).toBe(4);
    expect(retired.stderr).toMatch(
      /it is the one before the last rotation.*rotate alice --finish\n/,
    );
    const third = await box.run(rotate('--replace-key', ALICE.accessKeyId));
    expect(third).toMatchObject({ code: 0 });
    expect(stateOf(box)).toEqual({ works: true, keys: ['new Inactive', 'new Active'] });
  });

  test('one that was made since the keys were listed is named as well', async () => {
    let isListed = false;
    const box = await start({
      beforeAnswer: (action) => {
        if (action !== 'ListAccessKeys' || isListed) return;
        isListed = true;
        sts.keys.create(sts.user('alice'), new Date());
      },
    });
    const run = await box.run(rotate());
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(
      /has a second key, and IAM allows two: AKIA\w+ \(active, .*never used\)/,
    );
    expect(pairIn(box)).toEqual([ALICE.accessKeyId, ALICE.secretAccessKey]);
    expect(sts.keys.of('alice')).toHaveLength(2);
    expect(journalOf(box)).toBeUndefined();
  });

  test('--delete deletes what the last rotation left, and what this one does', async () => {
    const box = await start();
    await box.run(rotate());
    const [first] = pairIn(box);
    const run = await box.run(rotate('--delete'));
    expect(run).toMatchObject({ code: 0 });
    expect(run.stderr).toContain(`deleted the key ${ALICE.accessKeyId}\n`);
    expect(run.stderr).toContain(`; ${first} is deleted\n`);
    expect(stateOf(box)).toEqual({ works: true, keys: ['new Active'] });
  });

  test('its last use need not be told', async () => {
    const box = await start({ users: [{ ...ALICE, denied: ['GetAccessKeyLastUsed'] }] });
    sts.keys.create(sts.user('alice'), new Date());
    const run = await box.run(rotate());
    expect(run.code).toBe(4);
    expect(run.stderr).toContain('last use not known)');
  });

  test('one that was made active again is not deleted by --finish', async () => {
    const box = await start();
    await box.run(rotate());
    sts.keys.of('alice')[0]!.status = 'Active';
    const run = await box.run(rotate('--finish'));
    expect(run.code).toBe(4);
    expect(run.stderr).toContain(`${ALICE.accessKeyId} (active, `);
    expect(stateOf(box).keys).toEqual(['old Active', 'new Active']);
  });
});

test('an inactive key of the profile’s, and one that IAM does not list', async () => {
  const box = await start({}, { credentials: credentialsOf(ALICE, ERIN) });
  await box.run(['refresh', 'alice', ...code()]);
  sts.keys.of('alice')[0]!.status = 'Inactive';
  const inactive = await box.run(['rotate', 'alice', '--no-prompt']);
  expect(inactive.code).toBe(4);
  expect(inactive.stderr).toContain(`the key of profile alice is inactive: ${ALICE.accessKeyId}`);
  sts.keys.delete(sts.user('alice'), ALICE.accessKeyId);
  const unlisted = await box.run(['rotate', 'alice', '--no-prompt']);
  expect(unlisted.code).toBe(4);
  expect(unlisted.stderr).toContain(`AWS lists no key ${ALICE.accessKeyId}`);
});

describe('what AWS denies', () => {
  test.each(['ListAccessKeys', 'CreateAccessKey'] as Action[])(
    '%s: exit 5, with the policy, and nothing is changed',
    async (action) => {
      const box = await start({ users: [{ ...ALICE, denied: [action] }] });
      const run = await box.run(rotate());
      expect(run.code).toBe(5);
      expect(run.stderr).toContain(`AWS denied ${action}: `);
      const policy = /hint: .*: (\{.*\})\n/.exec(run.stderr)?.[1] ?? '';
      expect(JSON.parse(policy)).toEqual({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['Create', 'Delete', 'GetLastUsed', 'List', 'Update'].map((verb) =>
              verb === 'GetLastUsed'
                ? 'iam:GetAccessKeyLastUsed'
                : `iam:${verb}AccessKey${verb === 'List' ? 's' : ''}`,
            ),
            Resource: 'arn:aws:iam::*:user/${aws:username}',
          },
        ],
      });
      expect(stateOf(box)).toEqual({ works: true, keys: ['old Active'] });
      expect(journalOf(box)).toBeUndefined();
    },
  );

  test('UpdateAccessKey: the new key is in use, both are active, and the next run goes on', async () => {
    const denied: Action[] = ['UpdateAccessKey'];
    const box = await start({ users: [{ ...ALICE, denied }] });
    const run = await box.run(rotate());
    expect(run.code).toBe(5);
    expect(run.stderr).toContain('AWS denied UpdateAccessKey: ');
    expect(stateOf(box)).toEqual({ works: true, keys: ['old Active', 'new Active'] });
    expect(journalOf(box)).toMatchObject({ stage: 'stored' });
    const abandon = await box.run(rotate('--abandon'));
    expect(abandon.code).toBe(4);
    expect(abandon.stderr).toMatch(/is in the credentials file already/);
    denied.pop();
    const next = await box.run(rotate());
    expect(next.code).toBe(0);
    expect(next.stderr).toContain('going on with the rotation of the key of alice that began ');
    expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
  });

  test('DeleteAccessKey: the old key is inactive, and --finish deletes it later', async () => {
    const denied: Action[] = ['DeleteAccessKey'];
    const box = await start({ users: [{ ...ALICE, denied }] });
    expect(await box.run(rotate('--delete'))).toMatchObject({ code: 5 });
    expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
    denied.pop();
    expect(await box.run(rotate('--finish'))).toMatchObject({ code: 0 });
    expect(stateOf(box)).toEqual({ works: true, keys: ['new Active'] });
  });

  test('a user who may do nothing at all, and a code that AWS rejects', async () => {
    const box = await start({}, { credentials: credentialsOf(DAVE), config: configOf(DAVE) });
    expect(await box.run(['rotate', 'dave', ...code('dave')])).toMatchObject({ code: 5 });
    expect(await box.run(['rotate', 'dave', '--force', '-t', '000000'])).toMatchObject({ code: 5 });
    expect(await box.run(['rotate', 'dave', '--force', '--no-prompt'])).toMatchObject({ code: 3 });
    expect(sts.keys.of('dave')).toHaveLength(1);
  });
});

describe('answers that are lost', () => {
  test.each(['reset-after-processing', 'cut-short', 'garbage', '500'] as const)(
    'to CreateAccessKey (%s): exit 6, not sent again, and the next run settles it',
    async (kind) => {
      const box = await start();
      sts.failNext({ kind, action: 'CreateAccessKey' });
      const run = await box.run(rotate());
      expect(run.code).toBe(6);
      expect(run.stderr).toContain('AWS may have made a key for alice whose secret nobody has');
      expectNoSecret(run.stderr, sts.secrets());
      expect(sts.callsOf('CreateAccessKey')).toHaveLength(1);
      expect(journalOf(box)).toMatchObject({ stage: 'creating' });
      expect(stateOf(box).works).toBe(true);
      const wasMade = sts.keys.of('alice').length === 2;

      if (wasMade) {
        const alone = await box.run(['rotate', 'alice', '--no-prompt']);
        expect(alone.code).toBe(4);
        expect(alone.stderr).toMatch(/an interrupted rotation made it.*rotate alice --abandon\n/);
        expect(sts.callsOf('DeleteAccessKey')).toEqual([]);
      }
      const next = await box.run(['rotate', 'alice', '--no-prompt', '--yes']);
      expect(next).toMatchObject({ code: 0 });
      expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
    },
  );

  test('--abandon deletes what such an answer was about, and no other key', async () => {
    const box = await start();
    sts.failNext({ kind: 'reset-after-processing', action: 'CreateAccessKey' });
    await box.run(rotate());
    const lost = sts.keys.of('alice')[1]!;
    lost.lastUsed = { at: new Date(), service: 's3', region: 'eu-west-1' };
    expect(await box.run(['rotate', 'alice', '--no-prompt', '--abandon'])).toMatchObject({
      code: 0,
    });
    // Somebody uses it: it is not what was made here.
    expect(stateOf(box)).toEqual({ works: true, keys: ['old Active', 'new Active'] });
    expect(journalOf(box)).toBeUndefined();
    const next = await box.run(['rotate', 'alice', '--no-prompt']);
    expect(next.code).toBe(4);
    expect(next.stderr).toContain(`--replace-key ${lost.accessKeyId} --yes`);
  });

  test('--abandon of one that nobody has used leaves the user as before', async () => {
    const box = await start();
    sts.failNext({ kind: 'reset-after-processing', action: 'CreateAccessKey' });
    await box.run(rotate());
    const run = await box.run(['rotate', 'alice', '--no-prompt', '--abandon', '--json']);
    expect(run).toMatchObject({ code: 0 });
    expect(JSON.parse(run.stdout)).toMatchObject({
      action: 'abandoned',
      access_key_id: ALICE.accessKeyId,
    });
    expect(stateOf(box)).toEqual({ works: true, keys: ['old Active'] });
    expect(journalOf(box)).toBeUndefined();
  });

  test.each(['UpdateAccessKey', 'DeleteAccessKey'] as const)(
    'to %s: it is sent again',
    async (action) => {
      const box = await start();
      sts.failNext({ kind: 'reset-after-processing', action });
      expect(await box.run(rotate('--delete'))).toMatchObject({ code: 0 });
      expect(stateOf(box)).toEqual({ works: true, keys: ['new Active'] });
      expect(leftIn(stateFolder(box))).toEqual([]);
    },
  );
});

test('a journal that cannot be written once the key was made: the new key is deleted, exit 7', async () => {
  const box = await start({
    beforeAnswer: (action) => {
      if (action !== 'CreateAccessKey') return;
      renameSync(stateFolder(box), box.path('moved'));
      writeFileSync(stateFolder(box), 'x');
    },
  });
  const run = await box.run(rotate());
  expect(run.code).toBe(7);
  expect(run.stderr).toMatch(/cannot write .*rotation-\w+\.json/);
  expect(stateOf(box)).toEqual({ works: true, keys: ['old Active'] });
  expectNoSecret([run.stdout, run.stderr], sts.secrets());
});

test('a new key is tried until AWS takes it twice in a row', async () => {
  const box = await start({ propagation: [false, false, true, false] });
  const run = await box.run(rotate('--debug'));
  expect(run.code).toBe(0);
  expect(sts.callsOf('GetCallerIdentity').map(({ outcome }) => outcome)).toEqual([
    ...['ok', 'InvalidClientTokenId', 'InvalidClientTokenId', 'ok', 'InvalidClientTokenId'],
    ...['ok', 'ok'],
  ]);
  expect(stateOf(box).works).toBe(true);
  expectNoSecret([run.stdout, run.stderr], sts.secrets());
});

test('a session that ends with its key is followed by one of the new key', async () => {
  const box = await start({ sessionsEndWithKey: true });
  box.writeConfig(`${configOf(ALICE)}mfa_process = ${sts.codeCommand('alice', { next: true })}\n`);
  const run = await box.run(['rotate', 'alice', '--delete', '--no-prompt']);
  expect(run).toMatchObject({ code: 0 });
  expect(stateOf(box)).toEqual({ works: true, keys: ['new Active'] });
  expect(sts.callsOf('GetSessionToken').map(({ accessKeyId }) => accessKeyId)).toEqual([
    ALICE.accessKeyId,
    pairIn(box)[0],
  ]);
});

test('a key that was changed meanwhile stays, and both keys are kept', async () => {
  const box = await start({
    beforeAnswer: (action) => {
      if (action !== 'CreateAccessKey') return;
      box.writeCredentials(credentialsOf({ ...BOB, userName: 'alice' }));
    },
  });
  const run = await box.run(rotate());
  expect(run.code).toBe(4);
  expect(run.stderr).toMatch(
    /was changed meanwhile: the new key \w+ was not stored, and both are active/,
  );
  expect(pairIn(box)[0]).toBe(BOB.accessKeyId);
  expect(stateOf(box).keys).toEqual(['old Active', 'new Active']);
  expect(journalOf(box)).toMatchObject({ stage: 'created' });
  box.writeCredentials(credentialsOf(ALICE));
  const next = await box.run(rotate('--finish'));
  expect(next).toMatchObject({ code: 0 });
  expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
});

test('a new key whose secret was lost from the file is put back from the journal', async () => {
  const seen: string[] = [];
  let child: Child | undefined;
  const box = await start({
    beforeAnswer: (action) => {
      seen.push(action);
      if (seen.includes('CreateAccessKey') && action === 'GetCallerIdentity') child?.kill();
    },
  });
  child = box.spawn(rotate());
  await child.result;
  child = undefined;
  const { access_key_id: id = '', secret_access_key: secret = '' } = journalOf(box)!;
  box.writeCredentials(
    credentialsOf({
      ...ALICE,
      accessKeyId: id,
      secretAccessKey: 'made+up/half+of+a+secret+0000000000000000',
    }),
  );
  expect(await box.run(rotate())).toMatchObject({ code: 0 });
  expect(pairIn(box)).toEqual([id, secret]);
  expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
});

describe('a key in a store', () => {
  test('is replaced there, and nothing of it comes into a file', async () => {
    const box = await start();
    const store = addOwnStore(box);
    expect(await box.run(['keys', 'move', 'alice', '--to', store])).toMatchObject({ code: 0 });
    const files = [box.readCredentials(), box.readConfig()];
    const run = await box.run(rotate('--delete'));
    expect(run).toMatchObject({ code: 0 });
    expect(run.stderr).toContain('mfa-profile refresh alice --force\n');
    await expectNewKeyInStore(box);
    expect(sts.keys.of('alice')).toHaveLength(1);
    expect(box.readCredentials().replace(/\n*\[alice_token\][^]*$/, '')).toBe(files[0]!.trimEnd());
    expect(box.readConfig()).toBe(files[1]);
    expect(leftIn(stateFolder(box))).toEqual([]);
    expectNoSecret([run.stdout, run.stderr], sts.secrets());
    expect(await box.run(['refresh', 'alice', '--force', ...code()])).toMatchObject({ code: 0 });
  });

  async function expectNewKeyInStore(box: Sandbox): Promise<void> {
    const read = await box.run(['keys', 'read', 'alice']);
    const { AccessKeyId: id, SecretAccessKey: secret } = JSON.parse(read.stdout) as Record<
      string,
      string
    >;
    expect(id).not.toBe(ALICE.accessKeyId);
    expect(sts.keys.works(id!, secret!)).toBe(true);
  }

  /** A store that does `how` with what it is given while there is a file `bad`. */
  const spoiling = (box: Sandbox, how: string) =>
    box.writeFile(
      'bin/spoiling',
      `#!/bin/sh
kept="$HOME/kept"
case $1 in
store) if [ -e "$HOME/bad" ]; then ${how}; else cat >"$kept"; fi ;;
read) [ ! -e "$kept" ] || cat "$kept" ;;
delete) rm "$kept" ;;
esac
`,
      0o755,
    );

  test.each([
    ['other characters in it', `sed 's/"SecretAccessKey":"./&_/' >"$kept"`],
    ['its end cut off', 'head -c 60 >"$kept"'],
    ['nothing', 'cat >/dev/null; rm -f "$kept"'],
    ['what it had', 'cat >/dev/null'],
    ['what it had, and says so', 'cat >/dev/null; echo locked >&2; exit 1'],
  ])('that keeps %s of the new key: the journal has it until the store does', async (what, how) => {
    const box = await start();
    const store = spoiling(box, how);
    await box.run(['keys', 'move', 'alice', '--to', store]);
    box.writeFile('bad', '');
    const first = await box.run(rotate());
    expect(first.code).toBe(4);
    expect(first.stderr).toMatch(
      /warning: the new key AKIA\w+ is not lost: .+rotation-\w+\.json keeps it until the store has it\n/,
    );
    expectNoSecret(first, sts.secrets());
    // Also where the session has expired, and with either wish.
    await box.run(['clear', 'alice']);
    for (const wish of [[], ['--finish'], ['--delete']]) {
      expect(await box.run(rotate(...wish))).toMatchObject({ code: 4 });
      expect(journalOf(box)).toMatchObject({ stage: 'created' });
      expect(sts.keys.of('alice').map(({ status }) => status)).toEqual(['Active', 'Active']);
    }
    rmSync(box.path('bad'));
    const isOldThere = what.startsWith('what it had');
    if (!isOldThere) {
      const abandon = await box.run(rotate('--abandon'));
      expect(abandon.code).toBe(4);
      expect(abandon.stderr).toMatch(/and the old one's secret is gone/);
      expect(sts.keys.of('alice')).toHaveLength(2);
    }
    expect(await box.run(rotate('--finish'))).toMatchObject({ code: 0 });
    await expectNewKeyInStore(box);
    expect(sts.keys.of('alice').map(({ status }) => status)).toEqual(['Inactive', 'Active']);
  });

  test('whose session ends with the old key gets one with the new', async () => {
    const box = await start({ sessionsEndWithKey: true });
    box.writeConfig(
      `${configOf(ALICE)}mfa_process = ${sts.codeCommand('alice', { next: true })}\n`,
    );
    const store = addOwnStore(box);
    await box.run(['keys', 'move', 'alice', '--to', store]);
    expect(await box.run(['rotate', 'alice', '--no-prompt'])).toMatchObject({ code: 0 });
    expect(await box.run(['rotate', 'alice', '--finish', '--no-prompt'])).toMatchObject({
      code: 0,
    });
    expect(sts.keys.of('alice')).toHaveLength(1);
  });
});

test('twenty at once make one new key, and the others find it done', async () => {
  const box = await start();
  const token = code();
  const runs = await Promise.all(
    Array.from({ length: 20 }, () => box.run(['rotate', 'alice', '--delete', ...token])),
  );
  expect(runs.map((run) => (run.code === 0 ? 0 : run.stderr))).toEqual(runs.map(() => 0));
  expect(sts.callsOf('CreateAccessKey')).toHaveLength(1);
  expect(sts.callsOf('GetSessionToken')).toHaveLength(1);
  const done = /another mfa-profile has just rotated the key of alice: nothing left to do\n$/;
  expect(runs.filter(({ stderr }) => done.test(stderr))).toHaveLength(19);
  expect(stateOf(box)).toEqual({ works: true, keys: ['new Active'] });
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
});

describe('on a terminal', () => {
  testWith(
    ['pty'],
    'a person is asked for the code, and offered a session with the new key',
    async () => {
      const box = await start();
      const pty = box.openPty(['rotate', 'alice']);
      await pty.waitFor(/MFA code for alice/);
      pty.type(`${sts.code('alice')}\r`);
      await pty.waitFor(/Get a session with the new key now\?/);
      pty.type('y\r');
      await pty.waitFor(/MFA code for alice/);
      pty.type(`${await sts.nextCode('alice')}\r`);
      expect((await pty.exit).code).toBe(0);
      expect(pty.screen).toMatch(/alice_token refreshed/);
      expect(sts.calls.at(-1)).toMatchObject({
        action: 'GetSessionToken',
        accessKeyId: pairIn(box)[0],
      });
      expectNoSecret(pty.screen, sts.keys.secrets);
    },
  );

  testWith(['pty'], 'a lost key is deleted only if the person wants it', async () => {
    const box = await start();
    sts.failNext({ kind: 'reset-after-processing', action: 'CreateAccessKey' });
    await box.run(rotate());
    const no = box.openPty(['rotate', 'alice', '--quiet']);
    await no.waitFor(/nobody has its secret\. Delete it\?/);
    no.type('n\r');
    expect((await no.exit).code).toBe(4);
    expect(sts.callsOf('DeleteAccessKey')).toEqual([]);
    const yes = box.openPty(['rotate', 'alice', '--quiet']);
    await yes.waitFor(/Delete it\?/);
    yes.type('y\r');
    expect((await yes.exit).code).toBe(0);
    expect(stateOf(box)).toEqual({ works: true, keys: ['old Inactive', 'new Active'] });
  });
});

test('the journal lies where XDG_STATE_HOME says, one for each profile and file', async () => {
  const box = await start(
    {},
    { credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) },
  );
  const env = { XDG_STATE_HOME: box.path('elsewhere') };
  await box.run(rotate(), { env });
  await box.run(['rotate', 'bob', ...code('bob')], { env });
  expect(leftIn(box.path('elsewhere/mfa-profile'))).toHaveLength(2);
  expect(leftIn(stateFolder(box))).toEqual([]);
  // A path that is none by the specification is passed over.
  await box.run(rotate('--finish'), { env: { XDG_STATE_HOME: 'relative' } });
  expect(existsSync(box.path('relative'))).toBe(false);
  expect(statSync(box.path('elsewhere/mfa-profile')).isDirectory()).toBe(true);
});
