/** One failure for all that wait for a session, and whose it is not. */
import { main } from '../../src/main.ts';
import { Failure } from '../../src/problems/problem.ts';
import type { Renewal, RunContext } from '../../src/session/context.ts';
import type { Exchange } from '../../src/session/exchange.ts';
import { attemptOf, shareFailure } from '../../src/session/shared-failure.ts';
import type { Store } from '../../src/world.ts';
import { makeFakeWorld, wrongCode } from '../support/fake-world.ts';
import type { FakeWorld, FakeWorldOptions } from '../support/fake-world.ts';

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
const ALICE: FakeWorldOptions = {
  credentials: `[alice]\n${KEYS}`,
  config: '[profile alice]\nmfa_serial = arn:aws:iam::123456789012:mfa/alice\n',
};
const UNKNOWN = { kind: 'refused', code: 'InvalidClientTokenId', said: 'x' } as const;

/** A run, with the notes that it leaves; `note` is what another leaves while this one waits. */
async function run(args: string[], options: FakeWorldOptions, note?: string) {
  const left: (string | undefined)[] = [];
  let there: { text: string; written: number } | undefined;
  const waits = note === undefined ? {} : { gateIsHeld: true };
  const world: FakeWorld = makeFakeWorld({
    ...{ ...ALICE, ...waits, ...options },
    meanwhile: (here, now) => {
      here.gateIsHeld = false;
      if (note !== undefined) there = { text: note, written: now };
    },
  });
  const open = world.store.bind(world);
  world.store = async () => ({
    ...(await open()),
    leaveNote: (_file, name, text) => {
      if (name === 'alice_token') left.push(text);
    },
    readNote: () => there,
  });
  const exit = await main(['refresh', 'alice', '--no-prompt', ...args], world);
  const calls = world.events.filter((event) => event.startsWith('call'));
  return { exit, calls, left, said: world.said };
}

const CODE = ['-t', '123456'];
const noteOf = async (answer: object): Promise<string> => {
  const { left } = await run(CODE, { answers: [answer] });
  expect(left).toHaveLength(1);
  return left[0]!;
};

test.each<[string, object, string[], boolean]>([
  ['a key that AWS does not know', UNKNOWN, CODE, true],
  ['the same with another code', UNKNOWN, ['-t', '654321'], true],
  ['the same for another length', UNKNOWN, [...CODE, '--duration', '2h'], false],
  ['the same at another endpoint', UNKNOWN, [...CODE, '--endpoint-url', 'https://b.test'], false],
  ['the same in another region', UNKNOWN, [...CODE, '--region', 'eu-west-1'], false],
  ['the same with more patience', UNKNOWN, [...CODE, '--cli-read-timeout', '99'], false],
  ['a wrong code', wrongCode, CODE, true],
  ['a wrong code of another', wrongCode, ['-t', '654321'], false],
])('%s: no second call %s', async (_what, answer, args, isShared) => {
  const note = await noteOf(answer);
  expect(note).not.toMatch(/123456"|wJalr/);
  const { exit, calls, said } = await run(args, {}, note);
  expect([exit === 0, calls.length]).toEqual(isShared ? [false, 0] : [true, 1]);
  if (isShared) expect(said).toMatch(/error: /);
});

test('what is no note of this program is passed over', async () => {
  for (const note of ['', 'null', '{"attempt":{}}']) {
    expect(await run(CODE, {}, note)).toMatchObject({ exit: 0, calls: ['call 123456'] });
  }
});

test('a session that was got takes the note away', async () => {
  expect((await run(CODE, {})).left).toStrictEqual([undefined]);
});

describe('an interruption', () => {
  const attempt = { call: 'c', code: 'd' };
  const target = { sessionName: 'alice_token' };

  function isLeft(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', isOver: boolean): boolean {
    const world = makeFakeWorld(ALICE);
    const leaveNote = jest.fn();
    const interrupt = isOver ? AbortSignal.abort() : world.interrupt;
    shareFailure(
      new Failure({ kind: 'interrupted', signal }),
      { target, attempt } as Renewal,
      { leaveNote } as unknown as Store,
      { settings: { files: {} }, world: { ...world, interrupt } } as unknown as RunContext,
    );
    return leaveNote.mock.calls.length > 0;
  }

  test('by Ctrl-C at the question is an answer to all that wait for it', () => {
    expect(isLeft('SIGINT', false)).toBe(true);
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('by %s is not', (signal) => {
    expect(isLeft(signal, false)).toBe(false);
  });

  test('of the program itself is not', () => {
    expect(isLeft('SIGINT', true)).toBe(false);
  });
});

test('a role that has changed meanwhile is another attempt', async () => {
  const role = {
    ...{
      kind: 'role',
      profile: { name: 'admin', settings: new Map() },
      signer: { kind: 'session' },
    },
    ...{ device: undefined, durationSeconds: 3600, connection: { endpoint: { url: 'https://a' } } },
    ...{ roleArn: 'arn:aws:iam::123456789012:role/a', roleSessionName: 'me', sourceName: 'prod' },
  };
  const context = { settings: { session: {} } } as unknown as RunContext;
  const call = async (change: object): Promise<string> =>
    (await attemptOf({ ...role, ...change } as unknown as Exchange, context)).call;
  const before = await call({});
  expect(await call({})).toBe(before);
  for (const change of [
    { roleArn: 'arn:aws:iam::123456789012:role/b' },
    { externalId: '1' },
    { roleSessionName: 'you' },
    { sourceName: 'dev' },
  ]) {
    expect(await call(change)).not.toBe(before);
  }
});
