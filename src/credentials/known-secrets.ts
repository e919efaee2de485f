/**
 * The secrets of this run, so that what a server, a program or a file repeats of them is not shown.
 * A {@link Secret} is known from the moment it is made; nobody has to pass it on.
 */

/** Stands where a secret stood. */
export const HIDDEN = '[secret]';

/** AWS has no secrets as short as this: hiding such texts would hide this program's own words. */
const LEAST = 8;
const CODE = /^\d{6}$/;

interface Known {
  readonly codes: Set<string>;
  /** Taken apart when they are first looked for: most runs say nothing that others have said. */
  waiting: string[];
  /** Every eighth stretch of eight characters of each secret, and where it comes from. */
  readonly stretches: Map<string, { readonly of: string; readonly at: number }>;
}

// The program is built as several files, each with a copy of this one; the secrets are the same.
const KEY = Symbol.for('mfa-profile.known-secrets');
const shared = globalThis as { [KEY]?: Known };
const known: Known = (shared[KEY] ??= { codes: new Set(), waiting: [], stretches: new Map() });
const MOST_WAITING = 50_000;

/** What may stand in front of a secret, in lower case, and is none: this program says it, too. */
const KEY_NAME =
  '(?:aws_?)?(?:access|secret|session|security)_?(?:access_?)?(?:key|token)(?:_?id)?';
const NAME_OF_A_KEY = new RegExp(`^["']?(?:export\\s+)?${KEY_NAME}["']?\\s*[=:]+\\s*`);
const ONLY_A_NAME = new RegExp(`^${KEY_NAME}$`, 'i');

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

/** Never shown from now on: as it is, in part, and in the encodings of URLs, XML and JSON. */
export function hideFromNowOn(written: string): void {
  const value = withoutKeyName(written);
  if (value.length < LEAST) {
    if (CODE.test(value)) known.codes.add(value);
  } else if (known.waiting.push(value) > MOST_WAITING) takeApart();
}

const AN_ID = /^A[A-Z0-9]{15,}$/;

/**
 * What stands in an access key ID's place. An ID may be shown; a secret that was pasted there,
 * alone or next to the ID, may not.
 */
export function hideUnlessAnId(value: string): void {
  if (AN_ID.test(value)) return;
  for (const written of value.split(/[^A-Za-z0-9/+=_-]+/)) {
    const part = withoutKeyName(written);
    if (!AN_ID.test(part) && !ONLY_A_NAME.test(part)) hideFromNowOn(part);
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
      isOfOneCase(run) || isOfWords(run) || isPath(run) ? run : HIDDEN,
    );
}

const LEAST_OF_A_WEB_TOKEN = 24;

/** In random base64 a stretch of one case has two to three letters; words have more. */
const LETTERS_A_WORD = 4;

function isOfWords(run: string): boolean {
  if (!run.includes('/') || /[+=]/.test(run)) return false;
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
  return rest.length < LEAST_AFTER_FOLDERS || isOfOneCase(rest) || isOfWords(rest);
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
  return withoutLikelySecrets(withoutCredentialWords(withoutCodes(withoutKnown(text))));
}

const NO_USUAL_NAME = /[A-Za-z0-9/+=]{20,}/;

/**
 * A name for a list, or a text of JSON. Secrets are not even looked for in usual names: there may be
 * ten thousand, and six digits are a fine name.
 */
