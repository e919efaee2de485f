/**
 * One failure for all: whoever waits for a session while another program's attempt fails gets that
 * failure, and does not ask and call in vain once more. It goes by a note in the store
 * (`leaveNote`), without secrets, to those that waited already and would try the same.
 */
import { createHash, createHmac } from 'node:crypto';
import { isFailure } from '../problems/problem.ts';
import type { Problem, ProblemKind } from '../problems/problem.ts';
import { quotedIn } from '../output/printable.ts';
import type { Store } from '../world.ts';
import type { Attempt, Renewal, RunContext } from './context.ts';
import { requestOf } from './exchange.ts';
import type { Exchange } from './exchange.ts';

/** The same whatever the code is. */
const OF_THE_CALL: readonly ProblemKind[] = [
  ...(['wrong-serial', 'session-keys-as-source', 'unknown-key', 'wrong-secret'] as const),
  ...(['clock', 'duration-refused', 'region-disabled', 'access-denied', 'refused'] as const),
  ...(['bad-proxy', 'proxy-failed', 'unreachable', 'untrusted-certificate'] as const),
  ...(['timed-out', 'answer-lost', 'throttled', 'bad-answer'] as const),
];
/** The same for all whose code comes from the same place. */
const OF_THE_CODE: readonly ProblemKind[] = ['wrong-code', 'code-command-failed', 'interrupted'];

/** How an exchange is tried, told apart from others. */
export async function attemptOf(exchange: Exchange, context: RunContext): Promise<Attempt> {
  const { connection, device, durationSeconds, profile } = exchange;
  const { endpoint, connectTimeoutMs, readTimeoutMs } = connection;
  const role =
    exchange.kind === 'role'
      ? [exchange.roleArn, exchange.externalId, exchange.roleSessionName, exchange.sourceName]
      : [];
  const keys = keysOf(exchange);
  const call = [
    ...[profile.name, keys?.accessKeyId, device, durationSeconds, ...role],
    ...[endpoint.url, connection.region, connectTimeoutMs, readTimeoutMs],
  ];
  const source = await codeSource(exchange, context);
  // Keyed by the secret key: a code that was hashed without could be found by trying a million.
  const hide = (value: unknown): string =>
    (keys ? createHmac('sha256', keys.secretAccessKey.reveal()) : createHash('sha256'))
      .update(JSON.stringify(value))
      .digest('hex');
  return { call: hide(call), code: keys && source && hide(source) };
}

function keysOf(exchange: Exchange) {
  if (exchange.kind === 'session-token') return exchange.keys;
  return exchange.signer.kind === 'session' ? undefined : exchange.signer.keys;
}

/** Undefined for a code that nobody else gets, such as one from stdin. */
async function codeSource(
  exchange: Exchange,
  { settings, world }: RunContext,
): Promise<readonly string[] | undefined> {
  const { tokenCode, mfaProcess, mayPrompt, prompt } = settings.session;
  if (tokenCode === 'stdin') return undefined;
  if (tokenCode) return ['code', tokenCode.reveal()];
  const command = mfaProcess ?? commandOf(exchange);
  if (command) return ['command', command];
  const way = prompt ?? requestOf(exchange)?.prompt ?? 'terminal';
  if (!mayPrompt || way === 'none') return undefined;
  const atTerminal = way === 'window' ? undefined : await world.askingPlace('terminal');
  const place = atTerminal ?? (way === 'terminal' ? undefined : await world.askingPlace('window'));
  return place === undefined ? undefined : ['person', place];
}

function commandOf(exchange: Exchange): string | undefined {
  const isCoded = exchange.kind === 'role' && exchange.signer.kind === 'code';
  return isCoded
    ? exchange.signer.request.mfaProcess
    : exchange.profile.settings.get('mfa_process');
}

/** Leaves a failure for those who wait, if it is theirs as well. */
export function shareFailure(
  error: unknown,
  { target, attempt }: Renewal,
  store: Store,
  { settings, world }: RunContext,
): void {
  if (!isFailure(error)) return;
  const { problem } = error;
  // A signal is for one program; Ctrl-C at the question is an answer to all that ask there.
  if (problem.kind === 'interrupted' && (world.interrupt.aborted || problem.signal !== 'SIGINT')) {
    return;
  }
  if (!isShared(problem, attempt, attempt)) return;
  const text = JSON.stringify({ attempt, problem: quotedIn(problem) });
  store.leaveNote(settings.files.credentials, target.sessionName, text);
}

export function forgetFailure({ target }: Renewal, store: Store, { settings }: RunContext): void {
  store.leaveNote(settings.files.credentials, target.sessionName, undefined);
}

/** What the same attempt has failed with elsewhere while this one waited. */
export function sharedProblem(
  { target, attempt }: Renewal,
  store: Store,
  { settings, since }: RunContext,
): Problem | undefined {
  const note = store.readNote(settings.files.credentials, target.sessionName);
  if (!note || note.written < since) return undefined;
  try {
    const left = JSON.parse(note.text) as { attempt: Attempt; problem: Problem };
    return isShared(left.problem, left.attempt, attempt) ? left.problem : undefined;
  } catch {
    return undefined;
  }
}

function isShared({ kind }: Problem, theirs: Attempt, ours: Attempt): boolean {
  if (theirs.call !== ours.call) return false;
  if (OF_THE_CALL.includes(kind)) return true;
  return OF_THE_CODE.includes(kind) && ours.code !== undefined && theirs.code === ours.code;
}
