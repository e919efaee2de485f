/** One code, once: where a code comes from, and what is done when AWS has seen it (aws-vault#1110). */
import { makeCodeDesk } from '../../src/session/codes.ts';
import type { Code, CodeDesk, Waiting } from '../../src/session/codes.ts';
import { speakEnglish } from '../../src/problems/text.ts';
import type { Said } from '../../src/problems/text.ts';
import { Secret } from '../../src/credentials/secret.ts';
import type { SessionOptions } from '../../src/session/options.ts';
import type { Reporter } from '../../src/output/reporter.ts';
import type { Terminal, World } from '../../src/world.ts';

const DEVICE = 'arn:aws:iam::123456789012:mfa/a';
const OPTIONS: SessionOptions = {
  tokenCode: undefined,
  serialNumber: undefined,
  durationSeconds: undefined,
  minTtlSeconds: 300,
  force: false,
  mayPrompt: true,
  mfaProcess: undefined,
  sessionProfile: undefined,
};

/** A desk over a clock that sleep moves, a command that prints `codes` in turn, and a person. */
function makeScene({
  codes = [] as string[],
  typed = [] as string[],
  options = {},
  at = 5_000,
  platform = 'linux',
  stdin = '111111\n',
} = {}) {
  const said: string[] = [];
  const sleeps: number[] = [];
  const ran: string[] = [];
  let [opened, closed] = [0, 0];
  let now = at;
  const terminal: Partial<Terminal> = {
    askCode: () => Promise.resolve(new Secret(typed.shift()!)),
    say: (line) => said.push(speakEnglish(line)),
    close: () => void (closed += 1),
  };
  const world = {
    platform,
    now: () => now,
    sleep: (milliseconds: number) => {
      sleeps.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    runCodeCommand: (...given: unknown[]) => {
      ran.push(JSON.stringify(given.slice(0, 2)));
      return Promise.resolve(new Secret(codes.shift()!));
    },
    terminal: () => {
      opened += 1;
      return Promise.resolve(typed.length > 0 ? terminal : undefined);
    },
    readStdin: () => Promise.resolve(stdin),
  } as unknown as World;
  const reporter = { say: (line: Said) => said.push(speakEnglish(line)) } as unknown as Reporter;
  const waiting: Waiting = {
    session: () => 'a_token',
    aside: (act) => act(new AbortController().signal),
    others: () => Promise.resolve(),
  };
  const desk = makeCodeDesk({ ...OPTIONS, ...options }, world, reporter, waiting);
  return { desk, said, sleeps, ran, opened: () => opened, closed: () => closed };
}

const request = (session: string, mfaProcess?: string) => ({
  session,
  serialNumber: DEVICE,
  mfaProcess,
});

async function use(desk: CodeDesk, session: string, process?: string): Promise<string> {
  const code = await desk.next(request(session, process));
  desk.taken(DEVICE, code);
  return code.value.reveal();
}

test('a command that hands out a used code is asked again at the next step, without a refusal', async () => {
  const { desk, said, sleeps } = makeScene({ codes: ['111111', '111111', '222222'] });
  expect(await use(desk, 'a', 'cmd')).toBe('111111');
  expect(await use(desk, 'b', 'cmd')).toBe('222222');
  // 5 s into a step: 25 s to its end, and one for a slow device.
  expect(sleeps).toEqual([26_000]);
  expect(said).toEqual([expect.stringMatching(/was used already; waiting 26 s for its next one/)]);
});

test('one that moves on by itself is not waited for', async () => {
  const { desk, sleeps } = makeScene({ codes: ['111111', '222222'] });
  await use(desk, 'a', 'cmd');
  expect(await use(desk, 'b', 'cmd')).toBe('222222');
  expect(sleeps).toEqual([]);
});

test('a code that AWS refuses is followed by the next one, once', async () => {
  const { desk, said, sleeps } = makeScene({ codes: ['111111', '222222'] });
  const first = await desk.next(request('a', 'cmd'));
  expect(await desk.refused(request('a', 'cmd'), first)).toBe(true);
  expect(said[0]).toMatch(/AWS rejected the code of .* waiting 26 s/);
  const second = await desk.next(request('a', 'cmd'));
  expect(second.value.reveal()).toBe('222222');
  expect(await desk.refused(request('a', 'cmd'), second)).toBe(false);
  expect(sleeps).toEqual([26_000]);
});

test('a command that always prints the same code costs one refusal and one wait', async () => {
  const { desk, sleeps } = makeScene({ codes: ['000000', '000000'] });
  const first = await desk.next(request('a', 'cmd'));
  expect(await desk.refused(request('a', 'cmd'), first)).toBe(true);
  await expect(desk.next(request('a', 'cmd'))).rejects.toMatchObject({
    problem: { kind: 'wrong-code', profile: 'a' },
  });
  expect(sleeps).toHaveLength(1);
});

test('a code by option serves once; the next one comes from the next source', async () => {
  const tokenCode = new Secret('111111');
  const { desk } = makeScene({ codes: ['222222'], options: { tokenCode, mfaProcess: 'cmd' } });
  const sources: Code[] = [await desk.next(request('a')), await desk.next(request('b'))];
  expect(sources.map(({ from }) => from)).toEqual(['option', 'process']);
});

test('a used code typed at the prompt is asked for again, and said so', async () => {
  const { desk, said } = makeScene({ typed: ['111111', '111111', '222222'] });
  await use(desk, 'a');
  expect(await use(desk, 'b')).toBe('222222');
  expect(said).toEqual([
    expect.stringMatching(/used up: wait for the next one/),
    'that code was already used: wait for the next one',
  ]);
});

test('a wrong code at the prompt may be retyped twice', async () => {
  const { desk } = makeScene({ typed: ['111111', '222222', '333333'] });
  const answers = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    answers.push(await desk.refused(request('a'), await desk.next(request('a'))));
  }
  expect(answers).toEqual([true, true, false]);
});

