/** A rotation under way: carries out the steps that src/rotation/plan.ts decides on. */
import { partitionOfRegion } from '../../aws/partition.ts';
import type { CallContext } from '../../problems/faults.ts';
import { Failure, isFailure } from '../../problems/problem.ts';
import type { ProblemKind } from '../../problems/problem.ts';
import { serialOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import type { Reporter } from '../../output/reporter.ts';
import { formatJournal } from '../../rotation/journal.ts';
import type { Journal, Stage } from '../../rotation/journal.ts';
import { nextStep } from '../../rotation/plan.ts';
import type { Refusal, Step, UserKey, Wish } from '../../rotation/plan.ts';
import { rotationPolicy } from '../../rotation/policy.ts';
import { connectionOf, withProblems } from '../../session/aws-call.ts';
import type { Outcome } from '../../session/context.ts';
import { askCaller } from '../../session/identity.ts';
import type { Sessions } from '../../session/index.ts';
import type { SessionSettings } from '../../session/options.ts';
import type { HeldLock, Iam, NewAccessKey, Store, World } from '../../world.ts';
import type { KeyPlace } from './key-pair.ts';
import { awaitNewKey } from './new-key.ts';
import { words } from './words.ts';

/** What a rotation works with; one run at a time does, while it holds `gate`. */
export interface Workplace {
  readonly settings: SessionSettings;
  readonly world: World;
  readonly store: Store;
  readonly reporter: Reporter;
  /** The sessions of this run; with `isRenewed` such as know nothing of the old key. */
  readonly sessions: (isRenewed: boolean) => Sessions;
  readonly gate: HeldLock;
  /** The path of the journal. */
  readonly place: string;
}

/** What is to be rotated, as the files say when the gate has been entered. */
export interface Subject {
  readonly profile: Profile;
  readonly files: AwsFiles;
  readonly key: KeyPlace;
  readonly journal: Journal | undefined;
}

/** What came of it. */
export interface Result {
  readonly action: 'rotated' | 'deleted' | 'abandoned' | 'none';
  /** The profile's key now. */
  readonly current: string;
  readonly oldKeyId: string | undefined;
  /** Of the old key; undefined if there is none, or it was not looked at. */
  readonly oldState: 'Active' | 'Inactive' | 'deleted' | undefined;
}

/** Failures after which AWS has certainly made no key. */
const NOT_MADE: readonly ProblemKind[] = [
  ...(['access-denied', 'refused', 'unknown-key', 'wrong-secret', 'clock'] as const),
  ...(['session-over', 'throttled', 'unreachable', 'untrusted-certificate'] as const),
  'proxy-failed',
];

function isNotMade(error: unknown): boolean {
  if (!isFailure(error)) return false;
  const { problem } = error;
  const isUnsent = problem.kind === 'timed-out' && problem.phase === 'connect';
  return isUnsent || NOT_MADE.includes(problem.kind);
}

/** Failures by which a session shows that it has ended with the key that it was got with. */
const SESSION_ENDED: readonly ProblemKind[] = ['unknown-key', 'session-over'];

export class Rotation {
  readonly #at: Workplace;
  readonly #wish: Wish;
  readonly #profile: Profile;
  readonly #files: AwsFiles;
  readonly #key: KeyPlace;
  #journal: Journal | undefined;
  #current: string;
  #keys: UserKey[] = [];
  #outcome: Outcome | undefined;
  #iam: Iam | undefined;
  /** Of the connection of {@link #iam}. */
  #region = '';
  #isDone = false;
  /** True once a session was got with the new key. */
  #isRenewed = false;
  #action: Result['action'] = 'none';
  #oldKeyId: string | undefined;
  #oldState: Result['oldState'];

  constructor(at: Workplace, wish: Wish, { profile, files, key, journal }: Subject) {
    this.#at = at;
    this.#wish = wish;
    this.#profile = profile;
    this.#files = files;
    this.#key = key;
    this.#journal = journal;
    this.#current = key.pair.accessKeyId;
    this.#oldKeyId = journal?.oldKeyId;
  }

  /** @throws Failure */
  async run(): Promise<Result> {
    try {
      await this.#open();
      this.#keys = await this.#listKeys();
      for (;;) {
        const step = nextStep({
          ...{ wish: this.#wish, journal: this.#journal, current: this.#current },
          ...{ keys: this.#keys, isDone: this.#isDone },
        });
        this.#at.reporter.debug(`rotation: ${step.kind}`);
        if (step.kind === 'end') break;
        await this.#carryOut(step);
      }
    } finally {
      this.#iam?.close();
    }
    return {
      action: this.#action,
      current: this.#current,
      oldKeyId: this.#oldKeyId,
      oldState: this.#oldState,
    };
  }

  async #carryOut(step: Exclude<Step, { kind: 'end' }>): Promise<void> {
    switch (step.kind) {
      case 'create':
        return this.#create();
      case 'store':
        return this.#storeKey();
      case 'note-stored':
        return this.#save(this.#withStage('stored'));
      case 'retire':
        return this.#retire();
      case 'note-retired':
        return this.#noteRetired();
      case 'delete':
        return this.#delete(step.accessKeyId, step.because);
      case 'ask':
        return this.#ask(step.key);
      case 'forget':
        return this.#forget();
      case 'refuse':
        throw this.#refusal(step.why);
    }
  }

  /** Makes sure of an MFA session and opens IAM with it. @throws Failure */
  async #open(): Promise<void> {
    const { sessions, world, settings } = this.#at;
    this.#iam?.close();
    this.#outcome = await sessions(this.#isRenewed).ensureForNow(this.#profile.name);
    const connection = connectionOf(
      ...([this.#profile, this.#files, serialOf(this.#profile)] as const),
      { settings, world },
      'iam',
    );
    this.#region = connection.region;
    this.#iam = await world.iam(connection, this.#outcome.session);
  }

  /**
   * One call to IAM. A session may end with the key that it was got with (AWS does not say): then
   * one is got with the new key.
   * @throws Failure
   */
  async #call<T>(action: CallContext['action'], act: (iam: Iam) => Promise<T>): Promise<T> {
    try {
      return await this.#callOnce(action, act);
    } catch (error) {
      const isOver = isFailure(error) && SESSION_ENDED.includes(error.problem.kind);
      const mayRenew = this.#isDone || this.#key.isStore;
      if (!isOver || !mayRenew || this.#isRenewed) throw error;
      this.#isRenewed = true;
      await this.#open();
      return this.#callOnce(action, act);
    }
  }

  async #callOnce<T>(action: CallContext['action'], act: (iam: Iam) => Promise<T>): Promise<T> {
    const { world } = this.#at;
    const region = this.#region;
    const call: CallContext = {
      ...{ action, profile: this.#profile.name, region, codeSent: false },
      session: this.#outcome!.sessionName,
    };
    try {
      return await withProblems(call, act(this.#iam!), world);
    } catch (error) {
      if (!isFailure(error) || error.problem.kind !== 'access-denied') throw error;
      const policy = rotationPolicy(partitionOfRegion(region));
      throw new Failure({ ...error.problem, policy });
    }
  }

  async #listKeys(): Promise<UserKey[]> {
    const listed = await this.#call('ListAccessKeys', (iam) => iam.listAccessKeys());
    const keys: UserKey[] = [];
    for (const key of listed) {
      const isOwn = key.accessKeyId === this.#current;
      const lastUsed = isOwn ? 'unknown' : await this.#lastUseOf(key.accessKeyId);
      keys.push({ ...key, lastUsed });
    }
    return keys;
  }

  /** What may not be asked for is not needed: nothing is deleted that may have been used. */
  async #lastUseOf(accessKeyId: string): Promise<UserKey['lastUsed']> {
    try {
      const act = (iam: Iam) => iam.getAccessKeyLastUsed(accessKeyId);
      return (await this.#call('GetAccessKeyLastUsed', act)) ?? 'never';
    } catch (error) {
      if (isFailure(error) && error.problem.kind === 'access-denied') return 'unknown';
      throw error;
    }
  }

  /** By AWS's clock, in milliseconds since the epoch. */
  #awsTime(): number {
    return this.#at.world.now() - (this.#iam!.clockSkewSeconds() ?? 0) * 1000;
  }

  async #create(): Promise<void> {
    const { settings, world, reporter } = this.#at;
    const { session, sessionName } = this.#outcome!;
    const context = { settings, world };
    const { arn } = await askCaller(this.#profile, this.#files, session, context, sessionName);
    const earlier = this.#journal;
    const asked = this.#awsTime();
    const base = {
      ...{ profile: this.#profile.name, user: arn, oldKeyId: this.#current },
      began: earlier?.began ?? asked,
    };
    await this.#save({ ...base, stage: { name: 'creating', asked } });
    const key = await this.#askForKey(earlier === undefined);
    const { accessKeyId: newKeyId, secretAccessKey } = key;
    try {
      await this.#save({ ...base, stage: { name: 'created', newKeyId, secretAccessKey } });
    } catch (error) {
      // Its secret is nowhere but in memory: better no key than one that nobody can use.
      await this.#iam!.deleteAccessKey(newKeyId).catch(() => undefined);
      throw error;
    }
    this.#oldKeyId = this.#current;
    this.#oldState = 'Active';
    reporter.say(words.created(newKeyId));
  }

  /** @param isFirst no earlier run may have made a key. @throws Failure */
  async #askForKey(isFirst: boolean): Promise<NewAccessKey> {
    const profile = this.#profile.name;
    try {
      return await this.#callOnce('CreateAccessKey', (iam) => iam.createAccessKey());
    } catch (error) {
      if (isNotMade(error)) {
        if (isFirst) this.#drop();
        throw (await this.#whatHasTheRoom(error)) ?? error;
      }
      if (!isFailure(error)) throw error;
      if (error.problem.kind !== 'interrupted')
        throw new Failure({ kind: 'key-maybe-made', profile });
      this.#at.reporter.warn(words.maybeMade(profile));
      throw error;
    }
  }

  /** Somebody else has made a second key since the keys were listed, perhaps a rotation elsewhere. */
  async #whatHasTheRoom(error: unknown): Promise<Failure | undefined> {
    const isFull =
      isFailure(error) &&
      error.problem.kind === 'refused' &&
      error.problem.name.startsWith('LimitExceeded');
    if (!isFull) return undefined;
    const keys = await this.#listKeys();
    const other = keys.find(({ accessKeyId }) => accessKeyId !== this.#current);
    const way = other?.isActive ? 'active' : 'inactive';
    return other && this.#refusal({ kind: 'two-keys', other, way });
  }

  async #storeKey(): Promise<void> {
    const { settings, world, reporter } = this.#at;
    const { name } = this.#profile;
    const { user, stage } = this.#journal!;
    const { newKeyId, secretAccessKey } = stage as Extract<Stage, { name: 'created' }>;
    const fresh: NewAccessKey = { accessKeyId: newKeyId, secretAccessKey };
    await awaitNewKey(
      {
        ...{ profile: name, newKeyId, user },
        identify: async () =>
          (await askCaller(this.#profile, this.#files, fresh, { settings, world })).arn,
        debug: (line) => reporter.debug(line),
      },
      world,
    );
    this.#checkGate();
    await this.#key.replace(fresh);
    this.#current = newKeyId;
  }

  async #retire(): Promise<void> {
    this.#checkGate();
    const { oldKeyId } = this.#journal!;
    await this.#call('UpdateAccessKey', (iam) => iam.deactivateAccessKey(oldKeyId));
    this.#keys = this.#keys.map((key) =>
      key.accessKeyId === oldKeyId ? { ...key, isActive: false } : key,
    );
    await this.#noteRetired();
  }

  async #noteRetired(): Promise<void> {
    await this.#save(this.#withStage('retired'));
    const { store, settings } = this.#at;
    store.leaveNote(settings.files.credentials, noteFor(this.#profile.name), this.#current);
    this.#isDone = true;
    this.#action = 'rotated';
    this.#oldState = 'Inactive';
  }

  async #delete(
    accessKeyId: string,
    because: Extract<Step, { kind: 'delete' }>['because'],
  ): Promise<void> {
    this.#checkGate();
    try {
      await this.#call('DeleteAccessKey', (iam) => iam.deleteAccessKey(accessKeyId));
    } catch (error) {
      const isGone =
        isFailure(error) &&
        error.problem.kind === 'refused' &&
        error.problem.name.startsWith('NoSuchEntity');
      if (!isGone) throw error;
    }
    this.#keys = this.#keys.filter((key) => key.accessKeyId !== accessKeyId);
    const isEnd = this.#isDone || this.#wish.kind === 'finish';
    if (because === 'retired' && isEnd) {
      this.#oldState = 'deleted';
      if (!this.#isDone) this.#action = 'deleted';
      this.#isDone = true;
      return;
    }
    this.#at.reporter.say(words.deleted(accessKeyId));
    if (this.#wish.kind === 'abandon') this.#action = 'abandoned';
    if (because === 'abandoned') this.#forget();
  }

  /** @throws Failure two-keys if nobody can be asked, or says no */
  async #ask(key: UserKey): Promise<void> {
    const { settings, world } = this.#at;
    const terminal = settings.session.mayPrompt ? await world.terminal() : undefined;
    try {
      const question = words.deleteLost(key.accessKeyId, key.created);
      if (!terminal || !(await terminal.confirm(question, true))) {
        throw this.#refusal({ kind: 'two-keys', other: key, way: 'unfinished' });
      }
    } finally {
      terminal?.close();
    }
    await this.#delete(key.accessKeyId, 'lost');
  }

  #forget(): void {
    if (this.#wish.kind === 'abandon') this.#action = 'abandoned';
    this.#drop();
  }

  #withStage(name: 'stored' | 'retired'): Journal {
    const journal = this.#journal!;
    const { stage } = journal;
    const newKeyId = stage.name === 'creating' ? this.#current : stage.newKeyId;
    return { ...journal, stage: { name, newKeyId } };
  }

  async #save(journal: Journal): Promise<void> {
    this.#checkGate();
    await this.#at.store.keepPrivate(this.#at.place, Buffer.from(formatJournal(journal)));
    this.#journal = journal;
  }

  #drop(): void {
    this.#checkGate();
    this.#at.store.dropPrivate(this.#at.place);
    this.#journal = undefined;
  }

  /** After a sleep of the machine another run may be at work: it has the journal then. @throws Failure */
  #checkGate(): void {
    if (!this.#at.gate.isCompromised()) return;
    throw new Failure({ kind: 'still-rotating', profile: this.#profile.name, seconds: 0 });
  }

  #refusal(why: Refusal): Failure {
    const profile = this.#profile.name;
    const { path } = this.#files.credentials;
    switch (why.kind) {
      case 'not-listed':
      case 'not-active': {
        const isListed = why.kind === 'not-active';
        const accessKeyId = this.#current;
        return new Failure({ kind: 'key-not-active', profile, accessKeyId, isListed });
      }
      case 'two-keys': {
        const { accessKeyId, created, lastUsed } = why.other;
        const { way } = why;
        return new Failure({ kind: 'two-keys', profile, accessKeyId, created, lastUsed, way });
      }
      case 'changed':
        return new Failure({ kind: 'key-changed', profile, path, newKeyId: why.newKeyId });
      case 'too-late':
        return new Failure({ kind: 'too-late-to-abandon', profile, newKeyId: why.newKeyId });
    }
  }
}

/** The name of the note by which runs at the same time hear of a rotation. */
export const noteFor = (profile: string): string => `rotation of ${profile}`;
