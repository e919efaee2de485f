/** The state machine of a rotation: the next step of every situation, and where all ways end. */
import fc from '../support/fast-check.ts';
import { Secret } from '../../src/credentials/secret.ts';
import type { Journal, Stage } from '../../src/rotation/journal.ts';
import { formatJournal, parseJournal } from '../../src/rotation/journal.ts';
import { nextStep } from '../../src/rotation/plan.ts';
import type { Situation, Step, UserKey, Wish } from '../../src/rotation/plan.ts';
import { rotationPolicy } from '../../src/rotation/policy.ts';

const OLD = 'AKIAIOSFODNN7EXAMPLE';
const NEW = 'AKIAMADEUPKEYNEW0000';
const THIRD = 'AKIAMADEUPKEYTHIRD00';
const BEGAN = Date.UTC(2026, 10, 20, 12, 0, 0, 700);
const MINUTE = 60_000;

const key = (accessKeyId: string, more: Partial<UserKey> = {}): UserKey => ({
  ...{ accessKeyId, created: Date.UTC(2024, 0, 15), isActive: true, lastUsed: 'unknown' },
  ...more,
});
/** As IAM tells a key that was made right after the journal: in whole seconds. */
const made = key(NEW, { created: Math.floor(BEGAN / 1000) * 1000, lastUsed: 'never' });
const wish = (kind: Wish['kind'], more: Partial<Wish> = {}): Wish => ({
  ...{ kind, deletes: false, replaces: undefined, isAgreed: false },
  ...more,
});
const journal = (stage: Stage): Journal => ({
  ...{ profile: 'prod', user: 'arn:aws:iam::123456789012:user/alice', oldKeyId: OLD },
  ...{ began: BEGAN, stage },
});
const creating = journal({ name: 'creating', asked: BEGAN });
const created = journal({
  name: 'created',
  newKeyId: NEW,
  secretAccessKey: new Secret('made+up/0'),
});
const stored = journal({ name: 'stored', newKeyId: NEW });
const retired = journal({ name: 'retired', newKeyId: NEW });

const told = (step: Step): string => {
  if (step.kind === 'delete') return `delete ${step.accessKeyId} ${step.because}`;
  if (step.kind !== 'refuse') return step.kind;
  return `refuse ${step.why.kind}${step.why.kind === 'two-keys' ? ` ${step.why.way}` : ''}`;
};

type Row = [what: string, situation: Partial<Situation>, step: string];
const both = [key(OLD), key(NEW)];
const inactive = [key(OLD, { isActive: false }), key(NEW)];

