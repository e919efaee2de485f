/**
 * A sentence that a person reads, before its language is chosen. Rooms keep their sentences in
 * `words.ts` (English) and `words.ja.ts` (Japanese, typed by the English).
 */

/** What to say: its English, and what the same entry of another language is made from. */
export interface Text {
  readonly english: string;
  /** The catalogue that the entry is in: the name that its `words.ts` gives. */
  readonly catalogue: string;
  readonly entry: string;
  readonly values: readonly unknown[];
}

/**
 * A sentence of a catalogue, or words that are the same in every language: AWS's, a file's name.
 */
export type Said = string | Text;

/** Turns what is said into the words of one language. */
export type Speak = (said: Said) => string;

type Entry = string | ((...values: never[]) => string);
export type Catalogue = Readonly<Record<string, Entry>>;

/** Where an entry takes any text it takes a sentence, too. */
type Given<Values extends readonly unknown[]> = {
  [At in keyof Values]: string extends Values[At] ? Values[At] | Text : Values[At];
};

/** A catalogue as it is used: each entry gives a {@link Text}. */
export type Texts<English extends Catalogue> = {
  readonly [Name in keyof English]: English[Name] extends (...values: infer Values) => string
    ? (...values: Given<Values>) => Text
    : Text;
};

/** What another language has to have for a catalogue: an entry that is missing does not compile. */
export type Translation<English extends Catalogue> = {
  readonly [Name in keyof English]: English[Name] extends string ? string : English[Name];
};

/** A problem or the like with its sentences spoken: no {@link Text} is left in it. */
export type Spoken<Value> = { readonly [Field in keyof Value]: Exclude<Value[Field], Text> };

export const speakEnglish: Speak = (said) => (typeof said === 'string' ? said : said.english);

/** @param catalogue its name, by which other languages find it */
export function texts<const English extends Catalogue>(
  catalogue: string,
  english: English,
): Texts<English> {
  const made: Record<string, unknown> = {};
  // A run says little of what it could say: an entry is made when it is asked for.
  return new Proxy<Catalogue>(english, {
    get: (_, entry) => (made[String(entry)] ??= makeEntry(catalogue, String(entry), english)),
  }) as unknown as Texts<English>;
}

function makeEntry(catalogue: string, entry: string, english: Catalogue): unknown {
  const words = english[entry];
  if (typeof words === 'string') {
    return { english: words, catalogue, entry, values: [] } satisfies Text;
  }
  const make = words as undefined | ((...spoken: readonly unknown[]) => string);
  return (
    make &&
    ((...values: unknown[]): Text => {
      const spoken = values.map((value) => spokenBy(speakEnglish, value));
      return { english: make(...spoken), catalogue, entry, values };
    })
  );
}

/** A speaker of another language. @param catalogues its entries, by the names of the catalogues */
export function speakBy(catalogues: Readonly<Record<string, Catalogue>>): Speak {
  const speak: Speak = (said) => {
    if (typeof said === 'string') return said;
    const words = catalogues[said.catalogue]?.[said.entry];
    if (words === undefined) return said.english;
    if (typeof words === 'string') return words;
    const make = words as (...spoken: readonly unknown[]) => string;
    return make(...said.values.map((value) => spokenBy(speak, value)));
  };
  return speak;
}

/** A value with every sentence in it spoken. */
function spokenBy(speak: Speak, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => spokenBy(speak, each));
  if (isText(value)) return speak(value);
  const fields = Object.entries(value).map(([name, field]) => [name, spokenBy(speak, field)]);
  return Object.fromEntries(fields);
}

function isText(value: object): value is Text {
  return 'catalogue' in value && 'entry' in value && 'english' in value;
}
