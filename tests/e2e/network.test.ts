/** Closed networks: real TLS on loopback, and a real proxy in front of it. */
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { ALICE, GRACE, HEIDI, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { makeCertificates } from '../../fixtures/sts/certificates.ts';
import { startConnectProxy } from '../../fixtures/sts/connect-proxy.ts';
import type { ProxyOptions } from '../../fixtures/sts/connect-proxy.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import { makeSandbox } from '../support/sandbox.ts';
import { describeWith } from '../support/needs.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const NO_ENDPOINT = { AWS_ENDPOINT_URL_STS: undefined, AWS_ENDPOINT_URL_IAM: undefined };
const config = [ALICE, GRACE, HEIDI]
  .map((user) => `[profile ${user.userName}]\nmfa_serial = ${serialOf(user)}\n`)
  .join('\n');

async function start(hosts?: string[]) {
  const certificates = makeCertificates(hosts);
  const sts = await startLocalSts({ tls: certificates, totpClock: 'fresh' });
  const box = makeSandbox({ credentials: credentialsOf(ALICE, GRACE, HEIDI), config, sts });
  closers.push(
    () => certificates.remove(),
    () => sts.close(),
    () => box.cleanup(),
  );
  const refresh = (env: NodeJS.ProcessEnv = {}, ...args: string[]) =>
    box.run(['refresh', 'alice', '--force', '--token-code', sts.code('alice'), ...args], { env });
  return { certificates, sts, box, refresh };
}

async function startProxy(options?: ProxyOptions) {
  const proxy = await startConnectProxy(options);
  closers.push(() => proxy.close());
  return proxy;
}

describeWith(['openssl'], 'certificates', () => {
  test('an unknown authority is named with the way out, and no code is spent', async () => {
    const { refresh, sts } = await start();
    const { code, stderr } = await refresh();
    expect(code).toBe(6);
    expect(stderr).toMatch(/certificate of https:\/\/127\.0\.0\.1:\d+ is not trusted/);
    expect(stderr).toContain('CERTIFICATE_VERIFY_FAILED');
    expect(stderr).toMatch(/hint: .*--ca-bundle, ca_bundle or AWS_CA_BUNDLE/);
    expect(sts.calls).toEqual([]);
  });

  test('each way to name the CA bundle is taken, the option before the variable', async () => {
    const { certificates, refresh, box } = await start();
    const { caFile } = certificates;
    expect(await refresh({ AWS_CA_BUNDLE: caFile })).toMatchObject({ code: 0 });
    expect(await refresh({ NODE_EXTRA_CA_CERTS: caFile })).toMatchObject({ code: 0 });
    expect(
      await refresh({ AWS_CA_BUNDLE: '/nonexistent/ca.pem' }, '--ca-bundle', caFile),
    ).toMatchObject({ code: 0 });
    const other = makeCertificates();
    closers.push(() => other.remove());
    expect(
      await refresh({ AWS_CA_BUNDLE: other.caFile, NODE_EXTRA_CA_CERTS: caFile }),
    ).toMatchObject({ code: 0 });
    box.writeConfig(config.replace('mfa_serial', `ca_bundle = ${caFile}\nmfa_serial`));
    expect(await refresh()).toMatchObject({ code: 0, stdout: '' });
  });

  test('a bundle that is missing or no PEM file is exit 4 and named', async () => {
    const { refresh, box, sts } = await start();
    const missing = await refresh({ AWS_CA_BUNDLE: '/nonexistent/ca.pem' });
    expect(missing.code).toBe(4);
    expect(missing.stderr).toContain('cannot read /nonexistent/ca.pem: there is no such file');
    const der = box.writeFile('ca.der', Buffer.from([0x30, 0x82, 1, 2]));
    const binary = await refresh({}, '--ca-bundle', der);
    expect(binary.code).toBe(4);
    expect(binary.stderr).toContain('no certificate in PEM form');
    expect(sts.calls).toEqual([]);
  });

  test('--no-verify-ssl works, and warns every time', async () => {
    const { refresh } = await start();
    for (let time = 0; time < 2; time++) {
      const { code, stderr } = await refresh({}, '--no-verify-ssl', '--quiet');
      expect(code).toBe(0);
      expect(stderr).toMatch(/^mfa-profile: warning: --no-verify-ssl/);
    }
  });
});

describeWith(['openssl'], 'a proxy', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])(
    '%s carries the call to AWS by its name',
    async (name) => {
      const host = 'sts.eu-west-1.amazonaws.com';
      const { certificates, sts, refresh } = await start([host]);
      const proxy = await startProxy({
        credentials: { username: 'me', password: 'p@ss:w%rd' },
        route: () => ({ host: '127.0.0.1', port: sts.port }),
      });
      const answer = await refresh({
        ...NO_ENDPOINT,
        [name]: proxy.url,
        AWS_REGION: 'eu-west-1',
        AWS_CA_BUNDLE: certificates.caFile,
      });
      expect(answer).toMatchObject({ code: 0, stdout: '' });
      expect(proxy.seen).toEqual([{ method: 'CONNECT', target: `${host}:443`, authorized: true }]);
      expect(sts.calls[0]).toMatchObject({ host, region: 'eu-west-1' });
    },
  );

  test.each([
    {
      at: 'the region',
      env: { AWS_REGION: 'cn-northwest-1' },
      host: 'sts.cn-northwest-1.amazonaws.com.cn',
      user: GRACE,
    },
    {
      at: 'the serial',
      env: { AWS_REGION: 'eu-west-1' },
      host: 'sts.cn-north-1.amazonaws.com.cn',
      user: GRACE,
    },
    { at: 'the serial', env: {}, host: 'sts.us-gov-west-1.amazonaws.com', user: HEIDI },
    {
      at: 'FIPS',
      env: { AWS_REGION: 'us-east-2', AWS_USE_FIPS_ENDPOINT: 'true' },
      host: 'sts-fips.us-east-2.amazonaws.com',
      user: ALICE,
    },
    {
      at: 'dual-stack',
      env: { AWS_REGION: 'us-east-2', AWS_USE_DUALSTACK_ENDPOINT: 'true' },
      host: 'sts.us-east-2.api.aws',
      user: ALICE,
    },
  ])('$at of $user.userName leads to $host', async ({ env, host, user }) => {
    const { certificates, sts, box } = await start([host]);
    const proxy = await startProxy({ route: () => ({ host: '127.0.0.1', port: sts.port }) });
    const { userName } = user;
    const answer = await box.run(['refresh', userName, '--token-code', sts.code(userName)], {
      env: { ...NO_ENDPOINT, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: certificates.caFile, ...env },
    });
    expect(proxy.seen[0]?.target).toBe(`${host}:443`);
    expect(answer).toMatchObject({ code: 0 });
  });

  test('a wrong or missing password is the proxy’s refusal, not AWS’s, and shows no password', async () => {
    const { refresh, sts } = await start();
    const proxy = await startProxy({ credentials: { username: 'me', password: 'right' } });
    const wrong = proxy.url.replace('right', 'hunter2');
    for (const url of [proxy.plainUrl, wrong]) {
      const { code, stderr } = await refresh({ HTTPS_PROXY: url, DEBUG: '*' }, '--debug');
      expect(code).toBe(6);
      expect(stderr).toContain(`the proxy ${proxy.plainUrl} wants a user and a password`);
      expect(stderr).not.toContain('hunter2');
      expect(stderr).not.toContain(Buffer.from('me:hunter2').toString('base64'));
    }
    expect(sts.calls).toEqual([]);
  });

  test('a proxy that refuses, one that is not there, and one that is no URL are told apart', async () => {
    const { refresh } = await start();
    const closed = await startProxy({ refuseWith: 503 });
    expect(await refresh({ HTTPS_PROXY: closed.url })).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('refused to connect to AWS (HTTP 503)') as string,
    });
    expect(await refresh({ https_proxy: '127.0.0.1:1' })).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(
        /cannot reach the proxy http:\/\/127\.0\.0\.1:1 of https_proxy: the connection was refused/,
      ) as string,
    });
    expect(await refresh({ HTTPS_PROXY: 'socks5://127.0.0.1:1080' })).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('HTTPS_PROXY does not name a proxy') as string,
    });
  });

  test('an https proxy whose certificate is not trusted is named as such', async () => {
    const { sts, refresh } = await start();
    const { code, stderr } = await refresh({ HTTPS_PROXY: sts.endpoint });
    expect(code).toBe(6);
    expect(stderr).toContain(`the certificate of ${sts.endpoint} is not trusted`);
  });

  test('NO_PROXY in either case of letters goes past it', async () => {
    const { certificates, refresh } = await start();
    const proxy = await startProxy({ refuseWith: 503 });
    const env = { HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: certificates.caFile };
    expect(await refresh({ ...env, NO_PROXY: 'localhost,127.0.0.1' })).toMatchObject({ code: 0 });
    expect(await refresh({ ...env, no_proxy: '127.0.0.0/8' })).toMatchObject({ code: 0 });
    expect(proxy.seen).toEqual([]);
    expect(await refresh({ ...env, NO_PROXY: 'example.com' })).toMatchObject({ code: 6 });
  });

  test('the certificate of a proxy that opens TLS is the endpoint’s, with the CA hint', async () => {
    const { sts, refresh } = await start(['sts.us-east-1.amazonaws.com']);
    const proxy = await startProxy({ route: () => ({ host: '127.0.0.1', port: sts.port }) });
    const { code, stderr } = await refresh({ ...NO_ENDPOINT, HTTPS_PROXY: proxy.url });
    expect(code).toBe(6);
    expect(stderr).toContain('certificate of https://sts.us-east-1.amazonaws.com is not trusted');
  });
});

