/**
 * `keys move` and `keys restore`, killed at each system call on the folder of the AWS files, or with
 * that call failing: the key is in at least one place, and the next run finishes by itself.
 */
import { existsSync, readFileSync } from 'node:fs';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import type { Attack, Call } from '../support/attack.ts';
import { callsOnFolder, inParallel, isWhole, sampled, withAttack } from '../support/attack.ts';
import { having } from '../support/needs.ts';
import { configOf } from '../support/scene.ts';

const MOST_AT_ONCE = 4;
const LIMIT_MS = isWhole ? 3_600_000 : 300_000;

const BEFORE = `# mine\n${credentialsOf(ALICE)}# kept\n`;
const AFTER = BEFORE.replace(/^aws_.*\n/gm, '');
const CONFIG = configOf(ALICE);
const SERVED = /^key_store = .*\ncredential_process = .* keys read alice\n$/;

/** A store of one entry: a file beside the folder that is attacked. */
const STORE = `#!/bin/sh
case $1 in
store) cat > "$HOME/kept" ;;
read) [ ! -e "$HOME/kept" ] || cat "$HOME/kept" ;;
delete) rm "$HOME/kept" ;;
esac
`;

const ways = ['signal=KILL', 'error=ENOSPC', 'error=EIO'];

interface Act {
  readonly name: string;
  readonly args: (attack: Attack) => string[];
  /** Brings the files to where the command begins. */
  readonly begin: (attack: Attack) => Promise<void>;
  readonly isDone: (attack: Attack) => boolean;
}

const move = ({ box }: Attack): string[] => [
  ...['keys', 'move', 'alice', '--to', box.path('bin/kept')],
];
const isMoved = ({ box }: Attack): boolean =>
  box.readCredentials() === AFTER &&
  box.readConfig().startsWith(CONFIG) &&
  SERVED.test(box.readConfig().slice(CONFIG.length)) &&
  keptKey(box.path('kept'));
const isRestored = ({ box }: Attack): boolean =>
  box.readCredentials() === BEFORE && box.readConfig() === CONFIG && !existsSync(box.path('kept'));

const ACTS: readonly Act[] = [
  { name: 'move', args: move, begin: () => Promise.resolve(), isDone: isMoved },
  {
    name: 'restore',
    args: () => ['keys', 'restore', 'alice'],
    begin: async (attack) => {
      expect((await attack.box.run(move(attack))).code).toBe(0);
    },
    isDone: isRestored,
  },
];

function keptKey(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').includes(ALICE.secretAccessKey);
}

const at = (act: Act, attacked: (attack: Attack) => Promise<void>): Promise<void> =>
  withAttack({ credentials: BEFORE, config: CONFIG }, async (attack) => {
    attack.box.writeFile('bin/kept', STORE, 0o755);
    await act.begin(attack);
    await attacked(attack);
  });

having('strace').describe.each(ACTS)('a killed keys $name', (act) => {
  let calls: Call[] = [];
  beforeAll(() =>
    at(act, async (attack) => {
      calls = await callsOnFolder(attack, act.args(attack));
    }),
  );

  test(
    'loses no key, and the next run finishes',
    async () => {
      expect(calls.length).toBeGreaterThan(20);
      const cases = calls.flatMap((call) => ways.map((way) => ({ call, way })));
      await inParallel(sampled(cases, 10), MOST_AT_ONCE, ({ call, way }) =>
        at(act, async (attack) => {
          const { box } = attack;
          const inject = `inject=${call.name}:${way}:when=${call.index}`;
          const run = await attack.under(['-e', inject], act.args(attack));
          const where = `${call.name} ${call.index} ${way}: ${run.signal ?? run.code} ${run.stderr}`;
          const inFile = box.readCredentials().includes(ALICE.secretAccessKey);
          const inStore = keptKey(box.path('kept'));
          const { code, stdout } = await box.run(['keys', 'show', 'alice', '--json']);
          const seen = `${where}: ${inFile} ${inStore} ${code} ${stdout}`;
          expect(seen).toMatch(/: (?:true \w+|\w+ true) 0 /);
          expect(seen).toContain(`"access_key_id": "${ALICE.accessKeyId}"`);

          const next = await box.run(act.args(attack));
          // Done already where the last call was struck.
          const done = next.code === 0 || (next.code === 4 && act.isDone(attack));
          expect(`${where}: ${next.code} ${next.stderr}: ${done}`).toMatch(/: true$/);
          expect(`${where}: ${act.isDone(attack)}`).toMatch(/: true$/);
        }),
      );
    },
    LIMIT_MS,
  );
});
