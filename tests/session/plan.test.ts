/** The decision, from what a section holds and the time. */
import { viewSession } from '../../src/credentials/session-state.ts';
import { planSession } from '../../src/session/plan.ts';
import type { Situation } from '../../src/session/plan.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString().replace('.000Z', 'Z');
const section = (changes: Record<string, string | undefined> = {}) =>
  new Map(
    Object.entries({
      aws_access_key_id: 'ASIAMADEUP',
      aws_secret_access_key: 'x',
      aws_session_token: 'y',
      ...changes,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
const expiring = (seconds: number) => section({ x_security_token_expires: at(seconds) });

test.each([
  ['valid', expiring(301)],
  ['valid', expiring(300)],
  ['expiring', expiring(299)],
  ['expiring', expiring(1)],
  ['expired', expiring(0)],
  ['expired', expiring(-1)],
  ['unknown', section()],
  ['unknown', section({ expiration: '2099-01-01 00:00:00' })],
  ['unknown', section({ x_security_token_expires: at(999), aws_secret_access_key: undefined })],
  ['missing', section({ aws_session_token: undefined })],
  ['missing', section({ aws_access_key_id: '' })],
  ['missing', new Map<string, string>()],
  ['missing', undefined],
  // botocore prefers the older name.
  [
    'valid',
    section({ aws_security_token: 'z', aws_session_token: undefined, aws_expiration: at(301) }),
  ],
])('%s: %#', (state, values) => {
  expect(viewSession(values, NOW, 300).state).toBe(state);
});

const situation: Situation = {
  values: expiring(3600),
  longTermKeyInTheWay: false,
  sections: 1,
  now: NOW,
  minTtlSeconds: 300,
  force: false,
};

test.each<[string, Partial<Situation>, object]>([
  ['a good session', {}, { kind: 'reuse' }],
  ['--force', { force: true }, { kind: 'exchange', because: 'forced' }],
  ['a doubled section', { sections: 2 }, { kind: 'exchange', because: 'doubled' }],
  ['a long --min-ttl', { minTtlSeconds: 7200 }, { kind: 'exchange', because: 'expiring' }],
  ['nothing there', { values: undefined, sections: 0 }, { kind: 'exchange', because: 'missing' }],
  ['an unknown expiry', { values: section() }, { kind: 'exchange', because: 'unknown' }],
  ['a long-term key', { longTermKeyInTheWay: true }, { kind: 'refuse' }],
  ['a long-term key, --force', { longTermKeyInTheWay: true, force: true }, { kind: 'refuse' }],
])('%s', (_name, changes, plan) => {
  expect(planSession({ ...situation, ...changes })).toMatchObject(plan);
});
