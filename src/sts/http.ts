/** One request over HTTP and its answer, with all the limits that an answer has to keep. */
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Said } from '../problems/text.ts';
import type { Wire } from './wire.ts';
import { words } from './words.ts';

declare const PROGRAM_VERSION: string;

/** What every request says of its sender. */
export const userAgent = (): string => `mfa-profile/${PROGRAM_VERSION}`;

export interface Sending {
  readonly wire: Wire;
  readonly interrupt: AbortSignal;
  /** Called with every answer's headers, a refusal's too. */
  readonly onAnswer: (headers: IncomingHttpHeaders) => void;
  /** Where the request goes, by which a redirection is told. */
  readonly url: URL;
}

/** Posts once. @throws node's error if no answer came, {@link ForeignAnswer} for a redirection */
export async function post(
  path: string,
  headers: Record<string, string>,
  body: string,
  { wire, interrupt, onAnswer, url }: Sending,
): Promise<IncomingMessage> {
  const sent = wire.request({ method: 'POST', path, headers, signal: interrupt });
  sent.end(body);
  const answer = await answerTo(sent);
  onAnswer(answer.headers);
  const status = answer.statusCode ?? 0;
  if (status < 300 || status >= 400) return answer;
  answer.destroy();
  throw notAws(status, redirection(status, answer.headers.location, url));
}

/** An answer of AWS takes some thousand bytes. */
const MOST_BYTES = 1024 * 1024;
/** Of `100 Continue` and `103 Early Hints`, before the answer itself. */
const MOST_INTERIM = 20;

/**
 * What an answer turns out to be, if it is not AWS's; kept with the error for the message.
 */
export interface ForeignAnswer extends Error {
  readonly foreign: Said;
}

/** @param foreign what came, as `HTTP 302, redirected to …` */
export function notAws(status: number | undefined, foreign: Said): ForeignAnswer {
  const $metadata = { httpStatusCode: status ?? 0 };
  return Object.assign(new Error('NotAws'), { name: 'NotAws', foreign, $metadata });
}

/** Where to, without a login and without what a portal wants to know. */
function redirection(status: number, location: string | undefined, from: URL): Said {
  if (location === undefined || !URL.canParse(location, from.href)) return `HTTP ${status}`;
  const { protocol, host, pathname } = new URL(location, from.href);
  return words.redirected(status, `${protocol}//${host}${pathname}`);
}

/** @throws ForeignAnswer for one that is too long or packed in an unknown way */
export async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const { statusCode: status = 0, headers } = answer;
  const tooLong = (): ForeignAnswer => notAws(status, words.tooLong(status));
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) {
      answer.destroy();
      throw tooLong();
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || body.length === 0) return body;
  // Nobody asked for it, but a proxy may have packed it.
  if (!/^(?:x-)?gzip$|^deflate$/.test(encoding)) {
    throw notAws(status, words.packed(status, encoding));
  }
  const { unzipSync } = await import('node:zlib');
  try {
    return unzipSync(body, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLong();
    throw notAws(status, words.notUnpacked(status));
  }
}

/** The head of an answer. Rejects with node's error, also if the connection just closes. */
function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let interim = 0;
    sent.on('information', ({ statusCode }: { statusCode: number }) => {
      interim += 1;
      if (interim <= MOST_INTERIM) return;
      reject(notAws(statusCode, words.interim(statusCode)));
      sent.destroy();
    });
    sent.on('response', resolve).on('error', reject);
    // A switch of protocols, for one, is neither an answer nor an error to node.
    sent.on('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}
