/**
 * The rotation of a long-term key as a state machine: from what the journal, the credentials file
 * and IAM say, the one next step. A run carries a step out and asks again until there is none, so
 * that a run that goes on with a killed one's work is no special case.
 *
 * IAM's rules behind it (IAM User Guide, "Manage access keys for IAM users" and "IAM and AWS STS
 * quotas"): a user has two keys at most, a secret is told once, an inactive key can be made active
 * again, a deleted one cannot be had back, and changes take a while to be known everywhere.
 */
import type { Journal } from './journal.ts';

/** One of the user's keys, as IAM tells it. */
export interface UserKey {
  readonly accessKeyId: string;
  /** Milliseconds since the epoch; IAM tells whole seconds. */
  readonly created: number;
  readonly isActive: boolean;
  /**
   * Milliseconds since the epoch; `never`, or `unknown` where that was not asked or may not be.
   */
  readonly lastUsed: number | 'never' | 'unknown';
}

/** What the caller wants. */
export interface Wish {
  readonly kind: 'rotate' | 'finish' | 'abandon';
  /** The old key is deleted once it is inactive. */
  readonly deletes: boolean;
  /** The other key, which may be deleted to make room. */
  readonly replaces: string | undefined;
  /** Yes to every question. */
  readonly isAgreed: boolean;
}

export interface Situation {
  readonly wish: Wish;
  readonly journal: Journal | undefined;
  /** The ID of the key that the credentials file has for the profile now. */
  readonly current: string;
  readonly keys: readonly UserKey[];
  /** True once this run has made the old key inactive, or has deleted what it was to delete. */
  readonly isDone: boolean;
}

/** Why a second key is in the way. */
export type SecondKey = 'active' | 'inactive' | 'retired' | 'unfinished';

export type Step =
  /** Journal `creating`, then CreateAccessKey. */
  | { readonly kind: 'create' }
  /** Try the new key, and put it into the file. */
  | { readonly kind: 'store' }
  /** The file holds the new key: journal `stored`. */
  | { readonly kind: 'note-stored' }
  /** Make the old key inactive, and journal `retired`. */
  | { readonly kind: 'retire' }
  /** The old key is inactive: journal `retired`. */
  | { readonly kind: 'note-retired' }
  /** `because`: it was named on the line, it is what was rotated away, or nobody has its secret. */
  | {
      readonly kind: 'delete';
      readonly accessKeyId: string;
      readonly because: 'replaced' | 'retired' | 'abandoned' | 'lost';
    }
  /** Ask a person whether the key of a lost answer may go. */
  | { readonly kind: 'ask'; readonly key: UserKey }
  /** Remove a journal that nothing is left to be done for. */
  | { readonly kind: 'forget' }
  | { readonly kind: 'end' }
  | { readonly kind: 'refuse'; readonly why: Refusal };

export type Refusal =
  | { readonly kind: 'not-listed' | 'not-active' }
  | { readonly kind: 'two-keys'; readonly other: UserKey; readonly way: SecondKey }
  /** The file has neither the old key nor the new one. */
  | { readonly kind: 'changed'; readonly newKeyId: string }
  /** The new key is in the file already. */
  | { readonly kind: 'too-late'; readonly newKeyId: string };

const refuse = (why: Refusal): Step => ({ kind: 'refuse', why });

export function nextStep(situation: Situation): Step {
  const { journal } = situation;
  if (!journal) return withoutJournal(situation);
  switch (journal.stage.name) {
    case 'creating':
      return afterAsking(situation, journal, journal.stage.asked);
    case 'created':
      return afterCreation(situation, journal, journal.stage.newKeyId);
    case 'stored':
      return afterWriting(situation, journal, journal.stage.newKeyId);
    case 'retired':
      return afterRetirement(situation, journal, journal.stage.newKeyId);
  }
}

