/** A secret of the run is not shown, however others spell it; and nothing else is hidden. */
import { createHash } from 'node:crypto';
import fc from '../support/fast-check.ts';
import {
  hideFromNowOn,
  hideUnlessAnId,
  nameWithoutSecrets,
  withoutSecrets,
} from '../../src/credentials/known-secrets.ts';
import { Secret } from '../../src/credentials/secret.ts';

const KEY = 'pr0dSecret/With+Slash=AndMorePaddingToForty';
const TOKEN = 'IQoJb3JpZ2luX2VjMadeUp+/AndLong=='.repeat(3);
const CODE = '918273';
for (const each of [KEY, TOKEN, CODE]) new Secret(each);

const percent = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
const entity = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, (each) => `&#${each.charCodeAt(0)};`);
const hexEntity = (text: string) =>
  text.replace(/[^A-Za-z0-9]/g, (each) => `&#x${each.charCodeAt(0).toString(16)};`);

const SPELLINGS: [string, (text: string) => string][] = [
  ['as it is', (text) => text],
  ['in JSON', (text) => JSON.stringify(text).replaceAll('/', '\\/')],
  ['in a URL', encodeURIComponent],
  ['in a URL, in small letters', percent],
  ['in a URL in a URL', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['in XML', entity],
  ['in XML, by hexadecimal numbers', hexEntity],
  ['in XML in XML', (text) => entity(text).replaceAll('&', '&amp;')],
  ['in base64', (text) => Buffer.from(text).toString('base64')],
  ['in capitals of JSON', (text) => text.replaceAll('+', '\\u002B').replaceAll('/', '\\u002F')],
  ['folded into lines', (text) => text.replace(/.{16}/g, '$&\r\n  ')],
  ['with invisible characters between', (text) => [...text].join('\u200b')],
  ['in quotes', (text) => `'${text}'`],
];

const byEach = (text: string, spell: (character: string, code: number) => string): string =>
  [...text].map((each) => spell(each, each.charCodeAt(0))).join('');
const hex = (code: number, digits = 2): string => code.toString(16).padStart(digits, '0');
const inParts = (text: string, between: string): string => text.match(/.{1,7}/g)!.join(between);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Spellings of each character, or of each part that is too short to be known by itself. */
const FOREIGN_SPELLINGS: [string, (text: string) => string][] = [
  ['hex', (text) => Buffer.from(text).toString('hex')],
  [
    'hex in capitals behind a word of such letters',
    (text) => `cafe ${byEach(text, (_, code) => hex(code).toUpperCase())}`,
  ],
  ['a dump of hex', (text) => Buffer.from(text).toString('hex').replace(/.{4}/g, '$& ')],
  ['hex with colons', (text) => byEach(text, (_, code) => `${hex(code)}:`)],
  ['hex of C', (text) => byEach(text, (_, code) => `0x${hex(code)}, `)],
  ['a list of bytes', (text) => JSON.stringify([...Buffer.from(text)])],
  ['octal', (text) => byEach(text, (_, code) => `\\${code.toString(8).padStart(3, '0')}`)],
  ['escapes of a shell', (text) => byEach(text, (_, code) => `\\x${hex(code)}`)],
  ['escapes of JSON', (text) => byEach(text, (_, code) => `\\u${hex(code, 4)}`)],
  ['escapes of JavaScript', (text) => byEach(text, (_, code) => `\\u{${hex(code)}}`)],
  ['escapes of Python', (text) => byEach(text, (_, code) => `\\U${hex(code, 8)}`)],
  ['escapes of old URLs', (text) => byEach(text, (_, code) => `%u${hex(code, 4)}`)],
  ['numbers of Unicode', (text) => byEach(text, (_, code) => `U+${hex(code, 4)} `)],
  ['quoted-printable', (text) => byEach(text, (_, code) => `=${hex(code).toUpperCase()}`)],
  ['quoted-printable in short lines', (text) => inParts(text, '=\r\n')],
  ['numbers of HTML without an end', (text) => byEach(text, (_, code) => `&#${code}`)],
  ['numbers of HTML with zeros', (text) => byEach(text, (_, code) => `&#x00000000${hex(code)};`)],
  ['full-width', (text) => byEach(text, (_, code) => String.fromCharCode(code + 0xfee0))],
  ['Unicode’s tags', (text) => byEach(text, (_, code) => String.fromCodePoint(code + 0xe0000))],
  ['marks above', (text) => byEach(text, (each) => `${each}\u0301`)],
  ['soft hyphens', (text) => byEach(text, (each) => `${each}\u00ad`)],
  ['fillers', (text) => byEach(text, (each) => `${each}\u3164`)],
  ['small letters', (text) => text.toLowerCase()],
  ['capitals', (text) => text.toUpperCase()],
  ['a list of letters', (text) => JSON.stringify([...text])],
  ['lines of a quotation', (text) => inParts(text, '\n> ')],
  ['line ends of JSON', (text) => inParts(text, '\\n')],
  ['lines of a shell', (text) => inParts(text, '\\\n')],
  ['texts that are joined', (text) => inParts(text, '" + "')],
  ['elements of HTML', (text) => inParts(text, '</b><br /><b>')],
  ['an element of XML', (text) => `<${text}>`],
  ['parts of XML', (text) => inParts(text, ']]><![CDATA[')],
  ['colours of a terminal', (text) => inParts(text, ' \u001b[0m')],
  ['base64 behind a byte', (text) => base64(`:${text}`)],
  [
    'base64 behind two, for URLs, half of it',
    (text) => Buffer.from(`a:${text.slice(0, 20)}`).toString('base64url'),
  ],
  ['base64 in short lines', (text) => base64(`:${text}`).replace(/.{19}/g, '$&\n')],
];

test.each(FOREIGN_SPELLINGS)('in %s', (_how, spell) => {
  for (const secret of [KEY, TOKEN]) {
    const shown = withoutSecrets(`before ${spell(secret)} after`);
    const [around] = /^before (.*) after$/s.exec(shown) ?? [];
    expect(around).toContain('[secret]');
    // Signs at its ends may stay.
    expect(shown.replaceAll('[secret]', '').replace(/cafe /, '').length).toBeLessThan(30);
  }
});

test.each(SPELLINGS)('%s', (_how, spell) => {
  for (const secret of [KEY, TOKEN]) {
    const shown = withoutSecrets(`before ${spell(secret)} after`);
    expect(shown).toMatch(/^before ['"]?\[secret\](==|=|%3D|&#61;)?['"]? after$/);
  }
});

test('a part of one, and one in an access key ID', () => {
  expect(withoutSecrets(`got ${KEY.slice(4, 30)} there`)).toMatch(
    /^got .{0,7}\[secret\].{0,7} there$/,
  );
  hideUnlessAnId('AKIATESTPROD00000001,swappedInSecret/AndSoOn');
  expect(withoutSecrets('x swappedInSecret/AndSoOn of AKIATESTPROD00000001')).toBe(
    'x [secret] of AKIATESTPROD00000001',
  );
});

test.each([
  ['placeholder', 'it is a placeholder: put the key there'],
  ['secret access key', 'aws_secret_access_key holds a blank'],
  ['aws_secret_access_key', 'aws_secret_access_key is no key'],
])('%j where a secret belongs is none', (value, said) => {
  hideFromNowOn(value);
  expect(withoutSecrets(said)).toBe(said);
});

test('the ARN of a user where the ID of a key belongs is no secret', () => {
  hideUnlessAnId('arn:aws:iam::210987654321:user/somebody');
  const said = 'mfa_serial: arn:aws:iam::210987654321:mfa/user/somebody';
  expect(withoutSecrets(said)).toBe(said);
});

test('the name of a key next to it is no secret', () => {
  hideUnlessAnId('AKIATESTPROD00000001\naws_secret_access_key = indentedSecret/AndSoOn');
  expect(withoutSecrets('aws_secret_access_key: indentedSecret/AndSoOn')).toBe(
    'aws_secret_access_key: [secret]',
  );
});

test.each([
  [`TokenCode=${CODE}`, 'TokenCode=[secret]'],
  [`the code ${CODE} is`, 'the code [secret] is'],
  ['the code 918 273.', 'the code [secret].'],
  [`account ${CODE}123456`, `account ${CODE}123456`],
])('a code: %s', (said, shown) => {
  expect(withoutSecrets(said)).toBe(shown);
});

// prometheus-community/yet-another-cloudwatch-exporter#169, aws/aws-cli#5755, aws/aws-sdk-go#289
test.each([
  "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'never/Heard+Of/20261126/eu-west-1/sts/aws4_request'",
  "'never/Heard+Of' not a valid key=value pair in Authorization header: 'AWS4-HMAC-SHA256 Credential=never/Heard+Of/20261126/x'.".replace(
    /^'\S+/,
    'it is',
  ),
  'Authorization=AWS4-HMAC-SHA256 Credential=never/Heard+Of/20261126, SignedHeaders=host',
  'x-amz-security-token: never/Heard+Of',
])('what AWS says of a request, even where it is no secret that is known: %s', (said) => {
  expect(withoutSecrets(said)).not.toContain('never/Heard');
});

test('the program’s own words stay', () => {
  hideFromNowOn('short');
  const line =
    "AWS rejected the MFA code for prod: it's wrong (short), see %41 &amp; arn:aws:iam::1:mfa/x";
  expect(withoutSecrets(line)).toBe(line);
});

test.each([
  ...['YOUR_SECRET_ACCESS_KEY', '<your-secret-access-key>', 'aws_secret_access_key'],
  ...['${AWS_SECRET_ACCESS_KEY}', 'put aws_session_token here', 'シークレットアクセスキー'],
])('what a message calls a key stays, also where a file has %s for one', (placeholder) => {
  hideFromNowOn(placeholder);
  for (const line of [
    'aws_secret_access_key of profile prod is no key',
    'the secret access key and aws_session_token of prod',
    'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY',
    'prod のシークレットアクセスキー',
  ]) {
    expect(withoutSecrets(line)).toBe(line);
  }
});

test('any secret of AWS’s form, anywhere, any encoding', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/]{40}$/);
  fc.assert(
    fc.property(
      secret,
      fc.string(),
      fc.string(),
      fc.constantFrom(...SPELLINGS),
      (key, a, b, how) => {
        hideFromNowOn(key);
        const shown = withoutSecrets(`${a} ${how[1](key)} ${b}`);
        expect(shown).not.toContain(key);
        expect(shown).not.toContain(how[1](key));
      },
    ),
  );
});

