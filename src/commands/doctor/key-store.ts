/** The doctor's check of where long-term keys are kept: in plain text, or in a store that is there. */
import { isServedKey, openKeyStore } from '../../key-stores/index.ts';
import { isReportable } from '../../problems/problem.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import type { World } from '../../world.ts';
import { bad, good, ofProblem, warning } from './check.ts';
import type { Check } from './check.ts';
import { usersAmong } from './profiles.ts';
import { words } from './report-words.ts';

/** Of every source with a key, or the named ones; what is alike is said once. */
export async function checkKeyStores(
  files: AwsFiles,
  names: readonly string[],
  world: World,
): Promise<Check[]> {
  const sources = usersAmong(files, names);
  const plain = sources.filter(
    ({ keys, settings }) =>
      keys?.secretAccessKey && !keys.sessionToken && !settings.has('credential_process'),
  );
  const checks: Check[] = [];
  for (const source of sources) checks.push(...(await checkServed(source, world)));
  const [first] = plain;
  if (first) {
    const all = plain.map(({ name }) => name);
    const where = words.plainKeys(all, files.credentials.path);
    const hint = words.couldMove(first.name, await likelyStore(world));
    checks.push({ ...good('key-store', where), hint });
  }
  return checks;
}

async function checkServed({ name, keys, settings }: Profile, world: World): Promise<Check[]> {
  const store = settings.get('key_store');
  if (!store || !isServedKey(settings)) return [];
  if (keys) return [warning('key-store', words.halfMoved(name), words.finishMove(name, store))];
  const kept = openKeyStore(store, name, world);
  try {
    await kept.assertHere();
  } catch (error) {
    if (!isReportable(error)) throw error;
    return [ofProblem('key-store', error.problem)];
  }
  const gone = await goneFrom(settings.get('credential_process') ?? '', world);
  return gone === undefined
    ? [good('key-store', words.keyInStore(name, kept.place))]
    : [bad('key-store', words.processGone(name, gone), words.pinAgain(name, store))];
}

/** Node or this program, as the line names them, if it is not there any more. */
async function goneFrom(line: string, world: World): Promise<string | undefined> {
  const words = [...(line.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [])];
  // One executable is both.
  const paths = words
    .slice(0, words.indexOf('keys'))
    .map((word) => word.replace(/^["']|["']$/g, ''));
  const system = await world.system();
  // A path with an apostrophe is in pieces, and is not judged.
  return paths.find((path) => !/['"]/.test(path) && system.realPath(path) === undefined);
}

/** What the platform has, as far as that is there. */
async function likelyStore(world: World): Promise<string> {
  if (world.platform === 'darwin') return 'keychain';
  if (world.platform === 'win32') return 'windows';
  const hasPass = !(await world.hasProgram('secret-tool')) && (await world.hasProgram('pass'));
  return hasPass ? 'pass' : 'secret-service';
}