function withoutJournal({ wish, current, keys, isDone }: Situation): Step {
  if (isDone || wish.kind !== 'rotate') return { kind: 'end' };
  const own = keys.find(({ accessKeyId }) => accessKeyId === current);
  if (!own) return refuse({ kind: 'not-listed' });
  if (!own.isActive) return refuse({ kind: 'not-active' });
  const other = keys.find(({ accessKeyId }) => accessKeyId !== current);
  return other ? besides(other, wish) : { kind: 'create' };
}

/** There is room for one key only if the other one goes. */
function besides(other: UserKey, wish: Wish): Step {
  const { accessKeyId, isActive } = other;
  if (accessKeyId === wish.replaces && (!isActive || wish.isAgreed)) {
    return { kind: 'delete', accessKeyId, because: 'replaced' };
  }
  return refuse({ kind: 'two-keys', other, way: isActive ? 'active' : 'inactive' });
}

/**
 * AWS denies a request that arrives long after its time stamp: after five minutes in most cases (IAM
 * User Guide, "AWS Signature Version 4 for API requests"). What was created later than that, with
 * room to spare, is not from this request.
 */
const LONGEST_ON_THE_WAY_MS = 15 * 60_000;
const SECOND_MS = 1000;

/** Whether the key can only be the one that an answer to this journal's request was lost about. */
function isLost(key: UserKey, { began }: Journal, asked: number): boolean {
  const isOfThatTime =
    key.created + SECOND_MS > began && key.created <= asked + LONGEST_ON_THE_WAY_MS;
  return isOfThatTime && key.lastUsed === 'never';
}

function afterAsking(situation: Situation, journal: Journal, asked: number): Step {
  const { wish, keys, current } = situation;
  if (current !== journal.oldKeyId) return { kind: 'forget' };
  const other = keys.find(({ accessKeyId }) => accessKeyId !== current);
  if (!other) {
    return wish.kind === 'abandon'
      ? { kind: 'forget' }
      : withoutJournal({ ...situation, wish: { ...wish, kind: 'rotate' } });
  }
  if (!isLost(other, journal, asked)) return { kind: 'forget' };
  const { accessKeyId } = other;
  if (wish.kind === 'abandon' || wish.isAgreed || wish.replaces === accessKeyId) {
    return { kind: 'delete', accessKeyId, because: 'lost' };
  }
  return { kind: 'ask', key: other };
}

function afterCreation({ wish, current }: Situation, journal: Journal, newKeyId: string): Step {
  if (current === newKeyId) return { kind: 'note-stored' };
  if (wish.kind === 'abandon') {
    return { kind: 'delete', accessKeyId: newKeyId, because: 'abandoned' };
  }
  return current === journal.oldKeyId ? { kind: 'store' } : refuse({ kind: 'changed', newKeyId });
}

function afterWriting(
  { wish, current, keys }: Situation,
  journal: Journal,
  newKeyId: string,
): Step {
  // The user has put another key there since: what this journal is about is settled.
  if (current !== newKeyId) return { kind: 'forget' };
  if (wish.kind === 'abandon') return refuse({ kind: 'too-late', newKeyId });
  const old = keys.find(({ accessKeyId }) => accessKeyId === journal.oldKeyId);
  if (!old) return { kind: 'forget' };
  return old.isActive ? { kind: 'retire' } : { kind: 'note-retired' };
}

function afterRetirement(
  { wish, current, keys, isDone }: Situation,
  journal: Journal,
  newKeyId: string,
): Step {
  const old = keys.find(({ accessKeyId }) => accessKeyId === journal.oldKeyId);
  if (current !== newKeyId || !old) return { kind: 'forget' };
  const { accessKeyId } = old;
  if (wish.kind === 'abandon') return refuse({ kind: 'too-late', newKeyId });
  const isWanted = wish.deletes || (wish.kind === 'finish' && !isDone);
  if (isWanted && !old.isActive) return { kind: 'delete', accessKeyId, because: 'retired' };
  if (isDone) return { kind: 'end' };
  const step = besides(old, wish);
  if (step.kind !== 'refuse' || old.isActive) return step;
  return refuse({ kind: 'two-keys', other: old, way: 'retired' });
}
