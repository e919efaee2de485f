/** `init`: from a key in a file to a session, with and without a person. */
import { existsSync, mkdirSync, utimesSync } from 'node:fs';
import {
  ALICE,
  ALL_USERS,
  DAVE,
  GRACE,
  JUDY,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { describeWith } from '../support/needs.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../support/sandbox.ts';
import { sessionText } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

let sts: LocalSts;
let box: Sandbox;
beforeAll(async () => {
  sts = await startLocalSts({ totpClock: 'fresh' });
});
afterAll(() => sts.close());
afterEach(() => box.cleanup());

function open(options: SandboxOptions = {}): Sandbox {
  return (box = makeSandbox({ credentials: credentialsOf(...ALL_USERS), sts, ...options }));
}

/** The section of a user's keys under another name. */
function keysAs(name: string, user: StsUser): string {
  return credentialsOf(user).replace(/\[.*\]/, `[${name}]`);
}

const bare = { credentials: keysAs('prod', JUDY) };

describeWith(['pty'], 'a person', () => {
  test('with only a key in [prod] answers, and has a session', async () => {
    open(bare);
    const pty = box.openPty(['init', 'prod']);
    await pty.waitFor(/Which MFA device/);
    await pty.waitFor(/judy-tablet/);
    pty.key('down');
    await pty.waitFor(/▸ \S+judy-tablet|❯ \S+judy-tablet/);
    pty.key('enter');
    await pty.waitFor(/AWS region/);
    pty.type('eu-west-3');
    pty.key('enter');
    await pty.waitFor(
      /\+ \[profile prod\]\s+\+ mfa_serial = \S+judy-tablet\s+\+ duration_seconds = 43200\s+\+ region = eu-west-3/,
    );
    await pty.waitFor(/Save this\?/);
    pty.key('enter');
    await pty.waitFor(/MFA code for prod/);
    pty.type(sts.code(JUDY.devices[1]!.serial));
    pty.key('enter');
    expect(await pty.exit).toMatchObject({ code: 0 });
    expect(pty.screen).toMatch(/prod_token refreshed, valid until/);
    expectNoSecret(pty.output, sts.secrets());
    expect(box.readConfig()).toBe(
      `[profile prod]\nmfa_serial = ${JUDY.devices[1]!.serial}\nduration_seconds = 43200\nregion = eu-west-3\n`,
    );
    expect(box.readCredentials()).toMatch(/\[prod_token\][^]*\nregion = eu-west-3\n/);
    expect(pty.screen).toMatch(/use it: aws .* --profile prod_token/);
  });

  test('without a key types it in, the secret unseen, and takes the guess where listing is denied', async () => {
    open({ credentials: '# mine\n' });
    const pty = box.openPty(['init', 'new']);
    await pty.waitFor(/has no access key/);
    await pty.waitFor(/access key ID/);
    pty.type('ASIAMADEUPSESSION000');
    pty.key('enter');
    await pty.waitFor(/the key of a session/);
    for (let letter = 0; letter < 20; letter++) pty.key('backspace');
    pty.type(DAVE.accessKeyId);
    pty.key('enter');
    await pty.waitFor(/secret access key/);
    pty.type(DAVE.secretAccessKey);
    pty.key('enter');
    await pty.waitFor(/ARN of the MFA device/);
    pty.key('enter');
    await pty.waitFor(/AWS region/);
    pty.key('enter');
    await pty.waitFor(/Save this/);
    pty.type('y');
    await pty.waitFor(/MFA code for new/);
    pty.key('ctrl-c');
    expect(await pty.exit).toMatchObject({ code: 130 });
    expect(pty.output).not.toContain(DAVE.secretAccessKey.slice(0, 10));
    expect(box.readCredentials()).toBe(`# mine\n\n${keysAs('new', DAVE)}`);
    expect(box.readConfig()).toContain(`mfa_serial = ${serialOf(DAVE)}\n`);
  });

  test('the region that is known is offered: by the environment, then the default profile', async () => {
    open({ config: '[default]\nregion = ap-northeast-1\n' });
    const pty = box.openPty(['init', 'alice']);
    await pty.waitFor(/AWS region.*ap-northeast-1/);
    pty.key('enter');
    await pty.waitFor(/\+ region = ap-northeast-1/);
    await pty.waitFor(/Save this/);
    pty.type('n');
    expect(await pty.exit).toMatchObject({ code: 0 });
    const other = box.openPty(['init', 'alice'], { env: { AWS_REGION: 'eu-north-1' } });
    await other.waitFor(/AWS region.*eu-north-1/);
    other.key('ctrl-c');
    expect(await other.exit).toMatchObject({ code: 130 });
  });

  test('who declines changes nothing', async () => {
    open({ config: '# kept\n' });
    const pty = box.openPty(['init', 'alice', '--duration', '1h', '--region', 'eu-west-1']);
    await pty.waitFor(/Save this/);
    pty.type('n');
    expect(await pty.exit).toMatchObject({ code: 0 });
    expect(box.readConfig()).toBe('# kept\n');
    expect(box.readCredentials()).not.toContain('_token');
  });

  test('Ctrl-C at any question is 130 and changes nothing', async () => {
    open({ config: '# kept\n' });
    const pty = box.openPty(['init', 'judy']);
    await pty.waitFor(/Which MFA device/);
    pty.key('ctrl-c');
    expect(await pty.exit).toMatchObject({ code: 130 });
    expect(box.readConfig()).toBe('# kept\n');
  });

  test('refresh of a profile without a device offers it', async () => {
    open();
    const pty = box.openPty(['refresh', 'alice']);
    await pty.waitFor(/No MFA device is known for profile alice/);
    pty.key('enter');
    await pty.waitFor(/AWS region/);
    pty.key('enter');
    await pty.waitFor(/MFA code for alice/);
    pty.type(sts.code('alice'));
    pty.key('enter');
    expect(await pty.exit).toMatchObject({ code: 0 });
    expect(box.readConfig()).toContain(serialOf(ALICE));
  });

  test('a quiet refresh, as in a login hook, offers nothing', async () => {
    open();
    const pty = box.openPty(['refresh', 'alice', '--quiet']);
    expect(await pty.exit).toMatchObject({ code: 4 });
    expect(pty.screen).not.toContain('Look it up');
  });

  test('refresh whose offer is declined is exit 4 with the hint', async () => {
    open();
    const pty = box.openPty(['refresh', 'alice']);
    await pty.waitFor(/Look it up and save it/);
    pty.type('n');
    expect(await pty.exit).toMatchObject({ code: 4 });
    // What was just declined is not advised again.
    expect(pty.screen.replaceAll('\n', '')).toMatch(
      /hint: set mfa_serial.*after all: mfa-profile init alice/,
    );
  });
});

describe('without a person', () => {
  test('the only device is taken, and the file’s other bytes stay', async () => {
    const config = '\ufeff# mine\r\n[profile alice] ; work\r\nregion = eu-central-1\r\n# end';
    open({ config });
    const { code, stdout, stderr } = await box.run(['init', 'alice', '--no-prompt']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('mfa-profile refresh alice');
    expect(box.readConfig()).toBe(
      config.replace(
        'eu-central-1\r\n',
        `eu-central-1\r\nmfa_serial = ${serialOf(ALICE)}\r\nduration_seconds = 43200\r\n`,
      ),
    );
    expect(await box.run(['init', 'alice', '--no-prompt'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('holds all of it already') as string,
    });
  });

  test('a code on the command line gets the session too, a security key is left out', async () => {
    open();
    const line = ['init', 'bob', '--token-code', sts.code('bob'), '--duration', '1h'];
    const { code, stderr } = await box.run(line);
    expect(code).toBe(0);
    expect(stderr).toMatch(/left out arn:aws:iam::123456789012:u2f\/.*FIDO/);
    expect(stderr).toContain('bob_token refreshed');
    expect(box.readConfig()).toContain('duration_seconds = 3600');
  });

  test.each([
    ['judy', 4, /several MFA devices: \S+judy-phone, \S+judy-tablet/],
    ['dave', 4, /hint: a guess.*--serial-number arn:aws:iam::123456789012:mfa\/dave/],
    ['carol', 4, /no MFA device/],
    ['una', 4, /FIDO security keys/],
    ['erin', 5, /InvalidClientTokenId/],
    ['nosuch', 4, /no profile nosuch/],
    ['alise', 4, /did you mean alice/],
  ])('%s is exit %i, with nothing written', async (name, exitCode, words) => {
    open();
    const { code, stderr } = await box.run(['init', name, '--no-prompt']);
    expect({ code, written: box.namesInFolder() }).toEqual({
      code: exitCode,
      written: ['credentials'],
    });
    expect(stderr).toMatch(words);
  });

  test.each<[string, string, string]>([
    ['no profile at all', '', 'newname'],
    ['a profile without a key', '[alice]\n# its key was taken out\n', 'alice'],
    ['half a key', `[alice]\naws_access_key_id = ${ALICE.accessKeyId}\n`, 'alice'],
  ])(
    '%s and nobody to type the key: the hint is not the same command again',
    async (_, credentials, name) => {
      const { code, stderr } = await open({ credentials }).run(['init', name]);
      expect(code).toBe(4);
      expect(stderr).toContain(`hint: run it in a terminal to type the key`);
      expect(stderr).toContain(`mfa-profile init ${name} --from FILE.csv`);
    },
  );

  test('refresh without a device is exit 4 with the hint', async () => {
    open();
    const { code, stderr } = await box.run(['refresh', 'alice']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/hint: .*mfa-profile init alice/);
  });

  test('a role’s device is its source’s; a session’s name means its source', async () => {
    const config =
      '[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = alice\n';
    open({ config });
    const { stderr } = await box.run(['init', 'admin_token', '--no-prompt']);
    expect(stderr).toContain('setting up alice');
    expect(box.readConfig()).toMatch(/^\[profile alice\]\nmfa_serial/m);
  });

  test('in China, by the profile’s region', async () => {
    open({ config: '[profile grace]\nregion = cn-north-1\n' });
    expect(await box.run(['init', 'grace', '--no-prompt'])).toMatchObject({ code: 0 });
    expect(sts.callsOf('ListMFADevices').at(-1)?.region).toBe('cn-north-1');
    expect(box.readConfig()).toContain(serialOf(GRACE));
  });

  test('a serial of another partition than the region’s is warned of', async () => {
    open({ config: '[profile alice]\nregion = eu-west-1\n' });
    const line = ['init', 'alice', '--no-prompt', '--serial-number', serialOf(GRACE)];
    expect((await box.run(line)).stderr).toMatch(/warning: .*lies in aws-cn.*eu-west-1/);
  });
});

test('a user’s ARN given as the serial is corrected for the first session, too', async () => {
  open();
  const user = serialOf(ALICE).replace(':mfa/', ':user/');
  const line = ['init', 'alice', '--serial-number', user, '--token-code', sts.code('alice')];
  expect(await box.run(line)).toMatchObject({ code: 0 });
  expect(box.readConfig()).toContain(`mfa_serial = ${serialOf(ALICE)}\n`);
});

describe('--from', () => {
  test('setting.ini of a batch user, in CRLF, with a user’s ARN in it', async () => {
    open();
    box.writeFile(
      'setting.ini',
      '; MFA\r\nARN=arn:aws:iam::123456789012:user/team/dave\r\nDurationSeconds=3600\r\n',
    );
    const { code, stderr } = await box.run(['init', 'dave', '--from', 'setting.ini']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: .*the ARN of a user/);
    expect(box.readConfig()).toBe(
      `[profile dave]\nmfa_serial = ${serialOf(DAVE)}\nduration_seconds = 3600\n`,
    );
  });

  test('comments in Shift_JIS', async () => {
    open();
    const comment = Buffer.from([0x3b, 0x20, 0x90, 0xdd, 0x92, 0xe8, 0x0d, 0x0a]);
    const text = Buffer.from(`ARN=${serialOf(DAVE)}\r\nDurationSeconds=3600\r\n`);
    box.writeFile('setting.ini', Buffer.concat([comment, text]));
    const result = await box.run(['init', 'dave', '--from', 'setting.ini']);
    expect(result).toMatchObject({ code: 0 });
    expect(box.readConfig()).toContain('duration_seconds = 3600');
  });

  test.each([
    ['nosuch.ini', undefined, /cannot read nosuch.ini/],
    ['empty.ini', '', /names no ARN/],
    ['bad.ini', 'ARN=hello world\n', /mfa_serial .* not usable/],
  ])('%s is exit 4', async (name, text, words) => {
    open();
    if (text !== undefined) box.writeFile(name, text);
    const { code, stderr } = await box.run(['init', 'alice', '--from', name]);
    expect(code).toBe(4);
    expect(stderr).toMatch(words);
  });

  test('aws-mfa’s sections: the credentials file stays, the session goes where aws-mfa had it', async () => {
    const device = `aws_mfa_device = ${serialOf(ALICE)}\n`;
    const credentials = `${keysAs('work-long-term', ALICE)}${device}\n[work]\nassumed_role = False\naws_access_key_id = ASIAOLD\naws_secret_access_key = old\naws_session_token = old\naws_security_token = old\nexpiration = 2020-01-01 00:00:00\n`;
    open({ credentials });
    expect(await box.run(['init', '--from', 'aws-mfa'])).toMatchObject({ code: 0, stdout: '' });
    expect(box.readCredentials()).toBe(credentials);
    expect(box.readConfig()).toBe(
      `[profile work-long-term]\nmfa_serial = ${serialOf(ALICE)}\nduration_seconds = 43200\nsession_profile = work\n`,
    );
    const code = sts.code('alice');
    expect(await box.run(['refresh', 'work', '--token-code', code])).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toMatch(
      /\[work\]\nassumed_role = False\naws_access_key_id = ASIA/,
    );
    expect(box.readCredentials()).not.toContain('old');
  });

  test('a refresh of what aws-mfa keeps is sent to it', async () => {
    const section = `${credentialsOf(ALICE).replace('[alice]', "[o'neil-long-term]")}aws_mfa_device = ${serialOf(ALICE)}\n`;
    const old = sessionText("o'neil");
    for (const credentials of [section, section + old]) {
      open({ credentials, config: '' });
      const run = await box.run(['refresh', "o'neil", '-t', '123456']);
      expect(run.code).toBe(4);
      expect(run.stderr).toMatch(/hint: .*: mfa-profile init "o'neil" --from aws-mfa$/m);
      expect(await box.run(['init', "o'neil", '--from', 'aws-mfa'])).toMatchObject({ code: 0 });
      const again = ['refresh', "o'neil", '-t', await sts.nextCode('alice')];
      expect(await box.run(again)).toMatchObject({ code: 0 });
    }
  });

  test('aws-mfa with a name, without such a section, and with a key in the way', async () => {
    const device = `aws_mfa_device = ${serialOf(ALICE)}\n`;
    open({
      credentials: `${keysAs('a-long-term', ALICE)}${device}\n${keysAs('b-long-term', ALICE)}${device}\n${keysAs('b', JUDY)}`,
    });
    expect(await box.run(['init', 'a', '--from', 'aws-mfa'])).toMatchObject({ code: 0 });
    expect(box.readConfig()).not.toContain('b-long-term');
    expect(await box.run(['init', 'c', '--from', 'aws-mfa'])).toMatchObject({ code: 4 });
    const inTheWay = await box.run(['init', 'b', '--from', 'aws-mfa']);
    expect(inTheWay.code).toBe(4);
    expect(inTheWay.stderr).toContain('[b]');
  });
});

describe("--from the console's CSV file (aws/aws-cli#7753, #7721, #7758)", () => {
  const row = ({ accessKeyId, secretAccessKey }: StsUser) => `${accessKeyId},${secretAccessKey}`;
  const HEADER = 'Access key ID,Secret access key';

  test.each<[string, string | Buffer, string[], string]>([
    ["today's, with a BOM and CRLF", `\ufeff${HEADER}\r\n${row(ALICE)}\r\n`, ['work'], 'work'],
    ['no line break at its end', `${HEADER}\n${row(ALICE)}`, ['work'], 'work'],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\r\n${row(ALICE)}\r\n`, 'utf16le'), ['work'], 'work'],
    [
      'quotes, another order and case, and the user’s name',
      `"SECRET ACCESS KEY","User name","access key id"\r\n"${ALICE.secretAccessKey}","alice","${ALICE.accessKeyId}"\r\n`,
      [],
      'alice',
    ],
    [
      'several users, one of them named',
      `User Name,Password,${HEADER}\ndave,"a,""b",${row(DAVE)}\nalice,,${row(ALICE)}\n\n`,
      ['alice'],
      'alice',
    ],
    [
      'several users, of whom another has half a key',
      `User Name,${HEADER}\ndave,,\nalice,${row(ALICE)}\n`,
      ['alice'],
      'alice',
    ],
    ['a session’s name, which means its source', `${HEADER}\n${row(ALICE)}`, ['w_token'], 'w'],
    ['no name but in AWS_PROFILE', `${HEADER}\n${row(ALICE)}`, [], 'work'],
  ])('%s', async (what, text, names, name) => {
    const env = what.includes('AWS_PROFILE') ? { AWS_PROFILE: 'work' } : {};
    open({ credentials: '# mine\n', config: '[profile w]\noutput = json\n', env });
    box.writeFile('keys.csv', text);
    const line = ['init', ...names, '--from', 'keys.csv', '--region', 'eu-west-1'];
    const result = await box.run([...line, '-t', await sts.nextCode('alice')]);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(result.stderr).toMatch(/keys\.csv still holds the secret key: delete it/);
    expect(box.readCredentials()).toContain(`# mine\n\n${keysAs(name, ALICE)}`);
    expect(box.readConfig()).toContain('region = eu-west-1');
    expect(box.readCredentials()).toContain(`[${name}_token]`);
    expectNoSecret(result, [ALICE.secretAccessKey, DAVE.secretAccessKey]);
  });

  test.each<[string, string, string[], number, RegExp]>([
    ['no name', `${HEADER}\n${row(ALICE)}\n`, [], 2, /mfa-profile init NAME/],
    ['several users', `User name,${HEADER}\na,${row(ALICE)}\nb,${row(DAVE)}\n`, [], 2, /a, b/],
    ['a stranger', `User name,${HEADER}\na,${row(ALICE)}\nb,${row(DAVE)}\n`, ['c'], 2, /a, b/],
    ['no header', `${row(ALICE)}\n`, ['new'], 4, /columns/],
    ['nothing', '', ['new'], 4, /columns/],
    ['no row', `${HEADER}\n`, ['new'], 4, /no access key/],
    ['a session', `${HEADER}\nASIAMADEUPSESSION000,x\n`, ['new'], 4, /session/],
    ['half a key', `${HEADER}\n${ALICE.accessKeyId}\n`, ['new'], 4, /without its secret/],
    ['a blank in the secret', `${HEADER}\n${row(ALICE)} x\n`, ['new'], 4, /holds a blank/],
    ['a placeholder', `${HEADER}\n${ALICE.accessKeyId},****\n`, ['new'], 4, /placeholder/],
    [
      'swapped columns',
      `${HEADER}\n${row(ALICE).split(',').reverse().join()}\n`,
      ['new'],
      4,
      /capital/,
    ],
    ['another list', 'User name,Password\na,b\n', ['new'], 4, /columns/],
    ['a key in the way', `${HEADER}\n${row(DAVE)}\n`, ['alice'], 4, /never overwritten/],
  ])('%s is told, and nothing is written', async (_what, text, names, code, words) => {
    open();
    const before = box.readCredentials();
    box.writeFile('keys.csv', text);
    const result = await box.run(['init', ...names, '--from', 'keys.csv']);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(words);
    expect(box.readCredentials()).toBe(before);
    expectNoSecret(result, [ALICE.secretAccessKey, DAVE.secretAccessKey]);
  });

  test('a file of another name is known by its first line', async () => {
    open({ credentials: '' });
    box.writeFile('keys.txt', `${HEADER}\n${row(ALICE)}\n`);
    const line = ['init', 'prod', '--from', 'keys.txt', '-t', await sts.nextCode('alice')];
    expect(await box.run(line)).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toContain(keysAs('prod', ALICE));
  });

  test('where the config file cannot be written, the key is not stored', async () => {
    open({ credentials: '' });
    box.writeFile('keys.csv', `${HEADER}\n${row(ALICE)}\n`);
    const env = { AWS_CONFIG_FILE: '/proc/none/config' };
    const result = await box.run(['init', 'prod', '--from', 'keys.csv'], { env });
    expect(result).toMatchObject({ code: 7 });
    expect(box.readCredentials()).toBe('');
  });

  test('a set-up that fails afterwards still says that the file holds the secret', async () => {
    open({ credentials: '' });
    box.writeFile('keys.csv', `${HEADER}\n${row(ALICE)}\n`);
    const nowhere = 'http://127.0.0.1:1';
    const env = { AWS_ENDPOINT_URL_IAM: nowhere, AWS_ENDPOINT_URL_STS: nowhere };
    const result = await box.run(['init', 'prod', '--from', 'keys.csv'], { env });
    expect(result).toMatchObject({ code: 6 });
    expect(result.stderr).toMatch(/keys\.csv still holds the secret key: delete it/);
    expect(box.readCredentials()).toContain(keysAs('prod', ALICE));
    const again = await box.run(['init', 'prod', '--from', 'keys.csv']);
    expect(again).toMatchObject({ code: 4 });
    expect(again.stderr).toContain('to go on with that key: mfa-profile init prod');
  });

  test('a person is asked for the name that it leaves out, and answers amiss first', async () => {
    open({ credentials: '' });
    box.writeFile('accessKeys (1).csv', `\ufeff${HEADER}\r\n${row(ALICE)}\r\n`);
    const pty = box.openPty(['init', '--from', 'accessKeys (1).csv']);
    await pty.waitFor(/Name of the profile \(default\)/);
    pty.type('a]b\r');
    await pty.waitFor(/end a name/);
    pty.type('\x15prod\r');
    await pty.waitFor(/AWS region/);
    pty.type('eu-west-1\r');
    await pty.waitFor(/Save this/);
    pty.key('enter');
    await pty.waitFor(/MFA code for prod/);
    pty.type(`${await sts.nextCode('alice')}\r`);
    await pty.waitFor(/use it: aws .* --profile prod_token/);
    await pty.waitFor(/Delete it now\? \(y\/N\)/);
    pty.key('enter');
    expect(await pty.exit).toMatchObject({ code: 0 });
    expect(existsSync(box.path('accessKeys (1).csv'))).toBe(true);
    expect(box.readCredentials()).toContain(keysAs('prod', ALICE));
    expect(pty.screen.match(/\(Y\/n\)/g)).toHaveLength(1);
    expectNoSecret(pty.screen, [ALICE.secretAccessKey]);
  });

  test('on a terminal the file is deleted, if the person wants that', async () => {
    open({ credentials: '' });
    const file = box.writeFile('keys.csv', `User name,${HEADER}\nalice,${row(ALICE)}\n`);
    const pty = box.openPty(['init', '--from', 'keys.csv', '-t', await sts.nextCode('alice')]);
    await pty.waitFor(/AWS region/);
    pty.key('enter');
    await pty.waitFor(/Save this/);
    pty.key('enter');
    await pty.waitFor(/still holds the secret key. Delete it now\?/);
    pty.type('y');
    expect(await pty.exit).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(false);
  });
});

test('half a key is completed by typing it in', async () => {
  const [id] = keysAs('prod', ALICE).split('aws_secret');
  open({ credentials: id! });
  expect(await box.run(['init', 'prod'])).toMatchObject({ code: 4 });
});

test('a setting that the credentials file has, too, is named: that one wins', async () => {
  open({ credentials: `${credentialsOf(ALICE)}region = us-west-2\n` });
  const line = ['init', 'alice', '--no-prompt', '--region', 'eu-west-1'];
  expect((await box.run(line)).stderr).toMatch(/warning: region in \[alice\] of .* wins/);
});

test('a doubled section is left to the user: nothing of either is lost', async () => {
  const config = '[profile alice]\nregion = eu-west-1\n[b]\n[profile alice]\noutput = json\n';
  open({ config });
  const { code, stderr } = await box.run(['init', 'alice', '--no-prompt']);
  expect(code).toBe(4);
  expect(stderr).toContain(`${box.configFile}, line 4: [profile alice] is there twice`);
  expect(box.readConfig()).toBe(config);
});

test('a config file that cannot be written is exit 7, before anything is asked of AWS', async () => {
  open();
  const before = sts.calls.length;
  const line = ['init', 'alice', '--config-file', box.folder, '--no-prompt'];
  expect(await box.run(line)).toMatchObject({ code: 7 });
  expect(sts.calls.length).toBe(before);
});

test('a wait for the lock of the config file is reported, and Ctrl-C ends it: 130', async () => {
  open();
  const lock = `${box.configFile}.lock`;
  mkdirSync(lock);
  const holder = setInterval(() => utimesSync(lock, new Date(), new Date()), 500);
  try {
    const child = box.spawn(['init', 'alice', '--no-prompt']);
    await child.waitForStderr(/waiting for .+config\.lock/);
    child.signal('SIGINT');
    expect((await child.result).code).toBe(130);
  } finally {
    clearInterval(holder);
  }
});
