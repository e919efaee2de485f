/** Many at once: one question and one call for one profile, no byte lost among writers, nothing left by the dead. */
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { ALICE, ALL_USERS, BOB, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import { useFixturePrograms } from '../support/fixture-program.ts';
import { having } from '../support/needs.ts';
import { configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';

const { describe, test } = having('pty');

const TWENTY_FOUR: StsUser[] = Array.from({ length: 24 }, (_, i) => ({
  ...ALICE,
  userName: `p${i}`,
  accessKeyId: `AKIAMADEUPKEY${String(i).padStart(7, '0')}`,
  devices: [{ ...ALICE.devices[0]!, serial: `arn:aws:iam::123456789012:mfa/p${i}` }],
}));

const scene = useScene({ users: [...ALL_USERS, ...TWENTY_FOUR] });
const programs = useFixturePrograms(['lockless-writer']);
const exchanges = () => scene.sts.callsOf('GetSessionToken').length;

describe('twenty of one profile (trek10inc/awsume#72, ByteNess/aws-vault#91)', () => {
  test('with a code in hand: one call, twenty exits 0, one section', async () => {
    const old = sessionText('alice_token', { x_security_token_expires: hoursAhead(-1) });
    const box = scene.box({ credentials: `${credentialsOf(ALICE)}\n${old}` });
    const args = ['refresh', 'alice', '--token-code', scene.sts.code('alice')];
    const runs = await Promise.all(Array.from({ length: 20 }, () => box.run(args)));
    expect(runs.map(({ code }) => code)).toEqual(Array(20).fill(0));
    expect(exchanges()).toBe(1);
    const said = runs.map(({ stderr }) => stderr).join('');
    expect(said.match(/refreshed, valid until/g)).toHaveLength(1);
    expect(said.match(/is still valid/g)).toHaveLength(19);
    expect(box.readCredentials().match(/\[alice_token\]/g)).toHaveLength(1);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  test('at twenty prompts: one question, one call, twenty exits 0', async () => {
    const box = scene.box();
    const all = Array.from({ length: 20 }, () => box.openPty(['refresh', 'alice']));
    const asked = await Promise.any(
      all.map((pty) => pty.waitFor(/MFA code for alice/).then(() => pty)),
    );
    const others = all.filter((pty) => pty !== asked);
    await Promise.all(others.map((pty) => pty.waitFor(/another mfa-profile/)));
    asked.type(scene.sts.code('alice'));
    asked.key('enter');
    const codes = await Promise.all(all.map(async ({ exit }) => (await exit).code));
    expect(codes).toEqual(Array(20).fill(0));
    expect(others.map(({ screen }) => screen).join('')).not.toMatch(/MFA code for/);
    expect(exchanges()).toBe(1);
  });

  // What another got a moment ago is as new as it gets, for --force and for a long --min-ttl too.
  test.each([[[]], [['--force']], [['--min-ttl', '11h']]])(
    'at a prompt: one question, and the others wait, look again and reuse; %j',
    async (more) => {
      const box = scene.box();
      const args = ['refresh', 'alice', ...more];
      const pty = box.openPty(args);
      await pty.waitFor(/MFA code for alice/);
      const others = Array.from({ length: 4 }, () => box.openPty(args));
      await Promise.all(others.map((other) => other.waitFor(/another mfa-profile/)));
      // These wait for half a minute only.
      const silent = Array.from({ length: 4 }, () => box.spawn([...args, '--no-prompt']));
      await Promise.all(silent.map((other) => other.waitForStderr(/another mfa-profile/)));
      pty.type(scene.sts.code('alice'));
      pty.key('enter');
      const codes = await Promise.all([pty, ...others].map(async ({ exit }) => (await exit).code));
      const runs = await Promise.all(silent.map(({ result }) => result));
      expect([...codes, ...runs.map(({ code }) => code)]).toEqual(Array(9).fill(0));
      expect(others.map(({ screen }) => screen).join('')).not.toMatch(/MFA code for/);
      expect(exchanges()).toBe(1);
    },
  );

  test('where the first gives up, the next is asked', async () => {
    const box = scene.box();
    const first = box.openPty(['refresh', 'alice']);
    await first.waitFor(/MFA code for alice/);
    const second = box.openPty(['refresh', 'alice']);
    await second.waitFor(/another mfa-profile/);
    first.key('ctrl-c');
    expect((await first.exit).code).toBe(130);
    await second.waitFor(/MFA code for alice/);
    second.type(scene.sts.code('alice'));
    second.key('enter');
    expect((await second.exit).code).toBe(0);
    expect(exchanges()).toBe(1);
  });

  test('where the first is killed at its prompt, the next one goes on', async () => {
    const box = scene.box();
    const first = box.openPty(['refresh', 'alice']);
    await first.waitFor(/MFA code for alice/);
    first.kill('SIGKILL');
    await first.exit;
    const run = await box.run(['refresh', 'alice', '--token-code', scene.sts.code('alice')]);
    expect(run.code).toBe(0);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });

  test('a wait for another ends with an interruption: 130', async () => {
    const box = scene.box();
    const first = box.openPty(['refresh', 'alice']);
    await first.waitFor(/MFA code for alice/);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const second = box.spawn(['refresh', 'alice', '--no-prompt']);
      await second.waitForStderr(/another mfa-profile/);
      second.signal(signal);
      expect((await second.result).code).toBe(130);
    }
    first.key('ctrl-c');
    await first.exit;
  });
});

describe('writers of different profiles lose nothing', () => {
  test('twenty-four at once: twenty-four sections, every other byte as it was', async () => {
    const before = `# mine\n${credentialsOf(...TWENTY_FOUR)}\n[last]\nregion=x`;
    const box = scene.box({ credentials: before, config: configOf(...TWENTY_FOUR) });
    const runs = await Promise.all(
      TWENTY_FOUR.map((user) =>
        box.run(['refresh', user.userName, '-t', scene.sts.code(serialOf(user))]),
      ),
    );
    expect(runs.map(({ code }) => code)).toEqual(Array(24).fill(0));
    const text = box.readCredentials();
    expect(text.startsWith(before)).toBe(true);
    const sections = text
      .slice(before.length)
      .match(/\n\[p\d+_token\]\naws_access_key_id = ASIA\w+\n(?:.+\n?){4}/g);
    expect(sections).toHaveLength(24);
    expect(new Set(sections?.map((section) => section.split('\n')[1]))).toHaveProperty('size', 24);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    const cleared = await Promise.all(
      TWENTY_FOUR.map(({ userName }) => box.run(['clear', userName])),
    );
    expect(cleared.map(({ code }) => code)).toEqual(Array(24).fill(0));
    expect(box.readCredentials()).toBe(before);
  });

  test('150 writes that know no lock beside refresh --force: none is lost (aws/aws-cli#10648)', async () => {
    const before = `${credentialsOf(ALICE)}\n[cli]\nfirst = 1\n`;
    const box = scene.box({ credentials: before });
    const writer = programs.start('lockless-writer', [box.credentialsFile, '150', '60']);
    let isWriting = true;
    void writer.result.finally(() => (isWriting = false));
    let rounds = 0;
    // A few at least, however busy the machine is.
    for (; isWriting || rounds < 4; rounds += 1) {
      const args = ['refresh', 'alice', '--force', '-t', scene.sts.code('alice')];
      expect(await box.run(args)).toMatchObject({ code: 0 });
    }
    expect((await writer.result).code).toBe(0);
    const text = box.readCredentials();
    const numbers = [...text.matchAll(/^key_(\d+) = value$/gm)].map(([, number]) => Number(number));
    expect(numbers.sort((one, other) => one - other)).toEqual([...Array(150).keys()]);
    expect(text.startsWith(credentialsOf(ALICE))).toBe(true);
    expect(text.match(/^\[.*\]$/gm)).toEqual(['[alice]', '[cli]', '[alice_token]']);
    expect(text).toContain(scene.sts.sessions.at(-1)!.sessionToken);
  });
});

describe('killed at any moment', () => {
  test('the file is whole, and the next run needs no repair by hand', async () => {
    const box = scene.box({ credentials: credentialsOf(ALICE, BOB) });
    const before = box.readCredentials();
    const delays = [60, 120, 160, 190, 210, 230, 250, 280, 320, 400];
    for (const delay of delays) {
      const child = box.spawn([
        'refresh',
        'alice',
        '--force',
        '-t',
        await scene.sts.nextCode('alice'),
      ]);
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill();
      await child.result;
      const text = box.readCredentials();
      expect(text.startsWith(before)).toBe(true);
      const rest = text.slice(before.length);
      if (rest !== '')
        expect(rest).toMatch(
          /^\n\[alice_token\]\n(?:.+ = .+\n){4}manager = mfa-profile\nx_mfa_profile_origin = .+\n$/,
        );
    }
    const last = await box.run([
      'refresh',
      'alice',
      '--force',
      '-t',
      await scene.sts.nextCode('alice'),
    ]);
    expect(last.code).toBe(0);
    expect(readdirSync(box.folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  test('what a dead run left is swept by a later one', async () => {
    const box = scene.box();
    const left = box.writeFile('.aws/.credentials.mfa-profile-0123456789abcdef.tmp', 'secret');
    utimesSync(left, 0, 0);
    writeFileSync(box.path('.aws/.credentials.other.tmp'), 'of somebody else');
    await box.run(['refresh', 'alice', '-t', scene.sts.code('alice')]);
    expect(box.namesInFolder()).toEqual(['.credentials.other.tmp', 'config', 'credentials']);
  });
});
