/** Killed at each system call on the folder: the file is whole, and the next run needs no help. */
import { readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { Attack, Call } from '../support/attack.ts';
import { callsOnFolder, inParallel, isWhole, sampled, withAttack } from '../support/attack.ts';
import { configOf, hoursAhead, sessionText } from '../support/scene.ts';
import { having } from '../support/needs.ts';

const BEFORE = credentialsOf(ALICE);
const SESSION = sessionText('alice_token', {
  x_security_token_expires: hoursAhead(-1),
  manager: 'mfa-profile',
});
/** A section of ours, whole. */
const NEW_SESSION =
  /\n\[alice_token\]\naws_access_key_id = ASIA\w+\naws_secret_access_key = \S+\naws_session_token = \S+\nx_security_token_expires = \S+\nmanager = mfa-profile\n(?:\w+ = .+\n)*$/;

/** A dead holder is waited for 5.5 s; the rest is node, on a machine that has other things to do. */
const SOON_MS = 15_000;
const MOST_AT_ONCE = 6;

const COMMANDS: {
  name: string;
  credentials: string;
  config?: string;
  args: (attack: Attack) => string[];
  isNew: (credentials: string, config: string) => boolean;
}[] = [
  {
    name: 'refresh',
    credentials: BEFORE,
    args: (attack) => attack.refresh(),
    isNew: (text) => text.startsWith(BEFORE) && NEW_SESSION.test(text.slice(BEFORE.length)),
  },
  {
    name: 'clear',
    credentials: `${BEFORE}\n${SESSION}`,
    args: () => ['clear', 'alice'],
    isNew: (text) => text === BEFORE,
  },
  {
    name: 'init',
    credentials: BEFORE,
    config: '[default]\nregion = eu-west-1\n',
    args: ({ sts }) => [
      ...['init', 'alice', '--serial-number', 'arn:aws:iam::123456789012:mfa/alice'],
      ...['--duration-seconds', '3600', '--token-code', sts.code('alice')],
    ],
    isNew: (text, config) =>
      text.startsWith(BEFORE) &&
      config.startsWith('[default]\nregion = eu-west-1\n') &&
      (text === BEFORE || NEW_SESSION.test(text.slice(BEFORE.length))) &&
      /\[profile alice\]\n(?:\w+ = .+\n)+$/.test(config),
  },
];

having('strace').describe.each(COMMANDS)(
  'a killed $name',
  ({ credentials, config = configOf(ALICE), args, isNew }) => {
    let calls: Call[] = [];
    beforeAll(() =>
      withAttack({ credentials, config }, async (attack) => {
        calls = await callsOnFolder(attack, args(attack));
      }),
    );

    test(
      'leaves the old file or the new one, and the next run succeeds by itself',
      async () => {
        expect(calls.length).toBeGreaterThan(10);
        await inParallel(sampled(calls, 8), MOST_AT_ONCE, (call) =>
          withAttack({ credentials, config }, async (attack) => {
            const { box } = attack;
            const inject = `inject=${call.name}:signal=KILL:when=${call.index}`;
            const killed = await attack.under(['-e', inject], args(attack));
            const where = `${call.name} ${call.index}, ${killed.signal ?? killed.code}`;
            const text = box.readCredentials();
            const isOld = text === credentials && box.readConfig() === config;
            const state = isOld || isNew(text, box.readConfig()) ? 'whole' : text;
            expect(`${where}: ${state}`).toBe(`${where}: whole`);

            const start = performance.now();
            const next = await box.run(args(attack));
            expect(`${where}: ${next.code} ${next.stderr}`).toMatch(/: 0 /);
            expect(performance.now() - start).toBeLessThan(SOON_MS);
            expect(isNew(box.readCredentials(), box.readConfig())).toBe(true);
            await nothingStaysForEver(attack, args, where);
          }),
        );
      },
      isWhole ? 3_600_000 : 120_000,
    );
  },
);

/** What is left is known for what it is, and goes once it is old. */
async function nothingStaysForEver(
  attack: Attack,
  args: (attack: Attack) => string[],
  where: string,
): Promise<void> {
  const { box, refresh } = attack;
  for (const name of readdirSync(box.folder)) {
    if (/\.(?:tmp|lock)$/.test(name)) utimesSync(path.join(box.folder, name), 1e9, 1e9);
  }
  await box.run([...refresh(), '--force']);
  await box.run(args(attack));
  expect(`${where}: ${box.namesInFolder().join(' ')}`).toBe(`${where}: config credentials`);
}
