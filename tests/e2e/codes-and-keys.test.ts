/** docs/codes-and-keys.md and docs/teams.md, run: each line against a stand-in for its program; see also real-programs.test.ts. */
import { readFileSync } from 'node:fs';
import { ADMIN_ROLE, ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { blocksOf, readPage } from '../support/doc-blocks.ts';
import { quoted } from '../support/quote.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';

const scene = useScene();

const PAGE = readPage('codes-and-keys.md');
const DEVICE = `[profile prod]\nmfa_serial = ${serialOf(ALICE)}\n`;
const SEED = 'MADEUPSEEDOFNOBODY';
const RECORD = 'echo "${0##*/} $*" >> "$HOME/calls"\n';

/** What each program does with the arguments of the page; anything else is its error. */
const PROGRAMS: Record<string, string> = {
  ykman: '[ "$*" = "oath accounts code --single prod" ] || exit 2\necho "prod  $(code)"',
  op: 'case "$*" in\n"item get AWS prod --otp") code;;\n"document get AWS key prod") cat "$HOME/key.json";;\n*) exit 2;;\nesac',
  pass: 'case "$*" in\n"otp aws/prod") code;;\n"show aws/prod-key") cat "$HOME/key.json";;\n*) exit 2;;\nesac',
  'secret-tool': `case "$*" in\n"lookup mfa prod") printf ${SEED};;\n"lookup aws prod") cat "$HOME/key.json";;\n*) exit 2;;\nesac`,
  oathtool: `[ "$*" = "--totp --base32 -" ] && [ "$(cat)" = ${SEED} ] || exit 2\ncode`,
  zenity: `case "$*" in *"Code for prod (${serialOf(ALICE)})"*) code;; *) exit 2;; esac`,
  kdialog: `case "$*" in *"--inputbox Code for prod (${serialOf(ALICE)})"*) code;; *) exit 2;; esac`,
  osascript: 'eval "last=\\${$#}"\n[ "$last" = prod ] || exit 2\ncode',
  pinentry:
    'echo "OK Pleased to meet you"\nwhile read -r line; do case $line in GETPIN) echo "D $(code)";; esac; echo OK; done',
  security: '[ "$*" = "find-generic-password -s aws-prod -w" ] || exit 2\ncat "$HOME/key.json"',
  'aws-vault':
    '[ "$*" = "export --no-session --format=json prod" ] || exit 2\ncat "$HOME/key.json"',
};

function open(settings: string, credentials: string): Sandbox {
  const box = scene.box({ credentials, config: `${DEVICE}${settings}` });
  box.writeFile('bin/code', `#!/bin/sh\nexec ${scene.sts.codeCommand('alice')}\n`, 0o755);
  for (const [name, text] of Object.entries(PROGRAMS)) {
    box.writeFile(`bin/${name}`, `#!/bin/sh\n${RECORD}${text}\n`, 0o755);
  }
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = ALICE;
  box.writeFile('key.json', JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
  return box;
}

const programOf = (line: string) =>
  Object.keys(PROGRAMS).find((name) => line.includes(` ${name} `))!;
const named = (info: string) =>
  blocksOf(PAGE, info).map((line) => [programOf(line), line] as const);

test('every program has its line', () => {
  const programs = [...named('ini mfa_process'), ...named('ini credential_process')];
  expect(new Set(programs.map(([program]) => program)).size).toBe(Object.keys(PROGRAMS).length - 1);
});

describe('mfa_process', () => {
  test.each(named('ini mfa_process'))('%s', async (program, line) => {
    const box = open(line, credentialsOf({ ...ALICE, userName: 'prod' }));
    const result = await box.run(['refresh', 'prod']);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    const calls = readFileSync(box.path('calls'), 'utf8');
    expect(calls).toMatch(new RegExp(`^${program} `, 'm'));
    expectNoSecret({ ...result, stdout: calls }, [...scene.sts.secrets(), SEED]);
    // A valid session asks nobody.
    expect(await box.run(['refresh', 'prod'])).toMatchObject({ code: 0 });
    expect(readFileSync(box.path('calls'), 'utf8')).toBe(calls);
  });

  test('a window that is closed is exit 3, with nothing sent', async () => {
    const [, line] = named('ini mfa_process').find(([program]) => program === 'zenity')!;
    const box = open(line, credentialsOf({ ...ALICE, userName: 'prod' }));
    box.writeFile('bin/zenity', '#!/bin/sh\nexit 1\n', 0o755);
    expect(await box.run(['refresh', 'prod'])).toMatchObject({ code: 3 });
    expect(scene.sts.calls).toEqual([]);
  });
});

describe('credential_process', () => {
  test.each(named('ini credential_process'))('%s', async (program, line) => {
    const box = open(line, '');
    const result = await box.run(['refresh', 'prod', '-t', scene.sts.code('alice')]);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    const calls = readFileSync(box.path('calls'), 'utf8');
    expect(calls).toMatch(new RegExp(`^${program} `));
    expect(calls.trim().split('\n')).toHaveLength(1);
    expectNoSecret({ ...result, stdout: calls }, scene.sts.secrets());
    expect(box.readCredentials()).not.toContain(ALICE.secretAccessKey);
  });
});

describe('teams', () => {
  const TEAM = readPage('teams.md');
  const [config] = blocksOf(TEAM, 'ini');
  const [variables, ci] = blocksOf(TEAM, 'bash');

  test('one config file without a person in it, and the device by the environment', async () => {
    const box = scene.box({
      credentials: credentialsOf({ ...ALICE, userName: 'prod' }),
      config: '',
    });
    const shared = box.writeFile('aws-config', config!.replaceAll('role/read', 'role/admin'));
    const lines = variables!.replace('/srv/shared/aws-config', quoted(shared));
    const script = `${lines}\nmfa-profile refresh prod-read -t "$CODE"`;
    const env = { USER: 'alice', CODE: scene.sts.code('alice') };
    expect(await box.exec('sh', ['-c', script], { env })).toMatchObject({ code: 0 });
    const code = await scene.sts.nextCode('alice');
    const long = `${lines}\nmfa-profile refresh prod-admin -t "$CODE"; mfa-profile refresh prod-admin prod-read prod`;
    expect(await box.exec('sh', ['-c', long], { env: { ...env, CODE: code } })).toMatchObject({
      code: 0,
    });
    expect(
      scene.sts.calls.map(({ action, params }) => [action, params['DurationSeconds']]),
    ).toEqual([
      ['GetSessionToken', '43200'],
      ['AssumeRole', '3600'],
      ['AssumeRole', '28800'],
    ]);
    expect(scene.sts.calls[1]!.params['RoleArn']).toBe(ADMIN_ROLE.arn);
  });

  test('the policy is one', () => {
    const policy = JSON.parse(blocksOf(TEAM, 'json')[0]!) as { Statement: unknown[] };
    expect(policy.Statement).toHaveLength(2);
  });

  test('CI never waits for anybody', async () => {
    const box = scene.box({
      credentials: credentialsOf({ ...ALICE, userName: 'prod' }),
      config: DEVICE,
    });
    const none = await box.exec('sh', ['-c', ci!]);
    expect(none).toMatchObject({ code: 3 });
    expect(none.stdout).toContain('mfa-profile refresh prod');
    await box.run(['refresh', 'prod', '-t', scene.sts.code('alice')]);
    const deployed = await box.exec('sh', ['-c', ci!]);
    expect(deployed).toMatchObject({ code: 0 });
    expect(deployed.stdout).toMatch(/deploying as ASIA/);
  });
});
