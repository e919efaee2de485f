/** `rotate`: replaces the long-term key with a new one, safe at every moment. */
import { shareTerminal } from '../../cli/shared-terminal.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import { toJson } from '../../output/printable.ts';
import { makeReporter } from '../../output/reporter.ts';
import type { Reporter } from '../../output/reporter.ts';
import { Failure } from '../../problems/problem.ts';
import type { Profile } from '../../profiles/profiles.ts';
import type { Journal } from '../../rotation/journal.ts';
import type { Wish } from '../../rotation/plan.ts';
import { readAwsFiles } from '../../session/aws-files.ts';
import { findProfile } from '../../session/lookup.ts';
import { startSessions } from '../../session/index.ts';
import type { Sessions } from '../../session/index.ts';
import { sayOutcome } from '../../session/outcome-words.ts';
import type { NewAccessKey, Store, World } from '../../world.ts';
import { chooseNames } from '../choose-names.ts';
import { enterKeyGate } from '../key-gate.ts';
import { journalPlace, readJournal } from '../rotation-journal.ts';
import type { Own } from './command.ts';
import { findKey, othersWith } from './key-pair.ts';
import type { KeyPlace } from './key-pair.ts';
import { Rotation, noteFor } from './rotation.ts';
import type { Result } from './rotation.ts';
import { words } from './words.ts';

interface Run {
  readonly settings: Settings<Own>;
  readonly world: World;
  readonly reporter: Reporter;
  /** The sessions of this run; with `isRenewed` such as know nothing of the old key. */
  readonly sessions: (isRenewed: boolean) => Sessions;
}

export async function run(settings: Settings<Own>, oneWorld: World): Promise<number> {
  const wish = readWish(settings);
  const shared = shareTerminal(oneWorld);
  const { world } = shared;
  const reporter = makeReporter(settings, world);
  const started = [startSessions(settings, world, reporter)] as const;
  const renewed: Sessions[] = [];
  const sessions: Run['sessions'] = (isRenewed) => {
    if (!isRenewed) return started[0];
    // Of a store, which gave the old key, and whose sessions do not name it.
    const session = { ...settings.session, force: true };
    renewed.push(startSessions({ ...settings, session }, world, reporter));
    return renewed.at(-1)!;
  };
  const one: Run = { settings, world, reporter, sessions };
  try {
    const name = (await chooseNames(settings, world))[0]!;
    const files = await readAwsFiles(settings.files, world);
    const profile = findProfile(files, name);
    const store = await world.store();
    const place = await journalPlace(profile.name, settings.files.credentials, world);
    const host = { world, store, reporter, journal: place };
    const unstored = unstoredIn(readJournal(place, profile.name, world));
    const key = await findKey(profile, files, { ...host, unstored });
    const result = await rotate(profile, key, wish, { ...one, store, place });
    const others = result.oldKeyId ? othersWith(result.oldKeyId, profile.name, files) : [];
    if (result.action === 'rotated' && others.length > 0) {
      reporter.warn(words.shared(result.oldKeyId!, others));
    }
    sayResult(profile, key, result, wish, reporter);
    if (settings.json) world.stdout.write(toJson(jsonOf(profile, result, others)));
    if (result.action === 'rotated') await offerSession(profile, one);
    return 0;
  } finally {
    for (const each of [...started, ...renewed]) each.close();
    await shared.close();
  }
}

const KEY_ID = /^A[A-Z0-9]{15,127}$/;

/** @throws Failure usage */
function readWish({ own }: Settings<Own>): Wish {
  const [finishes, abandons, deletes] = [own.has('finish'), own.has('abandon'), own.has('delete')];
  const given = own.get('replace-key');
  if (finishes && abandons) throw usage(words.finishOrAbandon);
  if (deletes && abandons) throw usage(words.deleteOrAbandon);
  if (given !== undefined && (finishes || abandons)) throw usage(words.replaceAlone);
  // What is none may be a secret, and is not repeated.
  if (typeof given === 'string' && !KEY_ID.test(given)) throw usage(words.badKeyId);
  return {
    kind: finishes ? 'finish' : abandons ? 'abandon' : 'rotate',
    deletes,
    replaces: typeof given === 'string' ? given : undefined,
    isAgreed: own.has('yes'),
  };
}

