/** What a call to AWS came back with when it failed, and the problem that it means. */
import type { Problem } from './problem.ts';
import type { Said } from './text.ts';

/** What a proxy did instead of making a connection. */
export interface ProxyFailure {
  /** Its URL, without user and password. */
  readonly proxy: string;
  /** The environment variable that names it. */
  readonly variable: string;
  /** Node's errno name, or `HTTP 407`. */
  readonly code: string;
  /** How it would have a user sign in, as `NTLM, Negotiate`. */
  readonly schemes?: string;
}

/**
 * A failed call, as src/sts saw it. `said` is AWS's own sentence, or that of a server in its place:
 * it may repeat whatever it was sent, secrets too, and is only for the gate (output/printable.ts).
 */
export interface AwsFault {
  readonly kind: 'refused' | 'not-sent' | 'lost' | 'timed-out' | 'throttled' | 'bad-answer';
  /** AWS's error code, node's errno name, or the TLS error's code. */
  readonly code: string;
  /** HTTP's, if there was an answer. */
  readonly status?: number | undefined;
  readonly said: string;
  /** Of a bad answer: what came, as `HTTP 502`. */
  readonly what?: Said;
  readonly endpoint: string;
  readonly tries: number;
  /** Seconds by which this machine's clock is ahead of AWS's, if the answer had a date. */
  readonly skewSeconds: number | undefined;
  /** True when an earlier try of this call was lost after it had been sent. */
  readonly lostBefore: boolean;
  /** Set if it was the proxy that failed. */
  readonly proxy?: ProxyFailure;
  /** How long it asked to wait, if that is longer than this program waits. */
  readonly waitSeconds?: number | undefined;
}

/** Thrown by src/sts. */
export class AwsFaultError extends Error {
  override readonly name = 'AwsFaultError';
  readonly fault: AwsFault;

  constructor(fault: AwsFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/** True for an {@link AwsFaultError}, also one from another bundle of this program. */
export function isAwsFault(error: unknown): error is AwsFaultError {
  return error instanceof Error && error.name === 'AwsFaultError' && 'fault' in error;
}

/** The call that failed, for wording. */
export interface CallContext {
  readonly action:
    | ('GetSessionToken' | 'AssumeRole' | 'GetCallerIdentity')
    | ('ListMFADevices' | 'ListAccessKeys')
    | ('CreateAccessKey' | 'GetAccessKeyLastUsed' | 'UpdateAccessKey' | 'DeleteAccessKey')
    | 'getSigninToken';
  readonly profile: string;
  /** The profile whose keys sign the call, if it is another one. */
  readonly signer?: string;
  /** The session whose keys sign the call, if a session's do. */
  readonly session?: string;
  readonly region: string;
  readonly serialNumber?: string | undefined;
  readonly durationSeconds?: number | undefined;
  /** True if a role is assumed with keys that were got without an MFA code. */
  readonly withoutMfa?: boolean;
  /** True when a code went with the call. */
  readonly codeSent: boolean;
  /** Lengths of the long-term key that signs it which AWS's own do not have. */
  readonly oddLengths?: { readonly id?: number | undefined; readonly secret?: number | undefined };
}

const CERTIFICATE_CODES =
  /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECODE)|HOSTNAME_MISMATCH|INVALID_CA)/;

/**
 * The problem behind a failed call. AWS's words count only for MFA: nothing else tells them apart.
 */
export function explainFault(fault: AwsFault, call: CallContext): Problem {
  const { endpoint, code } = fault;
  const { codeSent } = call;
  switch (fault.kind) {
    case 'refused':
      return explainRefusal(fault, call);
    case 'throttled':
      return { kind: 'throttled', endpoint, tries: fault.tries, waitSeconds: fault.waitSeconds };
    case 'timed-out':
      return {
        kind: 'timed-out',
        endpoint,
        phase: code === 'connect' ? 'connect' : 'read',
        codeSent,
      };
    case 'lost':
      return { kind: 'answer-lost', endpoint, code, codeSent };
    case 'bad-answer':
      return {
        ...{ kind: 'bad-answer', endpoint, what: fault.what ?? (fault.said || code), codeSent },
        ...(call.action === 'getSigninToken' && { of: 'sign-in' }),
      };
    case 'not-sent':
      if (fault.proxy) return explainProxy(fault.proxy);
      return CERTIFICATE_CODES.test(code)
        ? { kind: 'untrusted-certificate', endpoint, code }
        : { kind: 'unreachable', endpoint, code };
  }
}

/** An https proxy has a certificate of its own. */
function explainProxy(failure: ProxyFailure): Problem {
  return CERTIFICATE_CODES.test(failure.code)
    ? { kind: 'untrusted-certificate', endpoint: failure.proxy, code: failure.code }
    : { kind: 'proxy-failed', ...failure };
}

function explainRefusal(fault: AwsFault, call: CallContext): Problem {
  const { code, said, endpoint, skewSeconds } = fault;
  const { action, profile, signer = profile, region } = call;
  switch (code) {
    case 'AccessDenied':
    case 'AccessDeniedException':
      return explainDenial(fault, call);
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return {
        kind: 'unknown-key',
        profile: signer,
        region,
        session: call.session,
        length: call.oddLengths?.id,
      };
    case 'SignatureDoesNotMatch':
      return /^Signature (?:expired|not yet current)/.test(said)
        ? { kind: 'clock', skewSeconds }
        : { kind: 'wrong-secret', profile: signer, length: call.oddLengths?.secret };
    case 'RequestTimeTooSkewed':
    case 'RequestExpired':
      return { kind: 'clock', skewSeconds };
    case 'RegionDisabledException':
      return { kind: 'region-disabled', region };
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return { kind: 'session-over', profile: signer };
    case 'ValidationError':
      if (/duration/i.test(said) && call.durationSeconds !== undefined) {
        const { durationSeconds: seconds, codeSent } = call;
        return { kind: 'duration-refused', profile, seconds, said, codeSent };
      }
      if (/serialNumber/.test(said) && call.serialNumber !== undefined) {
        return { kind: 'wrong-serial', profile, serial: call.serialNumber };
      }
      return { kind: 'refused', action, name: code, said };
    default:
      // A name that is no AWS error code comes from something in between.
      return code === 'Unknown' || code === 'UnknownError'
        ? { kind: 'bad-answer', endpoint, what: said, codeSent: call.codeSent }
        : { kind: 'refused', action, name: code, said };
  }
}

function explainDenial(fault: AwsFault, call: CallContext): Problem {
  const { said, endpoint } = fault;
  const { profile, action } = call;
  if (/invalid MFA one time pass code/i.test(said)) {
    // The same code went out twice because the first answer was lost: the first may have spent it.
    return fault.lostBefore
      ? { kind: 'answer-lost', endpoint, code: 'retried', codeSent: true }
      : { kind: 'wrong-code', profile };
  }
  if (/unable to validate MFA code|MFA serial number/i.test(said)) {
    return { kind: 'wrong-serial', profile, serial: call.serialNumber ?? '' };
  }
  if (/with session credentials/i.test(said)) return { kind: 'session-keys-as-source', profile };
  const denied = { kind: 'access-denied', action, said } as const;
  return call.withoutMfa ? { ...denied, deviceless: call.signer ?? profile } : denied;
}
