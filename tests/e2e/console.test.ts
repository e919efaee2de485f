/** `console`: a role's session opens the AWS console, in a browser or by an address that is printed. */
import { gzipSync } from 'node:zlib';
import {
  ADMIN_ROLE,
  ALICE,
  AUDIT_ROLE,
  CAROL,
  DEPLOY_ROLE,
  credentialsOf,
  serialOf,
} from '../../fixtures/sts/accounts.ts';
import { makeCertificates } from '../../fixtures/sts/certificates.ts';
import { startConnectProxy } from '../../fixtures/sts/connect-proxy.ts';
import { HOSTILE, answering, httpAnswer, startHostile } from '../../fixtures/sts/hostile.ts';
import type { Behaviour } from '../../fixtures/sts/hostile.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import { refusalPage, startSignIn } from '../../fixtures/sts/sign-in.ts';
import type { LocalSignIn, SignInOptions } from '../../fixtures/sts/sign-in.ts';
import { quoted } from '../support/quote.ts';
import { makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { roleProfile as role, sessionText } from '../support/scene.ts';
import { expectNoSecret } from '../support/secrets.ts';
import { testWith } from '../support/needs.ts';

const MFA = `mfa_serial = ${serialOf(ALICE)}`;
const CONFIG = [
  `[profile alice]\n${MFA}\n`,
  role('admin', ADMIN_ROLE.arn, 'alice', 'region = eu-central-1'),
  role('day', ADMIN_ROLE.arn, 'alice', 'duration_seconds = 43200'),
  role('held', ADMIN_ROLE.arn, 'alice', 'role_via = session'),
  role('audit', AUDIT_ROLE.arn, 'admin'),
  role('deploy', DEPLOY_ROLE.arn, 'carol', 'external_id = example-external-id'),
  role('secluded', 'arn:aws-iso:iam::123456789012:role/admin', 'alice'),
].join('\n');

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Scene {
  readonly sts: LocalSts;
  readonly signIn: LocalSignIn;
  readonly box: Sandbox;
  /** Runs it with a code in hand, unless told otherwise. */
  readonly console: (args: string[], more?: { code?: boolean }) => ReturnType<Sandbox['run']>;
}

async function start(options: Omit<SignInOptions, 'sts'> = {}): Promise<Scene> {
  const sts = await startLocalSts({ totpClock: 'fresh' });
  closers.push(() => sts.close());
  const signIn = await startSignIn({ sts, ...options });
  closers.push(() => signIn.close());
  const credentials = credentialsOf(ALICE, CAROL);
  const env = { AWS_ENDPOINT_URL_SIGNIN: signIn.endpoint };
  const box = makeSandbox({ credentials, config: CONFIG, sts, env });
  closers.push(() => box.cleanup());
  const run: Scene['console'] = (args, { code = true } = {}) =>
    box.run(['console', ...args, ...(code ? ['-t', sts.code('alice')] : ['--no-prompt'])]);
  return { sts, signIn, box, console: run };
}

/** The same with a server that breaks the rules. */
async function startAgainst(behaviour: Behaviour, ...more: string[]) {
  const scene = await start();
  const hostile = await startHostile(behaviour);
  closers.push(() => hostile.close());
  const env = { AWS_ENDPOINT_URL_SIGNIN: hostile.endpoint };
  const args = ['console', 'admin', '--print', ...more];
  const result = await scene.box.run([...args, '-t', scene.sts.code('alice')], { env });
  return { ...scene, result, requests: hostile.requests() };
}

const durations = ({ signIn }: Scene) => signIn.calls.map(({ sessionDuration }) => sessionDuration);
const assumed = ({ sts }: Scene) =>
  sts.callsOf('AssumeRole').map(({ params }) => [params['DurationSeconds'], params['TokenCode']]);

test('--print: the address alone, the session in the body of one POST', async () => {
  const scene = await start();
  const { code, stdout, stderr } = await scene.console(['admin', '--print']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { signIn, sts } = scene;
  const url = new URL(stdout.trimEnd());
  expect(stdout).toBe(`${url.href}\n`);
  expect(url.origin + url.pathname).toBe(`${signIn.endpoint}/federation`);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    Action: 'login',
    Issuer: 'mfa-profile',
    Destination: 'https://console.aws.amazon.com/console/home?region=eu-central-1',
    SigninToken: signIn.tokens[0],
  });
  expect(signIn.calls).toMatchObject([{ method: 'POST', target: '/federation', status: 200 }]);
  expect(stderr).toMatch(
    /^mfa-profile: anyone who opens this address in the next 15 minutes is signed in as admin until /m,
  );
  expectNoSecret(stderr, [...sts.secrets(), ...signIn.tokens]);
  expectNoSecret(stdout, sts.secrets());
  const quiet = await scene.console(['admin', '--print', '--quiet'], { code: false });
  expect(quiet).toMatchObject({ code: 0, stderr: '' });
});

