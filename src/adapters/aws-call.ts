/** One call to AWS: sent again where that can help, and every failure sorted into an AwsFault. */
import { AwsFaultError } from '../core/faults.ts';
import type { AwsFault } from '../core/faults.ts';
import type { Wire } from './agents.ts';

const TRIES = 4;
const FIRST_PAUSE_MS = 250;
const THROTTLES = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'RequestThrottled',
  'SlowDown',
]);

/** What the SDK puts on its errors, as far as this file looks at it. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { httpStatusCode?: number; requestId?: string };
  readonly $response?: { statusCode?: number; headers?: Record<string, string> };
}

export interface CallerOptions {
  readonly wire: Wire;
  readonly interrupt: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly debug: (line: string) => void;
}

export interface AwsCaller {
  /** Sends a command. @throws AwsFaultError */
  readonly send: <T>(name: string, issue: () => Promise<T>) => Promise<T>;
  /** Told of every answer, for the clock. */
  readonly onAnswer: (headers: Record<string, string> | undefined) => void;
  /** Seconds by which this machine's clock is ahead of AWS's, by the last answer's `Date`. */
  readonly skewSeconds: () => number | undefined;
}

export function makeCaller({ wire, interrupt, now, sleep, debug }: CallerOptions): AwsCaller {
  let skewSeconds: number | undefined;

  function sortError(error: SdkError, tries: number, lostBefore: boolean): AwsFault {
    const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
    const common = {
      endpoint: wire.endpoint(),
      tries,
      skewSeconds,
      lostBefore,
      code: error.code ?? error.name ?? 'Unknown',
      said: error.message ?? '',
    };
    if (status === undefined && wire.timedOut()) {
      const phase = wire.connected() ? 'read' : 'connect';
      return { ...common, kind: 'timed-out', code: phase };
    }
    // Only a proxy asks for its own password.
    const proxy = wire.proxyFailure(status === 407 ? status : undefined);
    if (proxy) return { ...common, kind: 'not-sent', proxy };
    if (status === undefined) return { ...common, kind: wire.connected() ? 'lost' : 'not-sent' };
    const code = error.name ?? 'Unknown';
    if (status === 429 || THROTTLES.has(code)) return { ...common, kind: 'throttled', code };
    if (status >= 500) return { ...common, kind: 'bad-answer', code, said: `HTTP ${status}` };
    if (status >= 400 && isAwsCode(code)) return { ...common, kind: 'refused', code };
    return {
      ...common,
      kind: 'bad-answer',
      code,
      said: `HTTP ${status} with a body that is not from AWS`,
    };
  }

  return {
    async send<T>(name: string, issue: () => Promise<T>): Promise<T> {
      let lostBefore = false;
      for (let attempt = 1; ; attempt++) {
        wire.beginCall();
        try {
          return await issue();
        } catch (error) {
          interrupt.throwIfAborted();
          const fault = sortError(error as SdkError, attempt, lostBefore);
          const request = (error as SdkError).$metadata?.requestId ?? 'no request id';
          debug(`${name} try ${attempt}: ${fault.kind} ${fault.code} (${request})`);
          if (!mayRetry(fault, attempt)) throw new AwsFaultError(fault);
          lostBefore ||= fault.kind === 'lost' || fault.kind === 'bad-answer';
          await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2));
        }
      }
    },
    onAnswer: (headers) => {
      const date = Date.parse(headers?.['date'] ?? '');
      if (!Number.isNaN(date)) skewSeconds = Math.round((now() - date) / 1000);
    },
    skewSeconds: () => skewSeconds,
  };
}

/** What the SDK calls an answer in which it found no code of AWS's, and JavaScript's own errors. */
const NO_AWS_CODE = /^(?:Unknown|UnknownError|NotFound|(?:Syntax|Type|Range|URI)?Error)$/;

/** AWS's error codes are single words; anything else is a message of node or of the SDK's parser. */
function isAwsCode(code: string): boolean {
  return /^[A-Z][A-Za-z0-9.]+$/.test(code) && !NO_AWS_CODE.test(code);
}

function mayRetry(fault: AwsFault, attempt: number): boolean {
  if (attempt >= TRIES) return false;
  if (fault.kind === 'throttled') return true;
  // A lost answer is tried once more: it is cheap, and `lostBefore` keeps the wording honest.
  const passing =
    fault.kind === 'lost' || (fault.kind === 'bad-answer' && /^HTTP 5/.test(fault.said));
  return passing && attempt < 3;
}