const ROWS: Row[] = [
  ['one active key', {}, 'create'],
  ['no such key', { keys: [key(THIRD)] }, 'refuse not-listed'],
  ['an inactive key', { keys: [key(OLD, { isActive: false })] }, 'refuse not-active'],
  ['a second key', { keys: [key(OLD), key(THIRD)] }, 'refuse two-keys active'],
  [
    'a second key, yes to all',
    { keys: [key(OLD), key(THIRD)], wish: wish('rotate', { isAgreed: true }) },
    'refuse two-keys active',
  ],
  [
    'a second key by its ID',
    { keys: [key(OLD), key(THIRD)], wish: wish('rotate', { replaces: THIRD }) },
    'refuse two-keys active',
  ],
  [
    'the same, agreed',
    { keys: [key(OLD), key(THIRD)], wish: wish('rotate', { replaces: THIRD, isAgreed: true }) },
    `delete ${THIRD} replaced`,
  ],
  [
    'an inactive one by its ID',
    {
      keys: [key(OLD), key(THIRD, { isActive: false })],
      wish: wish('rotate', { replaces: THIRD }),
    },
    `delete ${THIRD} replaced`,
  ],
  [
    'the profile’s own by its ID',
    { keys: both, wish: wish('rotate', { replaces: OLD, isAgreed: true }) },
    'refuse two-keys active',
  ],
  ['nothing to finish', { wish: wish('finish') }, 'end'],
  ['nothing to abandon', { wish: wish('abandon') }, 'end'],

  ['asked, and nothing was made', { journal: creating }, 'create'],
  ['asked, and nothing was made: finish', { journal: creating, wish: wish('finish') }, 'create'],
  ['asked, and nothing was made: abandon', { journal: creating, wish: wish('abandon') }, 'forget'],
  ['asked, and a key was made', { journal: creating, keys: [key(OLD), made] }, 'ask'],
  [
    'the same: abandon',
    { journal: creating, keys: [key(OLD), made], wish: wish('abandon') },
    `delete ${NEW} lost`,
  ],
  [
    'the same, agreed',
    { journal: creating, keys: [key(OLD), made], wish: wish('rotate', { isAgreed: true }) },
    `delete ${NEW} lost`,
  ],
  [
    'the same by its ID',
    { journal: creating, keys: [key(OLD), made], wish: wish('rotate', { replaces: NEW }) },
    `delete ${NEW} lost`,
  ],
  [
    'asked, and another key was used',
    { journal: creating, keys: [key(OLD), { ...made, lastUsed: BEGAN }], wish: wish('abandon') },
    'forget',
  ],
  [
    'asked, and nobody tells of its use',
    {
      journal: creating,
      keys: [key(OLD), { ...made, lastUsed: 'unknown' }],
      wish: wish('abandon'),
    },
    'forget',
  ],
  [
    'asked, and a key is older',
    {
      journal: creating,
      keys: [key(OLD), { ...made, created: BEGAN - MINUTE }],
      wish: wish('abandon'),
    },
    'forget',
  ],
  [
    'asked, and a key is much younger',
    {
      journal: creating,
      keys: [key(OLD), { ...made, created: BEGAN + 16 * MINUTE }],
      wish: wish('abandon'),
    },
    'forget',
  ],
  [
    'asked for another key than today’s',
    { journal: creating, current: THIRD, keys: [key(THIRD), made], wish: wish('abandon') },
    'forget',
  ],

  ['made', { journal: created, keys: both }, 'store'],
  ['made: finish', { journal: created, keys: both, wish: wish('finish') }, 'store'],
  [
    'made: abandon',
    { journal: created, keys: both, wish: wish('abandon') },
    `delete ${NEW} abandoned`,
  ],
  ['made, and written', { journal: created, keys: both, current: NEW }, 'note-stored'],
  [
    'made, and written: abandon',
    { journal: created, keys: both, current: NEW, wish: wish('abandon') },
    'note-stored',
  ],
  [
    'made, and the file has a third',
    { journal: created, keys: both, current: THIRD },
    'refuse changed',
  ],
  [
    'the same: abandon',
    { journal: created, keys: both, current: THIRD, wish: wish('abandon') },
    `delete ${NEW} abandoned`,
  ],

  ['written', { journal: stored, keys: both, current: NEW }, 'retire'],
  [
    'written: abandon',
    { journal: stored, keys: both, current: NEW, wish: wish('abandon') },
    'refuse too-late',
  ],
  ['written, and inactive', { journal: stored, keys: inactive, current: NEW }, 'note-retired'],
  [
    'written, and the old one is gone',
    { journal: stored, keys: [key(NEW)], current: NEW },
    'forget',
  ],
  ['written, and changed since', { journal: stored, keys: both, current: OLD }, 'forget'],

  ['over in this run', { journal: retired, keys: inactive, current: NEW, isDone: true }, 'end'],
  [
    'over in this run: delete',
    {
      journal: retired,
      keys: inactive,
      current: NEW,
      isDone: true,
      wish: wish('rotate', { deletes: true }),
    },
    `delete ${OLD} retired`,
  ],
  [
    'over in this run: finish',
    { journal: retired, keys: inactive, current: NEW, isDone: true, wish: wish('finish') },
    'end',
  ],
  ['over before', { journal: retired, keys: inactive, current: NEW }, 'refuse two-keys retired'],
  [
    'over before: finish',
    { journal: retired, keys: inactive, current: NEW, wish: wish('finish') },
    `delete ${OLD} retired`,
  ],
  [
    'over before: abandon',
    { journal: retired, keys: inactive, current: NEW, wish: wish('abandon') },
    'refuse too-late',
  ],
  [
    'over before: by its ID',
    { journal: retired, keys: inactive, current: NEW, wish: wish('rotate', { replaces: OLD }) },
    `delete ${OLD} replaced`,
  ],
  [
    'made active again: finish',
    { journal: retired, keys: both, current: NEW, wish: wish('finish') },
    'refuse two-keys active',
  ],
  ['deleted elsewhere', { journal: retired, keys: [key(NEW)], current: NEW }, 'forget'],
  ['changed since', { journal: retired, keys: [key(THIRD)], current: THIRD }, 'forget'],
];

