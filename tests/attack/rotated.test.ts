/**
 * A rotation killed at each system call on the AWS files and on its journal, and after each answer
 * of AWS: at no moment is the only working key lost, and the next run finishes or undoes it.
 */
import { readFileSync } from 'node:fs';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { Attack, Call } from '../support/attack.ts';
import { callsOnFolder, inParallel, isWhole, sampled, withAttack } from '../support/attack.ts';
import type { Child } from '../support/child.ts';
import { having } from '../support/needs.ts';
import { journalOf, leftIn, pairIn, stateFolder, stateOf } from '../support/rotation.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf } from '../support/scene.ts';

const MOST_AT_ONCE = 4;
const LIMIT_MS = isWhole ? 3_600_000 : 300_000;

const rotate = (sts: LocalSts, ...more: string[]) => [
  ...['rotate', 'alice', ...more, '--token-code', sts.code('alice')],
];

/** The key in the file works, and so does one that only the journal has. */
function expectNothingLost(where: string, box: Sandbox, sts: LocalSts): void {
  expect(`${where}: ${sts.keys.works(...pairIn(box))}`).toBe(`${where}: true`);
  const { stage, access_key_id: id = '', secret_access_key: secret = '' } = journalOf(box) ?? {};
  if (stage !== 'created') return;
  expect(`${where}: journal ${sts.keys.works(id, secret)}`).toBe(`${where}: journal true`);
}

/** The next run, and then the one that deletes the old key: one key is left, and it works. */
async function expectFinished(where: string, box: Sandbox, sts: LocalSts): Promise<void> {
  const next = await box.run(rotate(sts, '--yes'));
  // 4 if all was done, and the old key is only to be deleted.
  const said = `${where}: ${next.code} ${next.stderr}`;
  expect(said).toMatch(/: 0 |: 4 .*it is the one before the last rotation/s);
  expectNothingLost(where, box, sts);
  expect(stateOf(box, sts).keys).toEqual(expect.arrayContaining(['new Active']));
  const finish = await box.run(rotate(sts, '--finish'));
  expect(`${where}: ${finish.code} ${finish.stderr}`).toMatch(/: 0 /);
  expect(stateOf(box, sts)).toEqual({ works: true, keys: ['new Active'] });
  expect(`${where}: ${leftIn(stateFolder(box)).join(' ')}`).toBe(`${where}: `);
}

having('strace').describe('killed at a system call', () => {
  let calls: Call[] = [];
  beforeAll(() =>
    withAttack({}, async (attack) => {
      const { box, sts } = attack;
      calls = await callsOnFolder(attack, rotate(sts), [box.folder, stateFolder(box)]);
    }),
  );

  test(
    'the key in the file works, and the next run finishes or undoes the rotation',
    async () => {
      expect(calls.length).toBeGreaterThan(40);
      await inParallel(sampled(calls, 10), MOST_AT_ONCE, (call) =>
        withAttack({}, async ({ box, sts, under }) => {
          const inject = `inject=${call.name}:signal=KILL:when=${call.index}`;
          const killed = await under(['-e', inject], rotate(sts));
          const where = `${call.name} ${call.index}, ${killed.signal ?? killed.code}`;
          expectNothingLost(where, box, sts);
          await expectFinished(where, box, sts);
        }),
      );
    },
    LIMIT_MS,
  );
});

/** A store of one entry: a file beside the folders that are attacked, replaced as a whole. */
const STORE = `#!/bin/sh
case $1 in
store) cat >"$HOME/half" && mv "$HOME/half" "$HOME/kept" ;;
read) [ ! -e "$HOME/kept" ] || cat "$HOME/kept" ;;
delete) rm "$HOME/kept" ;;
esac
`;

/** The key that the store holds works, and so does one that only the journal has. */
function expectKept(where: string, box: Sandbox, sts: LocalSts): void {
  const { AccessKeyId: id, SecretAccessKey: secret } = JSON.parse(
    readFileSync(box.path('kept'), 'utf8'),
  ) as Record<string, string>;
  expect(`${where}: ${sts.keys.works(id!, secret!)}`).toBe(`${where}: true`);
  const { stage, access_key_id = '', secret_access_key = '' } = journalOf(box) ?? {};
  if (stage !== 'created') return;
  expect(`${where}: ${sts.keys.works(access_key_id, secret_access_key)}`).toBe(`${where}: true`);
}

