/** HTTPS, the forward proxy, the control endpoint and the stand-alone server around the local STS. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Socket } from 'node:net';
import { makeCertificates } from '../../fixtures/sts/certificates.ts';
import { startConnectProxy } from '../../fixtures/sts/connect-proxy.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { testWith } from './needs.ts';

const REPOSITORY = path.join(__dirname, '../..');

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function bodyOver(socket: Socket, host: string, ca: string): Promise<string> {
  const [answer] = (await once(
    httpsRequest({ host, path: '/', socket, ca, agent: false } as object).end(),
    'response',
  )) as [IncomingMessage];
  return text(answer);
}

async function openTunnel(proxyUrl: string, target: string, auth?: string) {
  const { hostname, port } = new URL(proxyUrl);
  const headers = auth === undefined ? {} : { 'Proxy-Authorization': `Basic ${btoa(auth)}` };
  const asked = httpRequest({ host: hostname, port, method: 'CONNECT', path: target, headers });
  const [answer, socket] = (await once(asked.end(), 'connect')) as [IncomingMessage, Socket];
  closers.push(() => socket.destroy());
  return { status: answer.statusCode, socket };
}

testWith(
  ['openssl'],
  'a host of AWS’s name, through the proxy, over TLS, to the local STS',
  async () => {
    const host = 'sts.eu-west-1.amazonaws.com';
    const certificates = makeCertificates([host]);
    closers.push(() => certificates.remove());
    const sts = await startLocalSts({ tls: certificates });
    closers.push(() => sts.close());
    const proxy = await startConnectProxy({
      credentials: { username: 'me', password: 'p@ss:word' },
      route: () => ({ host: '127.0.0.1', port: sts.port }),
    });
    closers.push(() => proxy.close());
    expect(new URL(proxy.url).password).toBe('p%40ss%3Aword');

    expect((await openTunnel(proxy.url, `${host}:443`)).status).toBe(407);
    const { status, socket } = await openTunnel(proxy.url, `${host}:443`, 'me:p@ss:word');
    expect(status).toBe(200);
    expect(await bodyOver(socket, host, certificates.caPem)).toContain(
      'MissingAuthenticationToken',
    );
    expect(proxy.seen).toEqual([
      { method: 'CONNECT', target: `${host}:443`, authorized: false },
      { method: 'CONNECT', target: `${host}:443`, authorized: true },
    ]);
    expect(sts.calls[0]?.host).toBe(host);
    expect(existsSync(certificates.caFile)).toBe(true);
  },
);

testWith(['openssl'], 'without the CA the certificate is not trusted', async () => {
  const certificates = makeCertificates();
  closers.push(() => certificates.remove());
  const sts = await startLocalSts({ tls: certificates });
  closers.push(() => sts.close());
  const failed = once(httpsRequest(sts.endpoint).end(), 'response');
  await expect(failed).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
});

testWith(['openssl'], 'certificates are new each time, and go when told to', () => {
  const [one, other] = [makeCertificates(), makeCertificates()];
  one.remove();
  other.remove();
  expect(one.key).not.toBe(other.key);
  expect(existsSync(one.folder) || existsSync(other.folder)).toBe(false);
});

test('an absolute URL is forwarded, and a proxy may refuse everything', async () => {
  const sts = await startLocalSts();
  closers.push(() => sts.close());
  const proxy = await startConnectProxy();
  const closed = await startConnectProxy({ refuseWith: 503 });
  closers.push(
    () => proxy.close(),
    () => closed.close(),
  );
  const statusBy = async (proxyUrl: string) => {
    const { hostname, port } = new URL(proxyUrl);
    const asked = httpRequest({ host: hostname, port, path: `${sts.endpoint}/?a=1` });
    const [answer] = (await once(asked.end(), 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  expect(await statusBy(proxy.url)).toBe(403);
  expect(await statusBy(closed.url)).toBe(503);
  expect(proxy.seen[0]).toMatchObject({ method: 'GET', target: `${sts.endpoint}/?a=1` });
  expect((await openTunnel(closed.url, 'example.invalid:443')).status).toBe(503);
  expect((await openTunnel(proxy.url, '127.0.0.1:1')).status).toBe(502);
});

test('another process gets codes, and steers the server', async () => {
  const sts = await startLocalSts();
  closers.push(() => sts.close());
  const folder = mkdtempSync(path.join(tmpdir(), 'mfa-profile-control-'));
  closers.push(() => rmSync(folder, { recursive: true }));
  const log = path.join(folder, 'asked');
  const run = async (command: string) => {
    const child = spawn('sh', ['-c', command]);
    return (await text(child.stdout)).trim();
  };
  expect(await run(sts.codeCommand('alice', { log }))).toBe(sts.code('alice'));
  const next = sts.codeCommand('alice', { next: true, log });
  expect(await run(next)).not.toBe(await run(next));
  expect(readFileSync(log, 'utf8')).toBe('asked\n'.repeat(3));

  const post = async (what: string, body?: string) =>
    fetch(`${sts.controlEndpoint}/_control/${what}`, { method: 'POST', body: body ?? null });
  expect((await post('fail', JSON.stringify({ kind: '503' }))).status).toBe(200);
  expect((await fetch(sts.endpoint)).status).toBe(503);
  await post('clock?offset=-3600');
  expect(sts.clockOffsetSeconds).toBe(-3600);
  expect((await post('nonsense')).status).toBe(400);
});

test('the server runs on its own and says where it is', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'fixtures/sts/serve.ts'], {
    ...{ cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  closers.push(() => child.kill());
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const where = JSON.parse(line.toString()) as Pick<LocalSts, 'endpoint' | 'controlEndpoint'>;
  expect((await fetch(where.endpoint)).status).toBe(403);
  const code = await fetch(`${where.controlEndpoint}/_control/code?of=alice`);
  expect(await code.text()).toMatch(/^\d{6}\n$/);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
