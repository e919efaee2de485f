/** Each system call that a write needs fails: the file is the old one or the new one, and no code is spent on a write that cannot be. */
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { Attack } from '../support/attack.ts';
import { callsOnFolder, inParallel, isWhole, sampled, withAttack } from '../support/attack.ts';
import { having } from '../support/needs.ts';

const BEFORE = credentialsOf(ALICE);
const ERRORS = ['ENOSPC', 'EIO', 'EACCES', 'EPERM', 'EDQUOT'];
const MOST_AT_ONCE = 3;
const LIMIT_MS = isWhole ? 3_600_000 : 120_000;

/** What nothing but the write of a file calls; each with its namesakes on other machines. */
const NEEDED = [
  ['mkdir', 'mkdirat'],
  ['rmdir', 'unlinkat'],
  ['unlink'],
  ['rename', 'renameat', 'renameat2'],
  ['link', 'linkat'],
  ['pwrite64'],
  ['fsync'],
  ['utimensat'],
  ['fchmod'],
  ['fchown'],
];

const isOldOrNew = (text: string): boolean =>
  text === BEFORE || (text.startsWith(BEFORE) && /\nmanager = mfa-profile\n/.test(text));

async function judge(attack: Attack, what: string, inject: string): Promise<void> {
  const { box, sts } = attack;
  const { code, stderr } = await attack.under(['-e', inject], attack.refresh());
  const text = box.readCredentials();
  const outcome = `${what}: exit ${code}, ${sts.calls.length} calls, ${stderr}`;
  expect(`${outcome}${isOldOrNew(text) ? '' : text}`).toBe(outcome);
  expect(outcome).toMatch(/: exit [07],/);
  expect(code === 0).toBe(text !== BEFORE);
  expect(stderr).not.toMatch(/another mfa-profile|fault of mfa-profile|Unknown system error/);
  if (code !== 0) expect(outcome).toMatch(/: exit 7, 0 calls,/);
}

having('strace').describe('a refresh', () => {
  const lasting = NEEDED.flatMap((names) => ERRORS.map((error) => ({ names, error })));

  test(
    'where a call always fails: exit 0, or 7 before a code is spent',
    () =>
      inParallel(sampled(lasting, 12), MOST_AT_ONCE, ({ names, error }) =>
        withAttack({}, async (attack) => {
          const calls = names.map((name) => `?${name}`).join(',');
          await judge(attack, `${names[0]} ${error}`, `inject=${calls}:error=${error}`);
          expect((await attack.box.run([...attack.refresh(), '--force'])).code).toBe(0);
        }),
      ),
    LIMIT_MS,
  );

  test(
    'where a call fails once, or is interrupted: the file is the old one or the new one',
    async () => {
      const calls = await withAttack({}, (attack) => callsOnFolder(attack, attack.refresh()));
      const cases = calls.flatMap((call) => [...ERRORS, 'EINTR'].map((error) => ({ call, error })));
      await inParallel(sampled(cases, 10), MOST_AT_ONCE, ({ call, error }) =>
        withAttack({}, async ({ box, under, refresh }) => {
          const what = `${call.name} ${call.index} ${error}`;
          const inject = `inject=${call.name}:error=${error}:when=${call.index}`;
          const { code, stderr } = await under(['-e', inject], refresh());
          const state = isOldOrNew(box.readCredentials()) ? 'whole' : box.readCredentials();
          expect(`${what}: ${state}`).toBe(`${what}: whole`);
          // 4 where the files could not even be read.
          expect(`${what}: ${code} ${stderr}`).toMatch(/: [047] /);
          expect((await box.run(refresh())).code).toBe(0);
        }),
      );
    },
    LIMIT_MS,
  );

  test('a write that is cut short is noticed before the file gets its name', () =>
    withAttack({}, async (attack) => {
      await judge(attack, 'short', 'inject=pwrite64:retval=3');
    }));

  test('a session in hand is used, though it could not be stored', () =>
    withAttack({}, async ({ box, sts, under, refresh }) => {
      // The first rename is the rehearsal's.
      const inject = 'inject=?rename,?renameat,?renameat2:error=EIO:when=2+';
      const [, ...rest] = refresh();
      const env = await under(['-e', inject], ['env', ...rest, '--format', 'json']);
      expect(env.code).toBe(0);
      expect(JSON.parse(env.stdout)).toMatchObject({ Credentials: { Expiration: /./ } });
      expect(env.stderr).toMatch(
        /warning: alice_token is used for this run alone, .* cannot write .+: input\/output error/,
      );
      const exec = await under(['-e', inject], ['exec', 'alice', ...codeOf(sts), '--', 'true']);
      expect(exec.code).toBe(0);
      const process = await under(['-e', inject], ['credential-process', 'alice', ...codeOf(sts)]);
      expect(JSON.parse(process.stdout)).toMatchObject({ Version: 1 });
      const refreshed = await under(['-e', inject], refresh());
      expect(refreshed.code).toBe(7);
      expect(sts.calls).toHaveLength(4);
      expect(box.readCredentials()).toBe(BEFORE);
    }));
});

const codeOf = (sts: Attack['sts']): string[] => ['--token-code', sts.code('alice')];