having('strace').describe('a key in a store', () => {
  const moved = (act: (attack: Attack) => Promise<void>): Promise<void> =>
    withAttack({}, async (attack) => {
      const store = attack.box.writeFile('bin/kept', STORE, 0o755);
      const move = await attack.box.run(['keys', 'move', 'alice', '--to', store]);
      expect(move).toMatchObject({ code: 0 });
      await act(attack);
    });
  let calls: Call[] = [];
  beforeAll(() =>
    moved(async (attack) => {
      const { box, sts } = attack;
      calls = await callsOnFolder(attack, rotate(sts), [box.folder, stateFolder(box)]);
    }),
  );

  test(
    'killed, or with a call that fails: the key there works, and the next run finishes',
    async () => {
      expect(calls.length).toBeGreaterThan(20);
      const ways = ['signal=KILL', 'error=ENOSPC', 'error=EIO'];
      const cases = calls.flatMap((call) => ways.map((way) => ({ call, way })));
      await inParallel(sampled(cases, 8), MOST_AT_ONCE, ({ call, way }) =>
        moved(async ({ box, sts, under }) => {
          const inject = `inject=${call.name}:${way}:when=${call.index}`;
          const run = await under(['-e', inject], rotate(sts));
          const where = `${call.name} ${call.index} ${way}, ${run.signal ?? run.code} ${run.stderr}`;
          expect(where).toMatch(/, (?:SIGKILL|[0467]) /);
          expectKept(where, box, sts);
          const next = await box.run(rotate(sts, '--yes'));
          expect(`${where}: ${next.code} ${next.stderr}`).toMatch(
            /: 0 |: 4 .*it is the one before the last rotation/s,
          );
          const finish = await box.run(rotate(sts, '--finish'));
          expect(`${where}: ${finish.code} ${finish.stderr}`).toMatch(/: 0 /);
          expectKept(where, box, sts);
          expect(sts.keys.of('alice').map(({ status }) => status)).toEqual(['Active']);
          expect(`${where}: ${leftIn(stateFolder(box)).join(' ')}`).toBe(`${where}: `);
        }),
      );
    },
    LIMIT_MS,
  );
});

having('strace').describe('the journal', () => {
  test(
    'that cannot be written at one of its calls: nothing is lost, and the next run finishes',
    async () => {
      let calls: Call[] = [];
      await withAttack({}, async (attack) => {
        calls = await callsOnFolder(attack, rotate(attack.sts), [stateFolder(attack.box)]);
      });
      expect(calls.length).toBeGreaterThan(10);
      const cases = calls.flatMap((call) =>
        ['ENOSPC', 'EIO', 'EDQUOT'].map((error) => ({ call, error })),
      );
      await inParallel(sampled(cases, 8), MOST_AT_ONCE, ({ call, error }) =>
        withAttack({}, async ({ box, sts, under }) => {
          const inject = `inject=${call.name}:error=${error}:when=${call.index}`;
          const { code, signal, stderr } = await under(['-e', inject], rotate(sts));
          const where = `${call.name} ${call.index} ${error}, ${signal ?? code} ${stderr}`;
          expect(where).toMatch(/, [0467] /);
          expectNothingLost(where, box, sts);
          await expectFinished(where, box, sts);
        }),
      );
    },
    LIMIT_MS,
  );
});

/** GetSessionToken, ListAccessKeys, three times GetCallerIdentity, Create, Update and Delete. */
const REQUESTS = [1, 2, 3, 4, 5, 6, 7, 8];

test(
  'killed when AWS has carried a request out: nothing is lost, and the next run finishes or undoes it',
  async () => {
    await inParallel(REQUESTS, MOST_AT_ONCE, async (last) => {
      let child: Child | undefined;
      let requests = 0;
      let action = '';
      const sts = await startLocalSts({
        totpClock: 'fresh',
        beforeAnswer: (asked) => {
          if (++requests !== last) return;
          action = asked;
          child?.kill();
        },
      });
      const box = makeSandbox({ credentials: credentialsOf(ALICE), config: configOf(ALICE), sts });
      try {
        child = box.spawn(rotate(sts, '--delete'));
        const { signal } = await child.result;
        const where = `${last} ${action}`;
        expect(`${where}: ${signal}`).toBe(`${where}: SIGKILL`);
        expectNothingLost(where, box, sts);
        await expectFinished(where, box, sts);
      } finally {
        box.cleanup();
        await sts.close();
      }
    });
  },
  LIMIT_MS,
);

test(
  'killed after CreateAccessKey, --abandon leaves the user as before',
  async () => {
    let child: Child | undefined;
    const sts = await startLocalSts({
      totpClock: 'fresh',
      beforeAnswer: (action) => {
        if (action === 'CreateAccessKey') child?.kill();
      },
    });
    const box = makeSandbox({ credentials: credentialsOf(ALICE), config: configOf(ALICE), sts });
    try {
      child = box.spawn(rotate(sts));
      await child.result;
      expect(stateOf(box, sts)).toEqual({ works: true, keys: ['old Active', 'new Active'] });
      expect(await box.run(['rotate', 'alice', '--abandon', '--no-prompt'])).toMatchObject({
        code: 0,
      });
      expect(stateOf(box, sts)).toEqual({ works: true, keys: ['old Active'] });
      expect(leftIn(stateFolder(box))).toEqual([]);
    } finally {
      box.cleanup();
      await sts.close();
    }
  },
  LIMIT_MS,
);