async function rotate(
  { name }: Profile,
  key: KeyPlace,
  wish: Wish,
  run: Run & { readonly store: Store; readonly place: string },
): Promise<Result> {
  const { settings, world, reporter, sessions, store, place } = run;
  const { credentials: path } = settings.files;
  const { pair: before } = key;
  const nothing = { current: before.accessKeyId, oldKeyId: undefined, oldState: undefined };
  if (wish.kind !== 'rotate' && readJournal(place, name, world) === undefined) {
    return { action: 'none', ...nothing };
  }
  await key.assertWritable();
  await store.assertWritable(place);
  const gate = await enterKeyGate(name, {
    ...{ files: settings.files, world, reporter, wait: words.wait(name) },
    busy: (seconds) => new Failure({ kind: 'still-rotating', profile: name, seconds }),
  });
  try {
    const now = await readAwsFiles(settings.files, world);
    const fresh = findProfile(now, name);
    const journal = readJournal(place, name, world);
    const unstored = unstoredIn(journal);
    const held = await findKey(fresh, now, { world, store, reporter, unstored, journal: place });
    const { accessKeyId: current } = held.pair;
    const note = store.readNote(path, noteFor(name));
    const isRotated = (note && note.written >= world.began) || current !== before.accessKeyId;
    if (wish.kind === 'rotate' && isRotated) {
      reporter.say(words.doneElsewhere(name));
      return { action: 'none', ...nothing, current };
    }
    if (journal && journal.stage.name !== 'retired') {
      reporter.say(words.goesOn(name, journal.began));
    }
    await held.putBack?.();
    const workplace = { settings, world, store, reporter, sessions, gate, place };
    const subject = { profile: fresh, files: now, key: held, journal };
    return await new Rotation(workplace, wish, subject).run();
  } finally {
    await gate.release();
  }
}

function unstoredIn(journal: Journal | undefined): NewAccessKey | undefined {
  if (journal?.stage.name !== 'created') return undefined;
  const { newKeyId: accessKeyId, secretAccessKey } = journal.stage;
  return { accessKeyId, secretAccessKey };
}

function sayResult(
  { name, sessionName }: Profile,
  { isStore }: KeyPlace,
  { action, current, oldKeyId = '', oldState }: Result,
  wish: Wish,
  reporter: Reporter,
): void {
  if (action === 'rotated') {
    reporter.say(words.rotated(name, current, oldKeyId, oldState === 'deleted'));
    if (oldState !== 'deleted') reporter.say(words.deleteLater(name, oldKeyId));
    reporter.say(words.oldSession(sessionName, name, isStore));
  }
  if (action === 'deleted') reporter.say(words.deleted(oldKeyId));
  if (action === 'abandoned') reporter.say(words.abandoned(name));
  if (action === 'none' && wish.kind !== 'rotate') reporter.say(words.nothingPending(name));
}

function jsonOf({ name }: Profile, result: Result, others: readonly string[]) {
  const { action, current, oldKeyId, oldState } = result;
  return {
    profile: name,
    action,
    access_key_id: current,
    old_access_key_id: oldKeyId ?? null,
    old_state: oldState ?? null,
    shared_with: others,
  };
}

/** To a person who can be asked for the next code. */
async function offerSession(
  { name }: Profile,
  { settings, world, reporter, sessions }: Run,
): Promise<void> {
  const { mayPrompt, tokenCode } = settings.session;
  const isAlone = settings.json || settings.quiet || settings.own.has('yes');
  if (!mayPrompt || tokenCode !== undefined || isAlone || !world.isInteractive) return;
  const terminal = await world.terminal();
  if (!terminal || !(await terminal.confirm(words.getSession, true))) return;
  reporter.say(sayOutcome(await sessions(true).ensure(name), world.now()));
}
