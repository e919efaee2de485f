/** The secrets sweep: every command against servers that echo what they were sent, and no secret anywhere. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { ECHOES, answering, startHostile } from '../../fixtures/sts/hostile.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { MADE_UP_SESSION, configOf, hoursAhead, sessionText } from '../support/scene.ts';
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
];

/** What calls nobody: the same at every server. */
const LOCAL_LINES = [
  ['status', '--json', '--debug'],
  ['status', '--check', 'alice', '--debug'],
  ['clear', 'alice', '--debug'],
  ['hook', 'bash', '--profile', 'alice', '--debug'],
  ['schedule', 'cron', '--debug'],
  ['schedule', 'systemd', '--debug'],
  ['completion', 'bash', '--debug'],
];

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
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/dev/null' },
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