test.each([
  ['seven characters are too few', 'made-up', 'xmade-upx', 'xmade-upx'],
  ['eight are a secret', 'made-upA', 'xmade-upAx', 'x[secret]x'],
  ['its beginning alone', 'made-upB-and-more-of-it', 'made-upB.', '[secret].'],
  ['its end alone', 'made-upC-and-its-very-own-end', '-its-very-own-end', '[secret]'],
  ['seven of it', 'made-upD-and-more', 'x ade-upD x', 'x ade-upD x'],
  ['twice', 'made-upE-twice', 'made-upE-twice, made-upE-twice', '[secret], [secret]'],
  [
    'one right behind the other',
    'made-upF-once',
    'made-upF-oncemade-upF-once!',
    '[secret][secret]!',
  ],
  ['longer than it is', 'made-upG-x', 'made-upG-xyz', '[secret]yz'],
  ['another end', 'made-upH-here', 'made-upH-there', '[secret]there'],
  ['another beginning', 'xmade-upI-here-and-there', 'made-upI-here-and-there', '[secret]'],
])('%s', (_what, secret, said, shown) => {
  hideFromNowOn(secret);
  expect(withoutSecrets(said)).toBe(shown);
});

test.each([
  ['a%2dup-J-made', '[secret]'],
  ['a&#45;up-J-made', '[secret]'],
  ['a&#x2D;up-J-made', '[secret]'],
  ['a\\u002Dup-J-made', '[secret]'],
  ['a\\x2dup-J-made', '[secret]'],
  ['(a-up\n-J-made)', '([secret])'],
  ['a%252Dup-J-made', '[secret]'],
  ['a%25252Dup-J-made', '[secret]'],
  // One encoding more than two faulty programs in a row would make.
  ['a%2525252Dup-J', 'a%2525252Dup-J'],
  ['a&#1114111;-up-J-made', '[secret]'],
])('%s is shown as %s', (said, shown) => {
  hideFromNowOn('a-up-J-made');
  expect(withoutSecrets(said)).toBe(shown);
});

