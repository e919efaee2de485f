/**
 * AWS's Query protocol, spoken with the SDK's parts: a client's own schemas, their serialiser and
 * deserialiser, and its Signature Version 4. The SDK's middleware between them (the search for
 * credentials, regions and endpoints, retries, plugins) is left out: all of that is decided before
 * a call is made, and to load and run it took as long as everything else together (docs/decisions,
 * 14).
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { Sha256 } from '@smithy/core/checksum';
import { operation } from '@smithy/core/schema';
import type { TypeRegistry } from '@smithy/core/schema';
import { toUtf8 } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest, MetadataBearer, StaticOperationSchema } from '@smithy/types';
import type { ConnectionSettings } from '../aws/connection.ts';
import type { SigningKeys } from '../world.ts';
import type { Wire } from './wire.ts';
import { parseExpiry } from '../credentials/expiry.ts';
import { bodyOf, notAws, post, userAgent } from './http.ts';
import { words } from './words.ts';

/** What tells one service's calls from another's: the constants of its SDK client. */
export interface QueryService {
  /** The name to sign for. */
  readonly name: string;
  readonly namespace: string;
  readonly xmlNamespace: string;
  readonly version: string;
  readonly errors: TypeRegistry[];
}

export interface QueryOptions {
  readonly connection: ConnectionSettings;
  readonly keys: SigningKeys;
  readonly interrupt: AbortSignal;
  readonly wire: Wire;
  /** Called with every answer's headers, a refusal's too. */
  readonly onAnswer: (headers: IncomingHttpHeaders) => void;
}

/**
 * Sends one call, once. Rejects with the SDK's exception for AWS's refusal, with node's error if no
 * answer came, and with an error that bears `$metadata` alone for an answer that is not AWS's.
 */
export type SendQuery = <Input extends object, Output extends MetadataBearer>(
  schema: StaticOperationSchema,
  input: Input,
) => Promise<Output>;

export function makeQuerySender(service: QueryService, options: QueryOptions): SendQuery {
  const { connection, keys, interrupt, wire, onAnswer } = options;
  const url = new URL(connection.endpoint.url);
  const protocol = new AwsQueryProtocol({
    defaultNamespace: service.namespace,
    xmlNamespace: service.xmlNamespace,
    version: service.version,
    errorTypeRegistries: service.errors,
  });
  // Of all that a client's configuration holds, these are what the protocol asks for.
  const context = {
    endpoint: () => Promise.resolve({ url, headers: {} }),
    disableHostPrefix: true,
    utf8Encoder: toUtf8,
  } as unknown as Parameters<typeof protocol.serializeRequest>[2];
  protocol.setSerdeContext(context);
  const signer = new SignatureV4({
    service: service.name,
    region: connection.endpoint.signingRegion,
    credentials: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey.reveal(),
      ...(keys.sessionToken ? { sessionToken: keys.sessionToken.reveal() } : {}),
    },
    sha256: Sha256,
  });

  return async <Input extends object, Output extends MetadataBearer>(
    [, namespace, name, traits, input$, output$]: StaticOperationSchema,
    input: Input,
  ): Promise<Output> => {
    const schema = operation(namespace, name, traits, input$, output$);
    const request = await protocol.serializeRequest(schema, input, context);
    const body = request.body as string;
    request.headers['host'] = url.host;
    request.headers['content-length'] = String(Buffer.byteLength(body));
    request.headers['user-agent'] = userAgent();
    const answer = await sendRequest(await signer.sign(request), body);
    const statusCode = answer.statusCode ?? 0;
    try {
      const headers = answer.headers as Record<string, string>;
      const body = plainXml(await bodyOf(answer));
      if (hasImpossibleDate(body)) throw notAws(statusCode, words.foreignBody(statusCode));
      const response = { statusCode, headers, body };
      return await protocol.deserializeResponse<Output>(schema, context, response);
    } catch (error) {
      // A refusal bears it already; what is not XML, or is cut off, does not: that AWS has spoken
      // tells it from a lost answer, for which the same code may be sent again.
      const $metadata = { httpStatusCode: statusCode };
      throw '$metadata' in (error as object) ? error : Object.assign(error as Error, { $metadata });
    }
  };

  async function sendRequest(
    { path, query, headers }: HttpRequest,
    body: string,
  ): Promise<IncomingMessage> {
    const search = String(new URLSearchParams(query as Record<string, string>));
    const target = search ? `${path}?${search}` : path;
    return post(target, headers, body, { wire, interrupt, onAnswer, url });
  }
}

/** The SDK takes the 31st of November for the 1st of December. */
function hasImpossibleDate(body: Uint8Array): boolean {
  const [, expiration] = /<Expiration>([^<&]+)</.exec(Buffer.from(body).toString('latin1')) ?? [];
  return expiration !== undefined && parseExpiry(expiration) === undefined;
}

/**
 * The body as the SDK's parser takes it. That knows names without a prefix only, and no byte order
 * mark; botocore passes over both (ResponseParser's `_node_tag`), and so does this. Blanks around a
 * value are not part of it.
 */
function plainXml(body: Buffer): Uint8Array {
  const text = body.toString('utf8');
  if (!/^(?:\ufeff|\s)|<[\w.-]+:|\sxmlns|>\s+[^<\s]|[^>\s]\s+<\//.test(text))
    return new Uint8Array(body);
  const plain = text
    .replace(/^[\ufeff\s]+/, '')
    .replace(/>\s+(?=[^<\s])/g, '>')
    .replace(/(?<=[^>\s])\s+<\//g, '</')
    .replace(/(<\/?)[A-Za-z_][\w.-]*:(?=[A-Za-z_])/g, '$1')
    .replace(/\sxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<]*"|'[^'<]*')/g, '');
  return new Uint8Array(Buffer.from(plain));
}
