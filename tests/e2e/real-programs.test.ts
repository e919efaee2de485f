/**
 * docs/codes-and-keys.md with the programs themselves, where a Debian has them: pass with a key of
 * its own, the desktop's keyring on a bus of its own, and windows on a display that nobody sees
 * For all other programs see codes-and-keys.test.ts.
 */
import { mkdirSync } from 'node:fs';
import { ALICE, serialOf } from '../../fixtures/sts/accounts.ts';
import { openDisplay } from '../support/display.ts';
import { blocksOf, readPage } from '../support/doc-blocks.ts';
import { describeWith, testWith, whereIs } from '../support/needs.ts';
import { quoted } from '../support/quote.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

// Programs that make codes use the machine's clock; a code may be minutes old when it is used.
const scene = useScene({ totpClock: 'real', totpWindow: 20 });

const PAGE = readPage('codes-and-keys.md');
const SEED = ALICE.devices[0]!.totpSecretBase32!;
const KEY = JSON.stringify({
  Version: 1,
  AccessKeyId: ALICE.accessKeyId,
  SecretAccessKey: ALICE.secretAccessKey,
});

/** The page's line for a program. */
function lineOf(setting: 'mfa_process' | 'credential_process', program: string): string {
  const found = blocksOf(PAGE, `ini ${setting}`).filter((text) => text.includes(` ${program} `));
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** A home with the page's line in `[profile prod]`, and alice's key unless the line gives it. */
function open(line: string): Sandbox {
  const key = `[prod]\naws_access_key_id = ${ALICE.accessKeyId}\naws_secret_access_key = ${ALICE.secretAccessKey}\n`;
  return scene.box({
    credentials: line.startsWith('credential_process') ? '' : key,
    config: `[profile prod]\nmfa_serial = ${serialOf(ALICE)}\n${line}`,
  });
}

/** Runs a script that ends with a refresh, and checks that it led to a session and showed nothing. */
async function expectRefreshed(
  box: Sandbox,
  file: string,
  args: string[],
  env = {},
): Promise<void> {
  const result = await box.exec(file, args, { env });
  expect(result).toMatchObject({ code: 0 });
  expect(result.stderr).toContain('prod_token refreshed, valid until');
  expectNoSecret(result, [...scene.sts.secrets(), SEED]);
  expect((await box.run(['whoami', 'prod', '--no-prompt'])).stdout).toContain(':user/alice');
  expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(1);
}

describeWith(['pass'], 'pass', () => {
  /** Its key ring is not in the usual place, so that GnuPG starts an agent of its own, which is ended here. */
  async function inStore(box: Sandbox, script: string): Promise<void> {
    const env = { GNUPGHOME: box.path('g') };
    const created = `set -e
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --pinentry-mode loopback --passphrase '' \
  --quick-generate-key 'Nobody <nobody@example.invalid>' future-default default never 2>/dev/null
pass init nobody@example.invalid >/dev/null
`;
    try {
      await expectRefreshed(box, 'sh', ['-c', created + script], env);
    } finally {
      await box.exec('gpgconf', ['--kill', 'all'], { env });
    }
  }

  test('prints the code by its otp extension', async () => {
    const uri = `otpauth://totp/AWS:prod?secret=${SEED}&issuer=AWS`;
    const store = `printf '%s\\n' ${quoted(uri)} | pass otp insert aws/prod >/dev/null\n`;
    await inStore(open(lineOf('mfa_process', 'pass')), `${store}mfa-profile refresh prod`);
  });

  test('prints the key', async () => {
    const store = `printf '%s\\n' ${quoted(KEY)} | pass insert --multiline aws/prod-key >/dev/null\n`;
    const box = open(lineOf('credential_process', 'pass'));
    const code = scene.sts.code('alice');
    await inStore(box, `${store}printf %s ${code} | mfa-profile refresh prod -t -`);
    expect(box.readCredentials()).not.toContain(ALICE.secretAccessKey);
  });
});

describeWith(['keyring'], 'the desktop’s keyring', () => {
  async function onBus(box: Sandbox, script: string): Promise<void> {
    const unlocked =
      'echo made-up | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n';
    // There the daemon that the bus may start finds the one that is unlocked.
    const env = { XDG_RUNTIME_DIR: box.path('run') };
    mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
    const args = ['--', 'sh', '-c', `${unlocked}${script}`];
    await expectRefreshed(box, 'dbus-run-session', args, env);
  }

  test('holds the seed, and oathtool makes the code of it', async () => {
    const store = `printf %s ${SEED} | secret-tool store --label="AWS prod" mfa prod\n`;
    await onBus(open(lineOf('mfa_process', 'oathtool')), `${store}mfa-profile refresh prod`);
  });

  test('holds the key', async () => {
    const line = blocksOf(PAGE, 'ini credential_process').find((text) =>
      text.includes(' secret-tool '),
    )!;
    const store = `printf %s ${quoted(KEY)} | secret-tool store --label="AWS prod" aws prod\n`;
    const box = open(line);
    await onBus(
      box,
      `${store}printf %s ${scene.sts.code('alice')} | mfa-profile refresh prod -t -`,
    );
    expect(box.readCredentials()).not.toContain(ALICE.secretAccessKey);
  });

  test('that has no such entry gives no code: exit 3, and nothing is sent', async () => {
    const box = open(lineOf('mfa_process', 'oathtool'));
    const args = ['--', 'mfa-profile', 'refresh', 'prod'];
    const result = await box.exec('dbus-run-session', args);
    expect(result).toMatchObject({ code: 3 });
    expect(result.stderr).toContain('the mfa_process of prod gave no code');
    expect(scene.sts.calls).toEqual([]);
  });
});

describe.each<[string, 'zenity' | 'pinentry-gtk-2', string]>([
  ['zenity', 'zenity', 'MFA code'],
  ['pinentry', 'pinentry-gtk-2', 'pinentry'],
])('a window by %s', (program, need, title) => {
  testWith(
    ['display', need],
    'gives the code that is typed into it, with no terminal',
    async () => {
      const box = open(lineOf('mfa_process', program));
      box.writeFile(
        'bin/pinentry',
        `#!/bin/sh\nexec ${quoted(whereIs('pinentry-gtk-2'))}\n`,
        0o755,
      );
      const display = await openDisplay(box);
      const asked = box.spawn(['refresh', 'prod'], { env: { DISPLAY: display.name } });
      await display.answer(title, scene.sts.code('alice'));
      const result = await asked.result;
      expect(result).toMatchObject({ code: 0, stdout: '' });
      expectNoSecret(result, scene.sts.secrets());
    },
  );

  testWith(['display', need], 'that is closed gives none: exit 3, nothing is sent', async () => {
    const box = open(lineOf('mfa_process', program));
    box.writeFile('bin/pinentry', `#!/bin/sh\nexec ${quoted(whereIs('pinentry-gtk-2'))}\n`, 0o755);
    const display = await openDisplay(box);
    const asked = box.spawn(['refresh', 'prod'], { env: { DISPLAY: display.name } });
    await display.dismiss(title);
    expect(await asked.result).toMatchObject({ code: 3, stdout: '' });
    expect(scene.sts.calls).toEqual([]);
  });
});