test.each([
  ['"', '&quot;', '\\"'],
  ["'", '&apos;', "\\'"],
  ['<', '&lt;', '&LT;'],
  ['>', '&gt;', '&Gt;'],
  ['&', '&amp;', '&amp;'],
  ['\\', '\\\\', '%5C'],
  ['/', '\\/', '&#47;'],
])('%s by its names', (sign, ...names) => {
  for (const [index, name] of names.entries()) {
    hideFromNowOn(`${index}made${sign}up-sign`);
    expect(withoutSecrets(`x ${index}made${name}up-sign y`)).toBe('x [secret] y');
  }
});

test.each([
  ['AKIATESTPROD00000001', false],
  ['ASIA23456789ABCDEFGH', false],
  // Too short, in small letters, or without an A in front: AWS gives no such ID.
  ['A23456789012345', true],
  ['akiatestprod00000002', true],
  ['BKIATESTPROD00000003', true],
  ['AKIATESTPROD00000004x', true],
  ['xAKIATESTPROD00000005', true],
])('%s instead of an ID is hidden: %s', (value, isHidden) => {
  hideUnlessAnId(value);
  expect(withoutSecrets(`see ${value}.`)).toBe(isHidden ? 'see [secret].' : `see ${value}.`);
});

test.each([
  ['got \'x\' and "y"', 'got \'[secret]\' and "y"'],
  ["forgot 'x'", "forgot 'x'"],
  ['Signature=abcdef, x', 'Signature=[secret], x'],
  ['Signature=abcde, x', 'Signature=abcde, x'],
  ['signature: "abcdefg"', 'signature: "[secret]"'],
  ['TokenCode = 12345678;x', 'TokenCode = [secret];x'],
  ['SecurityToken=abcdefg&x', 'SecurityToken=[secret]&x'],
  ['SecretToken=abcdefg x', 'SecretToken=[secret] x'],
  ['SessionToken=abcdefg<x', 'SessionToken=[secret]<x'],
  ["SecretAccessKey='abcdefg'", "SecretAccessKey='[secret]'"],
  ['MySignature=abcdefg', 'MySignature=abcdefg'],
  ['Signature abcdefg', 'Signature abcdefg'],
  ['Signature=[secret]x', 'Signature=[secret]x'],
  ['"SessionToken": "abcdefg>x"', '"SessionToken": "[secret]>x"'],
])('%s is shown as %s', (said, shown) => {
  expect(withoutSecrets(said)).toBe(shown);
});

