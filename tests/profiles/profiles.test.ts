/** What the two files say of a profile. */
import { parseDocument } from '../../src/document/index.ts';
import {
  devicesOf,
  devicesOfKeys,
  endOfChain,
  isSource,
  listSources,
  readProfile,
  resolveSource,
  serialOf,
  serviceSettings,
  sourceOf,
} from '../../src/profiles/profiles.ts';
import type { AwsFiles } from '../../src/profiles/profiles.ts';

const files = (credentials: string, config = ''): AwsFiles => ({
  credentials: parseDocument(Buffer.from(credentials), 'credentials'),
  config: parseDocument(Buffer.from(config), 'config'),
});
const KEY = 'aws_access_key_id = AKIA\naws_secret_access_key = x\n';

test.each([
  ['prod', 'prod', `[prod]\n${KEY}`, ''],
  ['prod_token', 'prod', `[prod]\n${KEY}`, ''],
  ['prod_token', 'prod', '', '[profile prod]\nrole_arn = x\n'],
  ['prod_token', 'prod_token', `[prod_token]\n${KEY}`, ''],
  ['prod_token', 'prod_token', `[prod]\n${KEY}`, '[profile prod]\nsession_profile = work\n'],
  ['work', 'prod', `[prod]\n${KEY}`, '[profile prod]\nsession_profile = work\n'],
  ['default_token', 'default', `[default]\n${KEY}`, ''],
  ['a_token_token', 'a_token', `[a_token]\n${KEY}`, ''],
  ['nosuch', 'nosuch', '', ''],
])('%j means %j', (name, source, credentials, config) => {
  expect(resolveSource(files(credentials, config), name)).toBe(source);
});

test('the credentials file wins for every key that both have; no key pair is put together from both', () => {
  const profile = readProfile(
    files(
      '[p]\naws_access_key_id = AKIACREDENTIALS\nmfa_serial = old\nregion = a\n',
      '[profile p]\naws_access_key_id = AKIACONFIG\naws_secret_access_key = of-config\nmfa_serial = new\nregion = b\noutput = text\n',
    ),
    'p',
  );
  expect(profile?.keys).toMatchObject({
    accessKeyId: 'AKIACREDENTIALS',
    secretAccessKey: undefined,
  });
  expect(profile?.settings.get('mfa_serial')).toBe('old');
  expect(profile?.settings.get('region')).toBe('a');
  expect(profile?.settings.get('output')).toBe('text');
});

test('[profile default] wins over [default], whichever comes first', () => {
  for (const config of [
    '[default]\nregion = a\n[profile default]\nregion = b\n',
    '[profile default]\nregion = b\n[default]\nregion = a\n',
    '[profile "default"]\nregion = b\n[default]\nregion = a\n',
    '[default]\nregion = a\n[profile "default"]\nregion = b\n',
  ]) {
    expect(readProfile(files('', config), 'default')?.settings.get('region')).toBe('b');
  }
});

test('of several headers of one profile the last counts, however it is spelt', () => {
  for (const [config, region] of [
    ['[profile p]\nregion = a\n[profile "p"]\nregion = b\n', 'b'],
    ['[profile "p"]\nregion = b\n[profile p]\nregion = a\n', 'a'],
    ['[profile  p]\nregion = c\n[profile\tp]\nregion = d\n', 'd'],
    ['[profile p]\nregion = a\n  [profile p\\ q]\nregion = b\n', 'a'],
    ["\ufeff[profile 'p']\nregion = e\n", 'e'],
  ] as const) {
    expect(readProfile(files('', config), 'p')?.settings.get('region')).toBe(region);
  }
  expect(readProfile(files('', '[profile p\\ q]\nregion = b\n'), 'p q')).toBeDefined();
});

test('a session belongs to the first profile that names it', () => {
  const config =
    '[profile a]\nSession_Profile = work\n[profile b]\nsession_profile = work\n# session_profile = c\n' +
    '[profile c]\nsession_profile = other\n[profile c]\nsession_profile = last\n[x]\nsession_profile = x\n';
  const of = (name: string): string => resolveSource(files('', config), name);
  expect(of('work')).toBe('a');
  expect(of('last')).toBe('c');
  expect(of('other')).toBe('other');
  expect(of('x')).toBe('x');
});

