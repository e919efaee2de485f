/** Each system call that a write needs fails: the file is the old one or the new one, and no code is spent on a write that cannot be. */
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { Attack } from '../support/attack.ts';
import {
  callsOnFolder,
  failOnce,
  inParallel,
  isWhole,
  sampled,
  withAttack,
} from '../support/attack.ts';
import { having } from '../support/needs.ts';
import type { AttackedCommand } from './commands.ts';
import { ATTACKED, stateOf } from './commands.ts';

const ERRORS = ['ENOSPC', 'EIO', 'EACCES', 'EPERM', 'EDQUOT'];
const MOST_AT_ONCE = 3;
/** How many times in a row another call may take the place of the one that is to be struck. */
const MOST_TRIES = 20;
const LIMIT_MS = isWhole ? 3_600_000 : 300_000;

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

/** The injection of an error into a call by all its names. */
const injection = (names: readonly string[], how: string): string =>
  `inject=${names.map((name) => `?${name}`).join(',')}:${how}`;

async function judge(
  attack: Attack,
  command: AttackedCommand,
  what: string,
  inject: string,
): Promise<void> {
  const { sts } = attack;
  const { code, stderr } = await attack.under(['-e', inject], command.args(attack));
  const state = stateOf(attack, command);
  const codes = sts.callsOf('GetSessionToken').length;
  const outcome = `${what}: exit ${code}, ${codes} codes, ${state}, ${stderr}`;
  expect(outcome).toMatch(/: exit (?:0, \d codes, new|7, 0 codes, (?:old|new)),/);
  expect(stderr).not.toMatch(/another mfa-profile|fault of mfa-profile|Unknown system error/);
}

having('strace').describe.each(ATTACKED)('$name', (command) => {
  const { name, credentials, config, args } = command;
  const files = { credentials, config };
  const lasting = NEEDED.flatMap((names) => ERRORS.map((error) => ({ names, error })));
  const isFirst = name === 'refresh';

  test(
    'where a call always fails: exit 0, or 7 before a code is spent',
    () =>
      inParallel(sampled(lasting, isFirst ? 12 : 5), MOST_AT_ONCE, ({ names, error }) =>
        withAttack(files, async (attack) => {
          const inject = injection(names, `error=${error}`);
          await judge(attack, command, `${names[0]} ${error}`, inject);
          const again = await attack.box.run(args(attack));
          expect(`${names[0]} ${error}: ${again.code} ${again.stderr}`).toMatch(/: 0 /);
        }),
      ),
    LIMIT_MS,
  );

  test(
    'where a call fails once, or is interrupted: the file is the old one or the new one',
    async () => {
      const calls = await withAttack(files, (attack) => callsOnFolder(attack, args(attack)));
      const cases = calls.flatMap((call) => [...ERRORS, 'EINTR'].map((error) => ({ call, error })));
      const attackOnce = ({ call, error }: (typeof cases)[number]): Promise<boolean> =>
        withAttack(files, async (attack) => {
          const what = `${call.name} ${call.index} ${error}`;
          const run = await failOnce(attack, call, error, args(attack));
          if (!run) return false;
          const { code, stderr } = run;
          expect(`${what}: ${stateOf(attack, command)}`).toMatch(/: (?:old|new)$/);
          // 4 where the files could not even be read; where a code was spent it is stored.
          const codes = attack.sts.callsOf('GetSessionToken').length;
          expect(`${what}: ${code}, ${codes} codes, ${stderr}`).toMatch(
            /: (?:0, \d|[47], 0) codes, /,
          );
          const again = await attack.box.run(args(attack));
          expect(`${what}: ${again.code} ${again.stderr}`).toMatch(/: 0 /);
          expect(stateOf(attack, command)).toBe('new');
          return true;
        });
      await inParallel(sampled(cases, isFirst ? 10 : 5), MOST_AT_ONCE, async (each) => {
        for (let tries = 1; !(await attackOnce(each)); tries += 1) {
          expect(tries).toBeLessThan(MOST_TRIES);
        }
      });
    },
    LIMIT_MS,
  );

  test.each([
    ['always', ''],
    ['once', ':when=1'],
    ['the second time', ':when=2'],
  ])('a write that is cut short %s is noticed before the file gets its name', (_how, when) =>
    withAttack(files, (attack) =>
      judge(attack, command, 'short', `inject=pwrite64:retval=3${when}`),
    ),
  );
});

having('strace').describe('a refresh', () => {
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
      expect(box.readCredentials()).toBe(credentialsOf(ALICE));
    }));
});

const codeOf = (sts: Attack['sts']): string[] => ['--token-code', sts.code('alice')];
