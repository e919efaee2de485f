/** Sweeps for leaks: no secret may be in what a program shows. */

/** Texts to look through: one, several, or what a run gave. */
export type Shown = string | readonly string[] | { stdout: string; stderr: string };

const isCode = (secret: string) => /^\d{6}$/.test(secret);

/** A secret as it is, and as it looks in JSON, in URLs and in base64. */
function formsOf(secret: string): string[] {
  if (isCode(secret)) return [secret];
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64];
}

function find(text: string, form: string): number {
  // Six digits inside a longer number are a coincidence.
  if (isCode(form)) return text.search(new RegExp(`(?<!\\d)${form}(?!\\d)`));
  return text.indexOf(form);
}

function textsOf(shown: Shown): readonly string[] {
  if (typeof shown === 'string') return [shown];
  return 'stdout' in shown ? [shown.stdout, shown.stderr] : shown;
}

/** Fails where any of the secrets is in the texts; the failure shows the place, and not the secret. */
export function expectNoSecret(shown: Shown, secrets: readonly string[]): void {
  if (secrets.length === 0) throw new Error('no secrets were given to look for');
  for (const text of textsOf(shown)) {
    for (const form of secrets.flatMap(formsOf)) {
      const at = find(text, form);
      if (at < 0) continue;
      const before = text.slice(Math.max(0, at - 60), at);
      throw new Error(`a secret of ${form.length} characters is shown after: …${before}[here]`);
    }
  }
}
