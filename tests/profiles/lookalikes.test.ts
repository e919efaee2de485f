/** Sections that were meant for a profile, and are not read as it. */
import { parseDocument } from '../../src/document/index.ts';
import { lookalikesOf, meantForAny, misreadSections } from '../../src/profiles/lookalikes.ts';

const files = (credentials: string, config = '') => ({
  credentials: parseDocument(Buffer.from(credentials), 'credentials'),
  config: parseDocument(Buffer.from(config), 'config'),
});
const inCredentials = (header: string, name = 'prod'): boolean =>
  lookalikesOf(files(`[${header}]\nregion = x\n`), name).length > 0;
const inConfig = (header: string, name = 'prod'): boolean =>
  lookalikesOf(files('', `[${header}]\nregion = x\n`), name).length > 0;

test.each([
  ...['PROD', 'Prod', '"prod"', "'prod'", '“prod”', '‘prod’', '{prod}', '(prod)', '[prod'],
  ...['profile prod', 'Profile prod', 'profiles prod', 'profil prod', 'profile:prod', 'prof prod'],
  ...['profile.prod', 'profile=prod', 'profile_prod', 'profile-prod', 'profile "prod"'],
  ...['profile  prod', 'profile\tprod', 'profileprod', 'prod:', 'prod.', 'prod,;=', 'ｐｒｏｄ'],
  ...['profile/prod', 'prod\u3164', 'prod\u2800'],
  ...['pro\u200bd', '\ufeffprod', 'рrоd', 'ρrοd', 'prod\u00ad'],
])('[%s] in the credentials file was meant for prod', (header) => {
  expect(inCredentials(header)).toBe(true);
});

test.each([
  ...['prod', 'prod2', 'xprod', 'pr od', 'pr-od', 'myprofile prod', 'profilexxxxxx prod'],
  ...['prod-eu', 'profile', 'prod profile', '.prod', 'pr.od', 'sso-session prod'],
])('[%s] in the credentials file was not', (header) => {
  expect(inCredentials(header)).toBe(false);
});

test('the word stands in front, or it is a part of the name', () => {
  expect(inCredentials('my profile prod', 'my prod')).toBe(false);
  expect(inConfig('profile my profile prod', 'my prod')).toBe(false);
});

test.each([
  ...['prod', 'Profile prod', 'profile:prod', 'profiles prod', 'profile PROD', 'PROD', '"prod"'],
])('[%s] in the config file was meant for prod', (header) => {
  expect(inConfig(header)).toBe(true);
});

test.each([
  ...['profile prod', 'profile "prod"', 'profile dev', 'sso-session prod', 'services prod'],
  ...['plugins', 'preview', 'login-session prod'],
])('[%s] in the config file was not', (header) => {
  expect(inConfig(header)).toBe(false);
});

test.each(['services', 'sso-session', 'plugins', 'preview', 'login-session'])(
  'a section of the config file that is %s is nobody’s profile, but one that begins so may be',
  (word) => {
    expect(inConfig(word, word)).toBe(false);
    expect(inConfig(`${word}x`, `${word}x`)).toBe(true);
    expect(inConfig(`my${word}`, `my${word}`)).toBe(true);
    expect(misreadSections(files('', `[${word} a]\n[${word}x]\n`).config)).toHaveLength(1);
  },
);

test.each([
  ['асԁеһіјорѕух', 'acdehijopsyx'],
  ['αινορ', 'aivop'],
])('the letters of %s look like %s', (header, name) => {
  expect(inCredentials(header, name)).toBe(true);
  for (const [index, letter] of [...header].entries()) {
    const one = name.slice(0, index) + letter + name.slice(index + 1);
    expect([one, inCredentials(one, name)]).toEqual([one, true]);
  }
});

test('what stands where, and what would have to', () => {
  const both = files('[a]\nx = 1\n[PROD]\nx = 1\n[profile prod]\n', '# c\n[prod]\nx = 1\n');
  expect(lookalikesOf(both, 'prod')).toEqual([
    { path: 'credentials', line: 3, header: 'PROD', wanted: 'prod' },
    { path: 'credentials', line: 5, header: 'profile prod', wanted: 'prod' },
    { path: 'config', line: 2, header: 'prod', wanted: 'profile prod' },
  ]);
  expect(lookalikesOf(files('', '[Default]\n'), 'default')).toEqual([
    { path: 'config', line: 1, header: 'Default', wanted: 'default' },
  ]);
});

test('of many names, each with what was meant for it', () => {
  const { credentials } = files('[PROD]\n[dev]\n[profiledev]\n[Prod]\n[other]\n');
  expect(meantForAny(credentials, ['prod', 'dev', 'none'])).toEqual([
    { path: 'credentials', line: 1, header: 'PROD', wanted: 'prod', name: 'prod' },
    { path: 'credentials', line: 4, header: 'Prod', wanted: 'prod', name: 'prod' },
    { path: 'credentials', line: 3, header: 'profiledev', wanted: 'dev', name: 'dev' },
  ]);
});

test('sections of the config file that no tool reads as a profile', () => {
  const config = files(
    '',
    '[default]\n[profile a]\n[b]\n[profile c\u200b]\n[profiles "d"]\n[sso-session e]\n[profile f]\n',
  ).config;
  expect(misreadSections(config)).toEqual([
    { path: 'config', line: 3, header: 'b', wanted: 'profile b' },
    { path: 'config', line: 4, header: 'profile c\u200b', wanted: 'profile c' },
    { path: 'config', line: 5, header: 'profiles "d"', wanted: 'profile d' },
  ]);
});
