/** The secrets sweep: every command against servers that echo what they were sent, and no secret anywhere. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { ECHOES, answering, httpAnswer, startHostile } from '../../fixtures/sts/hostile.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { MADE_UP_SESSION, configOf, hoursAhead, sessionText, useScene } from '../support/scene.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { having } from '../support/needs.ts';
import { expectNoSecret } from '../support/secrets.ts';

const CODE = '918273';
const SECRETS = [
  CODE,
  ALICE.secretAccessKey,
  MADE_UP_SESSION.aws_secret_access_key,
  MADE_UP_SESSION.aws_session_token,
  'madeUpTokenOfTheHostileServer==',
  'made+up/secret+of+the+hostile+server0000',
];

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const LINES = [
  ['refresh', 'alice', '--force', '-t', CODE, '--debug'],
  ['refresh', 'alice', '--force', '-t', CODE, '--json'],
  ['refresh', 'alice', '--force', '--tell-once', '--notify', '-t', CODE],
  ['whoami', 'alice', '--debug'],
  ['whoami', 'alice', '--json'],
  ['doctor', 'alice', '--debug'],
  ['doctor', 'alice', '--json'],
  ['init', 'alice', '--no-prompt', '-t', CODE],
  ['refresh', 'admin', '--debug'],
  ['credential-process', 'admin'],
  ['env', 'admin', '--format', 'json'],
  ['exec', 'admin', '--', 'true'],
  ['doctor', 'alice', '--fix', '--debug'],
  ['refresh', '--all', '--force', '-t', CODE, '--debug'],
  ['credential-process', 'alice', '--force', '--token-code', CODE],
  ['exec', 'alice', '--force', '-t', CODE, '--debug', '--', 'true'],
  ['whoami', 'admin', '--debug'],
  ['console', 'admin', '--print', '--debug'],
  ['rotate', 'alice', '--delete', '--debug'],
  ['rotate', 'alice', '--json', '--force', '-t', CODE],
];

/** What calls nobody: the same at every server. */
const LOCAL_LINES = [
  ['keys', 'show', 'alice', '--json', '--debug'],
  ['keys', 'move', 'alice', '--to', 'false --', '--debug'],
  ['status', '--json', '--debug'],
  ['status', '--check', 'alice', '--debug'],
  ['clear', 'alice', '--debug'],
  ['status', 'alice', 'admin'],
  ...['bash', 'zsh', 'fish', 'powershell'].flatMap((shell) => [
    ['hook', shell, '--profile', 'alice', '--debug'],
    ['completion', shell, '--debug'],
  ]),
  ...['cron', 'systemd', 'launchd', 'windows'].map((name) => ['schedule', name, '--debug']),
  ['schedule', 'systemd', '--install', '--debug'],
  ['env', '--unset', '--debug'],
  ['clear', '--all', '--debug'],
];

test('every command is swept', () => {
  const swept = new Set([...LINES, ...LOCAL_LINES].map(([command]) => command));
  expect([...swept].sort()).toEqual(COMMANDS.map(({ name }) => name as string).sort());
});

/** Every file of the home folder but the credentials themselves. */
function filesOf(folder: string, box: Sandbox): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return filesOf(file, box);
    return file === box.credentialsFile ? [] : [readFileSync(file, 'utf8')];
  });
}

/** Two dozen runs of the program one after another: 4 s where a machine has nothing else to do. */
const LIMIT_MS = 600_000;

test.each(Object.entries(ECHOES))(
  'an echo %s',
  async (how, echo) => {
    const server = await startHostile(answering(echo));
    const credentials =
      credentialsOf(ALICE) +
      `\n${sessionText('alice_token', { x_security_token_expires: hoursAhead(5) })}`;
    const box = makeSandbox({
      credentials,
      config: `${configOf(ALICE)}\n[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = alice\n`,
      sts: server,
      env: {
        DBUS_SESSION_BUS_ADDRESS: 'unix:path=/dev/null',
        AWS_ENDPOINT_URL_SIGNIN: server.endpoint,
      },
    });
    closers.push(
      () => server.close(),
      () => box.cleanup(),
    );
    box.writeFile('bin/notify-send', '#!/bin/sh\nprintf "%s\\n" "$@" >> "$HOME/notified"\n', 0o755);
    const lines = how === 'as ValidationError' ? [...LINES, ...LOCAL_LINES] : LINES;
    for (const args of lines) {
      box.writeCredentials(credentials);
      const { stdout, stderr, code } = await box.run(args);
      expect(code).not.toBe(1);
      // What a command is for may hold the session that it got.
      const isProduct = code === 0 && /^(?:env|credential-process)$/.test(args[0]!);
      expectNoSecret(isProduct ? stderr : [stdout, stderr], SECRETS);
      expect(`${stdout}${stderr}`.length).toBeLessThan(20_000);
    }
    expectNoSecret(filesOf(box.home, box), SECRETS);
  },
  LIMIT_MS,
);

