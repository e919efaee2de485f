/**
 * AWS's Query protocol, spoken with the SDK's parts: a client's own schemas, their serialiser and
 * deserialiser, and its Signature Version 4. The SDK's middleware between them (the search for
 * credentials, regions and endpoints, retries, plugins) is left out: all of that is decided before a
 * call is made, and to load and run it took as long as everything else together
 * (docs/decisions, 14).
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
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

declare const PROGRAM_VERSION: string;

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
  /** Told of every answer's headers, a refusal's too. */
  readonly onAnswer: (headers: IncomingMessage['headers']) => void;
}

/**
 * Sends one call, once. Rejects with the SDK's exception for AWS's refusal, with node's error where
 * no answer came, and with an error that bears `$metadata` alone for an answer that is not AWS's.
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
    request.headers['user-agent'] = `mfa-profile/${PROGRAM_VERSION}`;
    const answer = await sendRequest(await signer.sign(request), body);
    const statusCode = answer.statusCode ?? 0;
    try {
      const headers = answer.headers as Record<string, string>;
      const response = { statusCode, headers, body: await bodyOf(answer) };
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
    const sent = wire.request({
      method: 'POST',
      path: search ? `${path}?${search}` : path,
      headers,
      signal: interrupt,
    });
    sent.end(body);
    const answer = await answerTo(sent);
    onAnswer(answer.headers);
    return answer;
  }
}

async function bodyOf(answer: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

/** The head of an answer. Rejects with node's error, also where the connection just closes. */
function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
    // A switch of protocols, for one, is neither an answer nor an error to node.
    sent.on('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}
