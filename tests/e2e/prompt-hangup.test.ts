/**
 * The terminal goes away, or the program is stopped on it, on every node: it ends by that signal with
 * no abort and no core file (nodejs/node#51519), and what is typed after `fg` stays hidden.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { describeOnNodes } from '../support/nodes.ts';
import type { Pty } from '../support/pty.ts';
import { PROGRAM } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';
import { describeWith, having } from '../support/needs.ts';

const { test } = having('pty');
const scene = useScene();

/** Core files of the size that the limit allows, in the folder that the program runs in. */
const withCores = (line: string) => `ulimit -c unlimited 2>/dev/null; ${line}`;

function expectNothingLeft(box: Sandbox): void {
  expect(readdirSync(box.home).filter((name) => /core/.test(name))).toEqual([]);
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
}

describeOnNodes('the terminal is hung up, ', (node) => {
  const start = (box: Sandbox, args: string[], err: string): Pty =>
    box.openPty(['-c', withCores('exec "$@" 2>>"$ERR"'), 'sh', node, PROGRAM, ...args], {
      file: '/bin/sh',
      env: { ERR: err },
    });

  test.each([
    ['refresh', ['refresh', 'alice'], /MFA code/],
    ['env', ['env', 'alice'], /MFA code/],
    ['exec', ['exec', 'alice', '--', 'true'], /MFA code/],
    ['whoami', ['whoami', 'alice'], /MFA code/],
    ['status --watch', ['status', '--watch'], /q to quit/],
    ['init', ['init', 'new'], /has no access key/],
    ['mfa_process', ['refresh', 'alice', '--mfa-process', 'echo go >/dev/tty; sleep 9'], /go/],
    ['a code from stdin', ['refresh', 'alice', '-t', '-', '--debug'], undefined],
    ['exec’s command', ['exec', 'alice', '--', 'sh', '-c', 'echo go; sleep 9'], /MFA code|go/],
  ])('%s', async (_what, args, shown) => {
    const box = scene.box();
    const err = box.writeFile('err', '');
    const pty = start(box, args, err);
    if (shown) await pty.waitFor(shown);
    else while (!readFileSync(err, 'utf8').includes('exchange')) await pause(20);
    await pause(100);
    pty.hangUp();
    expect(await pty.exit).toEqual({ code: null, signal: 'SIGHUP' });
    expect(readFileSync(err, 'utf8')).not.toMatch(/fault of|EIO|at .*:\d+|Assertion/);
    expectNothingLeft(box);
  });

  test('during the call to AWS', async () => {
    scene.sts.failNext({ kind: 'hang', count: 9 });
    const box = scene.box();
    const err = box.writeFile('err', '');
    const pty = start(box, ['refresh', 'alice', '-t', scene.sts.code('alice')], err);
    await scene.sts.waitForCall('GetSessionToken');
    pty.hangUp();
    expect(await pty.exit).toEqual({ code: null, signal: 'SIGHUP' });
    expectNothingLeft(box);
  });
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describeWith(['bash'], 'Ctrl-Z and fg at a hidden prompt', () => {
  const SECRET = 'pr0dSecret/With+Slash=AndMorePaddingToForty';

  async function stopAndGoOn(pty: Pty, command: string): Promise<void> {
    pty.key('ctrl-z');
    await pty.waitFor(/Stopped[^]*\$ /);
    pty.type('case $(stty -a) in *" -echo "*) echo off;; *) echo "o""n";; esac\r');
    await pty.waitFor(/\bon\b/);
    pty.type('fg\r');
    await pty.waitFor(new RegExp(command));
  }

  test('a code: drawn again, not shown, and taken', async () => {
    const box = scene.box();
    const pty = box.openPty(['--norc', '--noprofile', '-i'], { file: 'bash', env: { PS1: '$ ' } });
    await pty.waitFor(/\$ /);
    pty.type('mfa-profile refresh alice\r');
    await pty.waitFor(/MFA code for alice/);
    const code = scene.sts.code('alice');
    pty.type(code.slice(0, 2));
    await pty.waitFor(/••/);
    await stopAndGoOn(pty, 'fg\\s+mfa-profile refresh alice');
    await pty.waitFor(/MFA code for alice[^\n]*••/);
    pty.type(`${code.slice(2)}\r`);
    await pty.waitFor(/alice_token (?:is|refreshed)/);
    expect(pty.output).not.toContain(code.slice(2));
    pty.kill();
  });

  test('a secret key', async () => {
    const box = scene.box();
    const pty = box.openPty(['--norc', '--noprofile', '-i'], { file: 'bash', env: { PS1: '$ ' } });
    await pty.waitFor(/\$ /);
    pty.type('mfa-profile init new\r');
    await pty.waitFor(/has no access key/);
    pty.key('enter');
    await pty.waitFor(/access key ID/);
    pty.type('AKIAMADEUPKEY0000000\r');
    await pty.waitFor(/secret access key/);
    await stopAndGoOn(pty, 'fg\\s+mfa-profile init');
    await pty.waitFor(/secret access key/);
    pty.type(`${SECRET}\r`);
    await pty.waitFor(/saved in/);
    expect(pty.output).not.toContain(SECRET.slice(0, 6));
    expect(box.readCredentials()).toContain(SECRET);
    pty.kill();
  });

  test('stopped by SIGSTOP, the same', async () => {
    const box = scene.box();
    const pty = box.openPty(['--norc', '--noprofile', '-i'], { file: 'bash', env: { PS1: '$ ' } });
    await pty.waitFor(/\$ /);
    pty.type("sh -c 'echo $$ >pid; exec mfa-profile refresh alice'\r");
    await pty.waitFor(/MFA code for alice/);
    process.kill(Number(readFileSync(box.path('pid'), 'utf8')), 'SIGSTOP');
    await pty.waitFor(/Stopped[^]*\$ /);
    pty.type('fg\r');
    await pty.waitFor(/MFA code for alice/);
    const code = scene.sts.code('alice');
    pty.type(`${code}\r`);
    await pty.waitFor(/alice_token (?:is|refreshed)/);
    expect(pty.output).not.toContain(code);
    pty.kill();
  });

  test('where no shell watches, the question goes on', async () => {
    const pty = scene.box().openPty(['refresh', 'alice']);
    await pty.waitFor(/MFA code for alice/);
    pty.key('ctrl-z');
    await pty.waitFor(/MFA code for alice/);
    pty.type(`${scene.sts.code('alice')}\r`);
    expect(await pty.exit).toEqual({ code: 0, signal: null });
  });
});

describe('init ends with a message and 130', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s', async (signal) => {
    const box = scene.box();
    const pty = box.openPty(['init', 'new']);
    await pty.waitFor(/has no access key/);
    pty.key('enter');
    await pty.waitFor(/access key ID/);
    pty.kill(signal);
    expect(await pty.exit).toEqual({ code: 130, signal: null });
    expect(pty.screen).toMatch(/mfa-profile: error: interrupted/);
  });
});
