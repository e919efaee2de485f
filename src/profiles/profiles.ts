/** What the two AWS files say of a profile: its keys, its settings, and the name of its session. */
import type { Document, Section } from '../document/index.ts';
import {
  configProfileHeader,
  configProfileName,
  grouped,
  readProperties,
  readSection,
  readTogether,
  sectionsNamed,
} from '../document/index.ts';
import { holdsSession, readKeys } from '../credentials/keys.ts';
import { hideIfLikeASecret } from '../credentials/known-secrets.ts';
import type { StoredKeys } from '../credentials/keys.ts';
import { defaultSessionName, sourceOfSessionName } from './names.ts';
import { layered } from '../document/values.ts';
import { decodeUtf8, encodeUtf8, strip } from '../document/text.ts';
import type { Values } from '../document/values.ts';

/** The shared credentials file and the shared config file, as read at one moment. */
export interface AwsFiles {
  readonly credentials: Document;
  readonly config: Document;
}

/** A source profile: long-term keys or a role, and the settings that go with them. */
export interface Profile {
  readonly name: string;
  readonly sessionName: string;
  readonly keys: StoredKeys | undefined;
  /** It names a role and the profile that the role is assumed from. */
  readonly isRole: boolean;
  /**
   * All settings by key: the credentials file's section before the config file's, as in botocore.
   */
  readonly settings: Values;
}

const NONE: Values = new Map();

/** One value a document, or a pair of files, made when it is first asked for. */
function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