test('a plain [name] in the config file is no profile, and [profile x] in the credentials file is not x', () => {
  expect(readProfile(files('', `[p]\n${KEY}`), 'p')).toBeUndefined();
  expect(readProfile(files(`[profile p]\n${KEY}`), 'p')).toBeUndefined();
});

test('sources are those with a long-term key or a role, in the files’ order', () => {
  const all = files(
    `[b]\n${KEY}[b_token]\n${KEY}aws_session_token = y\n[a]\n${KEY}[none]\nregion = x\n`,
    '[profile a]\nregion = x\n[profile admin]\nrole_arn = r\nsource_profile = a\n[profile sso]\nsso_session = s\n',
  );
  expect(listSources(all).map(({ name }) => name)).toEqual(['b', 'a', 'admin']);
  expect(readProfile(all, 'admin')!.isRole).toBe(true);
  expect(readProfile(all, 'a')!.isRole).toBe(false);
});

test('a role takes from its sources what it lacks, each key by itself, and no more', () => {
  const role = (name: string, source: string, more = ''): string =>
    `[profile ${name}]\nrole_arn = x\nsource_profile = ${source}\n${more}`;
  const config =
    '[profile base]\nregion = of-base\noutput = text\n' +
    role('none', 'base') +
    role('own', 'base', 'region = of-own\n') +
    role('over', 'own');
  const placeOf = (name: string): unknown[] => {
    const settings = readProfile(files('', config), name)?.settings;
    return [settings?.get('region'), settings?.get('output')];
  };
  expect(placeOf('none')).toEqual(['of-base', 'text']);
  expect(placeOf('own')).toEqual(['of-own', 'text']);
  expect(placeOf('over')).toEqual(['of-own', 'text']);
});

test('a services section says of each service what stands under that one', () => {
  const config =
    '[profile p]\nservices = local\n[services local]\nsts =\n  endpoint_url = http://sts\n' +
    'iam =\n  endpoint_url = http://iam\n[services other]\nsts =\n  endpoint_url = http://no\n';
  const both = files('', config);
  const profile = readProfile(both, 'p')!;
  const of = (service: string): string | undefined =>
    serviceSettings(profile, both, service)?.get('endpoint_url');
  expect([of('sts'), of('iam'), of('ec2')]).toEqual(['http://sts', 'http://iam', undefined]);
});

test.each<[string, string, string, string[]]>([
  ['its own', 'a', `[profile a]\nmfa_serial = A\n`, ['A']],
  ['none', 'a', '[profile a]\nregion = x\n', []],
  ['an empty one', 'a', '[profile a]\nmfa_serial =\n', []],
  [
    'those of the roles that lean on it',
    'a',
    '[profile r]\nrole_arn = x\nsource_profile = a\nmfa_serial = R\n' +
      '[profile s]\nROLE_ARN = x\nsource_profile = r\nmfa_serial = S\n' +
      '[profile t]\nrole_arn = x\nsource_profile = a\nmfa_serial = R\n',
    ['R', 'S'],
  ],
  [
    'its own before those of roles',
    'a',
    '[profile a]\nmfa_serial = A\n[profile r]\nrole_arn = x\nsource_profile = a\nmfa_serial = R\n',
    ['A'],
  ],
  [
    'a role’s own, then its source’s',
    'r',
    '[profile a]\nmfa_serial = A\n[profile r]\nrole_arn = x\nsource_profile = a\nmfa_serial = R\n',
    ['R', 'A'],
  ],
  [
    'a chain’s, each once',
    's',
    '[profile a]\nmfa_serial = A\n[profile r]\nrole_arn = x\nsource_profile = a\nmfa_serial = R\n' +
      '[profile s]\nrole_arn = x\nsource_profile = r\nmfa_serial = A\n',
    ['A', 'R'],
  ],
  [
    'what other roles of its source name',
    'r',
    '[profile r]\nrole_arn = x\nsource_profile = a\n' +
      '[profile s]\nrole_arn = x\nsource_profile = a\nmfa_serial = S\n',
    ['S'],
  ],
  [
    'none of a role that ends nowhere',
    'a',
    '[profile r]\nrole_arn = x\nsource_profile = none\nmfa_serial = R\n' +
      '[profile s]\nrole_arn = x\nsource_profile = t\nmfa_serial = S\n' +
      '[profile t]\nrole_arn = x\nsource_profile = s\n',
    [],
  ],
])('the devices: %s', (_what, name, config, devices) => {
  const all = files(`[a]\n${KEY}`, config);
  const profile = readProfile(all, name)!;
  expect(devicesOf(all, profile)).toEqual(devices);
  if (name === 'a') expect(devicesOfKeys(all, profile)).toEqual(devices);
});

