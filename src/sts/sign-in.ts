/** AWS's sign-in: a role's session in exchange for a token that opens the console. */
import { federationAddress } from '../aws/console.ts';
import type { Session } from '../credentials/keys.ts';
import { Secret } from '../credentials/secret.ts';
import type { SignIn, SignInInput } from '../world.ts';
import { makeLine } from './call.ts';
import type { CallOptions } from './call.ts';
import { bodyOf, notAws, post, userAgent } from './http.ts';
import { words } from './words.ts';

/** @throws Failure unreadable-file, bad-proxy */
export async function makeSignIn(options: Omit<CallOptions, 'keys'>): Promise<SignIn> {
  const { connection, interrupt } = options;
  const { wire, onAnswer, repeat } = await makeLine(options);
  const url = federationAddress(connection.endpoint.url);
  const ask = async (body: string): Promise<Secret> => {
    const headers = {
      host: url.host,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': userAgent(),
    };
    const sending = { wire, interrupt, onAnswer, url };
    const answer = await post(url.pathname, headers, body, sending);
    return tokenIn(answer.statusCode ?? 0, (await bodyOf(answer)).toString('utf8'));
  };
  return {
    signInToken: (input) => repeat('getSigninToken', () => ask(formOf(input))),
    close: () => {
      wire.close();
    },
  };
}

/** In the body, for what stands in an address is in the logs of every proxy. */
function formOf({ session, durationSeconds }: SignInInput): string {
  const form = new URLSearchParams({ Action: 'getSigninToken' });
  if (durationSeconds !== undefined) form.set('SessionDuration', String(durationSeconds));
  form.set('Session', sessionJson(session));
  return String(form);
}

function sessionJson({ accessKeyId, secretAccessKey, sessionToken }: Session): string {
  return JSON.stringify({
    sessionId: accessKeyId,
    sessionKey: secretAccessKey.reveal(),
    sessionToken: sessionToken.reveal(),
  });
}

/** More than AWS's tokens have, and nothing that would end an address. */
const TOKEN_FORM = /^[!-~]{1,20000}$/;

/** @throws what src/sts/call.ts sorts */
function tokenIn(status: number, text: string): Secret {
  if (status >= 400) throw refusalOf(status, text);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw notAws(status, words.foreignBody(status));
  }
  const token = (answer as { SigninToken?: unknown } | null)?.SigninToken;
  if (typeof token === 'string' && TOKEN_FORM.test(token)) return new Secret(token);
  throw notAws(status, words.unusable(status, words.noSignInToken));
}

/**
 * What AWS's sign-in says of a session that it does not take. It refuses by a page of HTML without
 * a code (99designs/aws-vault#77, #1191), and so does a proxy that blocks it.
 */
const AWS_SAYS =
  /federation tokens?|assume ?role|credentials? parameter|SessionDuration|signin ?token/i;

function refusalOf(status: number, text: string): Error {
  const said = textOf(text);
  const isAws = [400, 401, 403].includes(status) && AWS_SAYS.test(said);
  return Object.assign(new Error(isAws ? said : 'Unknown'), {
    name: isAws ? `HTTP ${status}` : 'Unknown',
    ...(isAws && { isRefusal: true as const }),
    $metadata: { httpStatusCode: status },
  });
}

/** What a person would read of a page. */
function textOf(page: string): string {
  return page
    .slice(0, 100_000)
    .replace(/<(script|style|head)\b[^]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
