/**
 * Between two questions of one run: what is typed ahead is not shown and goes to the next question,
 * other programs ask when this one waits for them, and the terminal is given back at every end.
 */
import { quoted } from '../support/quote.ts';
import { BOB, ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { describeWith } from '../support/needs.ts';
import type { Pty } from '../support/pty.ts';
import { configOf, useScene } from '../support/scene.ts';

const scene = useScene();
const both = () =>
  scene.box({ credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) });
/** The same question in a shell, so that the program's own words are told from what is typed. */
const ECHO = 'case $(stty -a) in *" -echo "*|*" -icanon "*) echo hid""den;; *) echo sh""own;; esac';
const inShell = (line: string): Pty =>
  both().openPty(['-c', `${line}; echo "exit $?"; ${ECHO}`], { file: 'sh' });
/** The same typed at an interactive one, which goes on after it. */
async function inBash(line: string): Promise<Pty> {
  const bash = { file: 'bash', env: { PS1: '$ ' } };
  const pty = both().openPty(['--norc', '--noprofile', '-i'], bash);
  await pty.waitFor(/\$ /);
  pty.type(`${line}\r`);
  return pty;
}

/** Answers the first question, and is back while AWS has not answered. */
async function untilTheCall(pty: Pty): Promise<void> {
  scene.sts.failNext({ kind: 'delay', ms: 2500, action: 'GetSessionToken' });
  await pty.waitFor(/MFA code for alice/);
  pty.type(`${scene.sts.code('alice')}\r`);
  await scene.sts.waitForCall('GetSessionToken');
}

describeWith(['pty'], 'between two questions', () => {
  test('a code that is typed ahead is not shown, and is the answer to the second', async () => {
    const pty = inShell('mfa-profile refresh alice bob');
    await untilTheCall(pty);
    const ahead = scene.sts.code('bob');
    pty.type(`${ahead}\r`);
    await pty.waitFor(/exit 0\s+shown/);
    expect(pty.output).not.toContain(ahead);
    expect(scene.sts.callsOf('GetSessionToken').map(({ outcome }) => outcome)).toEqual([
      'delay',
      'ok',
    ]);
  });

  test('what is typed ahead after the last question is left for the shell', async () => {
    const pty = await inBash('mfa-profile refresh alice');
    await untilTheCall(pty);
    pty.type('echo "from"" here"\r');
    await pty.waitFor(/alice_token refreshed[^]*from here/);
    pty.kill();
  });

  test.each([
    ['Ctrl-C', '\x03', 130],
    ['Ctrl-\\', '\x1c', 131],
  ])('%s ends the program, and what is typed is shown again', async (_key, typed, code) => {
    // The shell of a script would end by the same key.
    const pty = await inBash(`ulimit -c 0; mfa-profile refresh alice bob; echo "exit $?"; ${ECHO}`);
    await untilTheCall(pty);
    pty.type(typed);
    if (code === 131) await pty.waitFor(/Quit/);
    pty.type(`${ECHO}\r`);
    await pty.waitFor(/^shown/m);
    pty.kill();
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
    '%s ends the program, and what is typed is shown again, too',
    async (signal) => {
      const pty = inShell("ulimit -c 0; sh -c 'echo pid $$; exec mfa-profile refresh alice bob'");
      const [, pid] = await pty.waitFor(/pid (\d+)/);
      await untilTheCall(pty);
      process.kill(Number(pid), signal);
      await pty.waitFor(/exit 13[01]\s+shown/);
    },
  );

  test('stopped by Ctrl-Z, and continued: what is typed meanwhile is shown, and the next code is not', async () => {
    const pty = await inBash('mfa-profile refresh alice bob');
    await untilTheCall(pty);
    pty.key('ctrl-z');
    await pty.waitFor(/Stopped[^]*\$ /);
    pty.type(`sh -c '${ECHO}'\r`);
    await pty.waitFor(/^shown/m);
    pty.type('fg\r');
    await pty.waitFor(/MFA code for bob/);
    const code = scene.sts.code('bob');
    pty.type(`${code}\r`);
    await pty.waitFor(/bob_token refreshed[^]*\$ /);
    expect(pty.output).not.toContain(code);
    pty.type(`${ECHO}\r`);
    await pty.waitFor(/^shown/m);
    pty.kill();
  });

  test('stopped at the second question, the terminal is as it was before the first', async () => {
    const pty = await inBash('mfa-profile refresh alice bob');
    await pty.waitFor(/MFA code for alice/);
    pty.type(`${scene.sts.code('alice')}\r`);
    await pty.waitFor(/MFA code for bob/);
    pty.key('ctrl-z');
    await pty.waitFor(/Stopped[^]*\$ /);
    pty.type(`sh -c '${ECHO}'\r`);
    await pty.waitFor(/^shown/m);
    pty.type('fg\r');
    await pty.waitFor(/MFA code for bob/);
    pty.type(`${scene.sts.code('bob')}\r`);
    await pty.waitFor(/bob_token refreshed[^]*\$ /);
    pty.type(`sh -c '${ECHO}'\r`);
    await pty.waitFor(/^shown/m);
    pty.kill();
  });

  test('a program that is run meanwhile has the terminal as it was', async () => {
    const box = both();
    const look = box.writeFile('look', `#!/bin/sh\n${ECHO} >/dev/tty\n`, 0o755);
    const pty = box.openPty(['exec', 'alice', '--', look]);
    await pty.waitFor(/MFA code for alice/);
    pty.type(`${scene.sts.code('alice')}\r`);
    await pty.waitFor(/shown/);
    expect((await pty.exit).code).toBe(0);
    box.writeConfig(
      `${configOf(ALICE, BOB)}mfa_process = ${quoted(look)}; ${scene.sts.codeCommand('bob')}\n`,
    );
    const second = box.openPty(['refresh', 'alice', 'bob', '--force']);
    await second.waitFor(/MFA code for alice/);
    second.type(`${await scene.sts.nextCode('alice')}\r`);
    await second.waitFor(/shown/);
    expect((await second.exit).code).toBe(0);
  });

  test('a program that waits for another one lets it ask', async () => {
    const line =
      'mfa-profile refresh alice bob & a=$!; mfa-profile refresh bob; wait $a; echo "all done $?"';
    const pty = both().openPty(['-c', line], { file: 'sh' });
    for (let asked = 0; asked < 2; asked++) {
      const [, who] = await pty.waitFor(/MFA code for (\w+)/);
      await new Promise((resolve) => setTimeout(resolve, 700));
      pty.type(`${scene.sts.code(who!)}\r`);
    }
    await pty.waitFor(/all done 0/);
    expect(scene.sts.callsOf('GetSessionToken')).toHaveLength(2);
  });

  test('a code that is typed too early, at a yes or no, is not shown', async () => {
    const pty = scene.box({ config: '' }).openPty(['refresh', 'alice']);
    await pty.waitFor(/\(Y\/n\)/);
    pty.type('123 456\r');
    await pty.waitFor(/type y for yes/);
    expect(pty.output).not.toMatch(/123|456/);
    pty.key('ctrl-c');
    await pty.exit;
  });
});
