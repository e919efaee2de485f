/** What happens to the credentials file, whatever it is: links, mounts, disks, owners, odd bytes. */
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { useFixturePrograms } from '../support/fixture-program.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { PROGRAM } from '../support/sandbox.ts';
import { hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { testWith } from '../support/needs.ts';

const scene = useScene();
const programs = useFixturePrograms(['hold-lock']);
const refresh = () => ['refresh', 'alice', '--token-code', scene.sts.code('alice')];
const ALICES = credentialsOf(ALICE);

/** Runs the built program inside a shell line, as `"$NODE" "$P"` with the arguments in `"$@"`. */
const inShell = (
  box: Sandbox,
  line: string,
  args: string[],
  wrapper: string[] = [],
  program = PROGRAM,
) => {
  const [file, ...rest] = [...wrapper, 'sh', '-c', line, 'sh', ...args];
  return box.exec(file!, rest, {
    env: { NODE: process.execPath, P: program, F: box.credentialsFile, D: box.folder },
  });
};

describe('every other byte stays, and clear takes what refresh added', () => {
  const many = Array.from({ length: 3000 }, (_, i) => `[p${i}]\nregion = r${i}\n# c\n`).join('\n');
  const cases: [string, string | Buffer][] = [
    ['plain', ALICES],
    ['no last newline (aws/aws-cli#2996)', ALICES.trimEnd()],
    ['a blank line too many', `${ALICES}\n\n`],
    ['CRLF (cytopia/aws-export-assume-profile#11)', ALICES.replaceAll('\n', '\r\n')],
    ['CRLF, no last newline', ALICES.replaceAll('\n', '\r\n').trimEnd()],
    ['a BOM', `\uFEFF${ALICES}`],
    ['a BOM, CRLF, no last newline', `\uFEFF${ALICES.replaceAll('\n', '\r\n').trimEnd()}`],
    [
      'comments and odd spacing (broamski/aws-mfa#39, #47)',
      `# top\n; two\n\n${ALICES}\n  # indented\n[x]   ; note\nKey=  v # c\n\n\n`,
    ],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(`${ALICES}# caf`), Buffer.from([0xe9, 0x0a])]),
    ],
    ['3,000 sections', `${many}\n${ALICES}`],
    ['[__proto__] and [constructor]', `[__proto__]\na = 1\n[constructor]\nb = 2\n${ALICES}`],
    ['a session of another tool', `${ALICES}\n${sessionText('bob_token')}# theirs\n`],
  ];
  test.each(cases)('%s', async (_what, content) => {
    const before = Buffer.from(content);
    const box = scene.box({ credentials: before });
    expect((await box.run(refresh())).code).toBe(0);
    const after = box.credentialsBytes();
    const added = after.subarray(before.length).toString();
    expect(after.subarray(0, before.length)).toEqual(before);
    expect(added).toMatch(/^(\r?\n){1,2}\[alice_token\]\r?\naws_access_key_id = ASIA/);
    expect(added.includes('\r')).toBe(before.includes('\r\n'));
    // In place: the same section again, and nothing else moves.
    expect((await box.run([...refresh(), '--force'])).code).toBe(0);
    expect(box.credentialsBytes().subarray(0, before.length)).toEqual(before);
    expect((await box.run(['clear', 'alice'])).code).toBe(0);
    expect(box.credentialsBytes()).toEqual(before);
    expect((await box.run(['clear', 'alice'])).code).toBe(0);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });
});

