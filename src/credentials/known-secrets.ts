/**
 * The secrets of this run, so that what a server, a program or a file repeats of them is not shown.
 * A {@link Secret} is known from the moment it is made; nobody has to pass it on.
 */

import {
  decode,
  fold,
  foldText,
  isPlain,
  mayBePacked,
  unpacked,
  withPlainDigits,
} from './spellings.ts';
import type { Reading } from './spellings.ts';

/** Stands where a secret stood. */
export const HIDDEN = '[secret]';

/** AWS has no secrets as short as this: hiding such texts would hide this program's own words. */
const LEAST = 8;
/** Without its signs and its case, less of a secret could be a few words. */
const LEAST_FOLDED = 12;
const CODE = /^\d{6}$/;

/** Stretches of secrets, one beginning where the last ended, and where each comes from. */
interface Stretches {
  readonly length: number;
  readonly step: number;
  readonly found: Map<string, { readonly of: string; readonly at: number }>;
}

interface Known {
  readonly codes: Set<string>;
  /** Taken apart when they are first looked for: most runs say nothing that others have said. */
  waiting: string[];
  readonly exact: Stretches;
  /** Without signs and case. They overlap, so that half of a secret holds one. */
  readonly folded: Stretches;
}

// The program is built as several files, each with a copy of this one; the secrets are the same.
const KEY = Symbol.for('mfa-profile.known-secrets');
const shared = globalThis as { [KEY]?: Known };
const known: Known = (shared[KEY] ??= {
  codes: new Set(),
  waiting: [],
  exact: { length: LEAST, step: LEAST, found: new Map() },
  folded: { length: LEAST_FOLDED, step: LEAST_FOLDED / 2, found: new Map() },
});
/** The library's runs are long: each time it reads a file the same secrets would be kept once more. */
const MOST_WAITING = 50_000;

/** What may stand in front of a secret, in lower case, and is none: this program says it, too. */
const KEY_NAME =
  '(?:aws_?)?(?:access|secret|session|security)_?(?:access_?)?(?:key|token)(?:_?id)?';
const NAME_OF_A_KEY = new RegExp(`^["']?(?:export\\s+)?${KEY_NAME}["']?\\s*[=:]+\\s*`);
const ONLY_A_NAME = new RegExp(`^${KEY_NAME.replaceAll('_?', '[-_ ]?')}$`, 'i');
/** What a template has in a secret's place, and this program's own words hold. */
const STAND_IN = /^(?:placeholder|redacted|undefined)$/i;

/** The letters and quotes that such a name may begin with. */
const FIRST_OF_A_NAME = '"\'aesAES';
/** No name is longer, with what stands around it. */
const LONGEST_NAME = 80;

function withoutKeyName(written: string): string {
  if (!FIRST_OF_A_NAME.includes(written.charAt(0))) return written;
  if (!/[=:]/.test(written.slice(0, LONGEST_NAME))) return written;
  const name = NAME_OF_A_KEY.exec(written.toLowerCase());
  return name ? written.slice(name[0].length) : written;
}

/** Never shown from now on: as it is, in part, and however it is spelled (spellings.ts). */
export function hideFromNowOn(written: string): void {
  const value = withoutKeyName(written);
  if (ONLY_A_NAME.test(value) || STAND_IN.test(value)) return;
  if (value.length < LEAST) {
    if (CODE.test(value)) known.codes.add(value);
  } else if (known.waiting.push(value) > MOST_WAITING) takeApart();
}

const AN_ID = /^A[A-Z0-9]{15,}$/;
const AN_ARN = /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[A-Za-z-]+\/[\w.@/-]+$/;

/**
 * What stands in an access key ID's place. An ID may be shown, and an ARN; a secret that was
 * pasted there, alone or next to the ID, may not.
 */
export function hideUnlessAnId(value: string): void {
  if (AN_ID.test(value) || AN_ARN.test(value)) return;
  for (const written of value.split(/[^A-Za-z0-9/+=_-]+/)) {
    const part = withoutKeyName(written);
    if (!AN_ID.test(part)) hideFromNowOn(part);
  }
}

const LEAST_OF_A_KEY = 40;
/** As long as a secret key or longer, and of nothing but base64's signs. */
const LIKE_A_SECRET = new RegExp(`(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{${LEAST_OF_A_KEY},}={0,2}`, 'g');
/** A JSON Web Token, which SSO and many web services hand out: its head is JSON in base64url. */
const WEB_TOKEN =
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)*/g;

