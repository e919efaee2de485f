/**
 * One failure for all: whoever waits for a session that another program fails to get gets that
 * failure; whoever would try otherwise, or begins later, tries.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ALICE, BOB, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { startHostile, HOSTILE } from '../../fixtures/sts/hostile.ts';
import { having } from '../support/needs.ts';
import { quoted } from '../support/quote.ts';
import type { RunResult } from '../support/child.ts';
import { until } from '../support/until.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();
const MANY = 10;
const exchanges = () => scene.sts.callsOf('GetSessionToken').length;

/** A promise, and what resolves it. */
function held(): { release: () => void; until: Promise<void> } {
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  return { release, until };
}

/** Lets the first one of them go on as soon as all others wait for it. */
async function atOnce(
  box: Sandbox,
  args: (index: number) => string[],
  letGo?: () => void,
): Promise<RunResult[]> {
  const all = Array.from({ length: MANY }, (_, index) => box.spawn(args(index)));
  if (letGo) {
    const waiting = () => all.filter(({ stderr }) => stderr.includes('another mfa-profile'));
    await until(() => waiting().length === MANY - 1);
    letGo();
  }
  return Promise.all(all.map(({ result }) => result));
}
const endings = (runs: readonly RunResult[]) => [
  ...new Set(runs.map(({ code, stderr }) => `${code} ${/error: .*/.exec(stderr)?.[0]}`)),
];

test('a wrong code: one call, and each is told so', async () => {
  const box = scene.box();
  const args = ['credential-process', 'alice', '--token-code', '000000'];
  const { release, until } = held();
  scene.sts.failNext({ kind: 'delay', until });
  expect(endings(await atOnce(box, () => args, release))).toEqual([
    expect.stringMatching(/^5 error: AWS rejected the MFA code for alice/),
  ]);
  expect(exchanges()).toBe(1);
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  // A run that begins now does not share that failure.
  expect((await box.run(args)).code).toBe(5);
  expect(exchanges()).toBe(2);
  const good = ['credential-process', 'alice', '-t', scene.sts.code('alice')];
  expect((await box.run(good)).code).toBe(0);
});