describe('the file is not what one thinks', () => {
  test('a symbolic link stays one (Versent/saml2aws#45)', async () => {
    const box = scene.box();
    const real = box.writeFile('dotfiles/aws', ALICES);
    const link = box.path('.aws/linked');
    symlinkSync('../dotfiles/aws', link);
    const env = { AWS_SHARED_CREDENTIALS_FILE: link };
    expect((await box.run(refresh(), { env })).code).toBe(0);
    expect(readlinkSync(link)).toBe('../dotfiles/aws');
    expect(readFileSync(real, 'utf8')).toContain('[alice_token]');
    expect((await box.run(['clear', 'alice'], { env })).code).toBe(0);
    expect(readFileSync(real, 'utf8')).toBe(ALICES);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  test('a dangling link gets its file', async () => {
    const box = scene.box({
      config: `${ALICES.replace('[alice]', '[profile alice]')}mfa_serial = arn:aws:iam::123456789012:mfa/alice\n`,
    });
    box.writeCredentials('');
    const link = box.path('linked');
    symlinkSync('not/yet', link);
    expect((await box.run([...refresh(), '--credentials-file', link])).code).toBe(0);
    expect(readFileSync(box.path('not/yet'), 'utf8')).toMatch(/^\[alice_token\]\n/);
    expect(statSync(box.path('not/yet')).mode & 0o777).toBe(0o600);
  });

  test.each([0o600, 0o640, 0o644])(
    'mode %o stays; an open one is warned of (aws/aws-cli#7369)',
    async (mode) => {
      const box = scene.box();
      chmodSync(box.credentialsFile, mode);
      const run = await box.run(refresh());
      expect(run.code).toBe(0);
      expect(statSync(box.credentialsFile).mode & 0o777).toBe(mode);
      const warning = /warning: .+credentials is open to other users.*chmod 600/;
      if (mode === 0o600) expect(run.stderr).not.toMatch(warning);
      else expect(run.stderr).toMatch(warning);
    },
  );

  test.each([0o775, 0o757])(
    'a folder of mode %o, that others may write, is warned of (Nike-Inc/gimme-aws-creds#180)',
    async (mode) => {
      const box = scene.box();
      chmodSync(box.folder, mode);
      const run = await box.run([...refresh(), '--quiet']);
      expect(run.stderr).toMatch(/^mfa-profile: warning: .+\.aws is open.*chmod 700.*\n$/);
    },
  );

  test('one that others may only list is usual: the AWS CLI makes it so', async () => {
    const box = scene.box();
    chmodSync(box.folder, 0o755);
    expect((await box.run([...refresh(), '--quiet'])).stderr).toBe('');
    expect((await box.run(['doctor', 'alice'])).stdout).toMatch(/\.aws is 0755: .* may read it/);
  });

  test('a shared folder is not to be closed, whatever lies in it', async () => {
    const box = scene.box();
    const shared = box.path('shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    const file = box.writeFile('shared/creds', ALICES);
    const run = await box.run([...refresh(), '--quiet', '--credentials-file', file]);
    expect(run.stderr).toMatch(/^mfa-profile: warning: other users .* may write .+shared: keep/);
    expect(run.stderr).not.toContain('chmod');
  });

  test('a folder in its place: nothing is asked', async () => {
    const box = scene.box();
    const run = await box.run([...refresh(), '--credentials-file', box.folder]);
    expect([4, 7]).toContain(run.code);
    expect(scene.sts.calls).toEqual([]);
  });

  test('no file yet, and no folder: both are made, for the owner only', async () => {
    const box = scene.box();
    const keys = ALICES.replace('[alice]', '[profile alice]');
    const config = box.writeFile(
      'config',
      `${keys}mfa_serial = arn:aws:iam::123456789012:mfa/alice\n`,
    );
    const file = box.path('a/b/credentials');
    const run = await inShell(box, 'umask 0; exec "$NODE" "$P" "$@"', [
      ...refresh(),
      ...['--credentials-file', file, '--config-file', config],
    ]);
    expect(run.code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(box.path('a')).mode & 0o777).toBe(0o700);
    expect(statSync(box.path('a/b')).mode & 0o777).toBe(0o700);
  });
});

/** As a user to whom permissions apply. */
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** A copy of the program in the box: the checkout may lie in a folder that is closed to others. */
const programForAll = (box: Sandbox): string => {
  cpSync(path.dirname(PROGRAM), box.path('program'), { recursive: true });
  return box.path(`program/${path.basename(PROGRAM)}`);
};

describe('the file cannot be written: exit 7 before a code is asked for or sent', () => {
  const untouched = async (
    box: Sandbox,
    act: () => Promise<{ code: number | null; stderr: string }>,
  ) => {
    const before = box.credentialsBytes();
    const run = await act();
    expect(run.stderr).toMatch(/error: cannot write .+; it was not changed\nmfa-profile: hint: /);
    expect(run.code).toBe(7);
    expect(box.credentialsBytes()).toEqual(before);
    expect(scene.sts.calls).toEqual([]);
    return run.stderr;
  };

  testWith(['owners', 'pty'], 'a read-only folder and file of somebody else', async () => {
    const box = scene.box();
    chmodSync(box.home, 0o755);
    chmodSync(box.folder, 0o755);
    chmodSync(box.credentialsFile, 0o644);
    chmodSync(box.configFile, 0o644);
    const program = programForAll(box);
    const asOther = (args: string[]) =>
      inShell(box, 'exec "$NODE" "$P" "$@"', args, asNobody, program);
    await untouched(box, () => asOther(refresh()));
    // Nothing was asked on a terminal either.
    const [file, ...rest] = [...asNobody, process.execPath, program, 'refresh', 'alice'];
    const pty = box.openPty(rest, { file: file });
    expect((await pty.exit).code).toBe(7);
    expect(pty.screen).not.toContain('MFA code for');
    const clear = await asOther(['clear', 'alice']);
    expect(clear.code).toBe(0);
  });

  testWith(['mount'], 'a read-only file system', async () => {
    const box = scene.box();
    const said = await untouched(box, () =>
      inShell(
        box,
        'mount --bind "$D" "$D" && mount -o remount,bind,ro "$D" && exec "$NODE" "$P" "$@"',
        refresh(),
        ['unshare', '-m'],
      ),
    );
    expect(said).toContain('read-only file system');
  });

  testWith(['mount'], 'a full disk', async () => {
    const box = scene.box();
    const run = await inShell(
      box,
      'cp -a "$D" "$D.copy" && mount -t tmpfs -o size=64k,mode=700 none "$D" && cp -a "$D.copy/." "$D" && ' +
        'dd if=/dev/zero of="$D/fill" bs=1k count=200 2>/dev/null; ' +
        'before=$(sha256sum <"$F"); "$NODE" "$P" "$@"; code=$?; [ "$before" = "$(sha256sum <"$F")" ] || exit 99; ' +
        'ls -A "$D" | grep -v -e "^config$" -e "^credentials$" -e "^fill$" && exit 98; exit $code',
      refresh(),
      ['unshare', '-m'],
    );
    expect(run.stderr).toMatch(/no space left[^]*hint: free some space/);
    expect(run.code).toBe(7);
    expect(scene.sts.calls).toEqual([]);
  });
});

describe('the file is on a mount, or another’s', () => {
  testWith(
    ['mount'],
    'a file mounted by itself is written in place (pallets/click#1512)',
    async () => {
      const box = scene.box();
      const real = box.writeFile('real', ALICES);
      const line =
        'mount --bind "$HOME/real" "$F" && "$NODE" "$P" "$@" && "$NODE" "$P" clear bob && cat "$F"';
      const run = await inShell(box, line, refresh(), ['unshare', '-m']);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain('[alice_token]');
      expect(readFileSync(real, 'utf8')).toBe(run.stdout);
      expect(box.readCredentials()).toBe(ALICES);
      expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    },
  );

  testWith(['owners'], 'root keeps the owner of another’s file', async () => {
    const box = scene.box();
    chownSync(box.credentialsFile, 65534, 65534);
    expect((await box.run(refresh())).code).toBe(0);
    const { uid, gid, mode } = statSync(box.credentialsFile);
    expect({ uid, gid, mode: mode & 0o777 }).toEqual({ uid: 65534, gid: 65534, mode: 0o600 });
  });

  testWith(['owners'], 'a file of root’s that others may write stays root’s', async () => {
    const box = scene.box();
    for (const folder of [box.home, box.folder, box.path('tmp')]) chmodSync(folder, 0o777);
    chmodSync(box.credentialsFile, 0o666);
    chmodSync(box.configFile, 0o644);
    const run = await inShell(
      box,
      'exec "$NODE" "$P" "$@"',
      refresh(),
      asNobody,
      programForAll(box),
    );
    expect(run.code).toBe(0);
    expect(statSync(box.credentialsFile)).toMatchObject({ uid: 0, gid: 0 });
    expect(box.readCredentials()).toContain('[alice_token]');
  });
});

describe('locks of others', () => {
  test('one of a dead process is taken over', async () => {
    const box = scene.box();
    mkdirSync(`${box.credentialsFile}.lock`);
    expect((await box.run(refresh())).code).toBe(0);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  testWith(
    ['pty'],
    'one that is held is waited for, with a word, before the code is asked for',
    async () => {
      const box = scene.box();
      const holder = programs.start('hold-lock', [box.credentialsFile, 'graceful']);
      await holder.waitForStdout(/held/);
      const pty = box.openPty(['refresh', 'alice']);
      await pty.waitFor(/waiting for .+credentials\.lock, which another program holds/);
      expect(pty.screen).not.toMatch(/MFA code for/);
      holder.signal('SIGTERM');
      await pty.waitFor(/MFA code for alice/);
      pty.type(scene.sts.code('alice'));
      pty.key('enter');
      expect((await pty.exit).code).toBe(0);
    },
  );

  test('a plain file in its place does not hold reuse up', async () => {
    const box = scene.box({
      credentials: `${ALICES}\n${sessionText('alice_token', { x_security_token_expires: hoursAhead(2) })}`,
    });
    writeFileSync(`${box.credentialsFile}.lock`, '');
    expect((await box.run(['refresh', 'alice'])).code).toBe(0);
    expect((await box.run(['status', '--check', 'alice'])).code).toBe(0);
    expect(existsSync(`${box.credentialsFile}.lock`)).toBe(true);
  });
});

// As with a number for a user in a container: node:os throws then, on Windows for an empty USERPROFILE.
test('without a home the paths are those that were named, and ~ is nobody’s', async () => {
  const box = scene.box();
  const preload = box.writeFile(
    'preload.cjs',
    `require('node:os').homedir = () => {
      throw Object.assign(new Error('uv_os_homedir returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' });
    };`,
  );
  const env = { HOME: '', USERPROFILE: '', NODE_OPTIONS: `--require "${preload}"` };
  const none = await box.run(['status', 'alice'], { env });
  expect(none.code).toBe(4);
  expect(none.stderr).toMatch(/no profile alice in ~.\.aws.credentials/);
  const named = {
    AWS_SHARED_CREDENTIALS_FILE: box.credentialsFile,
    AWS_CONFIG_FILE: box.configFile,
  };
  const line = ['refresh', 'alice', '-t', scene.sts.code('alice')];
  expect(await box.run(line, { env: { ...env, ...named } })).toMatchObject({ code: 0 });
});
