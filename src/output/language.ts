/** The language in which the program speaks to a person. */

export type Language = 'en' | 'ja';

export interface LanguageSituation {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The language of the system's own settings, as `ja-JP`; asked for only if it decides. */
  readonly systemLanguage: () => string;
}

/**
 * `MFA_PROFILE_LANG` settles it; else the locale does, by POSIX's order of its variables. Windows
 * sets none of them: there the system's own language counts.
 */
export function chooseLanguage({ env, platform, systemLanguage }: LanguageSituation): Language {
  const settled = env['MFA_PROFILE_LANG']?.toLowerCase();
  if (settled === 'en' || settled === 'ja') return settled;
  // The console of a Linux machine without a desktop has no Japanese font.
  if (env['TERM'] === 'linux') return 'en';
  // A variable that is empty counts as one that is not set.
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'];
  if (locale) return isJapaneseInUtf8(locale) ? 'ja' : 'en';
  return platform === 'win32' && /^ja\b/i.test(systemLanguage()) ? 'ja' : 'en';
}

/**
 * What is written is UTF-8, which a terminal of another codeset (eucJP, SJIS) shows as nonsense.
 */
function isJapaneseInUtf8(locale: string): boolean {
  if (locale.slice(0, 2).toLowerCase() !== 'ja') return false;
  const [, codeset] = /^ja(?:_[a-z]+)?(?:\.([^@]*))?(?:@.*)?$/i.exec(locale) ?? [undefined, 'none'];
  return codeset === undefined || /^utf-?8$/i.test(codeset);
}
