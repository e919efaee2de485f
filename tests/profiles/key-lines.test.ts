/** Where a key stands, and the lines that were meant to be one. */
import { parseDocument } from '../../src/document/index.ts';
import {
  findKeyLine,
  findMisnamedKey,
  findMisnamedSettings,
  findSettingLine,
} from '../../src/profiles/key-lines.ts';

const files = (credentials: string, config = '') => ({
  credentials: parseDocument(Buffer.from(credentials), 'credentials'),
  config: parseDocument(Buffer.from(config), 'config'),
});
const misnamed = (line: string) =>
  findMisnamedKey(files(`[x]\na = 1\n[p]\nregion = y\n${line}\n`), 'p');

test('the line of a key is that of the value which counts', () => {
  const both = files(
    '# c\n[p]\nk = old\nk = v\n[q]\nk = v\n[p]\nk = late\nk = late\n',
    '[profile p]\nk = v2\n[p]\nk = no\n',
  );
  const of = (value: string, name = 'p', key = 'k') => findKeyLine(both, name, key, value);
  expect(of('v')).toEqual({ path: 'credentials', line: 4 });
  expect(of('old')).toEqual({ path: 'credentials', line: 3 });
  expect(of('late')).toEqual({ path: 'credentials', line: 9 });
  expect(of('v2')).toEqual({ path: 'config', line: 2 });
  expect(of('no')).toBeUndefined();
  expect(of('v', 'p', 'other')).toBeUndefined();
});

test('a setting’s line is the profile’s own, else another’s with that value, else one of a service', () => {
  const both = files(
    '[q]\nregion = r\n[p]\nregion = own\n',
    '# c\n[profile p]\ns3 =\n  x = 1\n[profile o]\nregion = r\n[services s]\nsts =\n  Endpoint_URL = http://a=b \n' +
      '[services t]\nsts =\n  endpoint_url = http://c\n  endpoint_url = http://c\n',
  );
  const of = (setting: string, value: string) => findSettingLine(both, 'p', setting, value);
  expect(of('region', 'own')).toEqual({ path: 'credentials', line: 4 });
  expect(of('region', 'r')).toEqual({ path: 'credentials', line: 2 });
  expect(of('endpoint_url', 'http://a=b')).toEqual({ path: 'config', line: 9 });
  expect(of('endpoint_url', 'http://c')).toEqual({ path: 'config', line: 13 });
  expect(of('endpoint_url', 'http://d')).toBeUndefined();
  expect(of('region', 'http://c')).toBeUndefined();
});

test.each([
  ['aws_acces_key_id = x', 'aws_acces_key_id', 'aws_access_key_id'],
  ['AccessKeyId: x', 'AccessKeyId', 'aws_access_key_id'],
  ['access_key = x', 'access_key', 'aws_access_key_id'],
  ['access-key-id = x', 'access-key-id', 'aws_access_key_id'],
  ['awsAccessKey = x', 'awsAccessKey', 'aws_access_key_id'],
  ['secret_key = x', 'secret_key', 'aws_secret_access_key'],
  ['SecretAccessKey = x', 'SecretAccessKey', 'aws_secret_access_key'],
  ['aws_secret_key = x', 'aws_secret_key', 'aws_secret_access_key'],
  ['aws_secret_acess_keyy = x', 'aws_secret_acess_keyy', 'aws_secret_access_key'],
  ['export AWS_ACCESS_KEY_ID=x', 'export AWS_ACCESS_KEY_ID', 'aws_access_key_id'],
  ['set AWS_ACCESS_KEY_ID=x', 'set AWS_ACCESS_KEY_ID', 'aws_access_key_id'],
  ['setx AWS_ACCESS_KEY_ID=x', 'setx AWS_ACCESS_KEY_ID', 'aws_access_key_id'],
  ['declare -x AWS_ACCESS_KEY_ID=x', 'declare -x AWS_ACCESS_KEY_ID', 'aws_access_key_id'],
  ['env  AWS_ACCESS_KEY_ID=x', 'env  AWS_ACCESS_KEY_ID', 'aws_access_key_id'],
  ['$env:AWS_ACCESS_KEY_ID = "x"', '$env:AWS_ACCESS_KEY_ID', 'aws_access_key_id'],
  ['$Env:AWS_SECRET_ACCESS_KEY="x"', '$Env:AWS_SECRET_ACCESS_KEY', 'aws_secret_access_key'],
  ['  "AccessKeyId": "x",', '"AccessKeyId"', 'aws_access_key_id'],
  ['{"AccessKeyId": "x",', '{"AccessKeyId"', 'aws_access_key_id'],
  ['- aws_access_key_id: x', '- aws_access_key_id', 'aws_access_key_id'],
  ['“aws_access_key_id” = x', '“aws_access_key_id”', 'aws_access_key_id'],
  ['aws access key id = x', 'aws access key id', 'aws_access_key_id'],
  ['ａｗｓ_access_key_id = x', 'ａｗｓ_access_key_id', 'aws_access_key_id'],
  ['aws_\u200baccess_key_id = x', 'aws_\u200baccess_key_id', 'aws_access_key_id'],
  ['aws_acces_key_id\uff1d x', 'aws_acces_key_id', 'aws_access_key_id'],
  ['aws–access–key–id = x', 'aws–access–key–id', 'aws_access_key_id'],
  ['aws_acces_key_id\uff1a x', 'aws_acces_key_id', 'aws_access_key_id'],
])('%j was meant as a key', (line, written, meant) => {
  expect(misnamed(line)).toEqual({ path: 'credentials', line: 5, written, meant });
});

