/** Questions beside each other: on one terminal they queue, and each ends when nobody needs it any more. */
import { mkdirSync, readFileSync } from 'node:fs';
import { ALICE, BOB, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { describeWith, having } from '../support/needs.ts';
import { quoted } from '../support/quote.ts';
import { configOf, useScene } from '../support/scene.ts';

const { test } = having('pty');
const scene = useScene();
const exchanges = () => scene.sts.callsOf('GetSessionToken');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('two profiles asked about on one terminal: one question after the other (terraform-provider-aws#2420)', async () => {
  const box = scene.box({ credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) });
  const line =
    'mfa-profile refresh alice & a=$!; mfa-profile refresh bob & wait $a; wait; echo all done';
  // Without job control both are in the terminal's foreground, as under an SDK.
  const pty = box.openPty(['-c', line], { file: 'sh' });
  const [, first] = await pty.waitFor(/MFA code for (\w+)/);
  await pause(700);
  expect(pty.screen.match(/MFA code for/g)).toHaveLength(1);
  pty.type(`${scene.sts.code(first!)}\r`);
  const [, second] = await pty.waitFor(/MFA code for (\w+)/);
  expect([first, second].sort()).toEqual(['alice', 'bob']);
  pty.type(`${scene.sts.code(second!)}\r`);
  await pty.waitFor(/all done/);
  expect(exchanges().map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
});

test('so they do where the shells on it have other folders for what is temporary', async () => {
  const box = scene.box({ credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) });
  const own = box.path('own');
  mkdirSync(own, { mode: 0o700 });
  const other = `XDG_RUNTIME_DIR=${quoted(own)} TMPDIR=${quoted(own)}`;
  const line = `mfa-profile refresh alice & a=$!; ${other} mfa-profile refresh bob & wait $a; wait; echo all done`;
  const pty = box.openPty(['-c', line], { file: 'sh' });
  for (const asked of [1, 2]) {
    const [, name] = await pty.waitFor(/MFA code for (\w+)/);
    await pause(700);
    expect(pty.screen.match(/MFA code for/g)).toHaveLength(asked);
    pty.type(`${scene.sts.code(name!)}\r`);
  }
  await pty.waitFor(/all done/);
  expect(exchanges().map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
});

test('a code in hand does not wait for a question elsewhere, which ends by itself (aws-vault#779)', async () => {
  const box = scene.box();
  const asked = box.openPty(['refresh', 'alice']);
  await asked.waitFor(/MFA code for alice/);
  asked.type('12');
  const run = await box.run(['refresh', 'alice', '--token-code', scene.sts.code('alice')]);
  expect(run).toMatchObject({ code: 0 });
  expect(await asked.exit).toEqual({ code: 0, signal: null });
  expect(asked.screen).toMatch(/alice_token is still valid|alice_token/);
  expect(exchanges()).toHaveLength(1);
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
});

test('so does a command for codes, and a code from stdin', async () => {
  const box = scene.box();
  for (const [more, stdin] of [
    [['--mfa-process', scene.sts.codeCommand('alice')], ''],
    [['-t', '-'], 'code'],
  ] as const) {
    const asked = box.openPty(['refresh', 'alice', '--force']);
    await asked.waitFor(/MFA code for alice/);
    const given = stdin === 'code' ? { stdin: `${await scene.sts.nextCode('alice')}\n` } : {};
    const run = await box.run(['refresh', 'alice', '--force', ...more], given);
    expect(run).toMatchObject({ code: 0 });
    expect(await asked.exit).toEqual({ code: 0, signal: null });
  }
  expect(exchanges()).toHaveLength(2);
});

test('a question that slept looks again: one STS call', async () => {
  const box = scene.box();
  const slept = box.openPty(['refresh', 'alice']);
  await slept.waitFor(/MFA code for alice/);
  slept.kill('SIGSTOP');
  const second = box.openPty(['refresh', 'alice']);
  await second.waitFor(/MFA code for alice/);
  second.type(`${scene.sts.code('alice')}\r`);
  expect((await second.exit).code).toBe(0);
  slept.type(`${await scene.sts.nextCode('alice')}\r`);
  slept.kill('SIGCONT');
  expect((await slept.exit).code).toBe(0);
  expect(exchanges()).toHaveLength(1);
});

describeWith(
  ['python3'],
  'an SDK that gives up on its credential_process (derailed/k9s#2048)',
  () => {
    const CALLER = `
import os, subprocess, sys, time
line = sys.argv[1]
p = subprocess.Popen(line, shell=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
while not os.path.exists('asked'): time.sleep(0.1)
p.kill()
# Until the last program that has it has ended.
p.stdout.read()
os.system('case $(stty -a) in *" -echo "*|*" -icanon"*) echo raw;; *) echo sa""ne;; esac')
answer = input('Enter a value: ')
print('the caller read', answer)
`;

    test('kills the shell around it: the question ends, and the terminal is as it was', async () => {
      const box = scene.box();
      const caller = box.writeFile('caller.py', CALLER);
      const line = 'mfa-profile credential-process alice; true';
      const pty = box.openPty([caller, line], { file: 'python3' });
      await pty.waitFor(/MFA code for alice/);
      box.writeFile('asked', '');
      await pty.waitFor(/sane/);
      await pty.waitFor(/Enter a value: /);
      pty.type('yes\r');
      await pty.waitFor(/the caller read yes/);
      expect((await pty.exit).code).toBe(0);
      expect(exchanges()).toEqual([]);
    });
  },
);

describeWith(['python3', 'proc'], 'a caller that lives on and reads no more', () => {
  const CALLER = `
import os, subprocess, sys, time
how = sys.argv[1]
p = subprocess.Popen(['mfa-profile', 'credential-process', 'alice'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
other = os.dup(p.stdout.fileno()) if how == 'has a copy' else None
while not os.path.exists('asked'): time.sleep(0.1)
if how != 'stdin': p.stdout.close()
p.stdin.close()
if how == 'stdin' or other: time.sleep(2); print('still', p.poll())
if other: os.close(other)
if how == 'stdin': print('code', flush=True); print('exit', p.wait(), len(p.stdout.read()) > 0); sys.exit()
print('exit', p.wait())
os.system('case $(stty -a) in *" -echo "*|*" -icanon"*) echo raw;; *) echo sa""ne;; esac')
print('the caller read', input('Enter a value: '))
`;

  test.each([['closes its end'], ['has a copy']])('%s of an anonymous pipe', async (how) => {
    const box = scene.box();
    const pty = box.openPty([box.writeFile('caller.py', CALLER), how], { file: 'python3' });
    await pty.waitFor(/MFA code for alice/);
    box.writeFile('asked', '');
    if (how === 'has a copy') await pty.waitFor(/still None/);
    await pty.waitFor(/exit 130\s+sane/);
    await pty.waitFor(/Enter a value: /);
    pty.type('yes\r');
    await pty.waitFor(/the caller read yes/);
    expect((await pty.exit).code).toBe(0);
    expect(exchanges()).toEqual([]);
  });

  // As `echo | mfa-profile …` does, and every SDK that has nothing to say.
  test('a closed stdin is no end: the answer is still wanted', async () => {
    const box = scene.box();
    const pty = box.openPty([box.writeFile('caller.py', CALLER), 'stdin'], { file: 'python3' });
    await pty.waitFor(/MFA code for alice/);
    box.writeFile('asked', '');
    await pty.waitFor(/still None\s+code/);
    pty.type(`${scene.sts.code('alice')}\r`);
    await pty.waitFor(/exit 0 True/);
  });
});

describeWith(['python3'], 'a caller that ends', () => {
  test('the shell that it has started goes on, and the question does not', async () => {
    const box = scene.box();
    const caller = `import os, subprocess, time
subprocess.Popen('mfa-profile credential-process alice; true', shell=True, stdout=subprocess.PIPE)
while not os.path.exists('asked'): time.sleep(0.1)`;
    const line = `python3 "$0"; until [ -e over ]; do sleep 0.1; done; read -r word; echo "the shell read $word"`;
    const pty = box.openPty(['-c', line, box.writeFile('caller.py', caller)], { file: 'sh' });
    await pty.waitFor(/MFA code for alice/);
    box.writeFile('asked', '');
    await pty.waitFor(/interrupted/);
    box.writeFile('over', '');
    pty.type('yes\r');
    await pty.waitFor(/the shell read yes/);
    expect((await pty.exit).code).toBe(0);
    expect(exchanges()).toEqual([]);
  });
});

test('where the first program on the terminal is killed, the next one asks', async () => {
  const box = scene.box({ credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) });
  const line = `sh -c 'echo $$ >first; exec mfa-profile refresh alice' & while ! [ -s first ]; do sleep 0.1; done; wait; mfa-profile refresh bob`;
  const pty = box.openPty(['-c', line], { file: 'sh' });
  await pty.waitFor(/MFA code for alice/);
  process.kill(Number(readFileSync(box.path('first'), 'utf8')), 'SIGKILL');
  await pty.waitFor(/MFA code for bob/);
  pty.type(`${scene.sts.code('bob')}\r`);
  expect((await pty.exit).code).toBe(0);
});
