/** The question for the code, on a real terminal, on every node: what may be typed, and how it ends. */
import { readFileSync } from 'node:fs';
import { BOB, ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { having } from '../support/needs.ts';
import { describeOnNodes } from '../support/nodes.ts';
import type { Pty } from '../support/pty.ts';
import { PROGRAM } from '../support/sandbox.ts';
import { configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const { describe, test } = having('pty');

const scene = useScene();
const QUESTION = /MFA code for alice \(arn:aws:iam::123456789012:mfa\/alice\)/;
const codes = () => scene.sts.callsOf('GetSessionToken').map(({ outcome }) => outcome);

/** A shell whose terminal can be looked at after the program has ended. */
const inShell = (line: string, node = process.execPath) => {
  const box = scene.box();
  return { box, pty: box.openPty(['-c', line], { file: 'sh', env: { NODE: node } }) };
};
const answer = async (pty: Pty, typed: string) => {
  await pty.waitFor(QUESTION);
  pty.type(typed);
  pty.key('enter');
};

describeOnNodes('on ', (node) => {
  test('a code is typed, nothing of it is shown, and node says nothing on its own', async () => {
    const box = scene.box();
    while (!scene.sts.code('alice').startsWith('0')) scene.sts.advanceTotp();
    const pty = box.openPty(['refresh', 'alice'], { node });
    const typed = scene.sts.code('alice');
    await answer(pty, typed);
    expect(await pty.exit).toEqual({ code: 0, signal: null });
    expectNoSecret([pty.output, pty.screen], [typed, ...scene.sts.secrets()]);
    expect(pty.screen).not.toMatch(/warn|deprecat|\bat .*:\d+/i);
    expect(pty.screen).toMatch(/alice_token refreshed, valid until/);
    expect(box.readCredentials()).toContain(scene.sts.sessions[0]!.sessionToken);
  });

  test('without a terminal node says nothing either', async () => {
    const box = scene.box();
    const code = scene.sts.code('alice');
    const run = await box.run(['refresh', 'alice', '--token-code', code], { node });
    expect(run.stderr).toMatch(/^mfa-profile: alice_token refreshed.*\n(?:mfa-profile: .*\n)?$/);
  });

  test.each([
    ['Ctrl-C', 'ctrl-c'],
    ['Ctrl-D', 'ctrl-d'],
    ['Esc', 'escape'],
  ] as const)('%s is 130, and the terminal is as it was', async (_name, key) => {
    const line =
      'before=$(stty -g); "$NODE" "$P" refresh alice; echo "exit $?"; [ "$before" = "$(stty -g)" ] && echo sane';
    const box = scene.box();
    const before = box.credentialsBytes();
    const pty = box.openPty(['-c', line], { file: 'sh', env: { NODE: node, P: PROGRAM } });
    await pty.waitFor(QUESTION);
    pty.type('12');
    pty.key(key);
    await pty.waitFor(/exit 130\s+sane/);
    expect((await pty.exit).code).toBe(0);
    expect(pty.screen).toMatch(/mfa-profile: error: interrupted/);
    expect(box.credentialsBytes()).toEqual(before);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    expect(codes()).toEqual([]);
  });
});

describe('what may be typed', () => {
  test('digits only, six of them, pasted or not, and corrected', async () => {
    const box = scene.box();
    const pty = box.openPty(['refresh', 'alice']);
    const code = scene.sts.code('alice');
    await pty.waitFor(QUESTION);
    pty.type('12x 3-');
    pty.key('enter');
    await pty.waitFor(/six digits/);
    for (let i = 0; i < 3; i++) pty.key('backspace');
    pty.type(` ${code.slice(0, 3)} ${code.slice(3)}99`);
    pty.key('enter');
    expect((await pty.exit).code).toBe(0);
    expect(codes()).toEqual(['ok']);
  });

  test('full-width digits of an input method, all at once or one by one', async () => {
    const wide = (digits: string) =>
      digits.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!);
    const pty = scene.box().openPty(['refresh', 'alice']);
    await pty.waitFor(QUESTION);
    const code = wide(scene.sts.code('alice'));
    pty.type(`${code.slice(0, 3)}\u3000${code.slice(3, 4)}`);
    await pty.waitFor(/••••/);
    pty.type(code.slice(4, 5));
    pty.type(code.slice(5));
    pty.key('enter');
    expect((await pty.exit).code).toBe(0);
    expect(pty.output).not.toMatch(/[０-９]/);
  });

  test.each([
    ['blanks', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
    [
      'full-width',
      (code: string) => code.replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)]!),
    ],
  ])('%s in --token-code and on stdin', async (_how, write) => {
    const box = scene.box();
    const code = write(scene.sts.code('alice'));
    expect(await box.run(['refresh', 'alice', '-t', code])).toMatchObject({ code: 0 });
    const next = `${write(scene.sts.code('alice'))}\n`;
    const run = await box.run(['refresh', 'alice', '--force', '-t', '-'], { stdin: next });
    expect(run).toMatchObject({ code: 0 });
  });

  test.each(['12345', '1234567', '123 45x', '', '１２３'])(
    '--token-code %j is exit 2, nothing is sent',
    async (code) => {
      const { code: exit } = await scene.box().run(['refresh', 'alice', `--token-code=${code}`]);
      expect(exit).toBe(2);
      expect(scene.sts.calls).toEqual([]);
    },
  );

  test('a code that is piped in by mistake: the hint names --token-code -', async () => {
    const run = await scene.box().run(['refresh', 'alice'], { stdin: '123456\n' });
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(/hint: .*--token-code -/);
  });

  test('on a terminal that cannot redraw nothing is redrawn', async () => {
    const pty = scene.box().openPty(['refresh', 'alice'], { env: { TERM: 'dumb' } });
    await pty.waitFor(QUESTION);
    pty.type(scene.sts.code('alice'));
    await pty.waitFor(/\*{6}/);
    pty.key('enter');
    expect((await pty.exit).code).toBe(0);
    expect(pty.output).not.toContain('\x1b');
    expect(pty.screen.match(/MFA code for/g)).toHaveLength(1);
  });

  test('in a narrow window the dots have a row of their own, and nothing is drawn twice', async () => {
    const pty = scene.box().openPty(['refresh', 'alice'], { cols: 30 });
    await pty.waitFor(/mfa\/alice\)\n› /);
    pty.type('12345');
    await pty.waitFor(/•••••/);
    for (let digit = 0; digit < 5; digit++) pty.key('backspace');
    pty.type(`${scene.sts.code('alice')}\r`);
    expect((await pty.exit).code).toBe(0);
    expect(pty.screen.match(/MFA code for/g)).toHaveLength(1);
  });

  test('a code pasted with its line break', async () => {
    const box = scene.box();
    const pty = box.openPty(['refresh', 'alice']);
    await pty.waitFor(QUESTION);
    pty.type(`${scene.sts.code('alice')}\r`);
    expect((await pty.exit).code).toBe(0);
  });

  test('a wrong code may be retyped, three times in all (vaulted#150)', async () => {
    const box = scene.box();
    const good = box.openPty(['refresh', 'alice']);
    await answer(good, '000000');
    await good.waitFor(/AWS rejected that code.*2 tries left/);
    await answer(good, scene.sts.code('alice'));
    expect((await good.exit).code).toBe(0);
    const bad = box.openPty(['refresh', 'alice', '--force']);
    await answer(bad, '000001');
    await bad.waitFor(/2 tries left/);
    await answer(bad, '000002');
    await bad.waitFor(/1 try left/);
    await answer(bad, '000003');
    expect((await bad.exit).code).toBe(5);
    expect(bad.screen.match(/AWS rejected that code/g)).toHaveLength(2);
    expect(codes()).toEqual(['AccessDenied', 'ok', 'AccessDenied', 'AccessDenied', 'AccessDenied']);
  });

  test('a code that was refused is not sent again', async () => {
    const pty = scene.box().openPty(['refresh', 'alice']);
    await answer(pty, '000000');
    await pty.waitFor(/2 tries left/);
    await answer(pty, '000000');
    await pty.waitFor(/that code was already used/);
    await answer(pty, scene.sts.code('alice'));
    expect((await pty.exit).code).toBe(0);
    expect(codes()).toEqual(['AccessDenied', 'ok']);
  });

  test('a wrong code given as an option is not asked for again', async () => {
    const pty = scene.box().openPty(['refresh', 'alice', '-t', '000000']);
    expect((await pty.exit).code).toBe(5);
  });

  test('one device for two profiles: the second question says that the code is used up', async () => {
    const box = scene.box({
      credentials: credentialsOf(ALICE, { ...ALICE, userName: 'again' }),
      config: `${configOf(ALICE)}[profile again]\nmfa_serial = ${ALICE.devices[0]!.serial}\n`,
    });
    const pty = box.openPty(['refresh', 'alice', 'again']);
    const used = scene.sts.code('alice');
    await answer(pty, used);
    await pty.waitFor(/code of arn:\S+ is used up: wait for the next one/);
    await pty.waitFor(/MFA code for again/);
    pty.type(used);
    pty.key('enter');
    await pty.waitFor(/that code was already used/);
    await pty.waitFor(/MFA code for again/);
    pty.type(await scene.sts.nextCode('alice'));
    pty.key('enter');
    expect((await pty.exit).code).toBe(0);
    expect(codes()).toEqual(['ok', 'ok']);
  });

  test('which profile the code is for stands in the question, one after another', async () => {
    const box = scene.box({ credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) });
    const pty = box.openPty(['refresh', 'alice', 'bob']);
    await answer(pty, scene.sts.code('alice'));
    await pty.waitFor(/MFA code for bob/);
    pty.key('ctrl-c');
    expect((await pty.exit).code).toBe(130);
    expect(box.readCredentials()).toContain('[alice_token]');
  });
});

