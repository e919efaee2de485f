/**
 * A string that never shows itself: logs, JSON, templates and `util.inspect` all see `[secret]`.
 */
import { HIDDEN, hideFromNowOn } from './known-secrets.ts';

export class Secret {
  readonly #value: string;

  /**
   * From here on it is one of the run's secrets, which nothing that is shown may hold.
   * @param kind `text` for one that has secrets in it, and words that may be shown
   */
  constructor(value: string, kind: 'one' | 'text' = 'one') {
    this.#value = value;
    if (kind === 'one') hideFromNowOn(value);
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