const SITUATION: Situation = {
  ...{ wish: wish('rotate'), journal: undefined, current: OLD, keys: [key(OLD)], isDone: false },
};

test.each(ROWS)('%s', (_what, situation, step) => {
  expect(told(nextStep({ ...SITUATION, ...situation }))).toBe(step);
});

/** Any situation, whoever has made it. */
const anyKey = fc.record({
  accessKeyId: fc.constantFrom(OLD, NEW, THIRD),
  created: fc.constantFrom(BEGAN - MINUTE, BEGAN, BEGAN + 20 * MINUTE),
  isActive: fc.boolean(),
  lastUsed: fc.constantFrom('never' as const, 'unknown' as const, BEGAN),
});
const anySituation: fc.Arbitrary<Situation> = fc.record({
  wish: fc.record({
    kind: fc.constantFrom('rotate' as const, 'finish' as const, 'abandon' as const),
    deletes: fc.boolean(),
    replaces: fc.constantFrom(undefined, OLD, NEW, THIRD),
    isAgreed: fc.boolean(),
  }),
  journal: fc.constantFrom(undefined, creating, created, stored, retired),
  current: fc.constantFrom(OLD, NEW, THIRD),
  keys: fc.uniqueArray(anyKey, { maxLength: 2, selector: ({ accessKeyId }) => accessKeyId }),
  isDone: fc.boolean(),
});

test('the key in the file is never made inactive, and deleted at no step', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const step = nextStep(situation);
      if (step.kind === 'delete') expect(step.accessKeyId).not.toBe(situation.current);
      if (step.kind === 'retire') expect(situation.journal?.oldKeyId).not.toBe(situation.current);
    }),
    { numRuns: 5000 },
  );
});

test('an active key is deleted only by its ID and yes, or if it was made here', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const step = nextStep(situation);
      if (step.kind !== 'delete') return;
      const { wish: wanted, keys } = situation;
      const found = keys.find(({ accessKeyId }) => accessKeyId === step.accessKeyId);
      if (!found?.isActive || ['lost', 'abandoned'].includes(step.because)) return;
      expect(wanted).toMatchObject({ replaces: step.accessKeyId, isAgreed: true });
    }),
    { numRuns: 5000 },
  );
});

describe('the journal', () => {
  test.each([creating, created, stored, retired])(
    'is read as it was written: $stage.name',
    (each) => {
      const text = formatJournal(each);
      expect(text).toMatch(/^\{.*\}\n$/);
      const read = parseJournal(text);
      expect(read).toEqual(each);
      if (each.stage.name === 'created' && read?.stage.name === 'created') {
        expect(read.stage.secretAccessKey.reveal()).toBe('made+up/0');
      }
    },
  );

  test('holds the secret at one stage only', () => {
    const withSecret = [creating, created, stored, retired].map((each) =>
      formatJournal(each).includes('made+up/0'),
    );
    expect(withSecret).toEqual([false, true, false, false]);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another version', formatJournal(stored).replace('"version":1', '"version":2')],
    ['no profile', formatJournal(stored).replace('"prod"', '""')],
    ['no user', formatJournal(stored).replace('"user"', '"loser"')],
    ['no old key', formatJournal(stored).replace('"old_access_key_id"', '"x"')],
    ['no time', formatJournal(stored).replace(/"began":"[^"]*"/, '"began":"x"')],
    ['no time of the request', formatJournal(creating).replace('"asked"', '"x"')],
    ['no new key', formatJournal(stored).replace('"access_key_id"', '"x"')],
    ['no secret', formatJournal(created).replace('"secret_access_key"', '"x"')],
    ['an unknown stage', formatJournal(stored).replace('"stored"', '"sold"')],
    ['a number as a name', formatJournal(stored).replace('"prod"', '7')],
  ])('is none with %s', (_what, text) => {
    expect(parseJournal(text)).toBeUndefined();
  });
});

test('the policy names the partition', () => {
  expect(rotationPolicy('aws-cn')).toContain('"arn:aws-cn:iam::*:user/${aws:username}"');
});
