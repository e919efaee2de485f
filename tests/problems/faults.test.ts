/** What AWS and the network say, and the problem that it means; and every problem has words. */
import type { Problem } from '../../src/problems/problem.ts';
import { explain } from '../../src/output/explain.ts';
import { AwsFaultError, explainFault, isAwsFault } from '../../src/problems/faults.ts';
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

const AT = 'https://sts.eu-west-1.amazonaws.com';
const SERIAL = 'arn:aws:iam::123456789012:mfa/alice';
const PROXY = { proxy: 'http://p:1', variable: 'https_proxy', code: 'HTTP 407' };

test.each<[Partial<AwsFault>, Partial<CallContext>, Problem]>([
  [
    { kind: 'throttled', code: 'x', tries: 4, waitSeconds: 90 },
    {},
    { kind: 'throttled', endpoint: AT, tries: 4, waitSeconds: 90 },
  ],
  [
    { kind: 'timed-out', code: 'connect' },
    {},
    { kind: 'timed-out', endpoint: AT, phase: 'connect', codeSent: true },
  ],
  [
    { kind: 'timed-out', code: 'read' },
    { codeSent: false },
    { kind: 'timed-out', endpoint: AT, phase: 'read', codeSent: false },
  ],
  [
    { kind: 'lost', code: 'EPIPE' },
    { codeSent: false },
    { kind: 'answer-lost', endpoint: AT, code: 'EPIPE', codeSent: false },
  ],
  [
    { kind: 'bad-answer', code: 'c', said: 's', what: 'w' },
    {},
    { kind: 'bad-answer', endpoint: AT, what: 'w', codeSent: true },
  ],
  [
    { kind: 'bad-answer', code: 'c', said: 's' },
    {},
    { kind: 'bad-answer', endpoint: AT, what: 's', codeSent: true },
  ],
  [
    { kind: 'bad-answer', code: 'c' },
    {},
    { kind: 'bad-answer', endpoint: AT, what: 'c', codeSent: true },
  ],
  [{ kind: 'not-sent', code: 'E', proxy: PROXY }, {}, { kind: 'proxy-failed', ...PROXY }],
  [
    { kind: 'not-sent', code: 'E', proxy: { ...PROXY, code: 'CERT_HAS_EXPIRED' } },
    {},
    { kind: 'untrusted-certificate', endpoint: 'http://p:1', code: 'CERT_HAS_EXPIRED' },
  ],
  [{ kind: 'not-sent', code: 'E' }, {}, { kind: 'unreachable', endpoint: AT, code: 'E' }],
  [
    { code: 'UnrecognizedClientException' },
    { signer: 'base', session: 'base_token' },
    { kind: 'unknown-key', profile: 'base', region: 'eu-west-1', session: 'base_token' },
  ],
  [
    { code: 'InvalidClientTokenId' },
    {},
    { kind: 'unknown-key', profile: 'prod', region: 'eu-west-1', session: undefined },
  ],
  [
    { code: 'SignatureDoesNotMatch', said: 'x Signature expired' },
    { signer: 'base' },
    { kind: 'wrong-secret', profile: 'base' },
  ],
  [
    { code: 'SignatureDoesNotMatch', said: 'Signature expired', skewSeconds: 7 },
    {},
    { kind: 'clock', skewSeconds: 7 },
  ],
  [{ code: 'RequestTimeTooSkewed', skewSeconds: 8 }, {}, { kind: 'clock', skewSeconds: 8 }],
  [{ code: 'RequestExpired', skewSeconds: 9 }, {}, { kind: 'clock', skewSeconds: 9 }],
  [{ code: 'RegionDisabledException' }, {}, { kind: 'region-disabled', region: 'eu-west-1' }],
  [{ code: 'ExpiredToken' }, { signer: 'base' }, { kind: 'session-over', profile: 'base' }],
  [{ code: 'ExpiredTokenException' }, {}, { kind: 'session-over', profile: 'prod' }],
  [
    { code: 'ValidationError', said: 'Duration too long' },
    { codeSent: false },
    {
      ...{ kind: 'duration-refused', profile: 'prod', seconds: 43_200 },
      ...{ said: 'Duration too long', codeSent: false },
    },
  ],
  [
    { code: 'ValidationError', said: 'Duration too long' },
    { durationSeconds: undefined },
    {
      kind: 'refused',
      action: 'GetSessionToken',
      name: 'ValidationError',
      said: 'Duration too long',
    },
  ],
  [
    { code: 'ValidationError', said: "at 'serialNumber' failed" },
    {},
    { kind: 'wrong-serial', profile: 'prod', serial: SERIAL },
  ],
  [
    { code: 'ValidationError', said: "at 'serialNumber' failed" },
    { serialNumber: undefined },
    {
      ...{ kind: 'refused', action: 'GetSessionToken', name: 'ValidationError' },
      said: "at 'serialNumber' failed",
    },
  ],
  [
    { code: 'Unknown', said: 'a page' },
    {},
    { kind: 'bad-answer', endpoint: AT, what: 'a page', codeSent: true },
  ],
  [
    { code: 'UnknownError', said: 'a page' },
    { codeSent: false },
    { kind: 'bad-answer', endpoint: AT, what: 'a page', codeSent: false },
  ],
  [
    { code: 'Odd', said: 'x' },
    { action: 'AssumeRole' },
    { kind: 'refused', action: 'AssumeRole', name: 'Odd', said: 'x' },
  ],
  [
    { said: INVALID.toUpperCase(), lostBefore: true },
    {},
    { kind: 'answer-lost', endpoint: AT, code: 'retried', codeSent: true },
  ],
  [{ said: INVALID }, {}, { kind: 'wrong-code', profile: 'prod' }],
  [
    { said: 'Unable to validate MFA code' },
    {},
    { kind: 'wrong-serial', profile: 'prod', serial: SERIAL },
  ],
  [
    { said: 'the MFA serial number' },
    { serialNumber: undefined },
    { kind: 'wrong-serial', profile: 'prod', serial: '' },
  ],
  [
    { said: 'Cannot call it with Session Credentials' },
    {},
    { kind: 'session-keys-as-source', profile: 'prod' },
  ],
  [
    { said: 'no' },
    { action: 'AssumeRole' },
    { kind: 'access-denied', action: 'AssumeRole', said: 'no' },
  ],
  [
    { said: 'no', code: 'AccessDeniedException' },
    { withoutMfa: true, signer: 'base' },
    { kind: 'access-denied', action: 'GetSessionToken', said: 'no', deviceless: 'base' },
  ],
  [
    { said: 'no' },
    { withoutMfa: true },
    { kind: 'access-denied', action: 'GetSessionToken', said: 'no', deviceless: 'prod' },
  ],
])('%j in %j is %j', (changes, call, problem) => {
  expect(explainFault(fault(changes), { ...CALL, ...call })).toEqual(problem);
});

