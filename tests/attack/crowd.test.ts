/**
 * A crowd on one file: sessions of one profile and of many, clear, init, runs that sleep longer than
 * their locks live, clocks that jump, and the AWS CLI's own writer, which knows no lock. (Kept from
 * its processor by a crowd it undoes what it did not see, as docs/file-safety.md says under Limits:
 * so what it leaves is whole, and what is missing then is got by the next run.)
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { isWhole } from '../support/attack.ts';
import { makeSandbox } from '../support/sandbox.ts';
import { testWith } from '../support/needs.ts';
import { useAws } from '../support/aws-cli.ts';
import { configOf, sessionText } from '../support/scene.ts';

/** Of each kind: one profile, many profiles, clear. */
const EACH = isWhole ? 17 : 8;
/** Longer than a lock stays alive without its holder. */
const SLEEP_MS = 6500;

const users: StsUser[] = Array.from({ length: EACH }, (_, index) => ({
  ...ALICE,
  userName: `p${index}`,
  accessKeyId: `AKIAMADEUPKEY${String(index).padStart(7, '0')}`,
  devices: [{ ...ALICE.devices[0]!, serial: `arn:aws:iam::123456789012:mfa/p${index}` }],
}));

test(
  'nothing is lost, one profile has one call, and nothing stays',
  async () => {
    const sts = await startLocalSts({ totpClock: 'fresh', users: [ALICE, ...users] });
    const cleared = users.map((_, index) => sessionText(`old${index}`, { manager: 'mfa-profile' }));
    const before = `# mine\n${credentialsOf(ALICE, ...users)}\n[cli]\nfirst = 1\n`;
    const config = configOf(ALICE, ...users);
    const box = makeSandbox({ credentials: `${before}\n${cleared.join('\n')}`, config, sts });
    const limit = { timeoutMs: 150_000 };
    try {
      const code = sts.code('alice');
      const one = users.map(() => box.spawn(['refresh', 'alice', '--token-code', code], limit));
      const many = users.map((user) =>
        box.spawn(['refresh', user.userName, '-t', sts.code(serialOf(user))], limit),
      );
      const clear = users.map((_, index) =>
        box.spawn(['clear', '--session-profile', `old${index}`, 'gone'], limit),
      );
      const init = box.spawn(
        ['init', 'p0', '--serial-number', serialOf(users[0]!), '--no-prompt', '--duration', '1h'],
        limit,
      );
      // Some sleep in the middle of their work for longer than their locks live.
      const sleepers = [many[1]!, many[2]!, clear[1]!, clear[2]!];
      await pause(400);
      for (const sleeper of sleepers) sleeper.signal('SIGSTOP');
      await pause(SLEEP_MS);
      for (const sleeper of sleepers) sleeper.signal('SIGCONT');

      const runs = await Promise.all([...one, ...many, ...clear].map(({ result }) => result));
      expect(runs.map(({ code: exit, stderr }) => (exit === 0 ? 0 : stderr))).toEqual(
        runs.map(() => 0),
      );
      await init.result;
      const text = box.readCredentials();
      expect(text.startsWith(before)).toBe(true);
      const headers = text.match(/^\[\w+_token\]$/gm)?.sort();
      expect(headers).toEqual(
        ['alice', ...users.map(({ userName }) => userName)].map((name) => `[${name}_token]`).sort(),
      );
      expect(text.match(/^\[old\d+\]$/gm) ?? []).toEqual([]);
      const ofAlice = sts
        .callsOf('GetSessionToken')
        .filter(({ accessKeyId }) => accessKeyId === ALICE.accessKeyId);
      expect(ofAlice).toHaveLength(1);
      expect(box.readConfig()).toContain('[profile p0]');
      expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    } finally {
      box.cleanup();
      await sts.close();
    }
  },
  isWhole ? 400_000 : 180_000,
);