test.each([
  [`x${CODE}x`, 'x[secret]x'],
  [`1${CODE}`, `1${CODE}`],
  [`${CODE}1`, `${CODE}1`],
  ['9 1 8 2 7 3', '[secret]'],
  ['918-273', '[secret]'],
  ['918\u00a0273', '[secret]'],
  ['918  273', '[secret]'],
  ['918    273', '918    273'],
  ['9.1.8.2.7.3', '[secret]'],
  ['["9","1","8","2","7","3"]', '["[secret]"]'],
  ['９１８ ２７３', '[secret]'],
  ['&#57;&#49;&#56;&#50;&#55;&#51;', '[secret]'],
  ['\\u0039\\u0031\\u0038\\u0032\\u0037\\u0033', '[secret]'],
  ['%39%31%38%32%37%33', '[secret]'],
  ['918\u200b273', '[secret]'],
  ['0x39 0x31 0x38 0x32 0x37 0x33', '[secret]'],
  ['393138323733', '[secret]'],
  ['[57, 49, 56, 50, 55, 51]', '[[secret]]'],
  ['OTE4Mjcz', '[secret]'],
  ['code=OTE4Mjcz', 'code=[secret]'],
])('a code in %s', (said, shown) => {
  expect(withoutSecrets(said)).toBe(shown);
});

test.each([
  'aws_secret_access_key = ',
  'aws_secret_access_key=',
  'AWS_SECRET_ACCESS_KEY: ',
  'aws_access_key_id=',
  'aws_session_token = ',
  'aws_security_token=',
  'export AWS_SESSION_TOKEN=',
  'export   AWS_SECRET_ACCESS_KEY=',
  '"SecretAccessKey": ',
  "'sessionToken': ",
  '"AccessKeyId" : ',
  'secretKey==',
  'awsSecretAccessKey:',
  'session_token =\t',
])('%j in front of a secret is none itself', (name) => {
  const secret = createHash('sha256').update(name).digest('base64').slice(0, 40);
  hideFromNowOn(name + secret);
  expect(withoutSecrets(`${name}x`)).toBe(`${name}x`);
  expect(withoutSecrets(`the ${name.trim()} is ${secret}.`)).toBe(
    `the ${name.trim()} is [secret].`,
  );
});

test.each([
  'my_secret_key = ',
  'as my secret_key = ',
  'x aws_secret_access_key=',
  'secret_word=',
  'aws_secret_access_key ',
])('%j in front of one is a part of it', (name) => {
  hideFromNowOn(`${name}made-up-value`);
  expect(withoutSecrets(`${name}made-up-value`)).toBe('[secret]');
});

test.each(['12345', '1234567', 'x91827', '9182731'])('%s is no code', (value) => {
  hideFromNowOn(value);
  expect(withoutSecrets(`the ${value} of it`)).toBe(`the ${value} of it`);
});

