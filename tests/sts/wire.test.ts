/** The connection that is opened while the person types. */
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { makeCertificates } from '../../fixtures/sts/certificates.ts';
import { makeWire } from '../../src/sts/wire.ts';
import type { Wire } from '../../src/sts/wire.ts';
import type { ConnectionSettings } from '../../src/aws/connection.ts';
import { testWith } from '../support/needs.ts';

function settingsFor(url: string, changes: Partial<ConnectionSettings> = {}): ConnectionSettings {
  return {
    endpoint: { url, signingRegion: 'eu-central-1' },
    region: 'eu-central-1',
    caBundle: undefined,
    verifyCertificates: true,
    connectTimeoutMs: 5000,
    readTimeoutMs: 5000,
    ...changes,
  };
}

async function listen(server: Server): Promise<{ port: number; connections: () => number }> {
  let count = 0;
  server.on('connection', () => count++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, connections: () => count };
}

async function ask(wire: Wire): Promise<number | undefined> {
  const request = wire.request({}).end();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  return response.statusCode;
}

const answer = (_request: unknown, response: http.ServerResponse): void => {
  response.end('ok');
};

test('the first request takes the connection that was opened ahead', async () => {
  const server = http.createServer(answer);
  const { port, connections } = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const wire = await makeWire(settingsFor(url), {}, readFileSync);
  const accepted = once(server, 'connection');
  await wire.connectAhead();
  await accepted;
  wire.beginCall();
  expect(wire.connected()).toBe(false);
  expect(await ask(wire)).toBe(200);
  expect(wire.connected()).toBe(true);
  expect(connections()).toBe(1);
  wire.close();
  server.close();
});

testWith(['openssl'], 'with TLS the certificate is checked as ever', async () => {
  const certificates = makeCertificates();
  const server = https.createServer({ key: certificates.key, cert: certificates.cert }, answer);
  const { port, connections } = await listen(server);
  const url = `https://localhost:${port}`;
  const trusting = await makeWire(
    settingsFor(url, { caBundle: certificates.caFile }),
    {},
    readFileSync,
  );
  await trusting.connectAhead();
  expect(await ask(trusting)).toBe(200);
  expect(connections()).toBe(1);
  trusting.close();
  const doubting = await makeWire(settingsFor(url), {}, readFileSync);
  await doubting.connectAhead();
  await expect(ask(doubting)).rejects.toThrow(/certificate/);
  doubting.close();
  server.close();
  certificates.remove();
});

test('a connection that was closed meanwhile is not used', async () => {
  const server = http.createServer(answer);
  const { port, connections } = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const wire = await makeWire(settingsFor(url), {}, readFileSync);
  const accepted = once(server, 'connection');
  await wire.connectAhead();
  const [socket] = (await accepted) as [Socket];
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
  // The other side hears of it in this process, too.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await ask(wire)).toBe(200);
  expect(connections()).toBe(2);
  wire.close();
  server.close();
});

test('an endpoint that is down is known by the request only', async () => {
  const server = http.createServer(answer);
  const { port } = await listen(server);
  server.close();
  await once(server, 'close');
  const url = `http://127.0.0.1:${port}`;
  const wire = await makeWire(settingsFor(url), {}, readFileSync);
  await wire.connectAhead();
  await expect(ask(wire)).rejects.toThrow(/ECONNREFUSED/);
  expect(wire.connected()).toBe(false);
  wire.close();
});
