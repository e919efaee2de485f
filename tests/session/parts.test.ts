/** Lengths, waits and warnings of a session: the small parts, one by one. */
import { checkMinTtl, durationOf } from '../../src/session/length.ts';
import { lockWaiting } from '../../src/session/lock-wait.ts';
import { parseMinTtl } from '../../src/session/options.ts';
import { requireStored, warnOfUnstored, whyUnstored } from '../../src/session/unstored.ts';
import { Failure } from '../../src/problems/problem.ts';
import type { Problem } from '../../src/problems/problem.ts';
import { speakEnglish } from '../../src/problems/text.ts';
import type { Said } from '../../src/problems/text.ts';
import type { Outcome, RunContext, Wish } from '../../src/session/context.ts';
import type { Profile } from '../../src/profiles/profiles.ts';
import type { Reporter } from '../../src/output/reporter.ts';

const wish = (path: string[] = []): Wish => ({ name: 'a', path, force: false });
const profile = (settings: Record<string, string> = {}): Profile => ({
  ...{ name: 'a', sessionName: 'a_token', keys: undefined, isRole: false },
  settings: new Map(Object.entries(settings)),
});
const context = (session: object): RunContext => ({ settings: { session } }) as RunContext;

test.each<[string | undefined, number | undefined]>([
  [undefined, 300],
  ['0', 0],
  ['36h', 129_600],
  ['129601', undefined],
  ['soon', undefined],
])('--min-ttl %s is %s', (given, seconds) => {
  expect(parseMinTtl(given)).toBe(seconds);
});

const BOUNDS = { usual: 3600, longest: 43_200 };

test.each<[number | undefined, Record<string, string>, string[], number | string]>([
  [undefined, {}, [], 3600],
  [undefined, { duration_seconds: '' }, [], 3600],
  [undefined, { duration_seconds: '900' }, [], 900],
  [undefined, { duration_seconds: '43200' }, [], 43_200],
  [undefined, { duration_seconds: '899' }, [], 'bad-setting'],
  [undefined, { duration_seconds: '43201' }, [], 'bad-setting'],
  [undefined, { duration_seconds: 'x900' }, [], 'bad-setting'],
  [undefined, { duration_seconds: '1h900' }, [], 'bad-setting'],
  [undefined, { duration_seconds: '900s' }, [], 'bad-setting'],
  [7200, { duration_seconds: '900' }, [], 7200],
  [43_200, {}, [], 43_200],
  [43_201, {}, [], 'usage'],
  // What the command line asks for does not hold for the sources on the way.
  [7200, { duration_seconds: '900' }, ['b'], 900],
  [43_201, {}, ['b'], 3600],
])('asked for %s with %j on the way from %j: %s', (asked, settings, path, expected) => {
  const length = () =>
    durationOf(profile(settings), wish(path), context({ durationSeconds: asked }), BOUNDS);
  if (typeof expected === 'number') expect(length()).toBe(expected);
  else expect(length).toThrow(expected);
});

test.each<[number, number, string[], boolean]>([
  [3600, 3601, [], true],
  [3600, 3600, [], false],
  [3600, 60, [], false],
  [3600, 60, ['b'], true],
])('--min-ttl %i of a session of %i s, from %j: fine %s', (least, whole, path, isFine) => {
  const check = () =>
    checkMinTtl(
      { profile: profile(), durationSeconds: whole } as never,
      wish(path),
      context({ minTtlSeconds: least }),
    );
  if (isFine) expect(check).not.toThrow();
  else expect(check).toThrow('usage');
});

test('which lock is waited for, and that there is none, is said', () => {
  const said: string[] = [];
  const interrupt = new AbortController().signal;
  const waiting = lockWaiting(
    { interrupt },
    {
      say: (line: Said) => void said.push(speakEnglish(line)),
      debug: (line: string) => void said.push(`debug: ${line}`),
    },
  );
  waiting.onWait?.('/l.lock', true);
  waiting.onWait?.('/l.lock', false);
  waiting.onNoLock?.('/f');
  waiting.onNoLock?.('/f');
  waiting.onHeld?.(7);
  expect(waiting.signal).toBe(interrupt);
  expect(said).toEqual([
    'waiting for /l.lock, which another program holds',
    'waiting for /l.lock to be removed: it is in the place of a lock but is not one',
    'no lock can be made for /f: do not change it with another program now',
    'debug: lock held after 7 ms of pauses',
  ]);
});

const LOST: Problem = { kind: 'lock-held', lock: '/l.lock', seconds: 30 };

test.each<[Problem['kind'], Problem]>([
  ['lock-held', LOST],
  ['unwritable-file', { kind: 'unwritable-file', path: '/f', code: 'EIO' }],
  ['unreadable-file', { kind: 'unreadable-file', path: '/f', code: 'EIO' }],
  ['file-keeps-changing', { kind: 'file-keeps-changing', path: '/f' }],
])('%s is why a session was not written', (_kind, problem) => {
  expect(whyUnstored(new Failure(problem))).toBe(problem);
});

test('what else goes wrong is thrown on', () => {
  const errors = [
    new Failure({ kind: 'wrong-code', profile: 'a' }),
    new Error('x'),
    Object.assign(new Error('y'), { problem: LOST }),
  ];
  for (const error of errors) expect(() => whyUnstored(error)).toThrow(error);
});

test('a session that is not in the file is a failure, or a warning where it serves at once', async () => {
  const outcome = { sessionName: 'a_token', unstored: LOST } as Outcome;
  const stored = { sessionName: 'a_token' } as Outcome;
  expect(() => requireStored(outcome)).toThrow('lock-held');
  expect(requireStored(stored)).toBe(stored);
  const said: string[] = [];
  const reporter = { warn: (line: Said) => said.push(speakEnglish(line)) } as unknown as Reporter;
  await warnOfUnstored(stored, reporter);
  expect(said).toEqual([]);
  await warnOfUnstored(outcome, reporter);
  expect(said).toEqual([expect.stringMatching(/^a_token is used for this run alone, .*\/l\.lock/)]);
});
