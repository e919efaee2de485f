/** What a `credential_process` printed: long-term keys, or why they are none. */
import type { StoredKeys } from './keys.ts';
import { hideUnlessAnId } from './known-secrets.ts';
import { judgeKey } from './key-form.ts';
import { Secret } from './secret.ts';
import { words } from './words.ts';
import type { Said } from '../problems/text.ts';

export type SuppliedKeys = { keys: StoredKeys } | { reason: Said };

/** Reads the protocol's version 1; the reasons name a field and never its value. */
export function readSuppliedKeys(output: string): SuppliedKeys {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    return { reason: words.noJson };
  }
  if (typeof answer !== 'object' || answer === null) return { reason: words.noJson };
  const fields = answer as Record<string, unknown>;
  if (fields['Version'] !== 1) return { reason: words.noVersion };
  const text = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const accessKeyId = text('AccessKeyId');
  const secret = text('SecretAccessKey');
  if (accessKeyId) hideUnlessAnId(accessKeyId);
  if (!accessKeyId || !secret) {
    return { reason: words.noField(accessKeyId ? 'SecretAccessKey' : 'AccessKeyId') };
  }
  const odd = [
    { field: 'AccessKeyId', found: judgeKey('id', accessKeyId) },
    { field: 'SecretAccessKey', found: judgeKey('secret', secret) },
  ].find(({ found }) => found);
  if (odd?.found) {
    const { character, cause } = odd.found;
    return {
      reason: character
        ? words.oddField(odd.field, character, cause)
        : words.noKeyField(odd.field, cause),
    };
  }
  const token = text('SessionToken');
  return {
    keys: {
      accessKeyId,
      secretAccessKey: new Secret(secret),
      sessionToken: token === undefined ? undefined : new Secret(token),
    },
  };
}
