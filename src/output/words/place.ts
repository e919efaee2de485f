/** Where what is wrong stands, and what leads there: one form, whose words are a language's own. */
import type { Problem, SettingLine } from '../../problems/problem.ts';
import { withoutLikelySecrets } from '../../credentials/known-secrets.ts';
import type { english } from '../words.ts';

type PlaceWords = Pick<typeof english, 'lineOf' | 'sourceOf' | 'chainOf'>;

export interface SettingPlace {
  readonly setting: string;
  /** What it says; undefined if that could be secret. */
  readonly value?: string | undefined;
  readonly at?: SettingLine | undefined;
}

/** What a setting says, and where. */
export function settingLine({ setting, value, at }: SettingPlace, { lineOf }: PlaceWords): string {
  const line = value === undefined ? setting : `${setting} = ${withoutLikelySecrets(value)}`;
  return at ? `${lineOf(at.path, at.line)}: ${line}` : line;
}

/** The same behind a message, which names the setting already. */
export function lineWords(place: SettingPlace, words: PlaceWords): string {
  const isMore = place.at !== undefined || place.value !== undefined;
  return isMore ? ` (${settingLine(place, words)})` : '';
}

/** The roles that lead to a profile which the command line does not name. */
export function wayTo({ via }: Pick<Problem, 'via'>, words: PlaceWords): string {
  if (!via) return '';
  return via.length === 2 ? words.sourceOf(via[0]!) : words.chainOf(via);
}