/**
 * A text without what looks like a secret key or a token, of whomever. Paths, and names that are put
 * together from words (`SomeAccount/AdministratorAccess`, as Granted writes them), stay.
 */
export function withoutLikelySecrets(text: string): string {
  if (text.length < LEAST_OF_A_WEB_TOKEN) return text;
  return text
    .replace(WEB_TOKEN, HIDDEN)
    .replace(LIKE_A_SECRET, (run) =>
      isSmallAndRandom(run) || !(isOfOneCase(run) || isOfWords(run) || isPath(run)) ? HIDDEN : run,
    );
}

const LEAST_OF_A_WEB_TOKEN = 24;

/** In random base64 a stretch of one case has two to three letters; words have more. */
const LETTERS_A_WORD = 4;

/** Words that begin with a capital hardly ever take up so much of random base64. */
const LEAST_SHARE_OF_NAMES = 0.8;

function isOfWords(run: string): boolean {
  if (/[+=]/.test(run)) return false;
  const names = run.match(/[A-Z][a-z]{2,}|(?<![A-Za-z0-9])[a-z]{3,}/g) ?? [];
  if (names.join('').length >= run.length * LEAST_SHARE_OF_NAMES) return true;
  if (!run.includes('/')) return false;
  const words = run.match(/[A-Z]*[a-z]+|[A-Z]+|[0-9]+/g) ?? [];
  return run.length >= words.length * (LETTERS_A_WORD + 1);
}

/** What is left of a secret that happens to begin like a folder. */
const LEAST_AFTER_FOLDERS = 32;

/** From the root or a kind of resource (`mfa/`), and with no secret after its folders. */
function isPath(run: string): boolean {
  const [folders] = /^(?:(?:\/[A-Za-z][a-z]+)+(?=\/|$)|(?:[a-z0-9]{3,}\/)+)/.exec(run) ?? [];
  if (folders === undefined) return false;
  const rest = run.slice(folders.length);
  if (rest.length < LEAST_AFTER_FOLDERS || isOfOneCase(rest) || isOfWords(rest)) return true;
  return /^\/[^+]+$/.test(run) && rest.split('/').every(isFolder);
}

/** In random base64 slashes are hardly ever this near to each other all the way. */
const LONGEST_OF_A_FOLDER = 11;

function isFolder(name: string): boolean {
  return name.length <= LONGEST_OF_A_FOLDER || isOfWords(`/${name}`);
}

/** In names and paths letters and digits change less often. */
const LEAST_CHANGES = 8;
const LEAST_OF_A_FOLDER = 20;

/** What is all of hex is a digest, and so is a folder of Nix's store, in its own base32. */
const DIGEST = /^(?:[0-9a-f]+|\/nix\/store\/[0-9a-z]{32})$/;

/** A secret that something has put into small letters. */
function isSmallAndRandom(run: string): boolean {
  if (/[A-Z]/.test(run) || DIGEST.test(run)) return false;
  return run
    .split('/')
    .filter((folder) => folder.length >= LEAST_OF_A_FOLDER)
    .some((folder) => (folder.match(/[a-z](?=\d)|\d(?=[a-z])/g) ?? []).length >= LEAST_CHANGES);
}

function isOfOneCase(run: string): boolean {
  return !/[a-z]/.test(run) || !/[A-Z]/.test(run);
}

/** The same for a value that lines repeat anywhere, such as a name: it is a secret of this run. */
export function hideIfLikeASecret(value: string): void {
  if (value.length >= LEAST_OF_A_KEY && withoutLikelySecrets(value) === HIDDEN)
    hideFromNowOn(value);
}

/**
 * The text without the secrets of this run, without what AWS's own words have in their place, and
 * without what looks like a secret of somebody else's.
 */
export function withoutSecrets(text: string): string {
  return withoutLikelySecrets(withoutCredentialWords(withoutKnown(text)));
}

const NO_USUAL_NAME = /[A-Za-z0-9/+=]{20,}/;
const LONGEST_USUAL_NAME = 40;

/**
 * A name for a list, or a text of JSON. Secrets are not even looked for in usual names: there may be
 * ten thousand, and six digits are a fine name.
 */
export function nameWithoutSecrets(name: string): string {
  return name.length > LONGEST_USUAL_NAME || NO_USUAL_NAME.test(name) ? withoutSecrets(name) : name;
}