test.each([
  ['CERT_HAS_EXPIRED', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['SELF_SIGNED_CERT_IN_CHAIN', true],
  ['UNABLE_TO_GET_ISSUER_CERT', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', true],
  ['HOSTNAME_MISMATCH', true],
  ['INVALID_CA', true],
  ['UNABLE_TO_X', false],
  ['ERR_TLS_HANDSHAKE', false],
  ['X_CERT_HAS_EXPIRED', false],
  ['ECONNREFUSED', false],
])('%s is about a certificate: %s', (code, isCertificate) => {
  for (const proxy of [undefined, { ...PROXY, code }]) {
    const { kind } = explainFault(fault({ kind: 'not-sent', code, ...(proxy && { proxy }) }), CALL);
    expect(kind === 'untrusted-certificate').toBe(isCertificate);
  }
});

test('a fault of AWS is told by its name, whatever bundle threw it', () => {
  const error = new AwsFaultError(fault({ code: 'Odd' }));
  expect([isAwsFault(error), error.message]).toEqual([true, 'Odd']);
  expect(isAwsFault(Object.assign(new Error('x'), { name: 'AwsFaultError', fault: {} }))).toBe(
    true,
  );
  expect(isAwsFault(Object.assign(new Error('x'), { name: 'AwsFaultError' }))).toBe(false);
  expect(isAwsFault(Object.assign(new Error('x'), { fault: {} }))).toBe(false);
  expect(isAwsFault({ name: 'AwsFaultError', fault: {} })).toBe(false);
});
