/** `doctor`: looks at files, environment, clock and network, and says what to do. */
import { readAwsFiles } from '../aws-files.ts';
import { checkConnection } from '../connection-checks.ts';
import { bad, checksJson, good, renderChecks, warning } from '../core/check.ts';
import type { Check } from '../core/check.ts';
import { wantsColor } from '../core/color.ts';
import { parseDocument } from '../core/document.ts';
import { checkEnvironment } from '../core/environment-checks.ts';
import type { Failure } from '../core/errors.ts';
import { isFailure } from '../core/errors.ts';
import { explain } from '../core/explain.ts';
import { checkContents, checkSections, checkSessionSection } from '../core/file-checks.ts';
import { partitionOfArn, partitionOfRegion } from '../core/partition.ts';
import { isRole, listSources, readProfile, resolveSource, serialOf } from '../core/profiles.ts';
import type { AwsFiles, Profile } from '../core/profiles.ts';
import { judgeSerial } from '../core/serial.ts';
import { findProfile } from '../session.ts';
import type { Diagnostics, World } from '../world.ts';
import { namesOrDefault } from './settings.ts';
import type { Settings } from './settings.ts';

const NOT_WELL = 4;
/** The oldest Node that this program runs on, as package.json's `engines` says. */
const LEAST_NODE = [20, 19];

export async function run(settings: Settings, world: World): Promise<number> {
  const diagnostics = await world.diagnostics();
  const checks = [checkNode(diagnostics), ...(await checkDisk(settings, world, diagnostics))];
  try {
    const files = await readAwsFiles(settings.files, world);
    checks.push(...checkSections(files.credentials), ...checkProfiles(files, settings));
    checks.push(...checkEnvironment(world.env, (name) => isKnown(files, name)));
    checks.push(...(await checkOneProfile(files, settings, world)));
  } catch (error) {
    // A file that can't be read or parsed is in the list already.
    if (!isFailure(error) || error.problem.kind === 'interrupted') throw error;
    if (!/^un(?:readable|parsable)-file$/.test(error.problem.kind)) {
      checks.push(asCheck(error));
    }
  }
  show(checks, settings, world);
  return checks.some(({ status }) => status === 'bad') ? NOT_WELL : 0;
}

function show(checks: readonly Check[], settings: Settings, world: World): void {
  if (settings.json) {
    world.stdout.write(`${JSON.stringify(checksJson(checks), null, 2)}\n`);
    return;
  }
  const { isTerminal } = world.stdout;
  const color = wantsColor({ mayColor: settings.mayColor, isTerminal, env: world.env });
  world.stdout.write(renderChecks(checks, { color, quiet: settings.quiet }));
}

function asCheck({ problem }: Failure): Check {
  const { message, hint } = explain(problem);
  return bad('profile', message, hint);
}

function checkNode({ nodeVersion }: Diagnostics): Check {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0]! || (major === LEAST_NODE[0]! && minor >= LEAST_NODE[1]!);
  return isEnough
    ? good('node', `Node.js ${nodeVersion}`)
    : bad(
        'node',
        `Node.js ${nodeVersion} is too old`,
        `install Node.js ${LEAST_NODE.join('.')} or later`,
      );
}

async function checkDisk(
  settings: Settings,
  world: World,
  diagnostics: Diagnostics,
): Promise<Check[]> {
  const { credentials, config } = settings.files;
  const mayFix = settings.own.has('fix');
  return [
    ...(await checkFile(credentials, world, diagnostics)),
    ...(await checkFile(config, world, diagnostics)),
    ...checkPermissions(credentials, 0o077, world, diagnostics, mayFix),
    // It holds no secret; but who may write it may set an mfa_process.
    ...checkPermissions(config, 0o022, world, diagnostics, mayFix),
    ...checkPermissions(folderOf(credentials), 0o077, world, diagnostics, mayFix),
    ...(await checkLeftovers(credentials, world, diagnostics, mayFix)),
    ...(config === credentials ? [] : await checkLeftovers(config, world, diagnostics, mayFix)),
  ];
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, Math.max(1, file.lastIndexOf('/'))) : '.';
}

/** There, readable, writable, and of a form that AWS's readers take. */
async function checkFile(file: string, world: World, { look }: Diagnostics): Promise<Check[]> {
  if (!look(file)) {
    return [
      warning('file', `there is no ${file}`, 'it is made when it is needed: mfa-profile init'),
    ];
  }
  try {
    const bytes = world.readFile(file) ?? new Uint8Array(0);
    const contents = checkContents(parseDocument(bytes, file));
    return [...contents, await checkWritable(file, world)];
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { message, hint } = explain(error.problem);
    return [bad('file', message, hint)];
  }
}

async function checkWritable(file: string, world: World): Promise<Check> {
  try {
    await (await world.store()).assertWritable(file);
    return good('file', `${file} can be read and written`);
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { message, hint } = explain(error.problem);
    return bad('file', message, hint);
  }
}

