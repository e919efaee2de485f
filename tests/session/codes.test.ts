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
} = {}) {
  const said: string[] = [];
  const sleeps: number[] = [];
  let now = at;
  const terminal: Partial<Terminal> = {
    askCode: () => Promise.resolve(new Secret(typed.shift()!)),
    say: (line) => said.push(speakEnglish(line)),
    close: () => undefined,
  };
  const world = {
    now: () => now,
    sleep: (milliseconds: number) => {
      sleeps.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    runCodeCommand: () => Promise.resolve(new Secret(codes.shift()!)),
    terminal: () => Promise.resolve(typed.length > 0 ? terminal : undefined),
    readStdin: () => Promise.resolve('111111\n'),
  } as unknown as World;
  const reporter = { say: (line: Said) => said.push(speakEnglish(line)) } as unknown as Reporter;
  const waiting: Waiting = {
    session: () => 'a_token',
    aside: (act) => act(new AbortController().signal),
    others: () => Promise.resolve(),
  };
  const desk = makeCodeDesk({ ...OPTIONS, ...options }, world, reporter, waiting);
  return { desk, said, sleeps };
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

test('a command that prints one code for ever costs one refusal and one wait', async () => {
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
