/** Keys with characters that no key has, and the likely cause of each. */
import { judgeKey, oddLength } from '../../src/credentials/key-form.ts';
import type { KeyPart } from '../../src/credentials/key-form.ts';
import { Secret } from '../../src/credentials/secret.ts';
import { english } from '../../src/credentials/words.ts';

const ID = 'AKIATESTPROD00000001';
const SECRET = 'pr0dSecret/With+Slash=AndMorePaddingToForty';

const of = (length: number, text: string): string => text.repeat(length).slice(0, length);

test.each<[KeyPart, string]>([
  ['id', ID],
  ['id', 'test'],
  ['id', 'AKIAIOSFODNN7EXAMPLE'],
  ['id', 'AKIAIOSFODNN7EXAMPLE0'],
  ['id', `AKIA${'B2'.repeat(6)}`],
  ['id', `AKIA${'B2'.repeat(62)}`],
  ['id', 'minioadmin'],
  ['secret', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['secret', 'secretkey'],
  ['secret', SECRET],
  ['secret', 'made+up/secret'],
])('%s %s may be a key', (part, value) => {
  expect(judgeKey(part, value)).toBeUndefined();
});

test.each<[KeyPart, string, RegExp]>([
  ['id', 'YOUR_ACCESS_KEY_ID', /placeholder/],
  ['id', `AKIA${'X'.repeat(16)}`, /placeholder/],
  ['secret', 'YOUR_SECRET_ACCESS_KEY', /placeholder/],
  ['secret', 'aws_secret_access_key', /placeholder/],
  ['secret', 'xxxxxxxxxxxxxxxx', /placeholder/],
  ['id', 'akiatestprod00000001', /in capital letters/],
  ['id', 'AKIA', /a part of it is missing/],
  ['id', 'AKIAIOSFODNN7EX', /a part of it is missing/],
  ['id', 'ASIAB', /a part of it is missing/],
  ['id', `AKIA${'B2'.repeat(63)}`, /longer than any/],
  ['id', 'a'.repeat(129), /longer than any/],
  ['id', 'AIDAIOSFODNN7EXAMPLE', /ID of a user, a role/],
  ['id', 'AROAIOSFODNN7EXAMPLE:session'.slice(0, 20), /ID of a user, a role/],
  ['id', 'REDACTED', /placeholder/],
  ['secret', 'null', /placeholder/],
  // A secret without one of base64's signs, which one in four is.
  ['id', 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab', /swapped/],
  ['secret', ID, /looks like an access key ID/],
])('%s %j, though each of its characters may be a key’s', (part, value, cause) => {
  const odd = judgeKey(part, value);
  expect(odd?.character).toBeUndefined();
  expect(odd?.cause.english).toMatch(cause);
});

test.each<[string, string, number | undefined, number | undefined]>([
  [ID, of(40, 'aB3'), undefined, undefined],
  [`${ID}0`, of(39, 'aB3'), 21, 39],
  [ID.slice(1), of(41, 'aB3'), undefined, undefined],
  ['minio', 'secret', undefined, undefined],
])('%s and a secret of that length: odd are %s and %s', (accessKeyId, secret, id, secrets) => {
  const keys = { accessKeyId, secretAccessKey: new Secret(secret) };
  expect([oddLength('id', keys), oddLength('secret', keys)]).toEqual([id, secrets]);
});

test.each<[KeyPart, string, RegExp, RegExp]>([
  ['id', `${ID}\u200b`, /not seen \(U\+200B\)/, /copied along/],
  ['secret', `${SECRET}\u200b`, /not seen \(U\+200B\)/, /copied along/],
  ['id', `“${ID}”`, /^“ \(U\+201C\)/, /quotes/],
  ['id', `"${ID}"`, /^"/, /quotes/],
  ['secret', `'${SECRET}'`, /^'/, /quotes/],
  ['id', '\uff21\uff2b\uff29\uff21', /\(U\+FF21\)/, /full-width/],
  ['id', 'AKIATESTPR\nOD00000001', /line break/, /next line/],
  ['id', 'AKIATEST PROD00000001', /a blank/, /remove the blank/],
  ['id', 'AKIATEST\u00a0PROD00000001', /not seen \(U\+00A0\)/, /copied along/],
  ['id', `${ID},${SECRET}`, /^,/, /CSV/],
  ['id', `${ID},`, /^,/, /remove it/],
  ['secret', `${SECRET};`, /^;/, /remove it/],
  ['id', `${ID} ${SECRET}`, /a blank/, /two/],
  ['id', SECRET, /^\//, /swapped/],
  ['id', `${ID} # mine`, /a blank/, /comment/],
  ['id', `${ID} #自身が設定した文字列`, /a blank/, /comment/],
  ['secret', `${SECRET}%`, /^%/, /zsh/],
  ['id', '<YOUR_KEY>', /^</, /placeholder/],
  ['id', 'op://vault/aws/id', /^:/, /password manager/],
  ['secret', 'arn:aws:secretsmanager:eu-west-1:1:secret:x', /^:/, /password manager/],
  ['id', '{{ aws_key }}', /^\{/, /template/],
  ['secret', 'ENC[AES256_GCM,data:x]', /^\[/, /encrypted/],
  ['secret', '${AWS_SECRET}', /^\$/, /variable/],
  ['secret', '`pass aws/secret`', /^`/, /variable/],
  ['id', `\`${ID}\``, /^`/, /quotes/],
  ['id', '!vault |', /^!/, /encrypted/],
  ['id', 'arn:aws:iam::123456789012:user/alice', /^:/, /an ARN/],
  ['id', 'ここにアクセスキーを入力', /^こ/, /placeholder/],
  ['id', `${ID}\naws_secret_access_key = ${SECRET}`, /line break/, /next line is indented/],
  ['id', `${ID}#mine`, /^#/, /comment/],
  ['id', `${ID};mine`, /^;/, /comment/],
  ['id', `${ID};${SECRET}`, /^;/, /CSV/],
  ['secret', `${SECRET} // mine`, /a blank/, /comment/],
  ['id', `${ID}（自分の）`, /^（/, /comment/],
])('%s %j', (part, value, character, cause) => {
  const odd = judgeKey(part, value);
  expect(odd?.character?.english).toMatch(character);
  expect(odd?.cause.english).toMatch(cause);
});

/** The entry of the words that names the cause; undefined for what may be a key. */
const causeOf = (part: KeyPart, value: string): string | undefined =>
  judgeKey(part, value)?.cause.entry;

test.each<[KeyPart, string | undefined, string[]]>([
  [
    'secret',
    'placeholder',
    [
      ...['your', 'YOURKEY', 'your_key', 'your.key', 'insert-key', 'Replace_Me', 'changeme'],
      ...['change_me', 'CHANGE-ME', 'change_me_now', 'access_key', 'access-key', 'secret_key'],
      ...['aws_access_key_id', 'aws-secret-access-key', 'access_key_id', 'secret-access-key-id'],
      ...['abxxxxxxxxcd', 'xxx', '...', '___', '---', 'x.x', 'X'.repeat(3)],
    ],
  ],
  [
    'secret',
    undefined,
    [
      ...['my_your_key', 'your-key-x', 'changeXme', 'change--me', 'myaccess_key', 'access_keys'],
      ...['aws_aws_access_key', 'aws.access_key', 'access.key', 'accesskey', 'axxxxxxxb', 'xx'],
      ...['axx...', '..a', 'awsaccess_key', 'access_accesskey', 'access_key.id', 'access_keyid'],
      ...['some/your_key', 'access-access+key', 'reinsert', 'insert/', 'change+me'],
    ],
  ],
  [
    'id',
    'swapped',
    [
      of(40, 'aB3'),
      of(40, 'Ab'),
      of(40, 'abC'),
      `${of(39, 'A')}b`,
      `${of(39, 'a')}B`,
      'a/b',
      'a+b',
    ],
  ],
  ['id', undefined, [of(39, 'aB3'), of(41, 'aB3'), of(40, 'AB'), of(40, 'ab'), `${of(40, 'aB')}_`]],
  [
    'id',
    'inCapitals',
    [
      ...['aKIATESTPROD0001', 'asiatestprod0001', 'AKIATESTPROD000a', 'AkIaTESTPROD00000001'],
      ...['ASIATESTPRODa0000001'],
    ],
  ],
  [
    'id',
    undefined,
    ['akiatestprod000', 'xakiatestprod00000001', 'akiatestprod00000001_x', 'AKIATESTPROD000B'],
  ],
  [
    'secret',
    'nameInValue',
    [`aws_secret_access_key=${SECRET}`, `export AWS_SECRET_ACCESS_KEY = ${SECRET}`],
  ],
  ['secret', 'idAsSecret', [`AKIA${of(12, 'B2')}`, `ASIA${of(28, 'B2')}`]],
  [
    'secret',
    undefined,
    [
      ...[`AKIA${of(11, 'B2')}`, `AKIA${of(29, 'B2')}`, `xAKIA${of(16, 'B2')}`],
      ...[`AKIA${of(16, 'B2')}x`, `ABIA${of(16, 'B2')}`],
    ],
  ],
])('%s: %s for each of %j', (part, cause, values) => {
  expect(values.map((value) => [value, causeOf(part, value)])).toEqual(
    values.map((value) => [value, cause]),
  );
});

// A secret may hold slashes, so none of these is told as one in an ID's place.
test.each<[string, string[]]>([
  ['encrypted', ['ENC[x', 'enc[x', '$ANSIBLE_VAULT;1', '-----BEGIN x', '{cipher}x']],
  ['reference', ['op://a', 'o://x', 'a:b:', 'vault:kv-2:x', 'o+p-1://x', 'arn:/x', 'ARN:/x']],
  ['template', ['a{{b', 'a{%b', 'a<%b']],
  ['variable', ['$(x)', '${X}', '$X', '$x', '$_', '%AWS_KEY%', '%x%', '`x`', '`x']],
  [
    'placeholder',
    ['<key>', '<>', '[key]', '***', '*', '…', '…x', 'put your key', 'put-your-key!', '!your_x'],
  ],
  [
    'quotes',
    [...'"\'\u2018\u201c\u201f\u00ab\u00bb\u300c\u300d'].flatMap((sign) => [
      `${sign}x`,
      `x${sign}`,
    ]),
  ],
  ['quotes', ['x`', '"x"']],
  ['wrapped', ['a\nb', 'a\rb', 'a \n b']],
  ['comment', ['a #b', 'a\t;b', 'a \uff03b']],
  ['separator', ['a,', 'abc;', 'a/b,']],
  ['csvRow', ['a,b', 'a;b', 'a|b', 'a|', ',', 'a,b,', '|a;']],
  ['fullWidth', ['a\uff21', '\uff01', '\uff5e']],
  [
    'unseen',
    ['a\u200b', 'a\u00adb', 'a\u00a0', 'a\u2000b', 'a\u200ab', 'a\u202fb', '\u3000a', '\ufeffa'],
  ],
  ['bothInOne', [`${of(16, 'A')} ${of(16, 'b')}`, `1${of(20, 'A')}:${of(16, '/')}`]],
  [
    'blankInside',
    ['a b', 'a\tb', `${of(15, 'A')} ${of(16, 'b')}`, `${of(16, 'A')} ${of(15, 'b')}`],
  ],
  ['blankInside', ['x-----BEGIN y']],
  ['promptMark', ['a%', 'a%X%', '%1%', '%%']],
  [
    'copiedWrong',
    [
      ...['xENC[y', 'x$ANSIBLE_VAULT', 'x{cipher}y', 'k:v', '1op://x', '!arn:/y', 'a:_:y', 'a!b'],
      ...['a$X', '$1', '%X%y', '%a', 'a%b', 'a`b', 'a<key>', '<key>a', '[k]a', '***a', 'a***'],
      ...['x…', '!yours', 'a"b', 'a#b', `${of(15, 'A')}:${of(16, 'b')}`, 'aé', 'a[k]', '!op://x'],
      ...['ab:', 'é'],
    ],
  ],
])('%s is the cause of each of %j', (cause, values) => {
  expect(values.map((value) => [value, causeOf('secret', value)])).toEqual(
    values.map((value) => [value, cause]),
  );
});

test('an ID with another sign than a secret’s was not swapped for one', () => {
  expect(causeOf('id', 'a!b')).toBe('copiedWrong');
  expect(causeOf('id', 'a=b')).toBe('swapped');
});

test.each<[string, string]>([
  ['a\rb', english.lineBreak],
  ['a\nb', english.lineBreak],
  ['a b', english.blank],
  ['a\tb', english.blank],
  ['a\u0007', english.unseenCharacter('U+0007')],
  ['a\u000b', english.unseenCharacter('U+000B')],
  ['a\u00a0', english.unseenCharacter('U+00A0')],
  ['a\u200b', english.unseenCharacter('U+200B')],
  ['a\ud800', english.unseenCharacter('U+D800')],
  ['a\u0301', english.unseenCharacter('U+0301')],
  ['a\u{e0001}', english.unseenCharacter('U+E0001')],
  ['a!', '!'],
  ['a~', '~'],
  ['aé', 'é (U+00E9)'],
  ['a鍵', '鍵 (U+9375)'],
  ['a\u{1f511}', '\u{1f511} (U+1F511)'],
])('the first character that no key has in %j is told as %j', (value, told) => {
  expect(judgeKey('secret', value)?.character?.english).toBe(told);
});