test('stdin is read once, and what is no code is a usage error', async () => {
  const { desk } = makeScene({ options: { tokenCode: 'stdin' } });
  expect((await desk.next(request('a'))).value.reveal()).toBe('111111');
  await expect(desk.next(request('a'))).rejects.toMatchObject({ problem: { kind: 'no-code' } });
});

test.each<[string, Partial<SessionOptions>, string | undefined, string[], boolean]>([
  ['a code by option', { tokenCode: new Secret('111111') }, undefined, [], true],
  ['a command by option', { mfaProcess: 'cmd' }, undefined, [], true],
  ['a command of the profile', {}, 'cmd', [], true],
  ['an empty command', { mfaProcess: '' }, 'cmd', [], false],
  ['a person', {}, undefined, ['111111'], true],
  ['a person who may not be asked', { mayPrompt: false }, undefined, ['111111'], false],
  ['nobody', {}, undefined, [], false],
])('whether a code can be had: %s', async (_what, options, process, typed, expected) => {
  const { desk } = makeScene({ options, typed });
  expect(await desk.canServe(request('a', process))).toBe(expected);
  const hasPerson = typed.length > 0 && options.mayPrompt !== false;
  expect(await desk.hasPerson()).toBe(hasPerson);
});

test('once the option’s code is given out, nobody can serve', async () => {
  const { desk } = makeScene({ options: { tokenCode: new Secret('111111') } });
  const code = await desk.next(request('a'));
  expect(await desk.canServe(request('a'))).toBe(false);
  expect(await desk.refused(request('a'), code)).toBe(false);
});

test.each<[Partial<SessionOptions>, string, string]>([
  [{ mayPrompt: false }, 'linux', 'no-prompt'],
  [{ mayPrompt: false }, 'win32', 'no-prompt'],
  [{}, 'linux', 'no-terminal'],
  [{}, 'win32', 'no-console'],
])('with %j on %s there is no code, for %s', async (options, platform, why) => {
  const { desk } = makeScene({ options, platform });
  await expect(desk.next(request('a'))).rejects.toMatchObject({
    problem: { kind: 'no-code', session: 'a', why },
  });
});

test.each(['12345', '', 'x'])('%j on stdin is a mistake of the line', async (stdin) => {
  const { desk } = makeScene({ options: { tokenCode: 'stdin' }, stdin });
  await expect(desk.next(request('a'))).rejects.toMatchObject({
    problem: { kind: 'usage', message: { entry: 'stdinHasNoCode' } },
  });
});

test('the command by option goes before the profile’s, and learns whom it is for', async () => {
  const { desk, ran } = makeScene({ codes: ['111111', '222222'], options: { mfaProcess: 'mine' } });
  await desk.next(request('a', 'of-profile'));
  expect(ran).toEqual([
    JSON.stringify(['mine', { profile: 'a', session: 'a_token', serialNumber: DEVICE }]),
  ]);
});

test('a code that one device has used is another’s own', async () => {
  const { desk, sleeps } = makeScene({ codes: ['111111', '111111'] });
  await use(desk, 'a', 'cmd');
  const code = await desk.next({ ...request('b', 'cmd'), serialNumber: 'GAHT12345678' });
  expect([code.value.reveal(), sleeps]).toEqual(['111111', []]);
});

test('each session’s command has its own second try', async () => {
  const { desk, sleeps } = makeScene({ codes: ['111111', '222222', '333333', '444444'] });
  for (const session of ['a', 'b']) {
    const code = await desk.next(request(session, 'cmd'));
    expect(await desk.refused(request(session, 'cmd'), code)).toBe(true);
  }
  expect(sleeps).toEqual([26_000, 30_000]);
});

test('who types a wrong code hears how many tries are left', async () => {
  const { desk, said } = makeScene({ typed: ['111111', '222222', '333333', '444444'] });
  for (const session of ['a', 'a', 'a', 'b']) {
    await desk.refused(request(session), await desk.next(request(session)));
  }
  expect(said).toEqual([
    expect.stringMatching(/2 tries left$/),
    expect.stringMatching(/1 try left$/),
    expect.stringMatching(/2 tries left$/),
  ]);
});

test('the terminal is opened once, and closed with the desk', async () => {
  const { desk, opened, closed } = makeScene({ typed: ['111111', '222222'] });
  desk.close();
  expect(closed()).toBe(0);
  await use(desk, 'a');
  await use(desk, 'b');
  desk.close();
  await Promise.resolve();
  expect([opened(), closed()]).toEqual([1, 1]);
});