describe('where the question goes', () => {
  test.each([
    ['stdin and stdout are elsewhere: eval "$(…)"', { stdin: 'in', stdout: 'out' }],
    ['stderr is: 2>log', { stderr: 'err' }],
    [
      'all are: credential_process (aws-vault#1015, #405)',
      { stdin: 'in', stdout: 'out', stderr: 'err' },
    ],
  ])('to the controlling terminal where %s', async (_how, files) => {
    const box = scene.box();
    const redirect = Object.fromEntries(
      Object.entries(files).map(([stream, name]) => [stream, box.writeFile(name, '')]),
    );
    const pty = box.openPty(['refresh', 'alice', '--json'], { redirect });
    await answer(pty, scene.sts.code('alice'));
    expect((await pty.exit).code).toBe(0);
    if ('stdout' in files) {
      expect(JSON.parse(readFileSync(box.path('out'), 'utf8'))).toHaveProperty('profiles');
    }
    if ('stderr' in files) {
      expect(readFileSync(box.path('err'), 'utf8')).toMatch(/^mfa-profile: alice_token refreshed/);
    }
  });

  test('it is asked under a pipe and a command substitution', async () => {
    const { pty } = inShell('said=$(echo no | mfa-profile whoami alice); echo "it said $said"');
    await answer(pty, scene.sts.code('alice'));
    await pty.waitFor(/it said arn:aws:iam::123456789012:user\/alice/);
    expect((await pty.exit).code).toBe(0);
  });

  test('with a valid session nothing is asked', async () => {
    const box = scene.box({
      credentials: `${credentialsOf(ALICE)}\n${sessionText('alice_token', { x_security_token_expires: hoursAhead(2) })}`,
    });
    const pty = box.openPty(['refresh', 'alice']);
    expect((await pty.exit).code).toBe(0);
    expect(pty.screen).not.toMatch(QUESTION);
  });
});