export function nameWithoutSecrets(name: string): string {
  return NO_USUAL_NAME.test(name) ? withoutSecrets(name) : name;
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

/** Not six digits of a longer number, such as an account's. */
function withoutCodes(text: string): string {
  let shown = text;
  for (const code of known.codes) {
    const spaced = [...code].join('[ \u00a0-]?');
    shown = shown.replace(new RegExp(`(?<!\\d)${spaced}(?!\\d)`, 'g'), HIDDEN);
  }
  return shown;
}

function withoutKnown(text: string): string {
  takeApart();
  if (known.stretches.size === 0 || text.length < LEAST) return text;
  const dense = text.replaceAll(' ', '');
  if (PLAIN.test(dense) && !holdsStretch(dense)) return text;
  const plain = decode(text);
  let shown = '';
  let done = 0;
  for (let at = 0; at + LEAST <= plain.text.length; at++) {
    const found = known.stretches.get(plain.text.slice(at, at + LEAST));
    if (!found) continue;
    let [from, to] = [at, at + LEAST];
    while (
      from > 0 &&
      found.at - (at - from) > 0 &&
      plain.text[from - 1] === found.of[found.at - (at - from) - 1]
    ) {
      from -= 1;
    }
    while (to < plain.text.length && plain.text[to] === found.of[found.at + (to - at)]) to += 1;
    const start = plain.start(from);
    if (start >= done) shown += text.slice(done, start) + HIDDEN;
    done = Math.max(done, plain.end(to - 1));
    at = to - 1;
  }
  return done === 0 ? text : shown + text.slice(done);
}

function holdsStretch(text: string): boolean {
  for (let at = 0; at + LEAST <= text.length; at++) {
    if (known.stretches.has(text.slice(at, at + LEAST))) return true;
  }
  return false;
}

function takeApart(): void {
  for (const value of new Set(known.waiting)) {
    add(PLAIN.test(value) ? value : decode(value).text);
    add(Buffer.from(value).toString('base64').replace(/=+$/, ''));
  }
  known.waiting = [];
}

function add(secret: string): void {
  const last = secret.length - LEAST;
  for (let at = 0; at <= last; at = at === last ? last + 1 : Math.min(at + LEAST, last)) {
    const stretch = secret.slice(at, at + LEAST);
    if (!known.stretches.has(stretch)) known.stretches.set(stretch, { of: secret, at });
  }
}

/** Text without its encodings, blanks and invisible characters, and where each character was. */
interface Decoded {
  readonly text: string;
  start(index: number): number;
  end(index: number): number;
}

/** Nothing in it is encoded, or cannot be seen. */
const PLAIN = /^[!-$'-[\]-~]*$/;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
/** An encoded `%` may be that of another encoding. */
const MOST_ROUNDS = 3;

function decode(source: string): Decoded {
  // Made here: V8 works its sets out when it is made, and few runs need them.
  const encoded =
    /%([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\([/"'\\])|[\s\p{Cc}\p{Cf}]+/giu;
  let text = source;
  let starts: number[] | undefined;
  let ends: number[] | undefined;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [nextStarts, nextEnds]: [number[], number[]] = [[], []];
    let next = '';
    let copied = 0;
    const copy = (to: number): void => {
      for (let at = copied; at < to; at++) {
        nextStarts.push(starts?.[at] ?? at);
        nextEnds.push(ends?.[at] ?? at + 1);
      }
      next += text.slice(copied, to);
    };
    for (const match of text.matchAll(encoded)) {
      const [whole, percent, hex, decimal, name, unicode, byte, escaped] = match;
      copy(match.index);
      copied = match.index + whole.length;
      const digits = percent ?? hex ?? unicode ?? byte;
      const code = digits === undefined ? Number(decimal) : parseInt(digits, 16);
      const character =
        escaped ??
        NAMED[name?.toLowerCase() ?? ''] ??
        (code <= 0xffff ? String.fromCharCode(code) : '');
      if (character === '') continue;
      next += character;
      nextStarts.push(starts?.[match.index] ?? match.index);
      nextEnds.push(ends?.[copied - 1] ?? copied);
    }
    if (copied === 0) break;
    copy(text.length);
    [text, starts, ends] = [next, nextStarts, nextEnds];
  }
  return {
    text,
    start: (index) => starts?.[index] ?? index,
    end: (index) => ends?.[index] ?? index + 1,
  };
}
