/** What a section says, by lower-case key. */

/** Iterates in the file's order; of a key that comes more than once, the last value counts. */
export interface Values extends Iterable<[string, string]> {
  get(key: string): string | undefined;
  has(key: string): boolean;
}

/** `upper` if it has a key, else `lower`. */
export function layered(upper: Values, lower: Values): Values {
  return new LayeredValues(upper, lower);
}

class LayeredValues implements Values {
  readonly #upper: Values;
  readonly #lower: Values;

  constructor(upper: Values, lower: Values) {
    this.#upper = upper;
    this.#lower = lower;
  }

  get(key: string): string | undefined {
    return this.#upper.get(key) ?? this.#lower.get(key);
  }

  has(key: string): boolean {
    return this.#upper.has(key) || this.#lower.has(key);
  }

  *[Symbol.iterator](): Iterator<[string, string]> {
    yield* this.#lower;
    yield* this.#upper;
  }
}
