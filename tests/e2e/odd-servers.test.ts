/** Servers that break the rules: each comes to an end, and none makes a code be sent for nothing. */
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Answers the n-th request, over all connections, as told. */
async function start(
  answer: (socket: Socket, request: number) => void,
): Promise<{ box: Sandbox; requests: () => number }> {
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!/Action=GetSessionToken.*TokenCode=\d{6}/s.test(text)) return;
      text = '';
      answer(socket, ++requests);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const box = makeSandbox({
    credentials: credentialsOf(ALICE),
    config: `[profile alice]\nmfa_serial = ${serialOf(ALICE)}\n`,
    sts: { endpoint: `http://127.0.0.1:${port}` },
  });
  closers.push(
    () => server.close(),
    () => sockets.forEach((socket) => socket.destroy()),
    () => box.cleanup(),
  );
  return { box, requests: () => requests };
}

const LINE = ['refresh', 'alice', '--token-code', '123456', '--cli-read-timeout', '1'];
const UNAVAILABLE = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n';

test('a switch of protocols is no success', async () => {
  const { box } = await start((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
  });
  const { code, stderr } = await box.run(LINE);
  expect(code).toBe(6);
  expect(stderr).toContain('mfa-profile: error: ');
});

test('an answer that is cut off is not asked for again: its code is spent', async () => {
  const { box, requests } = await start((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<GetSessionTokenResponse>');
  });
  const { code, stderr } = await box.run(LINE);
  expect(code).toBe(6);
  expect(stderr).toMatch(/spent|used/);
  expect(requests()).toBe(1);
});

test('silence after a first answer ends at the read time-out, too', async () => {
  const { box, requests } = await start((socket, request) => {
    if (request === 1) socket.write(UNAVAILABLE);
  });
  const { code, stderr } = await box.run(LINE);
  expect(code).toBe(6);
  expect(stderr).toContain('did not answer in time');
  expect(requests()).toBe(2);
});

test('a reset after a first answer says that the code may be spent', async () => {
  const { box } = await start((socket, request) => {
    if (request === 1) socket.write(UNAVAILABLE);
    else socket.resetAndDestroy();
  });
  const { code, stderr } = await box.run(LINE);
  expect(code).toBe(6);
  expect(stderr).toMatch(/spent|used/);
});
