/** Windows' Node under Wine, as the tests use it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describeWith } from '../support/needs.ts';
import { openConsole, startOnWindows, WINDOWS_MAJORS } from '../support/windows/wine.ts';

describe.each(WINDOWS_MAJORS)('Windows node %d', (major) => {
  describeWith([`windows node ${major}`], '', () => {
    const node = (script: string, options = {}) =>
      startOnWindows(major, ['-e', script], { env: { HOME: tmpdir() }, ...options }).result;

    test('has streams, an exit code and an environment of its own', async () => {
      const script = `process.stdin.on('data', (d) => process.stdout.write(d)).on('end', () => {
        console.error(process.platform, process.env.GIVEN, process.env.HOME, process.cwd());
        process.exitCode = 7;
      })`;
      const folder = mkdtempSync(path.join(tmpdir(), "山 田's-"));
      const env = { HOME: folder, GIVEN: '値' };
      const run = await node(script, { stdin: 'テスト\n', env, cwd: folder });
      rmSync(folder, { recursive: true });
      expect(run).toEqual({
        code: 7,
        signal: null,
        stdout: 'テスト\n',
        stderr: `win32 値 undefined ${folder}\n`,
      });
    });

    test('sits at a console that a pseudo-terminal shows', async () => {
      const script = `process.stdin.once('data', (d) => { console.log('got ' + d); process.exit(3) });
        console.log(process.stdin.isTTY, process.stdout.isTTY, 'ready')`;
      const pty = openConsole(major, ['-e', script], { env: { HOME: tmpdir() } });
      await pty.waitFor(/true true ready/);
      pty.type('hello');
      pty.key('enter');
      await pty.waitFor(/got hello/);
      expect(await pty.exit).toEqual({ code: 3, signal: null });
    });

    // Once Wine hands it on, openConsole and the exceptions of the end-to-end tests can do without.
    test('gets nothing of Esc in raw mode, though it gets the keys around it and Ctrl-D', async () => {
      const script = `process.stdin.setRawMode(true).on('data', (keys) => {
          console.log('got ' + keys.toString('hex'));
          if (keys[0] === 4) process.exit(5);
        });
        console.log('ready')`;
      const pty = openConsole(major, ['-e', script], { env: { HOME: tmpdir() } });
      await pty.waitFor(/ready/);
      pty.type('a');
      await pty.waitFor(/got 61/);
      pty.key('escape');
      // Esc before another key at once would be Alt.
      await setTimeout(500);
      pty.type('b');
      await pty.waitFor(/got 62/);
      pty.key('ctrl-d');
      expect(await pty.exit).toEqual({ code: 5, signal: null });
      expect(pty.screen).not.toMatch(/got 1b/);
    });
  });
});
