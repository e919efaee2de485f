/** Servers that break the rules: each comes to an end, and none makes a code be sent for nothing. */
import { gzipSync } from 'node:zlib';
import {
  HOSTILE,
  answering,
  httpAnswer,
  identityXml,
  sessionXml,
  startHostile,
} from '../../fixtures/sts/hostile.ts';
import type { Behaviour, HostileServer } from '../../fixtures/sts/hostile.ts';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { makeSandbox } from '../support/sandbox.ts';
import { configOf, hoursAhead, sessionText } from '../support/scene.ts';
import type { Sandbox } from '../support/sandbox.ts';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server that does this to each request, and a home whose environment knows it. */
async function start(
  behaviour: Behaviour,
  credentials = credentialsOf(ALICE),
): Promise<{ box: Sandbox; server: HostileServer }> {
  const server = await startHostile(behaviour);
  const box = makeSandbox({ credentials, config: configOf(ALICE), sts: server });
  closers.push(
    () => server.close(),
    () => box.cleanup(),
  );
  return { box, server };
}

const LINE = ['refresh', 'alice', '--token-code', '123456'];
/** For a server that never comes to an end. */
const IMPATIENT = [...LINE, '--cli-read-timeout', '1'];
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
  const { box, server } = await start((socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<GetSessionTokenResponse>');
  });
  const { code, stderr } = await box.run(LINE);
  expect(code).toBe(6);
  expect(stderr).toMatch(/spent|used/);
  expect(server.requests()).toBe(1);
});

test('silence after a first answer ends at the read time-out, too', async () => {
  const { box, server } = await start((socket, { number }) => {
    if (number === 1) socket.write(UNAVAILABLE);
  });
  const { code, stderr } = await box.run(IMPATIENT);
  expect(code).toBe(6);
  expect(stderr).toContain('did not answer in time');
  expect(server.requests()).toBe(2);
});

test('a reset after a first answer says that the code may be spent', async () => {
  const { box } = await start((socket, { number }) => {
    if (number === 1) socket.write(UNAVAILABLE);
    else socket.resetAndDestroy();
  });
  const { code, stderr } = await box.run(LINE);
  expect(code).toBe(6);
  expect(stderr).toMatch(/spent|used/);
});

