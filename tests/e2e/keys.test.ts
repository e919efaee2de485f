/** `keys`: the long-term key in a store, against strict stand-ins for its program (issue 17, specs 2.3). */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ADMIN_ROLE, ALICE, BOB, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { blocksOf, readPage } from '../support/doc-blocks.ts';
import { useAws } from '../support/aws-cli.ts';
import { testWith } from '../support/needs.ts';
import { quoted } from '../support/quote.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { PROGRAM } from '../support/sandbox.ts';
import { MADE_UP_SESSION, useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';
import {
  STORE_PROGRAMS,
  addOwnStore,
  addStorePrograms,
  storeCalls,
} from '../support/store-programs.ts';

const scene = useScene();

const PROD = { ...ALICE, userName: 'prod' };
const BEFORE = `# mine\n[default]\nregion = eu-west-1\n\n[prod]\n# from the console\n${credentialsOf(PROD).split('\n').slice(1).join('\n')}# kept\noutput = json\n\n[other]\nregion = x\n`;
const AFTER = BEFORE.split('\n')
  .filter((line) => !/^aws_(?:access|secret)/.test(line))
  .join('\n');
const CONFIG = `# settings\n[profile prod]\nregion = us-east-1\nmfa_serial = ${serialOf(ALICE)}\n`;

const SECRET = ALICE.secretAccessKey;

function open(credentials = BEFORE, config = CONFIG): Sandbox {
  const box = scene.box({ credentials, config });
  addStorePrograms(box);
  return box;
}

/** The two settings as they stand in the config file. */
const settingsFor = (store: string, name = 'prod') =>
  new RegExp(
    `^key_store = ${store.replace(/\W/g, '\\$&')}\\ncredential_process = .* keys read ${name}\\n`,
    'm',
  );

const move = (box: Sandbox, store: string, name = 'prod') =>
  box.run(['keys', 'move', name, '--to', store]);

describe.each([...STORE_PROGRAMS, ['own', 'own-store']] as const)('%s', (name, program) => {
  const storeOf = (box: Sandbox) => (name === 'own' ? addOwnStore(box) : name);

  test('the key goes there by stdin, the files lead there, and it comes back', async () => {
    const box = open();
    const store = storeOf(box);
    const moved = await move(box, store);
    expect(moved).toMatchObject({ code: 0, stdout: '' });
    expect(moved.stderr).toMatch(/^mfa-profile: the key of prod is in .*credentials\n/);
    expect(moved.stderr).toContain('keys restore prod');
    expect(moved.stderr).toContain('rotate prod');
    expect(box.readCredentials()).toBe(AFTER);
    const written = /[^\w/.-]/.test(store) && name === 'own' ? quoted(store) : store;
    expect(box.readConfig()).toMatch(settingsFor(written));
    expect(box.readConfig().startsWith(CONFIG)).toBe(true);
    const calls = storeCalls(box);
    expect(new Set(calls.map((call) => call.program))).toEqual(new Set([program]));
    // In hexadecimal for one of them; in none of the arguments in any form.
    const forms = [SECRET, Buffer.from(SECRET).toString('hex')];
    expectNoSecret(
      calls.map(({ words }) => words.join(' ')),
      forms,
    );
    expect(calls.some(({ stdin }) => forms.some((form) => stdin.includes(form)))).toBe(true);
    expectNoSecret(moved, scene.sts.secrets());

    const shown = await box.run(['keys', 'show', 'prod', '--json']);
    const [row] = (JSON.parse(shown.stdout) as { profiles: Record<string, unknown>[] }).profiles;
    expect(row).toMatchObject({
      profile: 'prod',
      store: written,
      access_key_id: ALICE.accessKeyId,
    });
    expect(row!['age_days']).toBe(0);
    expectNoSecret(shown, scene.sts.secrets());
    const read = await box.run(['keys', 'read', 'prod']);
    expect(JSON.parse(read.stdout)).toEqual({
      Version: 1,
      AccessKeyId: ALICE.accessKeyId,
      SecretAccessKey: SECRET,
    });
    expect(read.stderr).toBe('');

    const again = await move(box, store);
    expect(again).toMatchObject({ code: 4 });
    expect(again.stderr).toContain('already');

    const restored = await box.run(['keys', 'restore', 'prod']);
    expect(restored).toMatchObject({ code: 0, stdout: '' });
    expectNoSecret(restored, scene.sts.secrets());
    expect(box.readConfig()).toBe(CONFIG);
    expect(box.readCredentials().split('\n').sort()).toEqual(BEFORE.split('\n').sort());
    expect(JSON.parse(readFileSync(box.path(`${program}.entries`), 'utf8'))).toEqual({});
  });
});

test('every command of this program goes on working, with one question to the store', async () => {
  const box = open();
  await move(box, 'pass');
  const before = storeCalls(box).length;
  const refreshed = await box.run(['refresh', 'prod', '-t', scene.sts.code('alice')]);
  expect(refreshed).toMatchObject({ code: 0 });
  expect(storeCalls(box).length).toBe(before + 1);
  expect(scene.sts.calls[0]).toMatchObject({ accessKeyId: ALICE.accessKeyId });
  expect(box.readCredentials()).toMatch(
    /x_mfa_profile_origin = \S+node .+ keys read prod arn:aws:iam::\d+:mfa\/alice/,
  );
  expect(await box.run(['whoami', 'prod'])).toMatchObject({ code: 0 });
  expect(await box.run(['status', '--check', 'prod'])).toMatchObject({ code: 0 });
  expect(await box.run(['exec', 'prod', '--', 'true'])).toMatchObject({ code: 0 });
  expect(storeCalls(box).length).toBe(before + 1);
  // What the session was got with is the command line: after a restore it is another key's.
  await box.run(['keys', 'restore', 'prod']);
  expect((await box.run(['status', 'prod'])).stdout).toContain('stale');
});

testWith(['aws'], 'aws --profile prod goes on working, and signs with the key', async () => {
  const box = open();
  useAws(box, scene.sts);
  await move(box, 'secret-service');
  const env = { PYENV_VERSION: process.env['PYENV_VERSION'], AWS_EC2_METADATA_DISABLED: 'true' };
  const args = ['sts', 'get-caller-identity', '--profile', 'prod'];
  const { code, stdout, stderr } = await box.exec('aws', args, { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ Arn: 'arn:aws:iam::123456789012:user/alice' });
  expect(scene.sts.calls.at(-1)).toMatchObject({ accessKeyId: ALICE.accessKeyId });
});

describe('what is known before anything is stored', () => {
  const refused = async (box: Sandbox, args: string[], code: number, words: RegExp) => {
    const files = [box.readCredentials(), box.readConfig()];
    const result = await box.run(['keys', ...args]);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(words);
    expectNoSecret(result, [SECRET]);
    expect([box.readCredentials(), box.readConfig()]).toEqual(files);
    expect(storeCalls(box).filter(({ stdin }) => stdin !== '')).toEqual([]);
  };

  test.each([
    [['move', 'prod', '--to', 'nowhere'], 2, /there is no store nowhere[^]*hint: keychain, secret/],
    [['move', 'prod', '--to', 'op'], 2, /did you mean 1password\?/],
    [['move', 'prod', '--to', 'file'], 2, /no store file\n.*hint: .*: mfa-profile keys restore/],
    [['move', 'prod', '--to', 'Pass'], 2, /did you mean pass\?/],
    [['move', 'prod', '--to', './own-store'], 2, /from this folder only/],
    [['move', 'prod'], 2, /needs --to STORE/],
    [['show', 'prod', '--to', 'pass'], 2, /--to is for keys move/],
    [['copy', 'prod'], 2, /unknown action for keys: copy/],
    [[], 2, /keys needs one of: move, show, restore/],
    [['move', 'prod', 'other', '--to', 'pass'], 2, /other/],
    [['move', 'nobody', '--to', 'pass'], 4, /no profile nobody/],
    [['move', 'other', '--to', 'pass'], 4, /other has no access key/],
    [['restore', 'prod'], 4, /was not restored: it was not moved/],
    [['read', 'prod'], 4, /was not read: it was not moved/],
  ] as const)('keys %j', async (args, code, words) => {
    await refused(open(), [...args], code, words);
  });

  const section = (keys: Record<string, string>) =>
    `[prod]\n${Object.entries(keys)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join('')}`;
  const KEY = {
    aws_access_key_id: ALICE.accessKeyId,
    aws_secret_access_key: SECRET,
  };

  test.each<[string, string, string, RegExp]>([
    ['a session', section(MADE_UP_SESSION), CONFIG, /holds a session, not a long-term key/],
    [
      'half a key',
      section({ aws_access_key_id: ALICE.accessKeyId }),
      CONFIG,
      /without aws_secret_access_key/,
    ],
    [
      'a command of the user’s own',
      '[other]\nregion = x\n',
      '[profile prod]\ncredential_process = cat key.json\n',
      /credential_process already: cat key\.json/,
    ],
    [
      'such a command beside a key',
      section(KEY),
      '[profile prod]\ncredential_process = cat key.json\n',
      /credential_process already: cat key\.json/,
    ],
    [
      'a role',
      section(KEY),
      '[profile prod]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = prod\n',
      /role_arn only from the file/,
    ],
    [
      'a role without a key of its own',
      section(KEY).replace('[prod]', '[base]'),
      '[profile prod]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n',
      /role, which has no key of its own\n.*hint: .*: mfa-profile keys move base --to pass\n/,
    ],
    [
      'another key in the config file',
      section(KEY),
      '[profile prod]\naws_access_key_id = AKIAMADEUPOTHERKEY00\naws_secret_access_key = made+up/secret+of+another+key+0000000000\n',
      /config holds another key/,
    ],
    ['a doubled section', section(KEY) + section(KEY), CONFIG, /line 4/],
    ['a doubled section of the config file', section(KEY), CONFIG + CONFIG, /line 5|line 6/],
  ])('%s: exit 4', async (_what, credentials, config, words) => {
    await refused(open(credentials, config), ['move', 'prod', '--to', 'pass'], 4, words);
  });

  test.each([
    ['secret-service', 'secret-tool', /libsecret-tools/],
    ['pass', 'pass', /apt-get install pass/],
    ['1password', 'op', /1password-cli/],
    ['keychain', 'security', /comes with macOS/],
    ['windows', 'powershell.exe', /part of Windows/],
  ])('%s without its program: exit 4, with where it comes from', async (store, program, hint) => {
    const box = scene.box({ credentials: BEFORE, config: CONFIG });
    const env = { PATH: box.path('bin') };
    const result = await box.run(['keys', 'move', 'prod', '--to', store], { env });
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toContain(`needs the program ${program}, which is not on this machine`);
    expect(result.stderr).toMatch(hint);
    expect(box.readCredentials()).toBe(BEFORE);
  });

  test.each(['config', 'credentials'])('%s that is a folder: exit 4 or 7', async (file) => {
    const box = open(BEFORE, CONFIG);
    const env =
      file === 'config'
        ? { AWS_CONFIG_FILE: '/dev/full/config' }
        : { AWS_SHARED_CREDENTIALS_FILE: box.credentialsFile, AWS_CONFIG_FILE: '/proc/config' };
    const result = await box.run(['keys', 'move', 'prod', '--to', 'pass'], { env });
    expect(result.code).toBe(7);
    expect(storeCalls(box)).toEqual([]);
  });
});

describe('what a store does', () => {
  test('that fails is exit 4 with its own words, and the file keeps the key', async () => {
    const box = open();
    writeFileSync(box.path('pass.fails'), `gpg: decryption failed: ${SECRET}\nError: no key`);
    const result = await move(box, 'pass');
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toMatch(/the key of prod cannot be stored: pass: .*Error: no key/);
    expectNoSecret(result, [SECRET]);
    expect([box.readCredentials(), box.readConfig()]).toEqual([BEFORE, CONFIG]);
  });

  test.each([
    ['nothing of the kind', 'echo "{}"'],
    ['another key', `sed s/${ALICE.accessKeyId}/AKIAMADEUPOTHERKEY00/ "$HOME/kept"`],
  ])('that gives back %s is noticed before the file is touched', async (_what, read) => {
    const box = open();
    box.writeFile(
      'bin/liar',
      `#!/bin/sh\ncase $1 in store) cat > "$HOME/kept" ;; read) [ ! -e "$HOME/kept" ] || ${read} ;; esac\n`,
      0o755,
    );
    const result = await move(box, box.path('bin/liar'));
    expect(result).toMatchObject({ code: 4 });
    expect([box.readCredentials(), box.readConfig()]).toEqual([BEFORE, CONFIG]);
  });

  test.each(['head -c 60', 'tr /+= ___'])(
    'that spoilt the key (%s) has nothing of it, and takes it once it works again',
    async (spoil) => {
      const box = open();
      const kept = box.path('kept');
      const store = box.writeFile(
        'bin/spoiling',
        `#!/bin/sh
case $1 in
store) if [ -e "$HOME/bad" ]; then ${spoil}; else cat; fi >"$HOME/kept" ;;
read) [ ! -e "$HOME/kept" ] || cat "$HOME/kept" ;;
delete) rm "$HOME/kept" ;;
esac
`,
        0o755,
      );
      box.writeFile('bad', '');
      expect(await move(box, store)).toMatchObject({ code: 4 });
      expect([box.readCredentials(), box.readConfig()]).toEqual([BEFORE, CONFIG]);
      expect(existsSync(kept)).toBe(false);
      rmSync(box.path('bad'));
      expect(await move(box, store)).toMatchObject({ code: 0 });
      expect(readFileSync(kept, 'utf8')).toContain(SECRET);
    },
  );

  test('something else in the entry is never overwritten either', async () => {
    const box = open();
    writeFileSync(box.path('pass.entries'), JSON.stringify({ 'mfa-profile/prod': 'a note' }));
    const result = await move(box, 'pass');
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toMatch(
      /pass \(mfa-profile\/prod\) holds something other than an access key, .*\n.*hint: remove that entry/,
    );
    expect(readFileSync(box.path('pass.entries'), 'utf8')).toContain('a note');
  });

  test('a role has no key in one: the hint leads to its source', async () => {
    const box = open(
      BEFORE,
      `${CONFIG}[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = prod\n`,
    );
    for (const args of [['show'], ['restore'], ['move', '--to', 'pass']]) {
      const result = await box.run(['keys', ...args, 'admin']);
      expect(result).toMatchObject({ code: 4, stdout: '' });
      expect(result.stderr).toMatch(
        new RegExp(`is a role, which has no key of its own\\n.*hint: .*keys ${args[0]} prod\\b`),
      );
    }
  });

  test('init --from FILE.csv puts no key in front of it', async () => {
    const box = open();
    await move(box, 'pass');
    const before = [box.readCredentials(), box.readConfig()];
    const csv = box.writeFile(
      'prod_accessKeys.csv',
      'Access key ID,Secret access key\nAKIAMADEUPOTHERKEY00,made+up/secret+of+another+key+0000000000\n',
    );
    const result = await box.run(['init', 'prod', '--from', csv]);
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toMatch(/the key of prod is in a store \(pass\), .*rotate prod/);
    expect([box.readCredentials(), box.readConfig()]).toEqual(before);
    expect(existsSync(csv)).toBe(true);
    box.writeConfig(`${CONFIG}credential_process = print-keys\n`);
    const own = await box.run(['init', 'prod', '--from', csv]);
    expect(own).toMatchObject({ code: 4 });
    expect(own.stderr).toContain('comes from credential_process');
    expect(box.readCredentials()).toBe(before[0]);
  });

  test('another key in the entry is never overwritten', async () => {
    const box = open();
    await move(box, 'pass');
    // The same profile of another pair of files.
    box.writeCredentials(BEFORE.replace(ALICE.accessKeyId, 'AKIAMADEUPOTHERKEY00'));
    box.writeConfig(CONFIG);
    const result = await move(box, 'pass');
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toContain(`another key already (${ALICE.accessKeyId})`);
    expect(readFileSync(box.path('pass.entries'), 'utf8')).toContain(ALICE.accessKeyId);
  });

  test('that lost the entry is told, also by refresh', async () => {
    const box = open();
    await move(box, 'pass');
    writeFileSync(box.path('pass.entries'), '{}');
    for (const args of [
      ['keys', 'read', 'prod'],
      ['keys', 'show', 'prod'],
      ['keys', 'restore', 'prod'],
      ['refresh', 'prod', '-t', '123456'],
    ]) {
      const result = await box.run(args);
      expect(result).toMatchObject({ code: 4, stdout: '' });
      expect(result.stderr).toContain('no such entry any more');
    }
    expect(scene.sts.calls).toEqual([]);
  });

  test('that asks this program for the same key is stopped, and not a process more', async () => {
    const box = open();
    const store = addOwnStore(box);
    await move(box, store);
    box.writeFile(
      'bin/own-store',
      '#!/bin/sh\necho x >> "$HOME/rounds"\nmfa-profile keys read prod\n',
      0o755,
    );
    const result = await box.run(['refresh', 'prod', '-t', '123456']);
    expect(result).toMatchObject({ code: 4 });
    expect(readFileSync(box.path('rounds'), 'utf8')).toBe('x\n');
  });
});

describe('a run that was interrupted', () => {
  test('after the store: the same command finishes', async () => {
    const box = open();
    await move(box, 'pass');
    box.writeCredentials(BEFORE);
    box.writeConfig(CONFIG);
    expect(await move(box, 'pass')).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toBe(AFTER);
    expect(storeCalls(box).filter(({ words }) => words[0] === 'insert')).toHaveLength(1);
  });

  test('after the settings: show says so, another store is refused, the same command finishes', async () => {
    const box = open();
    await move(box, 'pass');
    box.writeCredentials(BEFORE);
    const shown = await box.run(['keys', 'show', 'prod']);
    expect(shown.stderr).toContain('to finish that: mfa-profile keys move prod --to pass');
    const other = await move(box, 'secret-service');
    expect(other).toMatchObject({ code: 4 });
    expect(other.stderr).toContain('to finish that: mfa-profile keys move prod --to pass');
    expect(await move(box, 'pass')).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toBe(AFTER);
  });

  test('a restore, after the file, or after the store: the same command finishes', async () => {
    const box = open();
    await move(box, 'pass');
    box.writeCredentials(BEFORE);
    expect(await box.run(['keys', 'restore', 'prod'])).toMatchObject({ code: 0 });
    expect([box.readCredentials(), box.readConfig()]).toEqual([BEFORE, CONFIG]);
    await move(box, 'pass');
    box.writeCredentials(BEFORE);
    writeFileSync(box.path('pass.entries'), '{}');
    expect(await box.run(['keys', 'restore', 'prod'])).toMatchObject({ code: 0 });
    expect([box.readCredentials(), box.readConfig()]).toEqual([BEFORE, CONFIG]);
  });
});

test('node or this program in another place: the line is written anew', async () => {
  const box = open();
  await move(box, 'pass');
  const config = box.readConfig();
  box.writeConfig(config.replace(process.execPath, '/usr/local/old/node'));
  const result = await move(box, 'pass');
  expect(result).toMatchObject({ code: 0 });
  expect(result.stderr).toContain('credential_process was updated');
  expect(box.readConfig()).toBe(config);
});

test.each(['two words', "it's", 'a/b', '山田', '50%', '-odd'])(
  'a profile named %j',
  async (name) => {
    const named = { ...ALICE, userName: name };
    const box = open(credentialsOf(named), '');
    const given = name.startsWith('-') ? [`--profile=${name}`] : [name];
    const moved = await box.run(['keys', 'move', ...given, '--to', 'secret-service']);
    expect(moved).toMatchObject({ code: 0 });
    const [, line] = /credential_process = (.*)/.exec(box.readConfig())!;
    const read = await box.exec('sh', ['-c', line!]);
    expect(read.stdout).toContain(ALICE.accessKeyId);
    expect(await box.run(['keys', 'restore', ...given])).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toBe(credentialsOf(named));
    expect(box.readConfig()).toBe('');
  },
);

test('a key in the config file goes with the write that sets the line', async () => {
  const config = `[profile prod]\n${credentialsOf(PROD).split('\n').slice(1).join('\n')}region = x\n`;
  const box = open('', config);
  expect(await move(box, 'pass')).toMatchObject({ code: 0 });
  expect(box.readConfig()).not.toContain(SECRET);
  expect(await box.run(['keys', 'restore', 'prod'])).toMatchObject({ code: 0 });
  expect(box.readCredentials()).toContain(SECRET);
});

test('another key in the config file by then: the one in the store comes back all the same', async () => {
  const box = open();
  await move(box, 'pass');
  const other = `aws_access_key_id = ${BOB.accessKeyId}\naws_secret_access_key = ${BOB.secretAccessKey}\n`;
  box.writeConfig(box.readConfig() + other);
  expect(await box.run(['keys', 'restore', 'prod'])).toMatchObject({ code: 0 });
  expect(box.readCredentials().split('\n').sort()).toEqual(BEFORE.split('\n').sort());
  expect(box.readConfig()).toBe(CONFIG + other);
});

test('files that were named are named in the line, by whole paths', async () => {
  const box = open('', '');
  const credentials = box.writeFile('my keys', BEFORE);
  const config = box.writeFile('my config', CONFIG);
  const files = ['--credentials-file', 'my keys', '--config-file', 'my config'];
  const result = await box.run(['keys', 'move', 'prod', '--to', 'pass', ...files]);
  expect(result).toMatchObject({ code: 0 });
  expect(readFileSync(credentials, 'utf8')).toBe(AFTER);
  const [, line] = /credential_process = (.*)/.exec(readFileSync(config, 'utf8'))!;
  const read = await box.exec('sh', ['-c', line!], { cwd: '/' });
  expect(read.stdout).toContain(ALICE.accessKeyId);
});

test('--json says what was done; a session’s name means its source', async () => {
  const box = open();
  const moved = await box.run(['keys', 'move', 'prod_token', '--to', 'pass', '--json']);
  expect(JSON.parse(moved.stdout)).toEqual({
    profiles: [
      {
        profile: 'prod',
        action: 'moved',
        store: 'pass',
        entry: 'mfa-profile/prod',
        access_key_id: ALICE.accessKeyId,
      },
    ],
  });
  const restored = await box.run(['keys', 'restore', '--json'], { env: { AWS_PROFILE: 'prod' } });
  expect(JSON.parse(restored.stdout)).toMatchObject({
    profiles: [{ action: 'restored', store: 'pass' }],
  });
  const shown = await box.run(['keys', 'show', 'prod', '--json']);
  expect(JSON.parse(shown.stdout)).toMatchObject({
    profiles: [{ store: 'file', entry: box.credentialsFile, stored: null, age_days: null }],
  });
});

test('the program is started by the paths of this run', async () => {
  const box = open();
  await move(box, 'pass');
  expect(box.readConfig()).toContain('keys read prod');
  const [, line] = /credential_process = (.*)/.exec(box.readConfig())!;
  const words = await box.exec('sh', ['-c', `for word in ${line}; do echo "$word"; done`]);
  expect(words.stdout.split('\n').slice(0, 2)).toEqual([process.execPath, PROGRAM]);
});

describe('doctor', () => {
  const keyStores = async (box: Sandbox, env = {}) => {
    const { stdout } = await box.run(['doctor', 'prod', '--json'], { env });
    const { checks } = JSON.parse(stdout) as {
      checks: { check: string; status: string; message: string; hint: string | null }[];
    };
    return checks.filter(({ check }) => check === 'key-store');
  };

  test('says where the key is, and advises the move with its limits', async () => {
    const box = open();
    const [plain] = await keyStores(box);
    expect(plain).toMatchObject({ status: 'good' });
    expect(plain!.message).toMatch(/the key of prod is in plain text in .*credentials$/);
    expect(plain!.hint).toMatch(
      /not from ones that run as you: mfa-profile keys move prod --to \w/,
    );
    await move(box, 'pass');
    expect(await keyStores(box)).toEqual([
      expect.objectContaining({
        status: 'good',
        message: 'the key of prod is in pass (mfa-profile/prod)',
      }),
    ]);
    const [gone] = await keyStores(box, { PATH: '/nowhere' });
    expect(gone).toMatchObject({ status: 'bad' });
    expect(gone!.message).toContain('needs the program pass, which is not on this machine');
  });

  test('knows an unfinished move, and a program that has moved', async () => {
    const box = open();
    await move(box, 'pass');
    const config = box.readConfig();
    box.writeConfig(config.replace(process.execPath, '/usr/local/old/node'));
    const [moved] = await keyStores(box);
    expect(moved).toMatchObject({ status: 'bad' });
    expect(moved!.message).toContain('/usr/local/old/node, which is not there any more');
    expect(moved!.hint).toContain('mfa-profile keys move prod --to pass');
    box.writeConfig(config);
    box.writeCredentials(BEFORE);
    const [half] = await keyStores(box);
    expect(half).toMatchObject({ status: 'warning' });
    expect(half!.hint).toContain('mfa-profile keys move prod --to pass');
  });
});

test('several at once: the key is moved once, and each says so', async () => {
  const box = open();
  const store = addOwnStore(box);
  const runs = await Promise.all(Array.from({ length: 4 }, () => move(box, store)));
  for (const { code, stderr } of runs) {
    expect(`${code} ${stderr}`).toMatch(/^0 [^]*no longer in|^4 [^]*already/);
  }
  expect(runs.some(({ code }) => code === 0)).toBe(true);
  expect(box.readCredentials()).toBe(AFTER);
  expect(box.readConfig().match(/key_store/g)).toHaveLength(1);
  expect((await box.run(['keys', 'read', 'prod'])).stdout).toContain(ALICE.accessKeyId);
});

test('the default profile, and a role that leans on it', async () => {
  const role = `[profile admin]\nrole_arn = ${ADMIN_ROLE.arn}\nsource_profile = default\n`;
  const named = credentialsOf({ ...ALICE, userName: 'default' });
  const box = open(named, `[default]\nmfa_serial = ${serialOf(ALICE)}\n\n${role}`);
  expect(await box.run(['keys', 'move', '--to', 'pass'])).toMatchObject({ code: 0 });
  expect(box.readConfig()).toMatch(/^\[default\]\nmfa_serial = .*\nkey_store = pass\ncred/);
  for (const duration of ['1h', '2h']) {
    const args = ['--force', '--duration', duration, '-t', await scene.sts.nextCode('alice')];
    expect(await box.run(['refresh', 'admin', ...args])).toMatchObject({ code: 0 });
  }
  expect(scene.sts.callsOf('AssumeRole')).toHaveLength(2);
  expect(await box.run(['keys', 'restore'])).toMatchObject({ code: 0 });
  expect(box.readConfig()).toBe(`[default]\nmfa_serial = ${serialOf(ALICE)}\n\n${role}`);
});

test('the page’s script for gopass is a store', async () => {
  const [script] = blocksOf(readPage('codes-and-keys.md'), 'sh key-store');
  const box = open();
  const file = box.writeFile('bin/aws-keys', script!, 0o755);
  box.writeFile(
    'bin/gopass',
    `#!/bin/sh
case "$*" in
"insert --force --multiline aws-keys/prod") cat > "$HOME/kept" ;;
"ls --flat") [ ! -e "$HOME/kept" ] || echo aws-keys/prod; echo aws-keys/product ;;
"show --password aws-keys/prod") cat "$HOME/kept" ;;
"rm --force aws-keys/prod") rm "$HOME/kept" ;;
*) exit 2 ;;
esac
`,
    0o755,
  );
  expect(await move(box, file)).toMatchObject({ code: 0 });
  expect(box.readCredentials()).toBe(AFTER);
  expect((await box.run(['keys', 'show', 'prod'])).stderr).toContain(ALICE.accessKeyId);
  expect(await box.run(['keys', 'restore', 'prod'])).toMatchObject({ code: 0 });
  expect(existsSync(box.path('kept'))).toBe(false);
});