/** The first bracket of a line: what a search for headers begins with. */
const FIRST_BRACKET = '\\[(?<=^[^\\n[]*\\[)';
/** Every header that spells a name in an unusual way, with quotes, backslashes or more blanks. */
const ODD_SPELLING = new RegExp(
  `${FIRST_BRACKET}[^\\n]*?(?:["'\\\\]|profile(?:\\t| [ \\t]))`,
  'gm',
);
/** Names that can be searched for in all their spellings. */
const SEARCHABLE = /^[^"'\\\n\ufffd]{1,64}$/;

/** What finds each header of this profile, and few others. */
function spellingsOf(name: string): RegExp {
  if (!SEARCHABLE.test(name)) return ODD_SPELLING;
  const letters = encodeUtf8(name)
    .replace(/[^\w\x80-\xff]/g, '\\$&')
    .match(/\\?[^]/g)!;
  const spelled = ['[ \\t]', ...letters, '(?=[^!-\\\\^-~])'].join(`["'\\\\]*`);
  return new RegExp(`${FIRST_BRACKET}[^\\n]*?${spelled}`, 'gm');
}

/** What the headers of the profile `name` say in this config file. */
function configHeaders(config: Document, name: string): ReadonlySet<string> {
  const places = Array.from(config.text.matchAll(spellingsOf(name)), ({ index }) => index);
  const found = config.namesIn(places);
  const usual = name === 'default' ? ['default', 'profile default'] : [configProfileHeader(name)];
  return new Set([...usual, ...found.filter((header) => configProfileName(header) === name)]);
}

/** The sections of a profile in the config file, however their headers spell it. */
function configSections(config: Document, name: string): readonly Section[] {
  if (config.isListed) return sectionsByProfile(config).get(name) ?? [];
  return [...configHeaders(config, name)].flatMap((header) => sectionsNamed(config, header));
}

/** The sections of the config file by their profiles, in the file's order. */
const sectionsByProfile = oncePer((config: Document) => {
  const profiles = new Map<string, Section[]>();
  for (const section of config.sections) {
    const name = configProfileName(section.name);
    if (name === undefined) continue;
    const known = profiles.get(name);
    if (known === undefined) profiles.set(name, [section]);
    else known.push(section);
  }
  return profiles;
});

/** The config section of a profile; undefined if the file has none. */
export function readConfigProfile(config: Document, name: string): Values | undefined {
  const all = configSections(config, name);
  if (all.length <= 1) return readTogether(config, all);
  const last = (sections: readonly Section[]): number => sections.at(-1)!.start;
  const byHeader = [...grouped(all, (section) => section.name).values()];
  // [profile default] wins over [default], whichever comes first: the SDKs have it so; to botocore
  // the last counts.
  let found: Values | undefined;
  for (const sections of byHeader.sort((one, other) => last(one) - last(other))) {
    if (found && sections[0]?.name === 'default') continue;
    found = readTogether(config, sections) ?? found;
  }
  return found;
}

/** The name of the profile that `source`'s session is kept in. */
function sessionNameOf(config: Document, source: string): string {
  return readConfigProfile(config, source)?.get('session_profile') || defaultSessionName(source);
}

/**
 * Everything known of the profile `name`; undefined when neither file has a section for it. A role
 * that names no region or output has its source's, so that its session works without more set-up.
 */
export function readProfile(files: AwsFiles, name: string): Profile | undefined {
  return withSourcePlace(files, readOwnProfile(files, name));
}

const PLACE_KEYS = ['region', 'output'];

function withSourcePlace(files: AwsFiles, profile: Profile | undefined): Profile | undefined {
  if (!profile?.isRole) return profile;
  const missing = PLACE_KEYS.filter((key) => !profile.settings.get(key));
  if (missing.length === 0) return profile;
  const inherited = new Map<string, string>();
  for (const source of sourcesOf(files, profile)) {
    for (const key of missing) {
      const value = source.settings.get(key);
      if (value && !inherited.has(key)) inherited.set(key, value);
    }
  }
  return { ...profile, settings: layered(inherited, profile.settings) };
}

/** The profile that a role names as its source; undefined if it names none that exists. */
export function sourceOf(files: AwsFiles, role: Profile): Profile | undefined {
  const name = nameIn(role.settings, 'source_profile');
  return name ? readOwnProfile(files, resolveSource(files, name)) : undefined;
}

/**
 * Whether a role's source is where the keys come from. Keys of its own end the chain even where the
 * source has a role_arn, too, as in all SDKs (awslabs/aws-c-auth#224).
 */
export function endOfChain(source: Profile): boolean {
  return source.keys !== undefined || !source.settings.get('role_arn');
}

/**
 * Each is a call of its own to AWS: a longer chain is a mistake, and would take long to walk for
 * each role.
 */
export const MOST_SOURCES = 50;

/**
 * The sources on the way from a role to its keys, nearest first; roles may form a loop.
 */
function* sourcesOf(files: AwsFiles, role: Profile): Generator<Profile> {
  const seen = new Set<string>();
  for (let source = sourceOf(files, role); source; source = sourceOf(files, source)) {
    if (seen.has(source.name) || seen.size === MOST_SOURCES) return;
    seen.add(source.name);
    yield source;
    if (endOfChain(source)) return;
  }
}

/** The profiles that were asked for: roles ask for the same source again and again. */
const knownProfiles = oncePer((_files: AwsFiles) => new Map<string, Profile>());

function readOwnProfile(files: AwsFiles, name: string): Profile | undefined {
  const known = knownProfiles(files);
  let profile = known.get(name);
  if (profile) return profile;
  const { credentials, config } = files;
  profile = makeProfile(name, readSection(credentials, name), readConfigProfile(config, name));
  if (profile) known.set(name, profile);
  return profile;
}

function makeProfile(
  name: string,
  credentials: Values | undefined,
  config: Values | undefined,
): Profile | undefined {
  if (!config && !credentials) return undefined;
  const settings =
    credentials && config ? layered(credentials, config) : (config ?? credentials ?? NONE);
  return {
    name,
    sessionName: (config && nameIn(config, 'session_profile')) ?? defaultSessionName(name),
    // One file's key never goes with the other's secret: each file is a provider of its own to AWS.
    keys: readKeys(credentials ?? NONE) ?? readKeys(config ?? NONE),
    isRole: Boolean(settings.get('role_arn') && settings.get('source_profile')),
    settings,
  };
}

function isKnown(files: AwsFiles, name: string): boolean {
  return (
    readSection(files.credentials, name) !== undefined ||
    readConfigProfile(files.config, name) !== undefined
  );
}

const SESSION_SETTING = /session_profile[^!-~\n]*[=:]([^\n]*)/gi;

/** Where a profile may name its session itself. */
function sessionSettings({ text }: Document): { readonly index: number; readonly name: string }[] {
  return Array.from(text.matchAll(SESSION_SETTING), ({ index, 1: value = '' }) => ({
    index,
    name: strip(decodeUtf8(value)),
  }));
}

/** The same by the session's name. */
const namesOfSessions = oncePer((config: Document) =>
  grouped(sessionSettings(config), ({ name }) => name),
);

/** The profile that names its session `session` itself; the first in the file counts. */
function ownerOf(config: Document, session: string): string | undefined {
  const places = namesOfSessions(config).get(session);
  if (places === undefined) return undefined;
  for (const section of config.sectionsAt(places.map(({ index }) => index))) {
    const owner = configProfileName(section.name);
    // A later section of the same profile may have the last word.
    if (owner !== undefined && sessionNameOf(config, owner) === session) return owner;
  }
  return undefined;
}

/** The source that `name` means: itself, or the profile whose session has that name. */
export function resolveSource(files: AwsFiles, name: string): string {
  const { config } = files;
  const owner = ownerOf(config, name);
  if (owner !== undefined) return owner;
  const source = sourceOfSessionName(name);
  if (source === undefined || !isKnown(files, source)) return name;
  return sessionNameOf(config, source) === name ? source : name;
}

/** True for a profile that can be a source: it has a long-term key or names a role. */
export function isSource(profile: Profile): boolean {
  const longTerm = profile.keys !== undefined && profile.keys.sessionToken === undefined;
  return longTerm || profile.isRole || profile.settings.has('credential_process');
}

/** The names of those sources that are users with a key, not roles. */
export function namesOfKeyHolders(sources: readonly Profile[]): string[] {
  return sources.filter((source) => !source.isRole).map(({ name }) => name);
}

/** True for a section of the credentials file that, without one in the config file, is a session. */
function isOnlySession(values: Values): boolean {
  return holdsSession(values) && !values.get('source_profile') && !values.has('credential_process');
}

/** Every profile that can be a source, credentials file first, in the files' order. */
export function listSources(files: AwsFiles): Profile[] {
  const sources: Profile[] = [];
  for (const own of ownProfiles(files)) {
    const profile = withSourcePlace(files, own);
    if (profile && isSource(profile)) sources.push(profile);
  }
  return sources;
}

/** Every profile but those that are nothing but a session, credentials file first. */
const ownProfiles = oncePer(({ credentials, config }: AwsFiles): readonly Profile[] => {
  const profiles: Profile[] = [];
  const add = (name: string, values?: Values, settings?: Values): void => {
    // Half of a large file may be sessions, which are recognized at a glance.
    if (values && !settings && isOnlySession(values)) return;
    const profile = makeProfile(name, values, settings);
    if (profile) profiles.push(profile);
  };
  const inConfig = sectionsByProfile(config);
  credentials.byName.forEach((sections, name) => {
    add(name, readTogether(credentials, sections), readConfigProfile(config, name));
  });
  inConfig.forEach((_sections, name) => {
    if (!credentials.byName.has(name)) add(name, undefined, readConfigProfile(config, name));
  });
  return profiles;
});

/** The MFA device that a profile itself names; {@link devicesOf} has those that it may use. */
export function serialOf(profile: Profile): string | undefined {
  return nameIn(profile.settings, 'mfa_serial');
}

/** A setting that lines repeat: a secret in its place, of whomever, is not shown. */
export function nameIn(settings: Values, key: string): string | undefined {
  const name = settings.get(key) || undefined;
  if (name !== undefined) hideIfLikeASecret(name);
  return name;
}

/**
 * The MFA devices that a profile's session may be got with, the preferred one first. A role may use
 * its own and its source's; keys without a device use those of the roles that lean on them.
 */
export function devicesOf(files: AwsFiles, profile: Profile): readonly string[] {
  if (!profile.isRole) return devicesOfKeys(files, profile);
  const devices = [serialOf(profile)];
  for (const source of sourcesOf(files, profile)) {
    devices.push(...(endOfChain(source) ? devicesOfKeys(files, source) : [serialOf(source)]));
  }
  return [...new Set(devices.filter((serial) => serial !== undefined))];
}

/** The same for a profile's keys, whether or not it names a role, too. */
export function devicesOfKeys(files: AwsFiles, profile: Profile): readonly string[] {
  const own = serialOf(profile);
  return own === undefined ? (devicesOfRoles(files).get(profile.name) ?? []) : [own];
}

/** The devices that roles name, by the profile whose keys they end at. */
const devicesOfRoles = oncePer((files: AwsFiles): ReadonlyMap<string, readonly string[]> => {
  const devices = new Map<string, string[]>();
  // Only files with a role in them are worth the walk.
  if (![files.config, files.credentials].some(({ text }) => /role_arn/i.test(text))) return devices;
  for (const role of ownProfiles(files)) {
    const serial = role.isRole ? serialOf(role) : undefined;
    if (serial === undefined) continue;
    const end = [...sourcesOf(files, role)].at(-1);
    if (!end || !endOfChain(end)) continue;
    const there = devices.get(end.name) ?? [];
    devices.set(end.name, [...new Set([...there, serial])]);
  }
  return devices;
});

/** What the `[services NAME]` section that a profile names says of one service. */
export function serviceSettings(
  profile: Profile,
  { config }: AwsFiles,
  service: string,
): Values | undefined {
  const name = profile.settings.get('services');
  if (!name) return undefined;
  return sectionsNamed(config, `services ${name}`)
    .flatMap((section) => readProperties(config, section))
    .findLast(({ key }) => key === service)?.nested;
}
