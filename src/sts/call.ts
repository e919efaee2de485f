/** One call to AWS: sent again if that can help, and every failure sorted into an AwsFault. */
import type { IncomingHttpHeaders } from 'node:http';
import type { MetadataBearer, StaticOperationSchema } from '@smithy/types';
import type { ConnectionSettings } from '../aws/connection.ts';
import { AwsFaultError } from '../problems/faults.ts';
import type { AwsFault } from '../problems/faults.ts';
import type { Text } from '../problems/text.ts';
import type { SigningKeys, World } from '../world.ts';
import { notAws } from './http.ts';
import type { ForeignAnswer } from './http.ts';
import { makeQuerySender } from './query.ts';
import type { QueryService } from './query.ts';
import { makeWire } from './wire.ts';
import type { Wire } from './wire.ts';
import { words } from './words.ts';

const TRIES = 4;
const FIRST_PAUSE_MS = 250;
/** A longer wait that a server asks for (`Retry-After`) is told to the person instead. */
const LONGEST_PAUSE_MS = 20_000;
/** Of a message, whatever its length: more is not shown (output/printable.ts). */
const LONGEST_SAID = 4000;
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
  readonly message?: unknown;
  readonly code?: string;
  readonly foreign?: ForeignAnswer['foreign'];
  /** True for a refusal of AWS's that bears no code. */
  readonly isRefusal?: true;
  readonly $metadata?: { httpStatusCode?: number; requestId?: string };
}

export interface CallOptions {
  readonly connection: ConnectionSettings;
  readonly keys: SigningKeys;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interrupt: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly debug: (line: string) => void;
  /** As {@link World.readFile}. */
  readonly readFile: World['readFile'];
}

/** What is wrong with an answer that is well-formed. */
export class UnusableAnswer {
  readonly what: Text;

  /** @param what as `a session that has expired` */
  constructor(what: Text) {
    this.what = what;
  }
}

export interface AwsCaller {
  /**
   * @param read takes what is wanted from an answer, or says what is wrong with it
   * @param retries as {@link Line.repeat} takes it
   * @throws AwsFaultError
   */
  readonly call: <Input extends object, Output extends MetadataBearer, Result>(
    schema: StaticOperationSchema,
    input: Input,
    read: (output: Output) => Result | UnusableAnswer,
    retries?: Retries,
  ) => Promise<Result>;
  /** Opens a connection before it is needed. Never rejects. */
  readonly warmUp: () => Promise<void>;
  /** Seconds by which this machine's clock is ahead of AWS's, by the last answer's `Date`. */
  readonly skewSeconds: () => number | undefined;
  readonly close: () => void;
}

/** `unsent`: for what must not be done twice: it is sent again only if it was surely not done. */
type Retries = 'usual' | 'unsent';

/** A way to one endpoint, on which a request is sent again if that can help. */
export interface Line {
  readonly wire: Wire;
  /** To be called with every answer's headers. */
  readonly onAnswer: (headers: IncomingHttpHeaders) => void;
  /**
   * @param action what is done, for --debug
   * @param once one try; what it throws is sorted by its `$metadata`, `name` and `code`
   * @throws AwsFaultError
   */
  readonly repeat: <Result>(
    action: string,
    once: () => Promise<Result>,
    retries?: Retries,
  ) => Promise<Result>;
  readonly skewSeconds: () => number | undefined;
}

