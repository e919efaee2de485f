/** What `status` tells of sessions: which there are, whose, and how each stands. */
import { parseDocument } from '../../src/document/index.ts';
import { makeRow, statusJson } from '../../src/profiles/session-row.ts';
import type { StatusRow } from '../../src/profiles/session-row.ts';
import { describeSession, findPlace, listPlaces } from '../../src/profiles/sessions.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const files = (credentials: string, config = '') => ({
  credentials: parseDocument(Buffer.from(credentials), 'credentials'),
  config: parseDocument(Buffer.from(config), 'config'),
});
const KEY = 'aws_access_key_id = AKIATEST\naws_secret_access_key = s\n';
const SESSION = 'aws_access_key_id = ASIATEST\naws_secret_access_key = s\naws_session_token = t\n';
const DEVICE = 'mfa_serial = arn:aws:iam::123456789012:mfa/a\n';

test('places: sources with a device, then every other section that holds a session', () => {
  const all = files(
    `[other]\n${SESSION}[a]\n${KEY}[a_token]\n${SESSION}[none]\n${KEY}[orphan_token]\n${SESSION}[k]\nregion = x\n`,
    `[profile a]\n${DEVICE}[profile r]\nrole_arn = x\nsource_profile = a\nsession_profile = other\n`,
  );
  expect(
    listPlaces(all).map(({ profile, sessionProfile, source }) => [
      profile,
      sessionProfile,
      source?.name,
    ]),
  ).toEqual([
    ['a', 'a_token', 'a'],
    ['r', 'other', 'r'],
    ['orphan', 'orphan_token', undefined],
  ]);
});

test.each<[string, string | undefined, unknown[]]>([
  ['a', undefined, ['a', 'a_token', 'a']],
  ['a_token', undefined, ['a', 'a_token', 'a']],
  ['a', 'mine', ['a', 'mine', 'a']],
  ['w', undefined, ['w', 'work', 'w']],
  ['work', undefined, ['w', 'work', 'w']],
  ['other', undefined, ['other', 'other', 'other']],
  ['other', 'mine', ['other', 'mine', 'other']],
  ['gone_token', undefined, ['gone', 'gone_token', undefined]],
  ['k', undefined, ['k', 'k_token', 'k']],
  ['nosuch', undefined, [undefined, undefined, undefined]],
])('the place of %s with --session-profile %s is %j', (name, given, place) => {
  const all = files(
    `[a]\n${KEY}[a_token]\n${SESSION}[other]\n${SESSION}[gone_token]\n${SESSION}[k]\nregion = x\n[w]\n${KEY}`,
    '[profile w]\nsession_profile = work\n',
  );
  const found = findPlace(all, name, given);
  expect([found?.profile, found?.sessionProfile, found?.source?.name]).toEqual(place);
});

const at = (seconds: number): string =>
  `x_security_token_expires = ${new Date(NOW + seconds * 1000).toISOString()}\n`;
const stateOf = (section: string, more: object = {}, config = '') => {
  const all = files(`[a]\n${KEY}[a_token]\n${section}`, `[profile a]\n${DEVICE}${config}`);
  return describeSession(all, findPlace(all, 'a')!, { now: NOW, minTtlSeconds: 300, ...more });
};

test.each<[string, string, Partial<StatusRow>]>([
  [
    'valid, by this program',
    `${SESSION}${at(3600.5)}manager = mfa-profile\n`,
    {
      ...{ state: 'valid', expiration: NOW + 3_600_500, remainingSeconds: 3600, managed: true },
      ...{ doubtfulExpiry: undefined, isHeld: false, fullSeconds: undefined },
    },
  ],
  [
    'valid, by another',
    `${SESSION}${at(3600)}manager = other\n`,
    { state: 'valid', managed: false },
  ],
  [
    'expiring',
    `${SESSION}${at(299)}`,
    { state: 'expiring', remainingSeconds: 299, managed: false },
  ],
  ['expired', `${SESSION}${at(-5)}`, { state: 'expired', remainingSeconds: 0 }],
  [
    'of an expiry in doubt',
    `${SESSION}expiration = soon\n`,
    {
      state: 'unknown',
      doubtfulExpiry: 'soon',
      expiration: undefined,
      remainingSeconds: undefined,
    },
  ],
  ['without an expiry', SESSION, { state: 'unknown', doubtfulExpiry: undefined }],
  [
    'missing',
    'manager = mfa-profile\n',
    { state: 'missing', managed: true, expiration: undefined },
  ],
  [
    'not in doubt where it is missing',
    'expiration = soon\n',
    { state: 'missing', doubtfulExpiry: undefined },
  ],
  [
    'stale',
    `${SESSION}${at(3600)}x_mfa_profile_origin = AKIAOTHER x\n`,
    { state: 'stale', remainingSeconds: 3600 },
  ],
  [
    'stale, though it expires soon',
    `${SESSION}${at(9)}x_mfa_profile_origin = AKIAOTHER x\n`,
    { state: 'stale' },
  ],
  [
    'not judged once it has expired',
    `${SESSION}${at(-9)}x_mfa_profile_origin = AKIAOTHER x\n`,
    { state: 'expired' },
  ],
])('a session that is %s', (_what, section, row) => {
  expect(stateOf(section)).toMatchObject({ profile: 'a', sessionProfile: 'a_token', ...row });
});

test('the one whose key this shell holds', () => {
  const held = (heldKeyId?: string): boolean =>
    stateOf(`${SESSION}${at(3600)}`, { heldKeyId }).isHeld;
  expect([held('ASIATEST'), held('ASIAOTHER'), held()]).toEqual([true, false, false]);
  expect(stateOf('', {}).isHeld).toBe(false);
});

test('a device that the caller names is the one that counts', () => {
  const section = `${SESSION}${at(3600)}x_mfa_profile_origin = AKIATEST GAHT12345678\n`;
  expect(stateOf(section).state).toBe('stale');
  expect(stateOf(section, { serialNumber: 'GAHT12345678' }).state).toBe('valid');
});

test.each([
  ['7200', 7200],
  ['0', undefined],
  ['-1', undefined],
  ['long', undefined],
  ['', undefined],
])('a whole session by duration_seconds = %s lasts %s', (setting, fullSeconds) => {
  expect(stateOf('', {}, `duration_seconds = ${setting}\n`).fullSeconds).toBe(fullSeconds);
});

test('the JSON of the contract', () => {
  const place = { profile: 'a', sessionProfile: 'a_token' };
  const seen = { expiration: NOW + 61_999, managed: true } as const;
  const rows = [
    makeRow(place, { state: 'valid', ...seen, isHeld: true }, NOW),
    makeRow(place, { state: 'missing', expiration: undefined, managed: false }, NOW),
  ];
  expect(statusJson(rows)).toBe(`{
  "profiles": [
    {
      "profile": "a",
      "session_profile": "a_token",
      "state": "valid",
      "expiration": "2026-11-20T12:01:01Z",
      "remaining_seconds": 61,
      "managed": true,
      "in_this_shell": true
    },
    {
      "profile": "a",
      "session_profile": "a_token",
      "state": "missing",
      "expiration": null,
      "remaining_seconds": null,
      "managed": false
    }
  ]
}
`);
});
