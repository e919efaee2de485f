/** `init`: finds the MFA device, saves the profile's settings, and gets the first session. */
import { readAwsFiles } from '../../session/aws-files.ts';
import { checkConsoleKey, isConsoleCsv, readConsoleCsv } from './console-csv.ts';
import type { ConsoleKey } from './console-csv.ts';
import { sayFirstUse } from '../first-use.ts';
import { refuseStoredKey, storeKeys } from '../../setup/questions.ts';
import { words as setupWords } from '../../setup/words.ts';
import { chosenProfile, defaultProfile } from '../../profiles/names.ts';
import { readBatchSettings } from './adoption.ts';
import { longTermSections } from '../../profiles/aws-mfa.ts';
import { Failure } from '../../problems/problem.ts';
import { expandHome } from '../../profiles/paths.ts';
import {
  listSources,
  readConfigProfile,
  readProfile,
  resolveSource,
} from '../../profiles/profiles.ts';
import type { Profile } from '../../profiles/profiles.ts';
import { sayOutcome } from '../../session/outcome-words.ts';
import { isServedKey } from '../../key-stores/index.ts';
import { canWriteName, readSection } from '../../document/index.ts';
import { holdsLongTermKey } from '../../credentials/keys.ts';
import { makeReporter } from '../../output/reporter.ts';
import type { Reporter } from '../../output/reporter.ts';
import { startSessions } from '../../session/index.ts';
import type { Sessions } from '../../session/index.ts';
import { setUpProfile } from '../../setup/index.ts';
import type { Given } from '../../setup/index.ts';
import { startSetup } from '../../setup/context.ts';
import type { SetupContext } from '../../setup/context.ts';
import { shareTerminal } from '../../cli/shared-terminal.ts';
import type { Files, Machine, World } from '../../world.ts';
import { namesOrDefault, usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';
import { words } from './words.ts';

/** One profile to be set up, and what is known of it. */
interface Task {
  readonly name: string;
  readonly given: Given;
}

export async function run(settings: Settings<Own>, oneWorld: World): Promise<number> {
  const shared = shareTerminal(oneWorld);
  const { world } = shared;
  const reporter = makeReporter(settings, world);
  const terminal = settings.session.mayPrompt ? await world.terminal() : undefined;
  // The serial is read back from the config file, which has it corrected.
  const session = { ...settings.session, serialNumber: undefined };
  const sessions = startSessions({ ...settings, session }, world, reporter);
  try {
    const context = startSetup(settings, world, reporter, terminal);
    const { tasks, consoleCsv } = await findTasks(settings, context);
    try {
      const done: string[] = [];
      for (const { name, given } of tasks) {
        const profile = await setUpProfile(name, given, context);
        if (profile !== undefined) done.push(profile);
      }
      for (const profile of done) {
        // --token-code is for the first exchange only.
        const hasCode = settings.session.tokenCode !== undefined && profile === done[0];
        await tryOut(profile, hasCode, context, sessions, reporter);
      }
    } catch (error) {
      // The key is stored, and `init NAME` can do the rest later.
      if (consoleCsv !== undefined) context.warn(setupWords.deleteFileYourself(consoleCsv));
      throw error;
    }
    if (consoleCsv !== undefined) await offerToDelete(consoleCsv, context);
    return 0;
  } finally {
    sessions.close();
    await shared.close();
  }
}

interface Tasks {
  readonly tasks: readonly Task[];
  /** The console's file whose key is stored now. */
  readonly consoleCsv?: string;
}

async function findTasks(settings: Settings<Own>, context: SetupContext): Promise<Tasks> {
  const from = settings.own.get('from');
  if (from === 'aws-mfa') return { tasks: await findLongTermTasks(settings, context) };
  const { serialNumber } = settings.session;
  if (typeof from !== 'string') {
    return { tasks: [{ name: await chooseName(settings, context), given: { serialNumber } }] };
  }
  const { path, bytes } = readGiven(from, context.world);
  if (isConsoleCsv(path, bytes)) {
    const name = await adoptCsv({ path, bytes }, settings, context);
    return { tasks: [{ name, given: { serialNumber } }], consoleCsv: path };
  }
  const name = await chooseName(settings, context);
  const found = readBatchSettings(bytes, path);
  const given = { ...found, serialNumber: serialNumber ?? found.serialNumber };
  return { tasks: [{ name, given }] };
}

interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** @throws Failure unreadable-file */
function readGiven(from: string, world: Machine & Files): GivenFile {
  const path = expandHome(from, world.home);
  const bytes = world.readFile(path);
  if (bytes) return { path, bytes };
  const code = world.ownership(path) ? 'EFTYPE' : 'ENOENT';
  throw new Failure({ kind: 'unreadable-file', path, code });
}

/** Stores the key of the console's file. @returns the profile that has it now. @throws Failure */
async function adoptCsv(
  { path, bytes }: GivenFile,
  settings: Settings<Own>,
  context: SetupContext,
): Promise<string> {
  const { world } = context;
  const files = await readAwsFiles(settings.files, world);
  const [given] = settings.names;
  const key = chooseKey(readConsoleCsv(bytes, path), given, path);
  checkConsoleKey(key, path);
  // A session's name means its source here, too.
  const name = resolveSource(files, given ?? key.userName ?? (await nameCsvKey(path, context)));
  const verdict = canWriteName(name);
  if (!verdict.ok) {
    throw new Failure({
      kind: 'bad-setting',
      profile: name,
      setting: 'NAME',
      reason: verdict.reason,
    });
  }
  const { credentials, config } = files;
  refuseStoredKey(readSection(credentials, name), name, credentials.path);
  refuseStoredKey(readConfigProfile(config, name), name, config.path);
  refuseSupplied(readProfile(files, name), path);
  // What else has to be written is known to be so before the key is stored.
  await (await world.store()).assertWritable(config.path);
  await storeKeys(name, key, context);
  return name;
}

/** A key in the file would take the place of one that a program supplies. @throws Failure cannot-adopt */
function refuseSupplied(profile: Profile | undefined, from: string): void {
  const command = profile?.settings.get('credential_process');
  if (!profile || !command) return;
  const reason = isServedKey(profile.settings)
    ? setupWords.keyInStore(profile.name, profile.settings.get('key_store') ?? '')
    : setupWords.keyOfProcess(profile.name, command);
  throw new Failure({ kind: 'cannot-adopt', from, reason });
}

/** @throws Failure usage if the command line has to say which */
function chooseKey(
  keys: readonly ConsoleKey[],
  name: string | undefined,
  path: string,
): ConsoleKey {
  if (keys.length === 1) return keys[0]!;
  const users = keys.map(({ userName }) => userName ?? '?');
  if (name === undefined) throw usage(setupWords.csvNeedsName(path, users));
  const key = keys.find(({ userName }) => userName === name);
  if (!key) throw usage(setupWords.csvHasNoUser(path, name, users));
  return key;
}

/** Of a file that names no user. @throws Failure usage if nobody can be asked */
async function nameCsvKey(path: string, { world, terminal }: SetupContext): Promise<string> {
  const chosen = chosenProfile(world.env);
  if (!terminal) {
    if (chosen === undefined) throw usage(setupWords.csvNeedsProfile(path));
    return chosen;
  }
  const name = await terminal.askText(setupWords.whichName, {
    usual: defaultProfile(world.env),
    check: (text) => {
      const verdict = canWriteName(text.trim());
      return verdict.ok ? undefined : verdict.reason;
    },
  });
  return name.trim();
}

/** The console's file holds the secret, and is still among the downloads. */
async function offerToDelete(
  path: string,
  { world, terminal, tell, warn }: SetupContext,
): Promise<void> {
  if (!terminal) {
    warn(setupWords.deleteFileYourself(path));
    return;
  }
  if (!(await terminal.confirm(setupWords.deleteFile(path), false))) return;
  await (await world.system()).removeFile(path);
  tell(setupWords.deleted(path));
}

/** Without a name and without a default profile the person picks one of those that are there. */
async function chooseName(
  settings: Settings<Own>,
  { world, terminal }: SetupContext,
): Promise<string> {
  const [name] = namesOrDefault(settings, world.env);
  if (settings.names.length > 0 || chosenProfile(world.env) || !terminal) return name!;
  const files = await readAwsFiles(settings.files, world);
  const sources = listSources(files).map((source) => source.name);
  if (sources.length === 0 || sources.includes('default')) return name!;
  return sources.length === 1
    ? sources[0]!
    : sources[await terminal.choose(words.whichProfile, sources)]!;
}

/** aws-mfa's sections: the named one, or all of them. @throws Failure cannot-adopt */
async function findLongTermTasks(
  settings: Settings<Own>,
  { world }: SetupContext,
): Promise<Task[]> {
  const { credentials } = await readAwsFiles(settings.files, world);
  const all = longTermSections(credentials);
  const [name] = settings.names;
  const chosen =
    name === undefined
      ? all
      : all.filter(({ source, session }) => source === name || session === name);
  if (chosen.length === 0) {
    throw new Failure({
      kind: 'cannot-adopt',
      from: settings.files.credentials,
      reason: name === undefined ? words.noLongTerm : words.noLongTermOf(name),
    });
  }
  return chosen.map(({ source, session, serialNumber }) => {
    const there = readSection(credentials, session);
    if (there && holdsLongTermKey(there)) {
      const { path: credentialsFile } = credentials;
      throw new Failure({ kind: 'long-term-key-in-the-way', session, credentialsFile });
    }
    const given = {
      serialNumber: settings.session.serialNumber ?? serialNumber,
      sessionProfile: session,
    };
    return { name: source, given };
  });
}

/** Gets the first session, if a code is available or a person wants to type one. */
async function tryOut(
  name: string,
  hasCode: boolean,
  { settings, world, terminal, tell }: SetupContext,
  sessions: Sessions,
  reporter: Reporter,
): Promise<void> {
  const files = await readAwsFiles(settings.files, world);
  const profile = readProfile(files, resolveSource(files, name));
  const hasCommand =
    settings.session.mfaProcess !== undefined || profile?.settings.has('mfa_process');
  const mayTry = hasCode || hasCommand;
  if (!mayTry && !terminal) {
    tell(words.later(name));
    return;
  }
  const outcome = await sessions.ensure(name);
  reporter.say(sayOutcome(outcome, world.now()));
  sayFirstUse(outcome, reporter, world);
}