function checkPermissions(
  path: string,
  unwanted: number,
  world: World,
  { closeToOthers }: Diagnostics,
  mayFix: boolean,
): Check[] {
  const bits = world.permissions(path);
  if (bits === undefined) return [];
  const shown = bits.toString(8).padStart(4, '0');
  if ((bits & unwanted) === 0) return [good('permissions', `${path} is ${shown}`)];
  const others = (bits & unwanted & 0o022) === 0 ? 'read' : 'write';
  const message = `${path} is ${shown}: other users of this machine may ${others} it`;
  const closed = (bits & 0o700).toString(8);
  return mend(
    warning('permissions', message, `chmod ${closed} ${path}, or: mfa-profile doctor --fix`),
    mayFix,
    () => {
      closeToOthers(path);
      return `${path} was ${shown} and is now ${closed.padStart(4, '0')}`;
    },
  );
}

/** Carries out what mends a check where that is allowed. @param act returns what it did */
function mend(check: Check, mayFix: boolean, act: () => string): Check[] {
  if (!mayFix) return [check];
  try {
    return [{ ...good(check.check, act()), fixed: true }];
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string };
    return [{ ...check, message: `${check.message}; it could not be mended (${code})` }];
  }
}

async function checkLeftovers(
  file: string,
  world: World,
  { leftovers, remove }: Diagnostics,
  mayFix: boolean,
): Promise<Check[]> {
  const found = await leftovers(file, world.now());
  return found.flatMap((leftover) => {
    const { path, kind } = leftover;
    if (kind === 'file in the place of a lock') {
      return [
        bad(
          'leftovers',
          `${path} is a file where a lock is to be made`,
          'remove it if no program needs it',
        ),
      ];
    }
    const message = `${path} is a ${kind} that a killed program left behind`;
    return mend(
      warning('leftovers', message, 'mfa-profile doctor --fix removes it'),
      mayFix,
      () => {
        remove(leftover);
        return `${path}, a ${kind} left behind, is removed`;
      },
    );
  });
}

function isKnown(files: AwsFiles, name: string): boolean {
  const isSection = files.credentials.sections.some((section) => section.name === name);
  return isSection || readProfile(files, resolveSource(files, name)) !== undefined;
}

/** Of every source, or the named one: its device, its region, and the place of its session. */
function checkProfiles(files: AwsFiles, { names }: Settings): Check[] {
  const all = listSources(files);
  const places = new Set(all.map(({ sessionName }) => sessionName));
  // A key in a session's place makes it no source: it is a mistake, and told of as one.
  const sources = all.filter(({ name }) => !places.has(name));
  if (sources.length === 0) {
    return [
      bad(
        'profile',
        'no profile has a long-term key',
        'store yours with: aws configure --profile NAME',
      ),
    ];
  }
  const named = new Set(names.map((name) => resolveSource(files, name)));
  const wanted = named.size === 0 ? sources : sources.filter(({ name }) => named.has(name));
  return wanted.flatMap((profile) => [
    ...checkDevice(profile),
    ...checkSessionSection(files.credentials, profile.name, profile.sessionName),
  ]);
}

function checkDevice(profile: Profile): Check[] {
  const { name } = profile;
  const serial = serialOf(profile);
  if (serial === undefined) {
    if (isRole(profile)) return [];
    return [
      warning(
        'device',
        `no MFA device is known for ${name}`,
        `if it has one: mfa-profile init ${name}`,
      ),
    ];
  }
  const verdict = judgeSerial(serial);
  if (verdict.kind !== 'good') {
    const hint =
      verdict.kind === 'doubtful'
        ? `you may mean ${verdict.suggestion}`
        : `mfa-profile init ${name} finds the device`;
    return [bad('device', `mfa_serial of ${name}: ${verdict.reason}`, hint)];
  }
  const region = profile.settings.get('region');
  const partition = partitionOfArn(serial);
  if (region && partition && partitionOfRegion(region) !== partition) {
    return [
      warning(
        'region',
        `region ${region} of ${name} is not in ${partition}, where its MFA device is`,
        `set region in [profile ${name}] to one of ${partition}`,
      ),
    ];
  }
  return [good('device', `mfa_serial of ${name}: ${serial}`)];
}

/** The calls to AWS, with one profile's key: the named one's, or else the first that can be used. */
async function checkOneProfile(
  files: AwsFiles,
  settings: Settings,
  world: World,
): Promise<Check[]> {
  const [wanted] = namesOrDefault(settings, world.env);
  const candidates = listSources(files).filter(({ keys }) => keys?.secretAccessKey);
  const named = readProfile(files, resolveSource(files, wanted!));
  if (settings.names.length > 0) findProfile(files, wanted!);
  const profile =
    (named && keyHolder(named, files)) ??
    candidates.find((source) => serialOf(source)) ??
    candidates[0];
  return profile ? checkConnection({ profile, files, settings, world }) : [];
}

/** The profile itself, or the one whose keys a role is taken on with. */
function keyHolder(profile: Profile, files: AwsFiles): Profile | undefined {
  const path = new Set<string>();
  for (let at: Profile | undefined = profile; at && !path.has(at.name);) {
    if (!isRole(at)) return at;
    path.add(at.name);
    at = readProfile(files, resolveSource(files, at.settings.get('source_profile')!));
  }
  return undefined;
}
