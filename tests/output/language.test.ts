/** Which language a person is spoken to in. */
import { chooseLanguage } from '../../src/output/language.ts';

type Env = Record<string, string>;

const choose = (env: Env, platform = 'linux', systemLanguage = 'en-US'): string =>
  chooseLanguage({ env, platform, systemLanguage: () => systemLanguage });

test.each<[string, Env]>([
  ['ja', { LANG: 'ja_JP.UTF-8' }],
  ['ja', { LANG: 'ja_JP.utf8' }],
  ['ja', { LANG: 'ja_JP' }],
  ['ja', { LANG: 'ja' }],
  ['ja', { LANG: 'ja_JP.UTF-8@cjknarrow' }],
  ['en', { LANG: 'ja_JP.eucJP' }],
  ['en', { LANG: 'ja_JP.SJIS' }],
  ['en', { LANG: 'ja_JP.PCK' }],
  ['en', { LANG: 'ja_JP.ujis' }],
  ['en', { LANG: 'jam_JM.UTF-8' }],
  ['en', { LANG: 'xja_JP.UTF-8' }],
  ['en', { LANG: 'ja_JP-x' }],
  ['en', { LANG: 'ja_' }],
  ['ja', { LANG: 'JA_JP.UTF8' }],
  ['ja', { LANG: 'ja.UTF-8' }],
  ['ja', { LANG: 'ja@mod' }],
  ['ja', { LANG: 'ja_JP@mod.x' }],
  ['en', { LANG: 'ja_JP.' }],
  ['en', { LANG: 'ja_JP.xUTF-8' }],
  ['en', { LANG: 'ja_JP.UTF-8x' }],
  ['en', { LANG: 'ja_JP.UTF--8' }],
  ['en', { LANG: 'ja_JP.eucJP@UTF-8' }],
  ['ja', { MFA_PROFILE_LANG: 'JA' }],
  ['en', { MFA_PROFILE_LANG: 'EN', LANG: 'ja_JP.UTF-8' }],
  ['ja', { LC_ALL: 'ja_JP.UTF-8', LC_MESSAGES: 'C', LANG: 'C' }],
  ['ja', { LC_MESSAGES: '', LANG: 'ja_JP.UTF-8' }],
  ['ja', { LANG: 'ja_JP.UTF-8', TERM: 'linux-x' }],
  ['en', { LANG: 'C' }],
  ['en', { LANG: 'POSIX' }],
  ['en', { LANG: 'C.UTF-8' }],
  ['en', { LANG: 'en_US.UTF-8' }],
  ['en', { LANG: '' }],
  ['en', {}],
  ['en', { LC_ALL: 'C', LANG: 'ja_JP.UTF-8' }],
  ['ja', { LC_ALL: '', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'C' }],
  ['en', { LC_MESSAGES: 'C', LANG: 'ja_JP.UTF-8' }],
  ['en', { LANG: 'ja_JP.UTF-8', TERM: 'linux' }],
  ['ja', { MFA_PROFILE_LANG: 'ja', TERM: 'linux', LC_ALL: 'C' }],
  ['en', { MFA_PROFILE_LANG: 'en', LANG: 'ja_JP.UTF-8' }],
  ['ja', { MFA_PROFILE_LANG: 'fr', LANG: 'ja_JP.UTF-8' }],
])('%s for %j', (language, env) => {
  expect(choose(env)).toBe(language);
});

test.each<[string, Env, string, string]>([
  ['ja', {}, 'win32', 'ja-JP'],
  ['ja', {}, 'win32', 'ja'],
  ['ja', {}, 'win32', 'JA-JP'],
  ['en', {}, 'win32', 'jam'],
  ['en', {}, 'win32', 'x-ja'],
  ['en', {}, 'win32', 'en-US'],
  ['en', { LANG: 'C' }, 'win32', 'ja-JP'],
  ['en', { MFA_PROFILE_LANG: 'en' }, 'win32', 'ja-JP'],
  ['en', {}, 'linux', 'ja-JP'],
  ['en', {}, 'darwin', 'ja-JP'],
])('%s for %j on %s where the system speaks %s', (language, env, platform, system) => {
  expect(choose(env, platform, system)).toBe(language);
});

test('the system is asked only where it decides', () => {
  const systemLanguage = jest.fn(() => 'ja-JP');
  chooseLanguage({ env: { LANG: 'C' }, platform: 'win32', systemLanguage });
  chooseLanguage({ env: {}, platform: 'linux', systemLanguage });
  expect(systemLanguage).not.toHaveBeenCalled();
});