describe('interrupted elsewhere', () => {
  test('Ctrl-C during the call is 130 at once, and nothing is written', async () => {
    scene.sts.failNext({ kind: 'hang', count: 9 });
    const box = scene.box();
    const before = box.credentialsBytes();
    const pty = box.openPty(['refresh', 'alice']);
    await answer(pty, scene.sts.code('alice'));
    await scene.sts.waitForCall('GetSessionToken');
    pty.key('ctrl-c');
    expect((await pty.exit).code).toBe(130);
    expect(box.credentialsBytes()).toEqual(before);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    '%s at the prompt and in the call',
    async (signal) => {
      const box = scene.box();
      const pty = box.openPty(['refresh', 'alice']);
      await pty.waitFor(QUESTION);
      pty.kill(signal);
      expect(await pty.exit).toEqual({ code: 130, signal: null });
      scene.sts.failNext({ kind: 'hang' });
      const child = box.spawn(['refresh', 'alice', '-t', scene.sts.code('alice')]);
      await scene.sts.waitForCall('GetSessionToken');
      child.signal(signal);
      expect((await child.result).code).toBe(130);
      expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    },
  );

  test('while an mfa_process runs, and while a code is awaited on stdin', async () => {
    const box = scene.box();
    const child = box.spawn([
      'refresh',
      'alice',
      '--mfa-process',
      'echo ready >&2; sleep 60 2>/dev/null; echo',
    ]);
    await child.waitForStderr(/ready/);
    child.signal('SIGTERM');
    expect((await child.result).code).toBe(130);
    const pty = box.openPty(['refresh', 'alice', '--token-code', '-', '--debug']);
    await pty.waitFor(/exchange \(missing\)/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    pty.key('ctrl-c');
    expect((await pty.exit).code).toBe(130);
  });

  test('an mfa_process may use the terminal', async () => {
    const box = scene.box();
    const pty = box.openPty([
      'refresh',
      'alice',
      '--mfa-process',
      'printf "touch it: " >/dev/tty; read code; echo $code',
    ]);
    await pty.waitFor(/touch it: /);
    pty.type(scene.sts.code('alice'));
    pty.key('enter');
    expect((await pty.exit).code).toBe(0);
  });

  test('--token-code - on a terminal ends with Enter', async () => {
    const pty = scene.box().openPty(['refresh', 'alice', '--token-code', '-']);
    pty.type(`${scene.sts.code('alice')}\r`);
    expect((await pty.exit).code).toBe(0);
  });

  test('--token-code - takes a line of a pipe that stays open', async () => {
    const box = scene.box();
    const line = `(echo ${scene.sts.code('alice')}; sleep 600) | (mfa-profile refresh alice -t -; echo "exit $?")`;
    const pty = box.openPty(['-c', line], { file: 'sh' });
    await pty.waitFor(/exit 0/);
    pty.kill();
  });
});

describe('settings by environment', () => {
  const arn = 'arn:aws:iam::123456789012:mfa/alice';

  test('the device, the duration and --no-prompt, which the options of those names win over', async () => {
    const env = {
      MFA_PROFILE_SERIAL_NUMBER: arn,
      MFA_PROFILE_DURATION: '1h',
      MFA_PROFILE_NO_PROMPT: '1',
    };
    const box = scene.box({ config: '', env });
    const asked = box.openPty(['refresh', 'alice']);
    expect((await asked.exit).code).toBe(3);
    expect(asked.screen).not.toMatch(QUESTION);
    const run = await box.run(['refresh', 'alice', '-t', scene.sts.code('alice')]);
    expect(run.code).toBe(0);
    const again = [
      'refresh',
      'alice',
      '--force',
      '--duration',
      '2h',
      '-t',
      scene.sts.code('alice'),
    ];
    expect(await box.run(again)).toMatchObject({ code: 0 });
    expect(scene.sts.callsOf('GetSessionToken').map(({ params }) => params)).toEqual([
      expect.objectContaining({ SerialNumber: arn, DurationSeconds: '3600' }),
      expect.objectContaining({ SerialNumber: arn, DurationSeconds: '7200' }),
    ]);
    const other = ['refresh', 'alice', '--force', '--serial-number', `${arn}-x`, '-t', '123456'];
    expect((await box.run(other)).code).toBe(5);
  });

  test.each([
    ['MFA_PROFILE_DURATION', '12'],
    ['MFA_PROFILE_DURATION', 'soon'],
    ['MFA_PROFILE_SERIAL_NUMBER', 'a b'],
  ])('%s=%s is exit 2 and named', async (name, value) => {
    const box = scene.box({ env: { [name]: value } });
    const run = await box.run(['refresh', 'alice', '-t', '123456']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(name);
    expect(await box.run(['status'])).toMatchObject({ code: 0 });
  });
});
