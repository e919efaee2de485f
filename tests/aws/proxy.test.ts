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

test.each(['socks5://p:1080', 'http://', 'ftp://p', 'http://a b'])('%s is no proxy', (url) => {
  expect(chooseProxy(AWS, { HTTPS_PROXY: url })).toEqual({ kind: 'bad', variable: 'HTTPS_PROXY' });
});

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
])('NO_PROXY=%s and %s: %s', (list, target, isDirect) => {
  for (const name of ['NO_PROXY', 'no_proxy']) {
    const choice = chooseProxy(target, { https_proxy: 'http://p', [name]: list });
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