test('without a length the session is taken as it is, and nothing is asked', async () => {
  const scene = await start();
  await scene.box.run(['refresh', 'admin', '-t', scene.sts.code('alice')]);
  expect(await scene.console(['admin', '--print'], { code: false })).toMatchObject({ code: 0 });
  expect(assumed(scene)).toEqual([['3600', undefined]]);
  expect(durations(scene)).toEqual([undefined]);
});

test('--duration: the role by the long-term key and a code, and the console for as long', async () => {
  const scene = await start();
  await scene.box.run(['refresh', 'admin', '-t', scene.sts.code('alice')]);
  scene.sts.advanceTotp();
  const { code, stderr } = await scene.console(['admin', '--duration', '12h', '--print']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(assumed(scene).at(-1)).toEqual(['43200', '[token code]']);
  const again = await scene.console(['admin', '--duration', '2h', '--print'], { code: false });
  expect(again).toMatchObject({ code: 0 });
  expect(assumed(scene)).toHaveLength(2);
  expect(durations(scene)).toEqual(['43200', '7200']);
});

test('a short --duration goes the same way', async () => {
  const scene = await start();
  const { code } = await scene.console(['admin', '--duration', '15m', '--print']);
  expect(code).toBe(0);
  expect(assumed(scene)).toEqual([['900', '[token code]']]);
  expect(durations(scene)).toEqual(['900']);
});

test('duration_seconds: the console for as long as the session lasts', async () => {
  const scene = await start();
  expect(await scene.console(['day', '--print'])).toMatchObject({ code: 0 });
  expect(assumed(scene)).toEqual([['43200', '[token code]']]);
  expect(Number(durations(scene)[0])).toBeGreaterThan(43_100);
  expect(Number(durations(scene)[0])).toBeLessThanOrEqual(43_200);
});

test.each([
  ['audit', 'a chain'],
  ['held', 'role_via = session'],
])('%s, %s: an hour without a length, and a warning', async (name) => {
  const scene = await start();
  const first = await scene.console([name, '--duration', '12h', '--print']);
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(new RegExp(`warning: ${name} lasts 1h, not 12h`));
  const again = await scene.console([name, '--duration', '12h', '--print'], { code: false });
  expect(again.code).toBe(0);
  expect(again.stderr).toMatch(/warning: the console stays open until .* as long as the session/);
  expect(durations(scene)).toEqual([undefined, undefined]);
});

test('a source without a device: no code, and still for as long as is asked', async () => {
  const scene = await start();
  const line = ['deploy', '--duration', '1h', '--print'];
  expect(await scene.console(line, { code: false })).toMatchObject({ code: 0 });
  expect(durations(scene)).toEqual(['3600']);
});

test.each<[args: string[], code: number, said: RegExp]>([
  [['alice', '--print'], 4, /alice is a user, .*\n.*hint: name a role: mfa-profile console admin;/],
  [['carol', '--print'], 4, /carol is a user, .*\n.*console deploy;/],
  [['nobody', '--print'], 4, /no profile nobody/],
  [['secluded', '--print'], 4, /the partition aws-iso has no public address/],
  [['admin'], 4, /no program that opens a browser .*\n.*mfa-profile console admin --print/],
  [
    ['admin', '--print', '--duration', '13h'],
    2,
    /--duration must be between 900 seconds \(15m\) and 43200 seconds \(12h\)/,
  ],
  [['admin', '--print', '--duration', '5m'], 2, /--duration must be between .* 43200 seconds/],
  [['admin', '--duration-seconds', '899'], 2, /--duration-seconds must be .* 43200 seconds/],
  [['admin', '--service', 'https://evil.example/'], 2, /--service takes .*\n.*without https/],
  [['admin', '--service='], 2, /--service needs a value/],
  [['admin', '--browser', ''], 2, /--browser/],
  [['admin', '--print', '--browser', 'x'], 2, /--print or --browser, not both/],
  [['admin', 'audit', '--print'], 2, /./],
])('console %p is exit %i before anything is sent', async (args, code, said) => {
  const { console: run, sts, signIn, box } = await start();
  const PATH = box.path('bin');
  box.env['PATH'] = `${PATH}`;
  const result = await run(args);
  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toMatch(said);
  expect([...sts.calls, ...signIn.calls]).toEqual([]);
});

test("a session that another tool has stored: exit 4 says that it is none of a role's", async () => {
  const scene = await start();
  const { box, sts, signIn } = scene;
  box.writeCredentials(credentialsOf(ALICE) + sessionText('saml'));
  const { code, stdout, stderr } = await scene.console(['saml', '--print'], { code: false });
  expect([code, stdout]).toEqual([4, '']);
  expect(stderr).toMatch(/saml holds a session, .*\n.*hint: name a role: /);
  expect([...sts.calls, ...signIn.calls]).toEqual([]);
});

test('nobody to ask: exit 3, and the sign-in is not called', async () => {
  const scene = await start();
  const result = await scene.console(['admin', '--duration', '12h', '--print'], { code: false });
  expect(result).toMatchObject({ code: 3, stdout: '' });
  expect(scene.signIn.calls).toEqual([]);
});

test('the browser is given the address as one word, and stdout nothing', async () => {
  const { console: run, box, signIn } = await start();
  const calls = box.standIn('xdg-open');
  const { code, stdout, stderr } = await run(['admin', '--service', 'ec2/home#Instances:']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toMatch(/^mfa-profile: the console is open as admin until /m);
  const { searchParams } = new URL(calls()[0]!);
  expect(searchParams.get('SigninToken')).toBe(signIn.tokens[0]);
  expect(searchParams.get('Destination')).toBe(
    'https://console.aws.amazon.com/ec2/home?region=eu-central-1#Instances:',
  );
  expect(calls()).toHaveLength(1);
});

test('--browser: a command line of its own, instead of what the system has', async () => {
  const { console: run, box } = await start();
  const usual = box.standIn('xdg-open');
  const own = box.standIn('my browser');
  const command = `${quoted(box.path('bin/my browser'))} --private-window`;
  expect(await run(['admin', '--browser', command])).toMatchObject({ code: 0, stdout: '' });
  expect(own()).toHaveLength(1);
  expect(own()[0]).toMatch(
    /^--private-window http:\/\/127\.0\.0\.1:\d+\/federation\?Action=login&/,
  );
  expect(usual()).toEqual([]);
});

test.each([
  ['ends badly', 'exit 3', /xdg-open did not open the console: it ended with status 3/],
  ['is ended', 'kill -9 $$', /xdg-open did not open the console: SIGKILL ended it/],
])('a browser that %s is exit 4; the session is kept', async (_name, more, said) => {
  const { console: run, box } = await start();
  box.standIn('xdg-open', `${more}\n`);
  const result = await run(['admin']);
  expect(result).toMatchObject({ code: 4, stdout: '' });
  expect(result.stderr).toMatch(said);
  expect(result.stderr).not.toContain('SigninToken');
  expect(box.readCredentials()).toContain('[admin_token]');
});

test('a browser that goes on is not waited for', async () => {
  const { console: run, box } = await start();
  box.standIn('xdg-open', `exec sleep 30\n`);
  expect(await run(['admin'])).toMatchObject({ code: 0 });
});

test('an own region of the line and of the place; in Japanese', async () => {
  const { box, sts, signIn } = await start();
  const line = ['console', 'admin', '--print', '--region', 'us-west-2', '-t', sts.code('alice')];
  const { stdout, stderr } = await box.run(line, { env: { LC_ALL: 'ja_JP.UTF-8' } });
  expect(stdout).toContain(encodeURIComponent('home?region=us-west-2'));
  expect(stderr).toMatch(/15 分以内にこの URL を開くと、admin として/);
  expect(signIn.calls).toHaveLength(1);
});

describe('the sign-in answers otherwise', () => {
  const only = refusalPage(
    'Only federation tokens or assume role tokens may be used',
    'The request sent by the client was syntactically incorrect.',
  );
  const html = 'Content-Type: text/html';
  const page = '<html><body><h1>Access blocked</h1>by your network</body></html>';
  test.each<[string, Behaviour, number, RegExp, number]>([
    [
      'a refusal of AWS',
      answering(() => httpAnswer(400, only, [html])),
      5,
      /AWS refused getSigninToken: HTTP 400: HTTP Status 400 message Only federation tokens or assume role tokens may be used description/,
      1,
    ],
    ["a proxy's page", answering(() => httpAnswer(403, page, [html])), 6, /not from AWS/, 1],
    ['a page', answering(() => httpAnswer(200, page, [html])), 6, /not from AWS/, 1],
    ['no token', answering(() => httpAnswer(200, '{"x": 1}')), 6, /no sign-in token in it/, 1],
    ['null', answering(() => httpAnswer(200, 'null')), 6, /no sign-in token in it/, 1],
    [
      'a token with a line break',
      answering(() => httpAnswer(200, '{"SigninToken": "a\\nb"}')),
      ...([6, /no sign-in token in it/, 1] as const),
    ],
    ['503', answering(() => httpAnswer(503, page)), 6, /as AWS's sign-in does: HTTP 503/, 3],
    ['429', answering(() => httpAnswer(429, '')), 6, /asked to slow down/, 4],
    ['a drip', HOSTILE['a body that drips'], 6, /did not answer in time/, 1],
    ['a flood', HOSTILE['a body without an end'], 6, /more than 1 MiB/, 1],
    [
      'much that is packed',
      answering(() =>
        httpAnswer(200, gzipSync(Buffer.alloc(5_000_000, ' ')), ['Content-Encoding: gzip']),
      ),
      ...([6, /more than 1 MiB/, 1] as const),
    ],
    ['a redirection', HOSTILE['a redirection'], 6, /HTTP 302, redirected to http:\/\/portal/, 1],
  ])('%s', async (_name, behaviour, code, said, count) => {
    const isEndless = behaviour === HOSTILE['a body that drips'];
    const impatient = isEndless ? ['--cli-read-timeout', '1'] : [];
    const { result, requests, sts } = await startAgainst(behaviour, ...impatient);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(requests).toBe(count);
    expectNoSecret(result, sts.secrets());
  });

  test('what repeats the session shows nothing of it, also with --debug', async () => {
    const echo = answering(({ text }) => httpAnswer(400, `assume role ${text}`, [html]));
    const { result, sts, box } = await startAgainst(echo);
    expect(result.code).toBe(5);
    expectNoSecret(result, sts.secrets());
    const env = { AWS_ENDPOINT_URL_SIGNIN: (await hostile(echo)).endpoint };
    expectNoSecret(
      await box.run(['console', 'admin', '--print', '--debug'], { env }),
      sts.secrets(),
    );
  });
});

async function hostile(behaviour: Behaviour) {
  const server = await startHostile(behaviour);
  closers.push(() => server.close());
  return server;
}

testWith(['openssl'], 'through a proxy, with a CA of its own', async () => {
  const certificates = makeCertificates();
  closers.push(() => certificates.remove());
  const scene = await start({ tls: certificates });
  const proxy = await startConnectProxy();
  closers.push(() => proxy.close());
  const env = { HTTPS_PROXY: proxy.url, NO_PROXY: '' };
  const line = ['console', 'admin', '--print'];
  const code = () => ['-t', scene.sts.code('alice')];
  const refused = await scene.box.run([...line, ...code()], { env });
  expect(refused.code).toBe(6);
  expect(refused.stderr).toMatch(/the certificate of https:\/\/127\.0\.0\.1:\d+ is not trusted/);
  const trusting = [...line, '--no-prompt', '--ca-bundle', certificates.caFile];
  expect(await scene.box.run(trusting, { env })).toMatchObject({ code: 0 });
  expect(scene.signIn.calls).toHaveLength(1);
});
