/** Which proxy is taken: HTTPS_PROXY, HTTP_PROXY and NO_PROXY in both cases of letters. */
import { chooseProxy, hasLogin } from '../../src/aws/proxy.ts';

const AWS = 'https://sts.eu-west-1.amazonaws.com';

test.each<[string, Record<string, string>, string, string | undefined]>([
  ['none', {}, AWS, undefined],
  ['upper case', { HTTPS_PROXY: 'http://p:8080' }, AWS, 'http://p:8080'],
  ['lower case wins', { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, AWS, 'http://b'],
  ['an empty one counts as unset', { https_proxy: '', HTTPS_PROXY: 'http://a' }, AWS, 'http://a'],
  ['no scheme', { https_proxy: 'p.example.com:3128' }, AWS, 'http://p.example.com:3128'],
  ['an https proxy', { https_proxy: 'https://p:8443/' }, AWS, 'https://p:8443'],
  ['HTTP_PROXY is for http', { HTTP_PROXY: 'http://p' }, AWS, undefined],
  ['http', { HTTP_PROXY: 'http://p' }, 'http://localhost:4566', 'http://p'],
  ['its login is not in the URL', { https_proxy: 'http://u:pw@p:1' }, AWS, 'http://p:1'],
])('%s', (_name, env, target, expected) => {
  const choice = chooseProxy(target, env);
  expect(choice.kind === 'proxy' ? choice.proxy.url : undefined).toBe(expected);
});

test.each([
  ['u:p%40ss%3A', 'p@ss:'],
  ['u:100%', '100%'],
  ['u', ''],
])('login %s', (login, password) => {
  expect(chooseProxy(AWS, { https_proxy: `http://${login}@p:1` })).toMatchObject({
    proxy: { login: { username: 'u', password } },
  });
});

test.each(['socks5://p:1080', 'http://', 'ftp://p', 'http://a b', 'xhttp://p', 'httpx://p'])(
  '%s is no proxy',
  (url) => {
    expect(chooseProxy(AWS, { HTTPS_PROXY: url })).toEqual({
      kind: 'bad',
      variable: 'HTTPS_PROXY',
    });
  },
);

test.each<[string, string, boolean]>([
  ['*', AWS, true],
  ['amazonaws.com', AWS, true],
  ['.amazonaws.com', AWS, true],
  ['*.amazonaws.com', AWS, true],
  ['AMAZONAWS.COM', AWS, true],
  ['localhost, sts.eu-west-1.amazonaws.com', AWS, true],
  ['azonaws.com', AWS, false],
  ['amazonaws.com:443', AWS, true],
  ['amazonaws.com:8443', AWS, false],
  ['eu-west-1', AWS, false],
  ['', AWS, false],
  ['10.0.0.0/8', 'https://10.20.30.40', true],
  ['10.0.0.0/8', 'https://11.20.30.40', false],
  ['0.0.0.0/0', 'https://11.20.30.40', true],
  ['10.0.0.0/x', 'https://10.0.0.0', false],
  ['127.0.0.1', 'https://127.0.0.1:8443', true],
  ['::1', 'https://[::1]:8443', true],
  ['[::1]', 'https://[::1]', true],
  ['fd00::1', 'https://[::1]', false],
  ['a.com b.com\tc.com\namazonaws.com', AWS, true],
  ['a.com,,b.com', AWS, false],
  [' , ', AWS, false],
  [' , ', 'https://sts.eu-west-1.amazonaws.com.', false],
  ['**amazonaws.com', AWS, false],
  ['sts.eu-west-1.amazonaws.com.evil', AWS, false],
  ['x.sts.eu-west-1.amazonaws.com', AWS, false],
  ['amazonaws.com:80', 'http://sts.amazonaws.com', true],
  ['amazonaws.com:443', 'http://sts.amazonaws.com', false],
  ['amazonaws.com:4566', 'http://sts.amazonaws.com:4566', true],
  ['amazonaws.com:x', AWS, false],
  ['[::1]:443', 'https://[::1]', false],
  ['[FD00::A]', 'https://[fd00::a]', true],
  ['10.20.30.40/32', 'https://10.20.30.40', true],
  ['10.20.30.41/32', 'https://10.20.30.40', false],
  ['10.20.30.0/25', 'https://10.20.30.127', true],
  ['10.20.30.0/25', 'https://10.20.30.128', false],
  ['10.20.30.0/024', 'https://10.20.30.40', false],
  ['10.20.30.0/x4', 'https://10.20.30.40', false],
  ['10.20.30.0/', 'https://10.20.30.40', false],
  ['10.20.30/24', 'https://10.20.30.40', false],
  ['10.20.30.0.0/24', 'https://10.20.30.40', false],
  ['10.20.30.256/8', 'https://10.20.30.40', false],
  ['10.20.30.1000/8', 'https://10.20.30.40', false],
  ['x10.20.30.0/8', 'https://10.20.30.40', false],
  ['10.0.0.0/8', AWS, false],
  ['255.0.0.0/8', 'https://255.1.2.3', true],
])('NO_PROXY=%s and %s: %s', (list, target, isDirect) => {
  for (const name of ['NO_PROXY', 'no_proxy']) {
    const choice = chooseProxy(target, {
      ...{ https_proxy: 'http://p', http_proxy: 'http://p' },
      [name]: list,
    });
    expect(choice.kind).toBe(isDirect ? 'direct' : 'proxy');
  }
});

test.each([
  ['http://me:hush@proxy:3128', true],
  ['me:hush@proxy:3128', true],
  ['http:me:hush@proxy', true],
  ['http:/me:hush@proxy', true],
  ['http:\\\\me:hush@proxy', true],
  ['http://hush@proxy', true],
  ['not @ an address', true],
  ['http://proxy:3128', false],
  ['proxy:3128', false],
  ['https://sts.eu-west-1.amazonaws.com', false],
  ['http://proxy:3128/?key=x', true],
  ['http://proxy:3128/#x', true],
  ['', false],
])('%s holds a login: %s', (address, expected) => {
  expect(hasLogin(address)).toBe(expected);
});

test.each<[string, Record<string, string>, string]>([
  ['https_proxy', { https_proxy: 'http://p' }, AWS],
  ['HTTPS_PROXY', { HTTPS_PROXY: 'http://p' }, AWS],
  ['HTTPS_PROXY', { https_proxy: '', HTTPS_PROXY: 'http://p' }, AWS],
  ['http_proxy', { http_proxy: 'http://p', https_proxy: 'http://q' }, 'http://localhost:1'],
  ['HTTP_PROXY', { HTTP_PROXY: 'http://p' }, 'http://localhost:1'],
])('it is called %s', (variable, env, target) => {
  expect(chooseProxy(target, env)).toMatchObject({ kind: 'proxy', variable });
});

test('on Windows a variable is called as it was set', () => {
  // There any spelling finds it.
  const set: Record<string, string> = { Other: 'x', Https_Proxy: 'http://p' };
  const env = new Proxy(set, {
    get: (_, name) =>
      Object.entries(set).find(([key]) => key.toLowerCase() === String(name).toLowerCase())?.[1],
  });
  expect(chooseProxy(AWS, env)).toMatchObject({ kind: 'proxy', variable: 'Https_Proxy' });
});

test.each([
  ['no_proxy wins over NO_PROXY', { no_proxy: 'other', NO_PROXY: '*' }, 'proxy'],
  ['an empty one counts as unset', { no_proxy: '', NO_PROXY: '*' }, 'direct'],
])('%s', (_name, env, kind) => {
  expect(chooseProxy(AWS, { https_proxy: 'http://p', ...env }).kind).toBe(kind);
});

test.each([
  ['http://p:1', undefined],
  ['http://:pw@p:1', { username: '', password: 'pw' }],
  ['http://u@p:1', { username: 'u', password: '' }],
  ['http://u%41:%zz@p:1', { username: 'uA', password: '%zz' }],
])('the login in %s', (url, login) => {
  expect(chooseProxy(AWS, { https_proxy: url })).toMatchObject({ proxy: { login } });
});

test.each([
  ['h-t.t+p1://p', 'bad'],
  ['HTTP://p', 'proxy'],
  ['p:1', 'proxy'],
  ['p/http://x', 'proxy'],
])('%s as a proxy is %s', (url, kind) => {
  expect(chooseProxy(AWS, { https_proxy: url }).kind).toBe(kind);
});
