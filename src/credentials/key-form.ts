/** The characters of an access key, and what a value with others in it most likely is. */
import type { Text } from '../problems/text.ts';
import type { Session } from './keys.ts';
import { words } from './words.ts';

export type KeyPart = 'id' | 'secret';

/** Why AWS can know no such key. */
export interface OddKey {
  /** The first character that no key has, in words; undefined if each of them could be one's. */
  readonly character: Text | undefined;
  readonly cause: Text;
}

// AWS's IDs are of capitals and digits, its secrets of base64; stand-ins for AWS are freer.
const OTHER: Readonly<Record<KeyPart, RegExp>> = {
  id: /[^A-Za-z0-9_.-]/u,
  secret: /[^A-Za-z0-9/+=_.-]/u,
};

/** How long AWS makes them, though it promises no more than 16 to 128 characters of an ID. */
export const USUAL_LENGTH: Readonly<Record<KeyPart, number>> = { id: 20, secret: 40 };

/**
 * The length of a value that AWS does not know, where that is the likely reason: another one than
 * AWS's own have, in a key that does not come from a stand-in for AWS.
 */
export function oddLength(
  part: KeyPart,
  { accessKeyId, secretAccessKey }: Pick<Session, 'accessKeyId' | 'secretAccessKey'>,
): number | undefined {
  if (!/^A[KS]IA/.test(accessKeyId)) return undefined;
  const { length } = part === 'id' ? accessKeyId : secretAccessKey.reveal();
  return length === USUAL_LENGTH[part] ? undefined : length;
}

/** A session's key by its ID, also where its token has been left behind. */
export function isOfSession({ accessKeyId }: Pick<Session, 'accessKeyId'>): boolean {
  return /^ASIA[A-Z0-9]{12,}$/.test(accessKeyId);
}

/** @returns undefined for what may be a key */
export function judgeKey(part: KeyPart, value: string): OddKey | undefined {
  const [character] = OTHER[part].exec(value) ?? [];
  if (character === undefined) {
    const cause = CAUSES_OF_FORM[part].find(([sign]) => sign.test(value))?.[1];
    return cause && { character: undefined, cause };
  }
  return { character: characterWords(character), cause: causeOf(value, character) };
}

function characterWords(character: string): Text {
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  if (/[\r\n]/.test(character)) return words.lineBreak;
  if (character === ' ' || character === '\t') return words.blank;
  if (/[\s\p{Cc}\p{Cf}\p{Cs}\p{M}]/u.test(character)) return words.unseenCharacter(code);
  return /[ -~]/.test(character)
    ? words.character(character)
    : words.character(`${character} (${code})`);
}

/** The key's own name, as where a whole line was pasted for its value. */
const NAME_IN_FRONT = /^["']?(?:export\s+)?(?:aws_?)?(?:access|secret)_?[a-z_]*["']?\s*[=:]/i;

/** What stands where a key belongs, in examples and templates; AWS's own example keys are none. */
const PLACEHOLDER =
  /^(?:your|insert|replace|change[-_]?me)[-_.]?\w*$|^(?:aws[-_])?(?:access|secret)[-_](?:access[-_])?key(?:[-_]id)?$|^(?:todo|tbd|fixme|placeholder|redacted|removed|hidden|null|nil|none|undefined)$|x{8}|^[.x_-]{3,}$/i;

/**
 * Values of usual characters that are none of AWS's keys all the same: its IDs are of capitals and
 * digits, and not as long as a secret.
 */
const CAUSES_OF_FORM: Readonly<Record<KeyPart, readonly [sign: RegExp, cause: Text][]>> = {
  id: [
    [PLACEHOLDER, words.placeholder],
    [/^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]{40}$/, words.swapped],
    [/^(?=.*[a-z])[Aa][KkSs][Ii][Aa][A-Za-z0-9]{12,}$/, words.inCapitals],
    // IAM API Reference, AccessKey: 16 to 128 characters.
    [/^A[KS]IA[A-Z0-9]{0,11}$/, words.idCutShort],
    // IAM User Guide, "Unique identifiers": the prefixes of what has no key.
    [/^A(?:GPA|IDA|IPA|NPA|NVA|PKA|ROA|SCA)[A-Z0-9]{12,}$/, words.idOfOther],
    [/^.{129,}$/, words.idTooLong],
  ],
  secret: [
    [PLACEHOLDER, words.placeholder],
    [NAME_IN_FRONT, words.nameInValue],
    [/^=/, words.secondSeparator],
    [/^A[KS]IA[A-Z0-9]{12,28}$/, words.idAsSecret],
  ],
};

/** The surer sign comes first. */
const CAUSES: readonly [sign: RegExp, cause: Text][] = [
  [NAME_IN_FRONT, words.nameInValue],
  [/^[=:]/, words.secondSeparator],
  [/^ENC\[|^\$ANSIBLE_VAULT|^!vault\b|^-----BEGIN|^\{cipher\}/i, words.encrypted],
  [/^arn:[a-z-]*:(?:iam|sts):/i, words.arn],
  [
    /^[a-z][a-z0-9+-]*:(?:\/\/|[a-z0-9-]+:)|^(?:arn|vault|bws?|ssm|pass|keychain|keyring):/i,
    words.reference,
  ],
  [/\{\{|\{%|<%/, words.template],
  [/^\$[({A-Z_]|^%[A-Za-z_]+%$|^`(?![A-Za-z0-9/+=]{16,}`)/i, words.variable],
  [/^<.*>$|^\[.*\]$|^\*+$|^…|your[-_ ]|アクセスキー|シークレット|ここに|入力/i, words.placeholder],
  [/[*•]{4}|\.{3}$/, words.masked],
  [
    /^["'\u2018-\u201f\u00ab\u00bb\u300c\u300d`]|["'\u2018-\u201f\u00ab\u00bb\u300c\u300d`]$/,
    words.quotes,
  ],
  [/[\r\n]\s*[a-z_]+\s*[=:]/i, words.indentedNext],
  [/[\r\n]/, words.wrapped],
  [/\s(?:[#;(\uff03\uff08]|\/\/|--|<!--|<-|←)/, words.comment],
  // Behind a key without a blank; a row of a CSV file goes on with another key.
  [/^[A-Za-z0-9/+=]{16,}(?:[#(\uff03\uff08]|;(?![A-Za-z0-9/+=]{30,}$).)/, words.comment],
  [/^[^,;|]+[,;]$/, words.separator],
  [/[,;|]/, words.csvRow],
  [/[\uff01-\uff5e]/, words.fullWidth],
  [/[\p{Cf}\u00a0\u2000-\u200a\u202f\u3000]/u, words.unseen],
  [/[A-Za-z0-9/+=]{16,}[\s:][A-Za-z0-9/+=]{16,}/, words.bothInOne],
  [/\s/, words.blankInside],
  [/%$/, words.promptMark],
];

function causeOf(value: string, character: string): Text {
  const found = CAUSES.find(([sign]) => sign.test(value));
  if (found) return found[1];
  // A secret may hold these: it is an ID that does.
  return /[/+=]/.test(character) ? words.swapped : words.copiedWrong;
}