const SPELLINGS: Record<string, (text: string) => string> = {
  hex: (text) => Buffer.from(text).toString('hex'),
  'full-width letters': (text) =>
    [...text].map((each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0)).join(''),
  'escapes of JSON': (text) =>
    [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
};

test.each(Object.entries(SPELLINGS))('an echo in %s', async (_how, spell) => {
  const server = await startHostile(
    answering(({ text }) => {
      const [, sent = ''] = /(?:TokenCode=|security-token: )([^\s&]+)/i.exec(text) ?? [];
      const message = `<Message>it begins: ${spell(sent)} and ends</Message>`;
      return httpAnswer(
        403,
        `<ErrorResponse><Error><Code>MadeUpCode</Code>${message}</Error></ErrorResponse>`,
      );
    }),
  );
  const session = sessionText('alice_token', { x_security_token_expires: hoursAhead(5) });
  const box = makeSandbox({
    credentials: `${credentialsOf(ALICE)}\n${session}`,
    config: configOf(ALICE),
    sts: server,
  });
  closers.push(
    () => server.close(),
    () => box.cleanup(),
  );
  for (const args of [
    ['refresh', 'alice', '--force', '-t', CODE, '--json'],
    ['whoami', 'alice', '--debug'],
  ]) {
    const { stdout, stderr } = await box.run(args);
    expect(stdout + stderr).toMatch(/it begins: \[secret\]\S{0,12} and ends/);
    expectNoSecret([stdout, stderr], SECRETS.map(spell));
  }
});

describe.each([
  ['a secret key', 'Zq9xY7kP2mB+4nV8cL1dR5tH3jF6gS0aW/eU9iQo'],
  ['a secret key in small letters', 'zq9xy7kp2mb4nv8cl1dr5th3jf6gs0awweu9iqo7'],
  ['a token', `IQoJb3JpZ2luX2Vj${'Xq7/Zk2+'.repeat(12)}==`],
])('%s as a name', (_what, secret) => {
  const server = useScene();
  const sections = [
    credentialsOf(ALICE),
    sessionText(secret, { x_security_token_expires: hoursAhead(5), manager: 'mfa-profile' }),
    `[${secret}x]\naws_access_key_id = AKIAMADEUPKEY0000000\naws_secret_access_key = x\n`,
  ];
  const config = [
    `${configOf(ALICE)}session_profile = ${secret}`,
    '[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin',
    `source_profile = ${secret}\nservices = ${secret}`,
    `[profile ${secret}x]\nmfa_serial = arn:aws:iam::123456789012:mfa/x\n`,
  ];

  test.each([
    [['status']],
    [['status', '--json']],
    [['status', 'alice']],
    [['status', 'alice', '--json', '--debug']],
    [['refresh', 'alice', '--json', '--debug']],
    [['refresh', '--all', '--json', '--no-prompt']],
    [['refresh', 'admin', '--no-prompt']],
    [['refresh', 'bobb', '--json']],
    [['whoami', 'alice', '--json']],
    [['doctor']],
    [['doctor', '--json']],
    [['clear', '--all']],
    [['init', '--no-prompt']],
    [['completion', 'bash', '--', 'status', '']],
    [['completion', 'fish', '--', 'refresh', '--session-profile', '']],
  ])('%j', async (args) => {
    const box = server.box({ credentials: sections.join('\n'), config: config.join('\n') });
    const run = await box.run(args);
    expect(run.code).not.toBe(1);
    expectNoSecret(run, [secret]);
    expect(run.stdout + run.stderr).not.toBe('');
  });
});

test('a name that only what the section holds tells to be a secret', async () => {
  const secret = MADE_UP_SESSION.aws_secret_access_key;
  const box = makeSandbox({ credentials: sessionText(secret, { manager: 'mfa-profile' }) });
  closers.push(() => box.cleanup());
  const run = await box.run(['clear', '--all']);
  expectNoSecret(run, [secret]);
  expect(run.stderr).toContain('removed [[secret]] from');
});

describe('on a terminal', () => {
  const SESSION = sessionText('alice_token', { x_security_token_expires: hoursAhead(5) });
  const ENTER = '\r';
  /** What is run, and what a person answers to what is asked. */
  const TALKS: [string, string[], [RegExp, string][], string | undefined][] = [
    [
      'a prompt for a code',
      ['refresh', 'alice', '--force'],
      [[/MFA code/, CODE + ENTER]],
      undefined,
    ],
    [
      'a key typed in',
      ['init', 'new'],
      [
        [/access key ID/, ALICE.accessKeyId + ENTER],
        [/secret access key/, ALICE.secretAccessKey + ENTER],
      ],
      '',
    ],
    ['whoami', ['whoami', 'alice', '--debug'], [], undefined],
    ['doctor', ['doctor', 'alice', '--debug'], [], undefined],
    ['a table that is watched', ['status', '--watch'], [[/alice_token +valid/, 'q']], undefined],
    ['a shell', ['exec', 'alice', '--debug'], [[/[$#] /, `exit${ENTER}`]], undefined],
    [
      'a first session',
      ['refresh', 'alice', '--debug'],
      [[/MFA code/, CODE + ENTER]],
      credentialsOf(ALICE),
    ],
  ];
  having('pty').test.each(TALKS)('%s', async (_what, args, answers, credentials) => {
    const server = await startHostile(answering(ECHOES['as another code']));
    const box = makeSandbox({
      credentials: credentials ?? `${credentialsOf(ALICE)}\n${SESSION}`,
      config: configOf(ALICE),
      sts: server,
    });
    closers.push(
      () => server.close(),
      () => box.cleanup(),
    );
    const pty = box.openPty(args, { cols: 200 });
    for (const [question, answer] of answers) {
      await pty.waitFor(question);
      pty.type(answer);
    }
    // A code that was refused may be typed again.
    const ended = pty.exit.then(() => 'ended');
    const asked = pty.waitFor(/tries left/).then(() => pty.key('ctrl-c'));
    await Promise.race([ended, asked.catch(() => ended)]);
    await ended;
    expectNoSecret([pty.output, pty.screen, ...filesOf(box.home, box)], SECRETS);
  });
});
