/** What AWS and the network say, and the problem that it means; and every problem has words. */
import type { Problem } from '../../src/problems/problem.ts';
import { explain } from '../../src/output/explain.ts';
import { explainFault } from '../../src/problems/faults.ts';
import type { AwsFault, CallContext } from '../../src/problems/faults.ts';

const CALL: CallContext = {
  action: 'GetSessionToken',
  profile: 'prod',
  region: 'eu-west-1',
  serialNumber: 'arn:aws:iam::123456789012:mfa/alice',
  durationSeconds: 43_200,
  codeSent: true,
};
const fault = (changes: Partial<AwsFault>): AwsFault => ({
  kind: 'refused',
  code: 'AccessDenied',
  said: '',
  endpoint: 'https://sts.eu-west-1.amazonaws.com',
  tries: 1,
  skewSeconds: undefined,
  lostBefore: false,
  ...changes,
});
const INVALID = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';
const UNABLE =
  'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.';

test.each<[Partial<AwsFault>, Problem['kind'], number]>([
  [{ said: INVALID }, 'wrong-code', 5],
  // A lost answer, sent again with the same code: the code may have been spent.
  [{ said: INVALID, lostBefore: true }, 'answer-lost', 6],
  [{ said: UNABLE }, 'wrong-serial', 5],
  [{ said: 'Cannot call GetSessionToken with session credentials' }, 'session-keys-as-source', 5],
  [{ said: 'User: x is not authorized to perform: sts:GetSessionToken' }, 'access-denied', 5],
  [{ code: 'AccessDeniedException', said: 'explicit deny' }, 'access-denied', 5],
  [{ code: 'InvalidClientTokenId' }, 'unknown-key', 5],
  [
    { code: 'SignatureDoesNotMatch', said: 'The request signature we calculated' },
    'wrong-secret',
    5,
  ],
  [
    {
      code: 'SignatureDoesNotMatch',
      said: 'Signature expired: 20261120T120000Z is now earlier than',
    },
    'clock',
    5,
  ],
  [{ code: 'SignatureDoesNotMatch', said: 'Signature not yet current: 2026' }, 'clock', 5],
  [{ code: 'RequestExpired' }, 'clock', 5],
  [
    { code: 'ValidationError', said: "Value '1' at 'durationSeconds' failed" },
    'duration-refused',
    5,
  ],
  [{ code: 'ValidationError', said: "Value 'x' at 'serialNumber' failed" }, 'wrong-serial', 5],
  [{ code: 'ValidationError', said: 'something else' }, 'refused', 5],
  [{ code: 'RegionDisabledException' }, 'region-disabled', 5],
  [{ code: 'ExpiredToken' }, 'session-over', 5],
  [{ code: 'MalformedInput', said: 'x' }, 'refused', 5],
  [{ code: 'Unknown', said: 'x' }, 'bad-answer', 6],
  [{ kind: 'throttled', code: 'Throttling', tries: 4 }, 'throttled', 6],
  [{ kind: 'lost', code: 'ECONNRESET' }, 'answer-lost', 6],
  [{ kind: 'timed-out', code: 'read' }, 'timed-out', 6],
  [{ kind: 'timed-out', code: 'connect' }, 'timed-out', 6],
  [{ kind: 'bad-answer', code: 'SyntaxError' }, 'bad-answer', 6],
  [{ kind: 'not-sent', code: 'ENOTFOUND' }, 'unreachable', 6],
  [{ kind: 'not-sent', code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'untrusted-certificate', 6],
  [{ kind: 'not-sent', code: 'CERT_HAS_EXPIRED' }, 'untrusted-certificate', 6],
])('%j is %s, exit %i', (changes, kind, exitCode) => {
  const problem = explainFault(fault(changes), CALL);
  expect(problem.kind).toBe(kind);
  const { exitCode: code, message, hint } = explain(problem);
  expect(code).toBe(exitCode);
  // Lower case, no full stop, and always something to do.
  expect(message).toMatch(/^(?!.*\.$)[^]+$/);
  expect(hint).toMatch(/^(?!.*\.$)[^]+$/);
});

test.each<[Partial<AwsFault>, RegExp]>([
  [{ kind: 'lost', code: 'ECONNRESET' }, /may have been spent/],
  [{ kind: 'timed-out', code: 'read' }, /may have been spent/],
  [{ kind: 'bad-answer', code: 'x' }, /may have been spent/],
])('%j says that the code may be gone, where one was sent', (changes, words) => {
  expect(explain(explainFault(fault(changes), CALL)).hint).toMatch(words);
  const without = explainFault(fault(changes), { ...CALL, codeSent: false });
  expect(explain(without).hint).not.toMatch(words);
});

test('a clock is told by how much and which way', () => {
  const clock = (skewSeconds: number | undefined) =>
    explain({ kind: 'clock', skewSeconds }).message;
  expect(clock(600)).toMatch(/10m ahead of AWS/);
  expect(clock(-7260)).toMatch(/2h 1m behind AWS/);
  expect(clock(undefined)).toMatch(/clock is off/);
});
