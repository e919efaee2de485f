/** Names that may be written, and how the config file spells them. */
import fc from '../support/fast-check.ts';
import { canWriteName, configProfileHeader, configProfileName } from '../../src/document/index.ts';
import { anyCharacter } from '../support/characters.ts';

describe('a name that may be written', () => {
  test.each([
    'prod',
    'a_token',
    'acme.prod',
    'user@corp/dev',
    '50%-off',
    'default',
    'Default',
    '10',
    'constructor',
    'MYDEFAULT',
    'DEFAULTS',
    'x__proto__',
    '__proto__x',
  ])('%s, which every SDK reads (aws/aws-cli#8481)', (name) => {
    expect(canWriteName(name)).toEqual({ ok: true, portable: true });
  });

  test.each([
    'a:b',
    'a+b',
    'my profile',
    'my profile x',
    'MY DEFAULT',
    'DEFAULT too',
    'x __proto__',
    '__proto__ x',
    'prod-é',
    '日本',
    '"q"',
    'a=b',
    'a\\b',
    'a!',
  ])('%s, which not every SDK reads', (name) => {
    expect(canWriteName(name)).toEqual({ ok: true, portable: false });
  });

  test.each([
    ['', /empty/],
    ['a#b', /# ; \[ \]/],
    ['a;b', /# ; \[ \]/],
    ['a[b', /# ; \[ \]/],
    ['a]b', /# ; \[ \]/],
    [' a', /blank/],
    ['a\u00a0', /blank/],
    ['a\nb', /control/],
    ['a\x1b[31m', /control/],
    ['a\x7f', /control/],
    ['a\ud800', /Unicode/],
    ['DEFAULT', /every profile/],
    ['__proto__', /JavaScript/],
    ['profile a', /first word/],
    ['sso-session a', /first word/],
    ['services a', /first word/],
  ])('never %j', (name, reason) => {
    expect(canWriteName(name)).toMatchObject({
      ok: false,
      reason: { english: expect.stringMatching(reason) as string },
    });
  });
});

test.each([
  ['default', 'default'],
  ['profile default', 'default'],
  ['profile a', 'a'],
  ['profile   a', 'a'],
  ['profile\ta', 'a'],
  ['profile "a b"', 'a b'],
  ["profile 'a b'", 'a b'],
  ['profile a\\ b', 'a b'],
  ['profile "a \\"b\\" \\c"', 'a "b" \\c'],
  ["profile a' b'c", 'a bc'],
  ['profile a#b', 'a#b'],
  ['profile', undefined],
  ['profile a b', undefined],
  ['profile "a', undefined],
  ['profile a\\', undefined],
  ['profilex a', undefined],
  ['Profile a', undefined],
  ['a', undefined],
  ['sso-session a', undefined],
  ['', undefined],
])('the config section %j is for profile %j', (section, profile) => {
  expect(configProfileName(section)).toBe(profile);
});

test.each([
  ['default', 'default'],
  ['a', 'profile a'],
  ['user@corp/dev', 'profile user@corp/dev'],
  ['a b', 'profile "a b"'],
  ['say "hi"', 'profile "say \\"hi\\""'],
])('profile %j is written as [%s]', (profile, header) => {
  expect(configProfileHeader(profile)).toBe(header);
});

test('what is written for a profile is read as that profile', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (profile) => {
      expect(configProfileName(configProfileHeader(profile))).toBe(profile);
    }),
    { examples: [[''], ['a b'], ['\\'], ['"'], ["'"], ['a\\"b c']] },
  );
});