describe('a server that echoes, drips, floods, redirects or lies', () => {
  const BEHAVIOURS = Object.entries(HOSTILE);
  const LATE = /did not answer in time/;
  const LIES: Record<string, RegExp> = {
    'a redirection': /HTTP 302, redirected to http:\/\/portal\.example\/login \(a log-in page/,
    'another redirection': /HTTP 307, redirected to http:\/\/127\.0\.0\.1:\d+\/somewhere/,
    'no content': /HTTP 204/,
    'a session that is over': /HTTP 200 with a session that has expired already/,
    'a session of a minute': /HTTP 200 with a session that has expired already/,
    'the 30th of February': /HTTP 200 with a body that is not from AWS/,
    'a token with a line break': /HTTP 200 with credentials that hold a character/,
    'a token with a carriage return': /HTTP 200 with credentials that hold a character/,
    'a secret with a NUL': /HTTP 200 with credentials that hold a character/,
    'a body without an end': /more than 1 MiB/,
    'much that is packed': /more than 1 MiB/,
    'a body that drips': LATE,
    'a head that drips': LATE,
    'a refusal without a message': /AWS denied GetSessionToken: it gave no reason/,
    'words for a terminal': /AWS refused GetSessionToken: MadeUpCode: /,
  };
  const REFUSALS = new Set(['words for a terminal', 'a refusal without a message']);

  test.each(BEHAVIOURS)('%s', async (what, behaviour) => {
    const { box } = await start(behaviour);
    const before = box.credentialsBytes();
    const isEndless = LIES[what] === LATE || /drips|for ever|silent/.test(what);
    const { code, stdout, stderr } = await box.run(isEndless ? IMPATIENT : LINE);
    expect(stdout).toBe('');
    const mayRefuse = REFUSALS.has(what) || what.includes('elements in it');
    expect(mayRefuse ? [5, 6] : [6]).toContain(code);
    if (code === 6) expect(stderr).toMatch(/hint: .*the MFA code may have been spent/);
    expect(stderr).toMatch(LIES[what] ?? /error: /);
    // Only lines of ours, and none longer than a line of ours that quotes them.
    expect(stderr).toMatch(/^(mfa-profile: (error|hint|warning): [^\n]{1,1000}\n)+$/);
    expect(stderr).not.toMatch(/^mfa-profile: hint: run evil/m);
    expect(stderr).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(stderr.match(/hint: /g)!.length).toBeLessThan(5);
    expect(box.credentialsBytes()).toEqual(before);
    expect(box.namesInFolder()).toEqual(['config', 'credentials']);
  });
});

test.each<[string, Behaviour, RegExp]>([
  [
    'a head without an end',
    (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(100)}`);
    },
    /did not answer as STS does: a head that is too long/,
  ],
  [
    'another protocol',
    (socket) => {
      socket.write('SSH-2.0-MadeUp_1\r\n');
    },
    /did not answer as STS does: something that is not HTTP/,
  ],
])('%s is no lost connection: its code is not sent again', async (_what, behaviour, said) => {
  const { box, server } = await start(behaviour);
  const { code, stderr } = await box.run(LINE);
  expect(code).toBe(6);
  expect(stderr).toMatch(said);
  expect(stderr).toMatch(/hint: .*the MFA code may have been spent/);
  expect(server.requests()).toBe(1);
});

describe('answers that botocore takes, too', () => {
  test.each<[string, (xml: string) => Buffer]>([
    ['a byte order mark', (xml) => httpAnswer(200, `\ufeff${xml}`)],
    [
      'an XML declaration behind a blank line',
      (xml) => httpAnswer(200, `\n<?xml version="1.0"?>${xml}`),
    ],
    [
      'prefixes of a namespace',
      (xml) =>
        httpAnswer(
          200,
          xml.replace(/<(\/?)(?=[A-Z])/g, '<$1sts:').replace(' xmlns=', ' xmlns:sts='),
        ),
    ],
    [
      'blanks around the values',
      (xml) =>
        httpAnswer(
          200,
          xml.replace(/>(?=[A-Za-z0-9])/g, '> \n').replace(/(?<=[A-Za-z0-9=])<\//g, ' </'),
        ),
    ],
    ['gzip', (xml) => httpAnswer(200, gzipSync(xml), ['Content-Encoding: gzip'])],
  ])('%s', async (_what, answer) => {
    const { box } = await start(answering(({ action }) => answer(sessionXml(action))));
    const { code, stderr } = await box.run(LINE);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(box.readCredentials()).toContain(
      'aws_session_token = madeUpTokenOfTheHostileServer==\n',
    );
  });
});

describe('said as it is', () => {
  test('a session that AWS does not know is not the long-term key (Versent/saml2aws#928)', async () => {
    const { box } = await start(
      answering(() => httpAnswer(403, UNKNOWN)),
      credentialsOf(ALICE) +
        `\n${sessionText('alice_token', { x_security_token_expires: hoursAhead(5) })}`,
    );
    const { code, stderr } = await box.run(['whoami', 'alice']);
    expect(code).toBe(5);
    expect(stderr).toMatch(/does not know the session in alice_token[^]*refresh alice --force/);
  });

  test.each(['NTLM', 'Negotiate', 'Negotiate, NTLM realm="x"'])(
    'a proxy that offers only %s (boto/botocore#2083)',
    async (scheme) => {
      const { server, box } = await start(
        answering(() => httpAnswer(407, '', [`Proxy-Authenticate: ${scheme}`])),
      );
      const env = { HTTP_PROXY: server.endpoint, AWS_ENDPOINT_URL_STS: 'http://sts.example' };
      const { code, stderr } = await box.run(LINE, { env });
      expect(code).toBe(6);
      expect(stderr).toMatch(/offers only (NTLM|Negotiate)[^]*cntlm or px/);
      expect(stderr).toMatch(/warning: http:\/\/sts\.example is reached without TLS/);
    },
  );

  test.each([
    [['doctor', 'alice'], /^warning +tls +http:\/\/sts\.example is reached without TLS/m],
    [
      ['exec', 'alice', '-t', '123456', '--', 'true'],
      /warning: http:\/\/sts\.example is reached without TLS/,
    ],
  ])('an endpoint that others can read on the way to: %s', async (args, warning) => {
    const { server, box } = await start(
      answering(({ action }) =>
        httpAnswer(
          200,
          action === 'GetCallerIdentity'
            ? identityXml('arn:aws:iam::123456789012:user/alice')
            : sessionXml(action),
        ),
      ),
    );
    const env = { HTTP_PROXY: server.endpoint, AWS_ENDPOINT_URL_STS: 'http://sts.example' };
    const { code, stdout, stderr } = await box.run(args, { env });
    expect(stdout + stderr).toMatch(warning);
    expect(code).toBe(0);
    const near = await box.run(args);
    expect(near.stdout + near.stderr).not.toContain('without TLS');
  });

  const THROTTLING =
    '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';

  test('Retry-After: a pause that the server asks for is made', async () => {
    const times: number[] = [];
    const { box } = await start(
      answering(({ action }) => {
        times.push(performance.now());
        return times.length === 1
          ? httpAnswer(400, THROTTLING, ['Retry-After: 2'])
          : httpAnswer(200, sessionXml(action));
      }),
    );
    const { code, stderr } = await box.run(LINE);
    expect(`${code} ${stderr}`).toMatch(/^0 /);
    expect(times).toHaveLength(2);
    // Without the header the first pause is 0.31 s at most.
    expect(times[1]! - times[0]!).toBeGreaterThan(1900);
  });

  test.each([
    ['in seconds', () => '3600', /asked to wait 1 ?h(?:our)?\b/],
    [
      'as a date',
      () => new Date(Date.now() + 3_600_000).toUTCString(),
      /asked to wait (?:1 ?h|59 ?m|60 ?m)/,
    ],
  ])(
    'Retry-After %s: a longer one is told, and the call is not sent again',
    async (_how, after, told) => {
      let asked = 0;
      const { box } = await start(
        answering(() => {
          asked += 1;
          return httpAnswer(400, THROTTLING, [`Retry-After: ${after()}`]);
        }),
      );
      const { code, stderr } = await box.run(LINE);
      expect(code).toBe(6);
      expect(stderr).toMatch(told);
      expect(asked).toBe(1);
    },
  );

  test('an endpoint with a login is shown without it', async () => {
    const { box } = await start(answering(() => httpAnswer(204, '')));
    const { stderr } = await box.run([...LINE, '--endpoint-url', 'http://me:s3cretpw@127.0.0.1:9']);
    expect(stderr).toContain('cannot reach http://127.0.0.1:9: ');
    expect(stderr).not.toMatch(/s3cretpw|me:/);
  });
});

const UNKNOWN =
  '<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>';