/** @throws Failure unreadable-file, bad-proxy */
export async function makeLine(options: Omit<CallOptions, 'keys'>): Promise<Line> {
  const { connection, env, interrupt, now, sleep, debug } = options;
  const wire = await makeWire(connection, env, options.readFile);
  let skewSeconds: number | undefined;
  let retryAfterMs = 0;
  let proxySchemes: string | undefined;

  const onAnswer = (headers: IncomingHttpHeaders): void => {
    const time = Date.parse(headers.date ?? '');
    if (!Number.isNaN(time)) skewSeconds = Math.round((now() - time) / 1000);
    retryAfterMs = readRetryAfter(headers['retry-after'], now());
    proxySchemes = headers['proxy-authenticate']?.toString();
  };

  function sortError(error: SdkError, tries: number, lostBefore: boolean): AwsFault {
    const status = error.$metadata?.httpStatusCode;
    const common = {
      endpoint: wire.endpoint(),
      tries,
      skewSeconds,
      lostBefore,
      code: error.code ?? error.name ?? 'Unknown',
      status,
      said: saidBy(error),
      waitSeconds: retryAfterMs > LONGEST_PAUSE_MS ? Math.ceil(retryAfterMs / 1000) : undefined,
    };
    if (wire.timedOut()) {
      const phase = wire.connected() ? 'read' : 'connect';
      return { ...common, kind: 'timed-out', code: phase };
    }
    // Only a proxy asks for its own password.
    const proxy = wire.proxyFailure(status === 407 ? { status, schemes: proxySchemes } : undefined);
    if (proxy) return { ...common, kind: 'not-sent', proxy };
    const what = status === undefined ? unreadable(common.code) : undefined;
    if (what !== undefined) return { ...common, kind: 'bad-answer', what };
    if (status === undefined) return { ...common, kind: wire.connected() ? 'lost' : 'not-sent' };
    const { name: code = 'Unknown', foreign, isRefusal } = error;
    if (isRefusal) return { ...common, kind: 'refused', code };
    if (foreign !== undefined) return { ...common, kind: 'bad-answer', code, what: foreign };
    if (status === 429 || THROTTLES.has(code)) return { ...common, kind: 'throttled', code };
    if (status >= 500) return { ...common, kind: 'bad-answer', code, what: `HTTP ${status}` };
    if (status >= 400 && isAwsCode(code)) return { ...common, kind: 'refused', code };
    return { ...common, kind: 'bad-answer', code, what: words.foreignBody(status) };
  }

  return {
    wire,
    onAnswer,
    async repeat<Result>(
      action: string,
      once: () => Promise<Result>,
      retries: Retries = 'usual',
    ): Promise<Result> {
      let lostBefore = false;
      for (let attempt = 1; ; attempt++) {
        wire.beginCall();
        retryAfterMs = 0;
        try {
          return await once();
        } catch (error) {
          interrupt.throwIfAborted();
          const fault = sortError(error as SdkError, attempt, lostBefore);
          const request = (error as SdkError).$metadata?.requestId ?? 'no request id';
          debug(`${action} try ${attempt}: ${fault.kind} ${fault.code} (${request})`);
          const mayBeDone = retries === 'unsent' && fault.kind !== 'throttled';
          if (mayBeDone || !mayRetry(fault, attempt)) throw new AwsFaultError(fault);
          lostBefore ||= fault.kind === 'lost' || fault.kind === 'bad-answer';
          const pause = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
          await sleep(Math.max(pause, retryAfterMs));
        }
      }
    },
    skewSeconds: () => skewSeconds,
  };
}

/** @throws Failure unreadable-file, bad-proxy */
export async function makeCaller(service: QueryService, options: CallOptions): Promise<AwsCaller> {
  const { wire, onAnswer, repeat, skewSeconds } = await makeLine(options);
  const send = makeQuerySender(service, { ...options, wire, onAnswer });
  return {
    call: <Input extends object, Output extends MetadataBearer, Result>(
      schema: StaticOperationSchema,
      input: Input,
      read: (output: Output) => Result | UnusableAnswer,
      retries?: Retries,
    ) =>
      repeat(
        schema[2],
        async () => readAnswer(await send<Input, Output>(schema, input), read),
        retries,
      ),
    warmUp: () => wire.connectAhead().catch(() => undefined),
    skewSeconds,
    close: () => {
      wire.close();
    },
  };
}

/** What the SDK calls an answer in which it found no code of AWS's, and JavaScript's own errors. */
const NO_AWS_CODE = /^(?:Unknown|UnknownError|NotFound|(?:Syntax|Type|Range|URI)?Error)$/;

/**
 * AWS's error codes are single words; anything else is a message of node or of the SDK's parser.
 */
function isAwsCode(code: string): boolean {
  return /^[A-Z][A-Za-z0-9.]{0,99}$/.test(code) && !NO_AWS_CODE.test(code);
}

/** What came, where node's parser could not read it: by its code, as llhttp names it. */
function unreadable(code: string): Text | undefined {
  // The connection ended within the head.
  if (!code.startsWith('HPE_') || code === 'HPE_INVALID_EOF_STATE') return undefined;
  return code === 'HPE_HEADER_OVERFLOW' ? words.longHead : words.notHttp;
}

/** @param read throws a text if the answer is not what AWS would give */
function readAnswer<Output extends MetadataBearer, Result>(
  output: Output,
  read: (output: Output) => Result | UnusableAnswer,
): Result {
  const result = read(output);
  if (!(result instanceof UnusableAnswer)) return result;
  const status = output.$metadata.httpStatusCode ?? 0;
  throw notAws(status, words.unusable(status, result.what));
}

/** AWS's own sentence, or ''. The SDK says Unknown if there is none. */
function saidBy({ message }: SdkError): string {
  if (typeof message !== 'string' || /^Unknown(?:Error)?$/.test(message)) return '';
  return message.slice(0, LONGEST_SAID);
}

/** Milliseconds; a number of seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return milliseconds > 0 ? milliseconds : 0;
}

function mayRetry(fault: AwsFault, attempt: number): boolean {
  if (attempt >= TRIES || fault.waitSeconds !== undefined) return false;
  if (fault.kind === 'throttled') return true;
  // A lost answer is tried once more: it is cheap, and `lostBefore` keeps the wording honest.
  const isOfServer = Math.floor((fault.status ?? 0) / 100) === 5;
  const passing = fault.kind === 'lost' || (fault.kind === 'bad-answer' && isOfServer);
  return passing && attempt < 3;
}
