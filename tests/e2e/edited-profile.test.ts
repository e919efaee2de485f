/**
 * After an edit of the profile, in every key that matters, the next command does otherwise: a
 * session of another identity is left, and what a session carries along is what the profile says
 */
import {
  ADMIN_ROLE,
  ALICE,
  CAROL,
  DEPLOY_ROLE,
  JUDY,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';

const scene = useScene();

const POWER_ROLE = { ...ADMIN_ROLE, arn: 'arn:aws:iam::123456789012:role/power' };
const DEVICE = serialOf(ALICE);
const [PHONE, TABLET] = JUDY.devices.map(({ serial }) => serial);

/** Settings of profiles, by their names; `undefined` takes a setting away. */
type Profiles = Record<string, Record<string, string | undefined>>;

const BEFORE: Profiles = {
  prod: { mfa_serial: DEVICE, region: 'eu-west-1', output: 'json' },
  other: { mfa_serial: DEVICE },
  judy: { mfa_serial: PHONE },
  admin: { role_arn: ADMIN_ROLE.arn, source_profile: 'prod' },
  deploy: {
    role_arn: DEPLOY_ROLE.arn,
    source_profile: 'prod',
    external_id: DEPLOY_ROLE.externalId,
  },
};

const asText = (profiles: Profiles): string =>
  Object.entries(profiles)
    .map(([name, settings]) => {
      const lines = Object.entries(settings).filter(([, value]) => value !== undefined);
      return `[profile ${name}]\n${lines.map(([key, value]) => `${key} = ${value}\n`).join('')}`;
    })
    .join('\n');

const edited = (changes: Profiles): string =>
  asText({
    ...BEFORE,
    ...Object.fromEntries(
      Object.entries(changes).map(([name, change]) => [name, { ...BEFORE[name], ...change }]),
    ),
  });

const as = (name: string, user: StsUser): StsUser => ({ ...user, userName: name });
const KEYS = credentialsOf(as('prod', ALICE), as('other', ALICE), JUDY);

/** A home whose profile `name` has a session by what {@link BEFORE} says. */
async function withSession(name: string, user: string): Promise<Sandbox> {
  const box = scene.box({ credentials: KEYS, config: asText(BEFORE) });
  const got = await box.run(['refresh', name, '-t', scene.sts.code(user)]);
  expect(got).toMatchObject({ code: 0 });
  expect(await stateOf(box, name)).toBe('valid');
  return box;
}

async function stateOf(box: Sandbox, name: string): Promise<string> {
  const { stdout } = await box.run(['status', name, '--json']);
  return (JSON.parse(stdout) as { profiles: { state: string }[] }).profiles[0]!.state;
}

describe('another identity: the session is left', () => {
  type Edit = (box: Sandbox) => void;
  const config =
    (changes: Profiles): Edit =>
    (box) => {
      box.writeConfig(edited(changes));
    };
  const credentials =
    (before: string, after: string): Edit =>
    (box) => {
      const text = box.readCredentials();
      expect(text).toContain(before);
      box.writeCredentials(text.replace(before, after));
    };

  test.each<[string, string, string, Edit, string]>([
    ['mfa_serial', 'judy', 'judy', config({ judy: { mfa_serial: TABLET } }), 'MFA device'],
    [
      'mfa_serial in the credentials file, which wins',
      'judy',
      'judy',
      credentials('[judy]\n', `[judy]\nmfa_serial = ${TABLET}\n`),
      'MFA device',
    ],
    [
      'aws_access_key_id',
      'prod',
      'alice',
      credentials(
        `[prod]\naws_access_key_id = ${ALICE.accessKeyId}`,
        `[prod]\naws_access_key_id = ${CAROL.accessKeyId}`,
      ),
      'access key',
    ],
    [
      'credential_process instead of the key',
      'prod',
      'alice',
      (box) => {
        credentials(`[prod]\naws_access_key_id = ${ALICE.accessKeyId}\n`, '[prod]\n')(box);
        credentials(`aws_secret_access_key = ${ALICE.secretAccessKey}\n`, '')(box);
        config({ prod: { credential_process: 'cat "$HOME/keys.json"' } })(box);
      },
      'access key',
    ],
    ['role_arn', 'admin', 'alice', config({ admin: { role_arn: POWER_ROLE.arn } }), 'role'],
    [
      'role_session_name',
      'admin',
      'alice',
      config({ admin: { role_session_name: 'alice@work' } }),
      'role session name',
    ],
    [
      'external_id',
      'deploy',
      'alice',
      config({ deploy: { external_id: 'another' } }),
      'external ID',
    ],
    [
      'external_id removed',
      'deploy',
      'alice',
      config({ deploy: { external_id: undefined } }),
      'external ID',
    ],
    [
      'source_profile, though the key is the same',
      'admin',
      'alice',
      config({ admin: { source_profile: 'other' } }),
      'source profile',
    ],
    [
      'source_profile',
      'admin',
      'alice',
      config({ admin: { source_profile: 'judy' } }),
      'source profile',
    ],
    [
      "the source's access key",
      'admin',
      'alice',
      credentials(ALICE.accessKeyId, CAROL.accessKeyId),
      'access key',
    ],
    [
      "the source's mfa_serial",
      'admin',
      'alice',
      config({ prod: { mfa_serial: PHONE } }),
      'MFA device',
    ],
    [
      "a role's own mfa_serial",
      'admin',
      'alice',
      config({ admin: { mfa_serial: PHONE }, prod: { mfa_serial: undefined } }),
      'MFA device',
    ],
  ])('%s', async (_what, name, user, edit, changed) => {
    const box = await withSession(name, user);
    edit(box);
    expect(await stateOf(box, name)).toBe('stale');
    const sent = scene.sts.calls.length;
    const old = scene.sts.sessions.at(-1)!.accessKeyId;
    const refreshed = await box.run(['refresh', name, '--no-prompt']);
    expect(refreshed.stderr).toContain(`${name}'s ${changed} has changed since`);
    for (const line of [
      ['whoami', name, '--no-prompt'],
      ['exec', name, '--no-prompt', '--', 'env'],
    ]) {
      expect((await box.run(line)).stdout).not.toContain(old);
    }
    expect(scene.sts.calls.slice(sent).map(({ accessKeyId }) => accessKeyId)).not.toContain(old);
  });

  test('session_profile: the session is looked for under the new name', async () => {
    const box = await withSession('prod', 'alice');
    box.writeConfig(edited({ prod: { session_profile: 'work' } }));
    expect(await stateOf(box, 'prod')).toBe('missing');
    expect(await box.run(['exec', 'prod', '--no-prompt', '--', 'env'])).toMatchObject({ code: 3 });
    await box.run(['refresh', 'prod', '-t', await scene.sts.nextCode('alice')]);
    expect(box.readCredentials()).toContain('\n[work]\n');
  });

  test('aws_account_id', async () => {
    const box = scene.box({
      credentials: KEYS,
      config: edited({ prod: { aws_account_id: '123456789012' } }),
    });
    await box.run(['refresh', 'prod', '-t', scene.sts.code('alice')]);
    const account = async () => {
      const { stdout } = await box.run(['credential-process', 'prod', '--no-prompt']);
      return stdout && (JSON.parse(stdout) as { AccountId: string }).AccountId;
    };
    expect(await account()).toBe('123456789012');
    box.writeConfig(edited({ prod: { aws_account_id: '777788889999' } }));
    expect(await stateOf(box, 'prod')).toBe('stale');
    expect(await account()).toBe('');
    await box.run(['refresh', 'prod', '-t', await scene.sts.nextCode('alice')]);
    expect(await account()).toBe('777788889999');
    expect(box.readCredentials()).toContain('\naws_account_id = 777788889999\n');
  });
});

describe('the same identity: what the next command does with it', () => {
  /** What the child of `exec` has in a variable. */
  async function seen(box: Sandbox, name: string, variable: string): Promise<string> {
    const line = ['exec', name, '--no-prompt', '--', 'sh', '-c', `echo "$${variable}"`];
    return (await box.run(line)).stdout.trim();
  }

  test('region: exec and env at once, the session’s section at the next refresh', async () => {
    const box = await withSession('prod', 'alice');
    box.writeConfig(edited({ prod: { region: 'ap-northeast-1' } }));
    expect(await seen(box, 'prod', 'AWS_REGION')).toBe('ap-northeast-1');
    expect(await seen(box, 'prod', 'AWS_DEFAULT_REGION')).toBe('ap-northeast-1');
    const { stdout } = await box.run(['env', 'prod', '--format', 'env']);
    expect(stdout).toContain('AWS_REGION=ap-northeast-1\n');
    await box.run(['refresh', 'prod', '--force', '-t', await scene.sts.nextCode('alice')]);
    expect(box.readCredentials()).toContain('\nregion = ap-northeast-1\n');
    expect(scene.sts.calls.at(-1)!.region).toBe('ap-northeast-1');
  });

  test('output reaches the section at the next refresh', async () => {
    const box = await withSession('prod', 'alice');
    box.writeConfig(edited({ prod: { output: 'table' } }));
    await box.run(['refresh', 'prod', '--force', '-t', await scene.sts.nextCode('alice')]);
    expect(box.readCredentials()).toMatch(/\n\[prod_token\]\n(?:(?!\[).*\n)*output = table\n/);
  });

  test('duration_seconds counts for the next session, and leaves the one that is there', async () => {
    const box = await withSession('prod', 'alice');
    box.writeConfig(edited({ prod: { duration_seconds: '3600' } }));
    expect(await box.run(['refresh', 'prod', '--no-prompt'])).toMatchObject({ code: 0 });
    await box.run(['refresh', 'prod', '--force', '-t', await scene.sts.nextCode('alice')]);
    expect(scene.sts.calls.at(-1)!.params['DurationSeconds']).toBe('3600');
  });

  test('duration_seconds and role_via of a role choose how it is assumed', async () => {
    const box = await withSession('admin', 'alice');
    const next = async (change: Record<string, string>) => {
      const before = scene.sts.calls.length;
      box.writeConfig(edited({ admin: change }));
      const line = ['refresh', 'admin', '--force', '-t', await scene.sts.nextCode('alice')];
      expect(await box.run(line)).toMatchObject({ code: 0 });
      return scene.sts.calls
        .slice(before)
        .map(({ action, params }) => [
          action,
          params['DurationSeconds'],
          params['TokenCode'] !== undefined,
        ]);
    };
    expect(await next({})).toEqual([['AssumeRole', '3600', false]]);
    expect(await next({ duration_seconds: '7200' })).toEqual([['AssumeRole', '7200', true]]);
    expect(await next({ duration_seconds: '7200', role_via: 'session' })).toEqual([
      ['AssumeRole', '3600', false],
    ]);
    expect(await next({ role_via: 'direct' })).toEqual([['AssumeRole', '3600', true]]);
  });

  test('mfa_process is run for the next code', async () => {
    const box = await withSession('prod', 'alice');
    const command = scene.sts.codeCommand('alice', { next: true });
    box.writeConfig(edited({ prod: { mfa_process: command } }));
    expect(await box.run(['refresh', 'prod', '--force'])).toMatchObject({ code: 0 });
    box.writeConfig(edited({ prod: { mfa_process: 'exit 3' } }));
    const failed = await box.run(['refresh', 'prod', '--force']);
    expect(failed).toMatchObject({ code: 3 });
    expect(failed.stderr).toContain('mfa_process');
  });

  test.each([
    ['endpoint_url', { endpoint_url: 'http://127.0.0.1:1' }, 6],
    ['ca_bundle that is not there', { ca_bundle: '/nonexistent/ca.pem' }, 4],
  ])('%s counts for the next call', async (_what, change, code) => {
    const box = await withSession('prod', 'alice');
    box.writeConfig(edited({ prod: change }));
    const env = { AWS_ENDPOINT_URL_STS: undefined };
    const line = ['refresh', 'prod', '--force', '-t', await scene.sts.nextCode('alice')];
    const endpoint = 'endpoint_url' in change ? [] : ['--endpoint-url', scene.sts.endpoint];
    expect(await box.run([...line, ...endpoint], { env })).toMatchObject({ code });
  });
});
