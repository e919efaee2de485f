/** Text that arrives bit by bit from a program, and waiting for something to be in it. */

/** How long a text is waited for unless told otherwise: an upper bound, for a machine that is busy. */
const LIMIT_MS = 60_000;

interface Waiter {
  pattern: RegExp;
  settle: (match: RegExpExecArray | Error) => void;
}

export class WatchedText {
  readonly #clean: (raw: string) => string;
  #raw = '';
  #seen = 0;
  #ended: string | undefined;
  #waiters: Waiter[] = [];

  /** `clean` makes the text to look through out of what has come so far. */
  constructor(clean: (raw: string) => string = (raw) => raw) {
    this.#clean = clean;
  }

  get raw(): string {
    return this.#raw;
  }

  get text(): string {
    return this.#clean(this.#raw);
  }

  add(piece: string): void {
    this.#raw += piece;
    this.#look();
  }

  /** No more will come: whoever still waits is told so. */
  end(why: string): void {
    this.#ended = why;
    this.#look();
  }

  /**
   * Resolves with the first match in what came after the previous call's match;
   * rejects, showing the text, when the time is over (a minute unless given) or no more will come.
   */
  async waitFor(pattern: RegExp, timeoutMs = LIMIT_MS): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const expired = () => waiter.settle(this.#failure(pattern, `${timeoutMs} ms went by`));
      const timer = setTimeout(expired, timeoutMs);
      const waiter: Waiter = {
        pattern,
        settle: (result) => {
          clearTimeout(timer);
          this.#waiters = this.#waiters.filter((each) => each !== waiter);
          if (result instanceof Error) reject(result);
          else resolve(result);
        },
      };
      this.#waiters.push(waiter);
      this.#look();
    });
  }

  #look(): void {
    for (const waiter of this.#waiters) {
      const match = waiter.pattern.exec(this.text.slice(this.#seen));
      if (match !== null) {
        this.#seen += match.index + match[0].length;
        waiter.settle(match);
      } else if (this.#ended !== undefined) {
        waiter.settle(this.#failure(waiter.pattern, this.#ended));
      }
    }
  }

  #failure(pattern: RegExp, why: string): Error {
    const unseen = this.text.slice(this.#seen);
    return new Error(`no ${String(pattern)}: ${why}; since the last match came:\n${unseen}`);
  }
}
