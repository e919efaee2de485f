/**
 * `keys` with the programs themselves, where a Debian has them: the desktop's keyring on a bus of
 * its own, and pass with a key of its own. All other stores: keys.test.ts.
 */
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { describeWith } from '../support/needs.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();

const BEFORE = credentialsOf({ ...ALICE, userName: 'prod' });
const CONFIG = `[profile prod]\nmfa_serial = ${serialOf(ALICE)}\n`;

const open = (): Sandbox => scene.box({ credentials: BEFORE, config: CONFIG });

/** Moves, looks, gets a session, moves back; what was said is in `said`, each part in its own file. */
const script = (store: string): string => `set -e
mfa-profile keys move prod --to ${store} 2>said
! grep -q aws_secret "$HOME/.aws/credentials"
cp "$HOME/.aws/credentials" after
mfa-profile keys show prod --json >shown
sh -c "$(sed -n 's/^credential_process = //p' "$HOME/.aws/config")" >read
mfa-profile refresh prod -t "$CODE" 2>>said
mfa-profile whoami prod
mfa-profile clear prod 2>>said
cmp "$HOME/.aws/credentials" after
mfa-profile keys move prod --to ${store} 2>>said && exit 1
mfa-profile keys restore prod 2>>said
`;

async function expectMoved(
  box: Sandbox,
  store: string,
  run: (script: string, env: NodeJS.ProcessEnv) => Promise<{ code: number | null; stdout: string }>,
): Promise<void> {
  const env = { CODE: scene.sts.code('alice') };
  const result = await run(script(store), env);
  const { stdout: said } = await box.exec('cat', [box.path('said')]);
  expect({ ...result, said }).toMatchObject({ code: 0 });
  expect(result.stdout).toContain(':user/alice');
  expectNoSecret(said, scene.sts.secrets());
  const { stdout: shown } = await box.exec('cat', [box.path('shown')]);
  expect(JSON.parse(shown)).toMatchObject({
    profiles: [{ store, entry: 'mfa-profile/prod', access_key_id: ALICE.accessKeyId, age_days: 0 }],
  });
  const { stdout: read } = await box.exec('cat', [box.path('read')]);
  expect(JSON.parse(read)).toEqual({
    Version: 1,
    AccessKeyId: ALICE.accessKeyId,
    SecretAccessKey: ALICE.secretAccessKey,
  });
  expect([box.readCredentials(), box.readConfig()]).toEqual([BEFORE, CONFIG]);
}

describeWith(['keyring'], 'the keyring of the desktop', () => {
  test('takes the key, gives it to the AWS tools and to this program, and gives it back', async () => {
    const box = open();
    await expectMoved(box, 'secret-service', (text, more) => {
      const unlock =
        'echo x | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n';
      const env = { ...more, XDG_RUNTIME_DIR: box.home };
      const gone = 'if secret-tool lookup mfa-profile prod; then exit 1; fi\n';
      return box.exec('dbus-run-session', ['--', 'sh', '-c', unlock + text + gone], { env });
    });
  });

  test('that nobody can reach is exit 4, in its own words', async () => {
    const box = open();
    const result = await box.run(['keys', 'move', 'prod', '--to', 'secret-service']);
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toMatch(/cannot be stored: the keyring: .*\S/);
    expect(box.readCredentials()).toBe(BEFORE);
  });
});

describeWith(['pass'], 'pass', () => {
  const env = (box: Sandbox) => ({ GNUPGHOME: box.path('g') });

  test('takes the key, gives it to the AWS tools and to this program, and gives it back', async () => {
    const box = open();
    const created = `set -e
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --pinentry-mode loopback --passphrase '' \
  --quick-generate-key 'Nobody <nobody@example.invalid>' future-default default never 2>/dev/null
pass init nobody@example.invalid >/dev/null
`;
    const gone = '[ ! -e "$HOME/.password-store/mfa-profile/prod.gpg" ]\n';
    try {
      await expectMoved(box, 'pass', (text, more) =>
        box.exec('sh', ['-c', created + text + gone], { env: { ...more, ...env(box) } }),
      );
    } finally {
      await box.exec('gpgconf', ['--kill', 'all'], { env: env(box) });
    }
  });

  test('without a store is exit 4, in its own words', async () => {
    const box = open();
    const result = await box.run(['keys', 'move', 'prod', '--to', 'pass'], { env: env(box) });
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toMatch(/cannot be stored: pass: .*pass init/);
    expect([box.readCredentials(), box.readConfig()]).toEqual([BEFORE, CONFIG]);
  });
});
