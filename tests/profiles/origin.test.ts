/** What a session was got for, and what has changed in the profile since. */
import { formatOrigin, originChange, originText } from '../../src/credentials/origin.ts';
import { parseDocument } from '../../src/document/index.ts';
import { changeSince, originOf } from '../../src/profiles/origin.ts';
import { readProfile } from '../../src/profiles/profiles.ts';

const files = (credentials: string, config: string) => ({
  credentials: parseDocument(Buffer.from(credentials), 'credentials'),
  config: parseDocument(Buffer.from(config), 'config'),
});
const KEY = 'aws_access_key_id = AKIATEST\naws_secret_access_key = s\n';
const DEVICE = 'arn:aws:iam::123456789012:mfa/a';
const written = (credentials: string, config: string, name = 'a', serial?: string) => {
  const all = files(credentials, config);
  const origin = originOf(all, readProfile(all, name)!, serial);
  return origin && formatOrigin(origin, origin.devices[0]);
};

test.each([
  ['arn:aws:iam::1:mfa/a', 'arn:aws:iam::1:mfa/a'],
  ['cat keys.json', 'cat keys.json'],
  ['  cat "x" # c', 'cat "x" %23 c'],
  ['a;b', 'a%3Bb'],
  ['100%', '100%25'],
  ['é', '%C3%A9'],
  ['a\tb', 'a%09b'],
  ['\u{1f511}', '%F0%9F%94%91'],
  ['#', '%23'],
  ['~!"$&:<', '~!"$&:<'],
])('%j is written as %j', (text, expected) => {
  expect(originText(text)).toBe(expected);
});

test.each<[string, string, string, string | undefined]>([
  [
    'a key and its device',
    `[a]\n${KEY}`,
    `[profile a]\nmfa_serial = ${DEVICE}\n`,
    `AKIATEST ${DEVICE}`,
  ],
  ['a key without one', `[a]\n${KEY}`, '', 'AKIATEST'],
  ['a program’s key', '', '[profile a]\ncredential_process = cat "x" #\n', 'cat "x" %23'],
  ['a session, which is nobody’s source', `[a]\n${KEY}aws_session_token = t\n`, '', undefined],
  ['nothing', '', '[profile a]\nregion = x\n', undefined],
  [
    'a role',
    `[b]\n${KEY}`,
    `[profile a]\nrole_arn = R\nsource_profile = b\nmfa_serial = ${DEVICE}\n`,
    `R external_id= role_session_name=mfa-profile source_profile=b AKIATEST ${DEVICE}`,
  ],
  [
    'a role with all its settings',
    `[b]\n${KEY}`,
    '[profile a]\nrole_arn = R\nsource_profile = b\nexternal_id = x y\nrole_session_name = me\n',
    'R external_id=x y role_session_name=me source_profile=b AKIATEST',
  ],
  [
    'a chain',
    `[c]\n${KEY}`,
    '[profile a]\nrole_arn = R\nsource_profile = b\n[profile b]\nrole_arn = S\nsource_profile = c\n',
    'R external_id= role_session_name=mfa-profile source_profile=b ' +
      'S external_id= role_session_name=mfa-profile source_profile=c AKIATEST',
  ],
  [
    'a role whose source is not there',
    '',
    '[profile a]\nrole_arn = R\nsource_profile = none\n',
    undefined,
  ],
  [
    'a role whose source has no key',
    '',
    '[profile a]\nrole_arn = R\nsource_profile = b\n[profile b]\nregion = x\n',
    undefined,
  ],
  [
    'a circle',
    '',
    '[profile a]\nrole_arn = R\nsource_profile = b\n[profile b]\nrole_arn = S\nsource_profile = a\n',
    undefined,
  ],
])('%s', (_what, credentials, config, expected) => {
  expect(written(credentials, config)).toBe(expected);
});

test('a device that the caller names is written', () => {
  expect(written(`[a]\n${KEY}`, `[profile a]\nmfa_serial = ${DEVICE}\n`, 'a', 'GAHT12345678')).toBe(
    'AKIATEST GAHT12345678',
  );
});

const ROLE = {
  parts: [
    ['role', 'R'],
    ['external ID', 'external_id='],
    ['role session name', 'role_session_name=me'],
    ['source profile', 'source_profile=b'],
    ['access key', 'AKIA'],
  ] as const,
};

test.each([
  ['R external_id= role_session_name=me source_profile=b AKIA D', ['D'], undefined],
  ['R external_id= role_session_name=me source_profile=b AKIA D', ['E', 'D'], undefined],
  ['  R external_id= role_session_name=me source_profile=b AKIA D ', ['D'], undefined],
  ['R external_id= role_session_name=me source_profile=b AKIA D', ['E'], 'MFA device'],
  ['R external_id= role_session_name=me source_profile=b AKIA', ['E'], 'MFA device'],
  ['R external_id= role_session_name=me source_profile=b AKIA D', [], undefined],
  ['R external_id= role_session_name=me source_profile=b AKIA', [], undefined],
  ['R external_id= role_session_name=me source_profile=b AKIA D more', [], 'access key'],
  ['R external_id= role_session_name=me source_profile=b AKIB D', ['D'], 'access key'],
  ['R external_id= role_session_name=me source_profile=b AKIAX D', ['D'], 'access key'],
  ['R external_id= role_session_name=me source_profile=c AKIA D', ['D'], 'source profile'],
  ['R external_id= role_session_name=you source_profile=b AKIA D', ['D'], 'role session name'],
  ['R external_id=x role_session_name=me source_profile=b AKIA D', ['D'], 'external ID'],
  ['S external_id= role_session_name=me source_profile=b AKIA D', ['D'], 'role'],
  ['RX external_id= role_session_name=me source_profile=b AKIA D', ['D'], 'role'],
  ['', ['D'], 'role'],
])('%j beside the devices %j: the change is of the %s', (stored, devices, change) => {
  expect(originChange(stored, { ...ROLE, devices })).toBe(change);
});

describe('the account', () => {
  const changed = (then: string, now: string, before = '') => {
    const all = files(`[a]\n${KEY}`, `[profile a]\naws_account_id = ${now}\n`);
    const held = [
      ['x_mfa_profile_origin', 'AKIATEST'],
      ...(before ? [[before, 'x']] : []),
      ['aws_account_id', then],
    ] as [string, string][];
    return changeSince(new Map(held), all, readProfile(all, 'a')!);
  };

  test('counts where both sides say it, and we wrote the one in the section', () => {
    expect(changed('1', '2')).toBe('account');
    expect(changed('1', '1')).toBeUndefined();
    expect(changed('', '2')).toBeUndefined();
    expect(changed('1', '')).toBeUndefined();
    expect(changed('1', '2', 'cli_pager')).toBeUndefined();
    expect(changed('1', '2', 'region')).toBe('account');
  });

  test('and a session that does not say what it was got for is not judged', () => {
    const all = files(`[a]\n${KEY}`, '[profile a]\naws_account_id = 2\n');
    const profile = readProfile(all, 'a')!;
    expect(changeSince(new Map([['aws_account_id', '1']]), all, profile)).toBeUndefined();
    expect(changeSince(new Map([['x_mfa_profile_origin', '']]), all, profile)).toBeUndefined();
    expect(changeSince(new Map([['x_mfa_profile_origin', 'AKIB']]), all, profile)).toBe(
      'access key',
    );
  });
});