test(
  'clocks that jump while locks are held: every session is there, and nothing stays',
  async () => {
    const sts = await startLocalSts({ totpClock: 'fresh', users });
    const before = `# mine\n${credentialsOf(...users)}`;
    const box = makeSandbox({ credentials: before, config: configOf(...users), sts });
    // Only what locks go by: AWS would refuse requests that are signed for another time.
    const jump = box.writeFile(
      'jump.cjs',
      `const now = Date.now;
       const jumps = process.env.JUMPS.split(',').map(Number);
       Date.now = () => now() + 1000 * jumps[Math.floor(performance.now() / 40) % jumps.length];`,
    );
    const JUMPS = ['0,6', '-6,0', '-200', '200', '0', '-20,20', '-3,3', '0,100'];
    const start = (args: string[], index: number) =>
      box.spawn(args, {
        timeoutMs: 150_000,
        env: {
          NODE_OPTIONS: `--require ${JSON.stringify(jump)}`,
          JUMPS: JUMPS[index % JUMPS.length],
        },
      });
    try {
      const runs = await Promise.all(
        users.map(
          (user, index) =>
            start(['refresh', user.userName, '-t', sts.code(serialOf(user))], index).result,
        ),
      );
      expect(runs.map(({ code: exit, stderr }) => (exit === 0 ? 0 : stderr))).toEqual(
        runs.map(() => 0),
      );
      const text = box.readCredentials();
      expect(text.startsWith(before)).toBe(true);
      expect(text.match(/^\[\w+_token\]$/gm)?.sort()).toEqual(
        users.map(({ userName }) => `[${userName}_token]`).sort(),
      );
      const cleared = await Promise.all(
        users.map(({ userName }, index) => start(['clear', userName], index).result),
      );
      expect(cleared.map(({ code: exit }) => exit)).toEqual(users.map(() => 0));
      expect(box.readCredentials()).toBe(before);
      expect(box.namesInFolder()).toEqual(['config', 'credentials']);
    } finally {
      box.cleanup();
      await sts.close();
    }
  },
  isWhole ? 400_000 : 180_000,
);

testWith(
  ['aws'],
  'among them the AWS CLI’s own writer: the file is whole, and the next runs make it complete',
  async () => {
    const sts = await startLocalSts({ totpClock: 'fresh', users });
    const before = `# mine\n${credentialsOf(...users)}`;
    const box = makeSandbox({
      credentials: `${before}\n[cli]\nfirst = 1\n`,
      config: configOf(...users),
      sts,
    });
    useAws(box, sts);
    const set = (key: string) =>
      box.exec('aws', ['configure', 'set', key, 'x', '--profile', 'cli'], { timeoutMs: 150_000 });
    const keys = ['aws_session_token', 'aws_secret_access_key', 'aws_access_key_id'];
    // One at a time: two of the CLI's writers at once can leave [cli] twice, for one appends it where
    // the other has just emptied the file.
    const setInTurn = async () => {
      for (const key of keys) expect(await set(key)).toMatchObject({ code: 0 });
    };
    const refresh = () =>
      users.map((user) =>
        box.run(['refresh', user.userName, '-t', sts.code(serialOf(user))], {
          timeoutMs: 150_000,
        }),
      );
    const exits = async (runs: Promise<{ code: number | null }>[]) => [
      ...new Set((await Promise.all(runs)).map(({ code }) => code)),
    ];
    try {
      const [refreshed] = await Promise.all([exits(refresh()), setInTurn()]);
      expect(refreshed).toEqual([0]);
      const text = box.readCredentials();
      expect(text.startsWith(before)).toBe(true);
      const known = /^(?:# mine|\[\w+\]|\w+ = \S.*|)$/;
      expect(text.split('\n').filter((line) => !known.test(line))).toEqual([]);
      await setInTurn();
      expect(await exits(refresh())).toEqual([0]);
      const whole = box.readCredentials();
      expect(whole.match(/^\[\w+_token\]$/gm)?.sort()).toEqual(
        users.map(({ userName }) => `[${userName}_token]`).sort(),
      );
      for (const key of keys) expect(whole).toContain(`${key} = x\n`);
    } finally {
      box.cleanup();
      await sts.close();
    }
  },
  isWhole ? 400_000 : 180_000,
);
