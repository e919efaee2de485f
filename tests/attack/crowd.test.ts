/**
 * A crowd on one file: sessions of one profile and of many, clear, init, and runs that sleep longer
 * than their locks live. (A writer that knows no lock has tests of its own: kept from its processor
 * by a crowd it undoes what it did not see, as docs/file-safety.md says under Limits.)
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { isWhole } from '../support/attack.ts';
import { makeSandbox } from '../support/sandbox.ts';
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