/**
 * AWS repeats what a request was signed with: `Credential=…`, and `got '…'` in IncompleteSignature.
 */
function withoutCredentialWords(text: string): string {
  if (!/'|[A-Za-z]["']?\s?[=:]/.test(text)) return text;
  return text
    .replace(/\bgot '.*'/g, `got '${HIDDEN}'`)
    .replace(
      /\b(Credential|Signature|TokenCode|Sec(?:urity|ret)Token|SessionToken|SecretAccessKey|X-Amz-Security-Token)(["']?\s?[=:]\s?["']?)(?!\[secret\])[^\s,;&'"<>]{6,}/gi,
      `$1$2${HIDDEN}`,
    );
}

/** From where to where something is to be hidden. */
type Span = readonly [from: number, to: number];

/** Not six digits of a longer number, such as an account's. */
function* codesIn(reading: Reading): Generator<Span> {
  for (const code of known.codes) {
    const spaced = [...code].join('[^A-Za-z0-9]{0,3}');
    for (const { 0: found, index } of reading.text.matchAll(
      new RegExp(`(?<!\\d)${spaced}(?!\\d)`, 'g'),
    ))
      yield [reading.start(index), reading.end(index + found.length - 1)];
  }
}

function* stretchesIn(reading: Reading, { length, found }: Stretches): Generator<Span> {
  const { text } = reading;
  for (let at = 0; at + length <= text.length; at++) {
    const stretch = found.get(text.slice(at, at + length));
    if (!stretch) continue;
    let [from, to] = [at, at + length];
    while (
      from > 0 &&
      stretch.at - (at - from) > 0 &&
      text[from - 1] === stretch.of[stretch.at - (at - from) - 1]
    ) {
      from -= 1;
    }
    while (to < text.length && text[to] === stretch.of[stretch.at + (to - at)]) to += 1;
    yield [reading.start(from), reading.end(to - 1)];
    at = to - 1;
  }
}

function withoutKnown(text: string): string {
  takeApart();
  if (known.exact.found.size === 0 && known.codes.size === 0) return text;
  if (known.codes.size === 0 && isPlain(text) && !mayBePacked(text) && !holdsStretch(text))
    return text;
  return hide(text, [...spansOf(text)]);
}

/** Where a plain text holds a secret as it is, or with other signs or another case. */
function holdsStretch(text: string): boolean {
  const { exact, folded } = known;
  return [
    { of: text.replaceAll(' ', ''), stretches: exact },
    { of: foldText(text), stretches: folded },
  ].some(({ of, stretches: { length, found } }) => {
    for (let at = 0; at + length <= of.length; at++) {
      if (found.has(of.slice(at, at + length))) return true;
    }
    return false;
  });
}

function* spansOf(text: string): Generator<Span> {
  const dense = decode(text, 'without blanks');
  const spaced = withPlainDigits(decode(text, 'with blanks'));
  const folded = fold(dense);
  yield* stretchesIn(dense, known.exact);
  yield* stretchesIn(folded, known.folded);
  yield* codesIn(spaced);
  for (const reading of unpacked(dense, folded, spaced)) {
    yield* stretchesIn(reading, known.exact);
    yield* codesIn(reading);
  }
}

function hide(text: string, spans: Span[]): string {
  let shown = '';
  let done = 0;
  for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
    if (from >= done) shown += text.slice(done, from) + HIDDEN;
    done = Math.max(done, to);
  }
  return shown + text.slice(done);
}

function takeApart(): void {
  for (const value of new Set(known.waiting)) {
    const plain = isPlain(value) ? value.replaceAll(' ', '') : decode(value, 'without blanks').text;
    add(plain, known.exact);
    add(foldText(plain), known.folded);
  }
  known.waiting = [];
}

/** A placeholder such as `YOUR_SECRET_ACCESS_KEY` must not hide what messages call a key. */
const OWN_NAMES = [
  ...['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'aws_security_token'],
  ...['awsaccesskeyid', 'awssecretaccesskey', 'awssessiontoken', 'awssecuritytoken'],
  'シークレットアクセスキー',
].join('\n');

function add(secret: string, { length, step, found }: Stretches): void {
  const last = secret.length - length;
  for (let at = 0; at <= last; at = at === last ? last + 1 : Math.min(at + step, last)) {
    const stretch = secret.slice(at, at + length);
    if (found.has(stretch) || OWN_NAMES.includes(stretch.toLowerCase())) continue;
    found.set(stretch, { of: secret, at });
  }
}