test('a role of the credentials file counts as well', () => {
  const all = files(`[a]\n${KEY}[r]\nrole_arn = x\nsource_profile = a\nmfa_serial = R\n`);
  expect(devicesOf(all, readProfile(all, 'a')!)).toEqual(['R']);
});

test('keys of its own end a chain, and a role without a source is none', () => {
  const all = files(
    `[a]\n${KEY}`,
    '[profile a]\nrole_arn = x\nsource_profile = b\n[profile b]\nrole_arn = y\n[profile c]\nregion = x\n',
  );
  const of = (name: string) => readProfile(all, name)!;
  expect(['a', 'b', 'c'].map((name) => endOfChain(of(name)))).toEqual([true, false, true]);
  expect(['a', 'b', 'c'].map((name) => of(name).isRole)).toEqual([true, false, false]);
  expect(['a', 'b', 'c'].map((name) => isSource(of(name)))).toEqual([true, false, false]);
  expect(sourceOf(all, of('a'))?.name).toBe('b');
  expect(sourceOf(all, of('b'))).toBeUndefined();
  expect(serialOf(of('c'))).toBeUndefined();
});

test('a program that supplies keys makes a source, a session does not', () => {
  const all = files(
    `[s]\n${KEY}aws_session_token = t\n[t]\n${KEY}aws_session_token = t\nsource_profile = x\nrole_arn = y\n` +
      `[u]\n${KEY}aws_session_token = t\ncredential_process = c\n[w]\n${KEY}aws_session_token = t\n`,
    '[profile p]\ncredential_process = c\n[profile w]\ncredential_process = d\n',
  );
  expect(listSources(all).map(({ name }) => name)).toEqual(['t', 'u', 'w', 'p']);
});

test.each([
  ['a name that quotes hide', '[profile "work"]\nsession_profile = s\n', 's', 'work'],
  ['a colon', '[profile w]\nsession_profile: s\n', 's', 'w'],
  ['a name beyond ASCII', '[profile w]\nsession_profile = é\n', 'é', 'w'],
  ['blanks around it', '[profile w]\nsession_profile \t=   s \t\n', 's', 'w'],
  ['another key that begins so', '[profile w]\nsession_profiles = s\n', 's', 's'],
  ['a comment', '[profile w]\n# session_profile = s\n', 's', 's'],
  ['a section of no profile', '[w]\nsession_profile = s\n', 's', 's'],
  [
    'the last word of a profile',
    '[profile w]\nsession_profile = s\nsession_profile = t\n',
    's',
    's',
  ],
])('the owner of a session by %s', (_what, config, session, owner) => {
  expect(resolveSource(files('', config), session)).toBe(owner);
});

test.each([
  ['no services section', '[profile p]\nservices = none\n'],
  ['no such setting', '[profile p]\nregion = x\n[services local]\nsts =\n  endpoint_url = y\n'],
  ['an empty one', '[profile p]\nservices =\n[services ]\nsts =\n  endpoint_url = y\n'],
])('%s says nothing', (_what, config) => {
  const both = files('', config);
  expect(serviceSettings(readProfile(both, 'p')!, both, 'sts')).toBeUndefined();
});

test('of several blocks of one service the last counts', () => {
  const both = files(
    '',
    '[profile p]\nservices = l\n[services l]\nsts =\n  endpoint_url = x\n[services l]\nsts =\n  endpoint_url = y\n',
  );
  expect(serviceSettings(readProfile(both, 'p')!, both, 'sts')?.get('endpoint_url')).toBe('y');
});
