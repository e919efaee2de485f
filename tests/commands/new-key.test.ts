/** The trial of a new key, by a clock that a sleep moves. */
import { awaitNewKey } from '../../src/commands/rotate/new-key.ts';
import { Failure } from '../../src/problems/problem.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const USER = 'arn:aws:iam::123456789012:user/alice';
const unknown = new Failure({ kind: 'unknown-key', profile: 'alice', region: 'eu-west-1' });

/** @param answers what STS says, try by try; the last one again and again */
function trial(...answers: (string | Error)[]) {
  let tries = 0;
  const identify = (): Promise<string> => {
    const answer = answers[Math.min(tries++, answers.length - 1)]!;
    return typeof answer === 'string' ? Promise.resolve(answer) : Promise.reject(answer);
  };
  const world = makeFakeWorld();
  const began = world.now();
  const options = {
    profile: 'alice',
    newKeyId: 'AKIANEW',
    user: USER,
    identify,
    debug: () => undefined,
  };
  const result = awaitNewKey(options, world);
  return { result, tries: () => tries, waited: () => world.now() - began };
}

test('two good answers in a row are enough, and one is not', async () => {
  const known = trial(USER, USER);
  await known.result;
  expect(known.tries()).toBe(2);
  const late = trial(unknown, USER, unknown, USER, USER);
  await late.result;
  expect(late.tries()).toBe(5);
});

test.each([
  ['is not known', unknown],
  ['is somebody else’s', 'arn:aws:iam::123456789012:user/bob'],
  [
    'cannot be asked for',
    new Failure({ kind: 'answer-lost', endpoint: 'x', code: 'x', codeSent: false }),
  ],
])('a key that %s for a minute is given up', async (_what, answer) => {
  const { result, waited, tries } = trial(answer);
  await expect(result).rejects.toMatchObject({
    problem: { kind: 'key-not-ready', profile: 'alice', newKeyId: 'AKIANEW', seconds: 60 },
  });
  expect(waited()).toBe(60_000);
  expect(tries()).toBeLessThan(50);
});

test('Ctrl-C, and what is no failure of AWS’s, end it at once', async () => {
  const interrupted = new Failure({ kind: 'interrupted', signal: 'SIGINT' });
  await expect(trial(interrupted).result).rejects.toBe(interrupted);
  const bug = new Error('bug');
  await expect(trial(bug).result).rejects.toBe(bug);
});
