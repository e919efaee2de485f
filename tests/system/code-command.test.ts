/** `mfa_process`: what counts as a code, what its failures say, and that nothing of it is left running. */
import { testWith } from '../support/needs.ts';
import { isAlive, until } from '../support/until.ts';
import { quoted } from '../support/quote.ts';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCodeCommand } from '../../src/system/code-command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-code-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const WANTED = {
  profile: 'prod',
  session: 'prod_token',
  serialNumber: 'arn:aws:iam::123456789012:mfa/alice',
};
const quiet = new AbortController().signal;
const run = (command: string, timeLimitMs?: number, interrupt = quiet) =>
  runCodeCommand(command, WANTED, {
    platform: process.platform,
    env: process.env,
    interrupt,
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  });

test.each([
  ['plain', 'echo 012345'],
  ['no line end', 'printf 012345'],
  ['CRLF', String.raw`printf '012345\r\n'`],
  ['a name before it, as ykman prints', 'echo "Amazon Web Services:me@prod  012345"'],
  ['a pipe', 'echo x012345 | tr -d x'],
  ['blanks between the digits', 'echo "012 345"'],
  ['a name before them', 'echo "aws:me@prod  012 345"'],
  ['each digit on its own', 'echo " 0 1 2 3 4 5 "'],
  ['full-width digits', 'echo ０１２３４５'],
  ['full-width, with a full-width blank', 'echo ０１２　３４５'],
  ['quotes', `echo '"012345"'`],
  ['JSON', `echo '{"code": "012345"}'`],
  ['colours', String.raw`printf '\033[1;32m012345\033[0m\n'`],
  ['a title', String.raw`printf '\033]0;codes\007012 345\n'`],
  [
    'what it is told',
    'printf %s "$MFA_PROFILE/$MFA_PROFILE_SESSION/$MFA_SERIAL" | grep -q "^prod/prod_token/arn:aws:iam::123456789012:mfa/alice$" && echo 012345',
  ],
])('%s', async (_name, command) => {
  expect((await run(command)).reveal()).toBe('012345');
});

test.each([
  ['exit 7', 'it ended with status 7'],
  ['no-such-command-anywhere 2>/dev/null', 'it ended with status 127'],
  ['kill -TERM $$', 'SIGTERM ended it'],
  ['echo 1234567', 'there are no six digits in its output'],
  ['echo 12345', 'there are no six digits in its output'],
  ['true', 'there are no six digits in its output'],
  ['echo 123456 654321', 'there is more than one code in its output'],
  ['echo 123 456 789', 'there are no six digits in its output'],
  ['echo 123 456 789 012', 'there are no six digits in its output'],
  ['echo 123456; exit 1', 'it ended with status 1'],
])('%s: %s', async (command, how) => {
  await expect(run(command)).rejects.toMatchObject({
    problem: { kind: 'code-command-failed', session: 'prod', how: { english: how } },
  });
});

/** A shell with a child and a grandchild, none of which minds SIGTERM; their pids in a file. */
function stubbornTree(): { command: string; pids: () => number[] } {
  const file = path.join(folder, 'pids');
  const inner = `trap "" TERM; echo $$ >> ${quoted(file)}; sleep 60; sleep 60`;
  return {
    command: `trap "" TERM; echo $$ >> ${quoted(file)}; sh -c ${quoted(inner)} & sh -c ${quoted(inner)}; echo 123456`,
    pids: () => readFileSync(file, 'utf8').trim().split('\n').map(Number),
  };
}

async function waitForTree(): Promise<void> {
  const file = path.join(folder, 'pids');
  await until(() => existsSync(file) && readFileSync(file, 'utf8').split('\n').length === 4);
}

testWith(['ps'], 'after the time limit the whole tree of processes is gone', async () => {
  const { command, pids } = stubbornTree();
  await expect(run(command, 5000)).rejects.toMatchObject({
    problem: { how: { english: 'it ran longer than 5 s and was ended' } },
  });
  expect(pids()).toHaveLength(3);
  await until(() => !pids().some(isAlive));
});

testWith(['ps'], 'an interruption ends it, too', async () => {
  const { command, pids } = stubbornTree();
  const controller = new AbortController();
  const reason = new Error('interrupted');
  const running = expect(run(command, 60_000, controller.signal)).rejects.toBe(reason);
  await waitForTree();
  controller.abort(reason);
  await running;
  await until(() => !pids().some(isAlive));
});
