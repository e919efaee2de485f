/** What the two files say of a profile. */
import { parseDocument } from '../../src/document/index.ts';
import { isRole, listSources, readProfile, resolveSource } from '../../src/profiles/profiles.ts';
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

test('the config file wins for settings, the credentials file for keys; no key is put together from both', () => {
  const profile = readProfile(
    files(
      '[p]\naws_access_key_id = AKIACREDENTIALS\nmfa_serial = old\nregion = a\n',
      '[profile p]\naws_access_key_id = AKIACONFIG\naws_secret_access_key = of-config\nmfa_serial = new\n',
    ),
    'p',
  );
  expect(profile?.keys).toMatchObject({
    accessKeyId: 'AKIACREDENTIALS',
    secretAccessKey: undefined,
  });
  expect(profile?.settings.get('mfa_serial')).toBe('new');
  expect(profile?.settings.get('region')).toBe('a');
});

test('[profile default] wins over [default], whichever comes first', () => {
  for (const config of [
    '[default]\nregion = a\n[profile default]\nregion = b\n',
    '[profile default]\nregion = b\n[default]\nregion = a\n',
  ]) {
    expect(readProfile(files('', config), 'default')?.settings.get('region')).toBe('b');
  }
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
  expect(isRole(readProfile(all, 'admin')!)).toBe(true);
  expect(isRole(readProfile(all, 'a')!)).toBe(false);
});