describe('what nobody has said is a secret', () => {
  // Not known to the run: only their form tells.
  const SOMEBODYS_KEY = 'Zq9xY7kP2mB+4nV8cL1dR5tH3jF6gS0aW/eU9iQo';
  const SOMEBODYS_TOKEN = `FwoGZXIvYXdz${'Xq7/Zk2+'.repeat(12)}==`;
  const WEB_TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.bm9ib2R5-_';

  test.each([
    [SOMEBODYS_KEY, '[secret]'],
    [`the key ${SOMEBODYS_KEY}, they say`, 'the key [secret], they say'],
    [`${SOMEBODYS_KEY}_token`, '[secret]_token'],
    [`https://portal.example/in?t=${SOMEBODYS_TOKEN}`, 'https://portal.example/in?t=[secret]'],
    [`/sign/in/${SOMEBODYS_TOKEN}`, '[secret]'],
    [`abc/${SOMEBODYS_KEY}`, '[secret]'],
    [`/home/alice/${SOMEBODYS_KEY}`, '[secret]'],
    [`/home/alice/${SOMEBODYS_KEY.replace('+', '/')}`, '[secret]'],
    [`[${SOMEBODYS_KEY.toLowerCase()}]`, '[[secret]]'],
    [`sent back: ${WEB_TOKEN}`, 'sent back: [secret]'],
    [`Bearer ${WEB_TOKEN.slice(0, 48)}.`, 'Bearer [secret]'],
  ])('%s', (said, shown) => {
    expect(withoutSecrets(said)).toBe(shown);
  });

  test.each([
    SOMEBODYS_KEY.slice(1),
    `${'A1B2C3D4'.repeat(6)} and small letters`,
    'see /home/SomeBody/ProjectsOfOurs/InfraStructure/SomeWhere/credentials',
    '/home/alice/Work2Do/A1/B2/C3/x',
    '/home/alice/work/MonoRepo/MonoRepo/packages/awsTools2/e2e',
    '/Volumes/SanDisk64GB/Backup2026/AwsKeys/iPhone15/credentials',
    '/nix/store/0c6kzlh4ljvrmyx5kkmk4nq6rgp9nxq7-nodejs-24.1.0/bin/node',
    'MyCompanyProduction/AWSAdministratorAccess is an SSO profile',
    'arn:aws:sts::123456789012:assumed-role/OrganizationAccountAccessRole/AliceOfTheNorth',
    'CompanyProductionAccountAdministratorAccess_token is missing',
    'GitHubActionsDeployRoleForProductionClusterUsEast1',
    'arn:aws:iam::123456789012:role/ProdAcctTeamAppSvcEnvRegZoneSubNetIdxOneTwoThree',
    `arn:aws:iam::123456789012:u2f/user/bob/${'A1B2'.repeat(12)}`,
    '/home/alice/a1/b2/c3/d4/e5/f6/g7/h8/i9/j0/work',
    'bbbbb2withaverylongnameofsomebodysprofile3',
    'a62c2f1e9d0b4c7788a62c2f1e9d0b4c7788a62c2f1e9d0b4c7788',
    'eyJhbGciOiJIUzI1NiJ9',
    'eyJhbGci.eyJzdWIi',
  ])('%s stays as it is', (said) => {
    expect(withoutSecrets(said)).toBe(said);
  });

  test('any key of AWS’s form in a line, a name or JSON', () => {
    const key = fc
      .stringMatching(/^[A-Za-z0-9+/]{40}$/)
      .filter((each) => /[a-z]/.test(each) && /[A-Z]/.test(each) && /[0-9+]/.test(each))
      // Random ones are not made of long words, and those that begin like a folder may be a path.
      .filter((each) => !/[A-Za-z]*[a-z]{5}|[A-Z]{6}|\d{6}|^\/|^[a-z0-9]{3,}\//.test(each));
    fc.assert(
      fc.property(key, (each) => {
        expect(withoutSecrets(`it is ${each}.`)).toBe('it is [secret].');
        expect(nameWithoutSecrets(`${each}_token`)).toBe('[secret]_token');
      }),
    );
  });

  test('a name that is a secret of the run, and one that only looks like a code', () => {
    new Secret('made+up/secret+that+is+a+name+not+real00');
    expect(nameWithoutSecrets('made+up/secret+that+is+a+name+not+real00_token')).toBe(
      '[secret]_token',
    );
    expect(nameWithoutSecrets(CODE)).toBe(CODE);
  });
});
