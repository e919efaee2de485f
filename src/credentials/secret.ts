/** A string that never shows itself: logs, JSON, templates and `util.inspect` all see `[secret]`. */

const HIDDEN = '[secret]';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The plain value; the only way to it, so that a search for `reveal` finds every use. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  // The key by which node's util.inspect (and so console.log) asks an object for its text.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN;
  }
}