test('HTTP_PROXY carries a plain http endpoint by its whole URL', async () => {
  const sts = await startLocalSts();
  const box = makeSandbox({ credentials: credentialsOf(ALICE), config, sts });
  closers.push(
    () => sts.close(),
    () => box.cleanup(),
  );
  const proxy = await startProxy({ credentials: { username: 'me', password: 'x' } });
  const line = ['refresh', 'alice', '--token-code', sts.code('alice')];
  const refused = await box.run(line, { env: { HTTP_PROXY: proxy.plainUrl } });
  expect(refused).toMatchObject({ code: 6, stderr: expect.stringContaining('HTTP 407') as string });
  expect(await box.run(line, { env: { http_proxy: proxy.url } })).toMatchObject({ code: 0 });
  expect(proxy.seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
    `POST ${sts.endpoint}/`,
    `POST ${sts.endpoint}/`,
  ]);
});

describe('time-outs', () => {
  /** A host that takes connections and says nothing. */
  async function startSilence(): Promise<string> {
    const sockets = new Set<net.Socket>();
    const server = net.createServer((socket) => sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test.each([
    {
      what: 'an endpoint',
      scheme: 'http',
      option: '--cli-read-timeout',
      says: 'did not answer in time',
      env: {},
    },
    {
      what: 'a TLS handshake',
      scheme: 'https',
      option: '--cli-connect-timeout',
      says: 'did not accept a connection in time',
      env: {},
    },
    {
      what: 'a proxy',
      scheme: 'https',
      option: '--cli-connect-timeout',
      says: 'did not accept a connection in time',
      env: 'proxy',
    },
  ])('$what that says nothing ends the wait', async ({ scheme, option, says, env }) => {
    const address = await startSilence();
    const box = makeSandbox({ credentials: credentialsOf(ALICE), config });
    closers.push(() => box.cleanup());
    const answer = await box.run(
      [
        'refresh',
        'alice',
        '--token-code',
        '123456',
        option,
        '1',
        '--endpoint-url',
        `${scheme}://${address}`,
      ],
      { env: env === 'proxy' ? { HTTPS_PROXY: `http://${address}` } : {} },
    );
    expect(answer).toMatchObject({ code: 6, stderr: expect.stringContaining(says) as string });
  });
});