test('a server that cannot be reached', async () => {
  const box = scene.box({ env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' } });
  const runs = await atOnce(box, (index) => ['refresh', 'alice', '-t', `11111${index}`]);
  expect(endings(runs)).toEqual([expect.stringMatching(/^6 error: .*127\.0\.0\.1:9/)]);
});

test('a server that lies is called as often as one run calls it, and no note holds a secret', async () => {
  const { release, until } = held();
  const server = await startHostile((...asked) => {
    void until.then(() => HOSTILE['words for a terminal'](...asked));
  });
  try {
    const box = scene.box({ env: { AWS_ENDPOINT_URL_STS: server.endpoint } });
    const runs = await atOnce(box, () => ['refresh', 'alice', '-t', '111111'], release);
    expect(endings(runs)).toHaveLength(1);
    expect(server.requests()).toBe(1);
    const folder = box.path('.local/state/mfa-profile/locks');
    const notes = readdirSync(folder).filter((name) => name.endsWith('.note'));
    expect(notes).toHaveLength(1);
    const text = readFileSync(path.join(folder, notes[0]!), 'utf8');
    expectNoSecret([text], ['111111', ALICE.secretAccessKey]);
  } finally {
    server.close();
  }
});

test('another code is tried, though one was wrong', async () => {
  const box = scene.box();
  const right = scene.sts.code('alice');
  const { release, until } = held();
  scene.sts.failNext({ kind: 'delay', until });
  const args = (index: number) => ['refresh', 'alice', '-t', index === MANY - 1 ? right : '000000'];
  const runs = await atOnce(box, args, release);
  expect(runs.at(-1)!.code).toBe(0);
  expect(exchanges()).toBeLessThanOrEqual(2);
});

test('a command for codes: run once for all, whether it fails or not', async () => {
  const box = scene.box({ credentials: credentialsOf(ALICE, BOB), config: configOf(ALICE, BOB) });
  const log = box.writeFile('runs', '');
  const runsOf = () => readFileSync(log, 'utf8').length / 2;
  const atOnceWith = (name: string, rest: string) => {
    const go = box.path(`go-${name}`);
    const command = `echo x >>${quoted(log)}; until [ -e ${quoted(go)} ]; do sleep 0.1; done; ${rest}`;
    const args = ['env', name, '--mfa-process', command];
    return atOnce(
      box,
      () => args,
      () => box.writeFile(`go-${name}`, ''),
    );
  };
  const failed = await atOnceWith('alice', 'exit 4');
  expect(endings(failed)).toEqual([expect.stringMatching(/^3 .*it ended with status 4/)]);
  expect(runsOf()).toBe(1);
  const got = await atOnceWith('bob', scene.sts.codeCommand('bob'));
  expect(got.map(({ code }) => code)).toEqual(Array(MANY).fill(0));
  expect(runsOf()).toBe(2);
  expect(exchanges()).toBe(1);
});

describe('of the library', () => {
  const provide = async (options: string) => {
    const box = scene.box();
    const program = path.join(__dirname, '../../dist/provider.cjs');
    const text = `const { fromMfaProfile } = require(${JSON.stringify(program)});
      let asked = 0;
      const code = async () => { asked += 1; return '00000' + asked % 10; };
      const one = () => fromMfaProfile({ profile: 'alice', ...${options} })();
      Promise.allSettled(Array.from({ length: 50 }, one)).then((all) => {
        const ends = new Set(all.map(({ reason }) => (reason ? reason.code : 'ok')));
        console.log(asked, ...ends);
      });`;
    const { stdout, stderr } = await box.exec(process.execPath, [box.writeFile('all.cjs', text)]);
    return stdout + stderr;
  };

  test('50 providers, a wrong code: one question, one call', async () => {
    const wrong = `{ mfaCodeProvider: async () => { asked += 1; return '000000'; } }`;
    // AWS refuses the first; a function that gives the same code again is not asked a third time.
    expect(await provide(wrong)).toMatch(/^[12] wrong-code\n$/);
    expect(exchanges()).toBe(1);
  });

  test('50 providers, an answer that is lost: one question', async () => {
    scene.sts.failNext({ kind: 'reset-after-processing', count: 1000 });
    expect(await provide('{ mfaCodeProvider: code }')).toBe('1 answer-lost\n');
    // As often as a single call is tried.
    expect(exchanges()).toBe(3);
  });
});

const { test: testOnPty } = having('pty');

testOnPty(
  'Ctrl-C at the one question of a terminal ends all that wait for it there, and nobody elsewhere',
  async () => {
    const box = scene.box();
    const elsewhere = box.spawn(['refresh', 'alice', '--no-prompt']);
    const line = `for n in 1 2 3 4; do mfa-profile credential-process alice >/dev/null 2>"$HOME/said$n" & done; wait; echo all done`;
    const pty = box.openPty(['-c', line], { file: 'sh' });
    await pty.waitFor(/MFA code for alice/);
    const waits = () =>
      [1, 2, 3, 4]
        .map((n) => box.path(`said${n}`))
        .filter((file) => existsSync(file))
        .filter((file) => readFileSync(file, 'utf8').includes('another mfa-profile'));
    await until(() => waits().length >= 3);
    pty.key('ctrl-c');
    await pty.waitFor(/all done/);
    expect(pty.screen.match(/MFA code for/g)).toHaveLength(1);
    const next = await elsewhere.result;
    expect(next.code).toBe(3);
  },
);

testOnPty('a code in hand goes before a command that asks, and ends it', async () => {
  const box = scene.box();
  const command = 'printf "touch the key " >/dev/tty; read -r code </dev/tty; echo "$code"';
  const asked = box.openPty(['refresh', 'alice', '--mfa-process', command]);
  await asked.waitFor(/touch the key/);
  const run = await box.run(['refresh', 'alice', '-t', scene.sts.code('alice')]);
  expect(run).toMatchObject({ code: 0 });
  expect(run.stderr).not.toContain('another mfa-profile');
  expect(await asked.exit).toEqual({ code: 0, signal: null });
  expect(exchanges()).toBe(1);
});

testOnPty('and before a run that waits for its code on stdin', async () => {
  const box = scene.box();
  const asked = box.openPty(['refresh', 'alice', '-t', '-', '--debug']);
  await asked.waitFor(/exchange \(missing\)/);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const run = await box.run(['refresh', 'alice', '-t', scene.sts.code('alice')]);
  expect(run).toMatchObject({ code: 0 });
  expect(await asked.exit).toEqual({ code: 0, signal: null });
  expect(exchanges()).toBe(1);
  expect(box.namesInFolder()).toEqual(['config', 'credentials']);
});
