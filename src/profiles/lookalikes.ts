/** Sections that were meant for a profile, and that AWS's tools take for something else. */
import {
  canWriteName,
  configProfileHeader,
  configProfileName,
  grouped,
  sectionsNamed,
} from '../document/index.ts';
import type { Document } from '../document/index.ts';
import type { AwsFiles } from './profiles.ts';

export interface Lookalike {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** What stands between its brackets. */
  readonly header: string;
  /** What would have to stand there. */
  readonly wanted: string;
}

/** Other sections of the config file than profiles. Source: botocore's configloader.py. */
const OTHER_SECTIONS = /^(?:sso-session|services|plugins|preview|login-session)\b/;

/** Letters of other alphabets that look like one of ours. */
const TWINS: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    о: 'o',
    р: 'p',
    ѕ: 's',
    у: 'y',
    х: 'x',
  },
  ...{ α: 'a', ι: 'i', ν: 'v', ο: 'o', ρ: 'p' },
};

/** Also letters and a sign of Braille that are drawn as nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\u115f\u1160\u2800]/gu;

/** The word `profile`, also misspelt, and whatever was taken for a blank behind it. */
const PROFILE_WORD = /^prof\w{0,5}[\s"'“”‘’.:/=_-]+(?=.)/iu;

/**
 * The name as a person means it: without quotes, brackets, blanks and characters that cannot be
 * seen, in one width.
 */
function meantName(header: string): string {
  const visible = header.normalize('NFKC').replace(UNSEEN, '');
  const bare = visible.replace(/^[\s"'“”‘’[{(]+|[\s"'“”‘’\]})]+$/gu, '');
  return bare.replace(PROFILE_WORD, '');
}

const folded = (header: string): string =>
  Array.from(meantName(header).toLowerCase(), (letter) => TWINS[letter] ?? letter)
    .join('')
    .replace(/[.,:;=]+$/, '');

/** How a header that is meant for `name` is folded: the word `profile` may stick to the name. */
const formsOf = (name: string): readonly string[] => [folded(name), `profile${folded(name)}`];

/** Whether two names look the same, or nearly so. */
export function looksLike(name: string, other: string): boolean {
  return formsOf(name).includes(folded(other)) || formsOf(other).includes(folded(name));
}

/** True for a header that every AWS tool reads as some profile: the name that was asked for is odd. */
export function isProfile({ credentials, config }: AwsFiles, header: string): boolean {
  const name = sectionsNamed(credentials, header).length > 0 ? header : undefined;
  const meant = name ?? (sectionsNamed(config, header).length > 0 && configProfileName(header));
  const verdict = meant ? canWriteName(meant) : undefined;
  return verdict !== undefined && verdict.ok && verdict.portable;
}

/** Sections of both files that look like the profile `name` and are not read as it. */
export function lookalikesOf(files: AwsFiles, name: string): Lookalike[] {
  const forms = formsOf(name);
  return [
    ...files.credentials.sections
      .filter((section) => section.name !== name && forms.includes(folded(section.name)))
      .map(({ line, name: header }) => ({
        ...{ path: files.credentials.path, line, header, wanted: name },
      })),
    ...files.config.sections
      .filter((section) => configProfileName(section.name) !== name)
      .filter(
        (section) => !OTHER_SECTIONS.test(section.name) && forms.includes(folded(section.name)),
      )
      .map(({ line, name: header }) => ({
        ...{ path: files.config.path, line, header, wanted: configProfileHeader(name) },
      })),
  ];
}

/** Sections of the credentials file that were meant for one of `names`, looked at once for all. */
export function meantForAny(
  credentials: Document,
  names: readonly string[],
): (Lookalike & { readonly name: string })[] {
  const meaning = grouped(credentials.sections, ({ name }) => folded(name));
  return names.flatMap((name) =>
    formsOf(name)
      .flatMap((form) => meaning.get(form) ?? [])
      .filter((section) => section.name !== name)
      .map(({ line, name: header }) => ({
        ...{ path: credentials.path, line, header, wanted: name, name },
      })),
  );
}

/** Sections of the config file that no AWS tool reads as the profile that a person sees there. */
export function misreadSections(config: Document): Lookalike[] {
  return config.sections
    .filter(({ name }) => !OTHER_SECTIONS.test(name))
    .filter(({ name }) => configProfileName(name) === undefined || /\p{Cf}/u.test(name))
    .map(({ line, name: header }) => ({
      ...{ path: config.path, line, header, wanted: configProfileHeader(meantName(header)) },
    }));
}
