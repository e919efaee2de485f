/**
 * What a rotation has done so far, as it lies on the disk before each step that cannot be undone:
 * by it the next run finishes or undoes what a killed one began.
 */
import { Secret } from '../credentials/secret.ts';

/**
 * - `creating`: CreateAccessKey is about to be sent, or its answer was lost
 * - `created`: there is a new key, and its secret is nowhere but here
 * - `stored`: the credentials file holds the new key; the old one is still active
 * - `retired`: the old key is inactive
 */
export type Stage =
  | {
      readonly name: 'creating';
      /** When it was sent last, by AWS's clock in milliseconds since the epoch. */
      readonly asked: number;
    }
  | {
      readonly name: 'created';
      readonly newKeyId: string;
      readonly secretAccessKey: Secret;
    }
  | { readonly name: 'stored' | 'retired'; readonly newKeyId: string };

export interface Journal {
  readonly profile: string;
  /** The ARN of the user whose keys these are. */
  readonly user: string;
  readonly oldKeyId: string;
  /** When CreateAccessKey was sent first, by AWS's clock in milliseconds since the epoch. */
  readonly began: number;
  readonly stage: Stage;
}

const VERSION = 1;

/** One line of JSON. */
export function formatJournal({ profile, user, oldKeyId, began, stage }: Journal): string {
  const fields = {
    version: VERSION,
    profile,
    user,
    old_access_key_id: oldKeyId,
    began: new Date(began).toISOString(),
    stage: stage.name,
    ...(stage.name === 'creating' && { asked: new Date(stage.asked).toISOString() }),
    ...(stage.name !== 'creating' && { access_key_id: stage.newKeyId }),
    ...(stage.name === 'created' && { secret_access_key: stage.secretAccessKey.reveal() }),
  };
  return `${JSON.stringify(fields)}\n`;
}

/** @returns undefined for what {@link formatJournal} did not write */
export function parseJournal(text: string): Journal | undefined {
  const fields = parseObject(text);
  const [profile, user, oldKeyId, newKeyId, secret] = [
    ...['profile', 'user', 'old_access_key_id', 'access_key_id', 'secret_access_key'],
  ].map((name) => textIn(fields, name));
  // Before anything is said of the rest.
  const secretAccessKey = secret && new Secret(secret);
  const [began, asked] = ['began', 'asked'].map((name) => Date.parse(textIn(fields, name) ?? ''));
  if (fields['version'] !== VERSION || !profile || !user || !oldKeyId) return undefined;
  if (began === undefined || Number.isNaN(began)) return undefined;
  const stage = stageOf(fields['stage'], { newKeyId, secretAccessKey, asked });
  return stage && { profile, user, oldKeyId, began, stage };
}

function stageOf(
  name: unknown,
  of: {
    newKeyId: string | undefined;
    secretAccessKey: Secret | '' | undefined;
    asked: number | undefined;
  },
): Stage | undefined {
  const { newKeyId, secretAccessKey, asked = NaN } = of;
  if (name === 'creating') return Number.isNaN(asked) ? undefined : { name, asked };
  if (!newKeyId) return undefined;
  if (name === 'created') return secretAccessKey ? { name, newKeyId, secretAccessKey } : undefined;
  return name === 'stored' || name === 'retired' ? { name, newKeyId } : undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textIn(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
