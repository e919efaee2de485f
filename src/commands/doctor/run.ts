/** `doctor`: looks at files, environment, clock and network, and says what to do. */
import { readAwsFiles } from '../../session/aws-files.ts';
import { checkConnection } from './network.ts';
import { bad, checksJson, good, ofProblem, renderChecks } from './check.ts';
import type { Check } from './check.ts';
import { wantsColor } from '../../output/color.ts';
import { checkAccount, checkEnvironment, checkHome } from './environment.ts';
import { isReportable } from '../../problems/problem.ts';
import { toJson } from '../../output/printable.ts';
import { checkConfigSections, checkMeantSections, checkSections } from './contents.ts';
import { checkKeyStores } from './key-store.ts';
import { checkProcesses, checkProfiles, servedFrom } from './profiles.ts';
import { checkRotations } from './rotation.ts';
import { checkSchedules } from './schedule.ts';
import { accountOf } from '../../profiles/account.ts';
import { listSources, readProfile, resolveSource, serialOf } from '../../profiles/profiles.ts';
import type { AwsFiles, Profile } from '../../profiles/profiles.ts';
import { checkDisk } from './disk.ts';
import { withLines } from '../../session/bad-setting.ts';
import { findProfile } from '../../session/lookup.ts';
import { checkRoleSettings } from '../../session/role.ts';
import type { Diagnostics, Machine, Person, Streams, World } from '../../world.ts';
import { namesOrDefault } from '../../cli/settings.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Own } from './command.ts';
import { words } from './report-words.ts';

const NOT_WELL = 4;
/** The oldest Node that this program runs on, as package.json's `engines` says. */
const LEAST_NODE = [20, 19];

export async function run(settings: Settings<Own>, world: World): Promise<number> {
  const mayFix = settings.own.has('fix');
  const diagnostics = await world.diagnostics();
  const checks = [
    checkNode(diagnostics),
    ...(await checkDisk(settings.files, mayFix, world, diagnostics)),
    ...(await checkSchedules(world)),
  ];
  // One by one: a file may hold more than can be the arguments of one call.
  const add = (more: readonly Check[]): void => more.forEach((check) => checks.push(check));
  try {
    const files = await readAwsFiles(settings.files, world);
    add(checkConfigSections(files.config));
    add(checkSections(files.credentials));
    add(checkMeantSections(files, settings.names));
    add(checkProfiles(files, settings.names, world.now()));
    add(await checkKeyStores(files, settings.names, world));
    add(await checkRotations(files, settings.names, settings.files, world));
    add(await checkProcesses(files, world));
    add(checkEnvironment(world, (name) => isKnown(files, name)));
    add(checkHome(world));
    const [wanted] = namesOrDefault(settings, world.env);
    const profile = readProfile(files, resolveSource(files, wanted!));
    if (profile) {
      add(checkAccount(world, profile.name, accountOf(profile.settings)));
    }
    add(await checkOneProfile(files, settings, world));
  } catch (error) {
    // A file that can't be read or parsed is in the list already.
    if (!isReportable(error)) throw error;
    if (!/^un(?:readable|parsable)-file$/.test(error.problem.kind)) {
      checks.push(ofProblem('profile', error.problem));
    }
  }
  show(checks, settings, world);
  return checks.some(({ status }) => status === 'bad') ? NOT_WELL : 0;
}

function show(
  checks: readonly Check[],
  settings: Settings,
  world: Machine & Streams & Person,
): void {
  if (settings.json) {
    world.stdout.write(toJson(checksJson(checks)));
    return;
  }
  const { isTerminal } = world.stdout;
  const color = wantsColor({ mayColor: settings.mayColor, isTerminal, env: world.env });
  world.stdout.write(renderChecks(checks, { color, quiet: settings.quiet, speak: world.speak }));
}

function checkNode({ nodeVersion }: Diagnostics): Check {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0]! || (major === LEAST_NODE[0]! && minor >= LEAST_NODE[1]!);
  return isEnough
    ? good('node', words.node(nodeVersion))
    : bad('node', words.oldNode(nodeVersion), words.installNode(LEAST_NODE.join('.')));
}

function isKnown(files: AwsFiles, name: string): boolean {
  const isSection = files.credentials.sections.some((section) => section.name === name);
  return isSection || readProfile(files, resolveSource(files, name)) !== undefined;
}

/**
 * The calls to AWS, with one profile's key: the named one's, or else the first that can be used.
 */
async function checkOneProfile(
  files: AwsFiles,
  settings: Settings,
  world: World,
): Promise<Check[]> {
  const [wanted] = namesOrDefault(settings, world.env);
  const candidates = listSources(files).filter(({ keys }) => keys?.secretAccessKey);
  const named = namedOrItsSource(files, wanted!);
  if (settings.names.length > 0) findProfile(files, wanted!);
  if (settings.names.length > 0 && named?.settings.get('role_arn') && !named.keys) {
    await withLines(files, () => checkRoleSettings(named, files));
  }
  const profile =
    (named && (settings.names.length > 0 || hasKeys(named))
      ? keyHolder(named, files)
      : undefined) ??
    candidates.find((source) => serialOf(source)) ??
    candidates[0];
  return profile ? checkConnection({ profile, files, settings, world }) : [];
}

/** A profile that this program serves has no key of its own: that of its source is looked at. */
function namedOrItsSource(files: AwsFiles, name: string): Profile | undefined {
  const named = readProfile(files, resolveSource(files, name));
  const source = named && servedFrom(named);
  return source === undefined ? named : readProfile(files, resolveSource(files, source));
}

/** `[default]` with a region and nothing else is no profile to sign with. */
function hasKeys({ keys, settings }: Profile): boolean {
  return Boolean(keys ?? settings.get('credential_process') ?? settings.get('role_arn'));
}

/** The profile itself, or the one whose keys a role is assumed with. */
function keyHolder(profile: Profile, files: AwsFiles): Profile | undefined {
  const path = new Set<string>();
  for (let at: Profile | undefined = profile; at && !path.has(at.name);) {
    if (!at.isRole) return at;
    path.add(at.name);
    at = readProfile(files, resolveSource(files, at.settings.get('source_profile')!));
  }
  return undefined;
}