test.each([
  ...['aws_access_key_id = x', 'AWS_Secret_Access_Key = x', '  aws_access_key_id = x'],
  ...['aws_acces_key_id', 'aws_accxxx_key_id = x', 'region = x', 'my_access_key_id = x'],
  ...['access_key_ids_of_others = x', '# aws_acces_key_id', 'exports AWS_X = x', 'secretkeys2 = x'],
  ...['aws_session_token = x', 'aws_account_id = x', '= x', 'unset X = aws_acces_key_id = 1'],
])('%j was not', (line) => {
  expect(misnamed(line)).toBeUndefined();
});

test.each([
  ...['mfaSerial', 'mfa-serial', 'MFA serial', 'mfa_serial_number', 'mfa_serail', 'mfa_seriall'],
  ...['mfa_device', 'aws_mfa_device', 'aws_mfa_serial', 'mfa_arn', 'export MFA_SERIAL'],
  ...['mfa_serial\u200b', '"mfa_serial"', 'ｍｆａ_serial'],
])('%s was meant as mfa_serial', (written) => {
  const both = files('', `[profile p]\n# c\n${written} = x\n`);
  const meant = { path: 'config', line: 3, written, meant: 'mfa_serial' };
  expect(findMisnamedSettings(both, 'p', ['mfa_serial'])).toEqual([meant]);
  expect(findMisnamedSettings(both, 'p', ['role_arn', 'source_profile'])).toEqual([]);
});

test.each(['mfa_process', 'mfa_prompt', 'mfa', 'serial', 'session_profile', 'role_via', 'region'])(
  '%s was not',
  (written) => {
    const both = files('', `[profile p]\n${written} = x\n`);
    expect(findMisnamedSettings(both, 'p', ['mfa_serial', 'role_arn', 'source_profile'])).toEqual(
      [],
    );
  },
);

test('what makes a role may be misnamed in each of its lines', () => {
  const config = '[profile p]\nroleArn = x\nrole_session_name = y\nsourceProfile = z\n';
  expect(findMisnamedSettings(files('', config), 'p', ['role_arn', 'source_profile'])).toEqual([
    { path: 'config', line: 2, written: 'roleArn', meant: 'role_arn' },
    { path: 'config', line: 4, written: 'sourceProfile', meant: 'source_profile' },
  ]);
});

test('the credentials file is looked at first, and only the sections of the profile', () => {
  const both = files(
    '[q]\naws_acces_key_id = 1\n',
    '[profile q]\nx = 1\n[profile p]\nx = 1\nsecretkey = 1\n',
  );
  expect(findMisnamedKey(both, 'p')).toEqual({
    ...{ path: 'config', line: 5, written: 'secretkey', meant: 'aws_secret_access_key' },
  });
  expect(findMisnamedKey(both, 'q')).toMatchObject({ path: 'credentials', line: 2 });
  expect(findMisnamedKey(both, 'r')).toBeUndefined();
});
