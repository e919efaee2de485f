/** `keys`: keeps the long-term key of a profile outside of the AWS files, and hands it to their tools. */
import { holdsSession } from '../../credentials/keys.ts';
import { readSection } from '../../document/index.ts';
import { KEY_STORES, keyJson } from '../../key-stores/index.ts';
import { makeReporter } from '../../output/reporter.ts';
import { quotedIn, toJson } from '../../output/printable.ts';
import { usage } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { World } from '../../world.ts';
import { chooseNames } from '../choose-names.ts';
import type { Action, Own } from './command.ts';
import { entryGone, findSubject, refusal } from './context.ts';
import type { KeysContext } from './context.ts';
import { moveKey } from './move.ts';
import { asWord } from './process-line.ts';
import { restoreKey } from './restore.ts';
import type { Restored } from './restore.ts';
import { showKey } from './show.ts';
import { readStore } from './to.ts';
import { words } from './words.ts';

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const action = settings.choice as Action;
  const to = settings.own.get('to');
  if (action !== 'move' && to !== undefined) throw usage(words.toIsForMove);
  const store = action === 'move' ? await asCommand(readStore(to), world) : '';
  const context: KeysContext = { settings, world, reporter: makeReporter(settings, world) };
  const [name = ''] = await chooseNames(settings, world);
  await ACTIONS[action](name, context, store);
  return 0;
}

/** The path of a program as a whole may have blanks in it: to the shell it is one word. */
async function asCommand(store: string, world: World): Promise<string> {
  const isPath = !KEY_STORES.includes(store) && (await world.hasProgram(store));
  return isPath ? asWord(store, world.platform) : store;
}

type Act = (name: string, context: KeysContext, store: string) => Promise<void>;

const ACTIONS: Readonly<Record<Action, Act>> = {
  move: async (name, context, to) => {
    const { reporter, settings } = context;
    const moved = await moveKey(name, to, context);
    const { profile, action } = moved;
    const { place } = moved.store;
    if (settings.json) print(rowOf(moved), context);
    if (action === 'updated') {
      reporter.say(words.updated(profile, place));
      return;
    }
    reporter.say(words.moved(profile, place, settings.files.credentials));
    reporter.say(words.lost(profile));
    reporter.say(words.copies(profile));
    await sayStale(profile, context);
  },
  show: async (name, context) => {
    const { row, said } = await showKey(name, context);
    if (context.settings.json) print(row, context);
    else for (const line of said) context.reporter.say(line);
  },
  restore: async (name, context) => {
    const { reporter, settings } = context;
    const restored = await restoreKey(name, context);
    const { profile, store } = restored;
    if (settings.json) print(rowOf({ ...restored, action: 'restored' }), context);
    reporter.say(words.restored(profile, settings.files.credentials, store.place));
    await sayStale(profile, context);
  },
  read: async (name, context) => {
    const { profile, served } = await findSubject(name, context);
    if (!served) throw refusal(profile.name, 'read', words.notInStore, words.showIt(profile.name));
    const key = await served.read();
    if (!key) throw entryGone(profile, served, 'read');
    context.world.stdout.write(`${keyJson(key)}\n`);
  },
};

/** A session says from where its key came: that is another place now. */
async function sayStale(name: string, context: KeysContext): Promise<void> {
  const { profile, files } = await findSubject(name, context);
  const { sessionName } = profile;
  const session = readSection(files.credentials, sessionName);
  if (session && holdsSession(session)) context.reporter.say(words.stale(sessionName, name));
}

/** A row of `--json` for what was done. */
function rowOf({
  profile,
  action,
  store,
  accessKeyId,
}: Restored & { readonly action: string }): Record<string, string> {
  return {
    ...{ profile, action, store: store.name, entry: store.entry },
    access_key_id: accessKeyId,
  };
}

function print(row: object, { world }: KeysContext): void {
  world.stdout.write(toJson(quotedIn({ profiles: [row] })));
}
