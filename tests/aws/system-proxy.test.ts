/** The proxy of the system's settings, by what its programs print. */
import { proxyOfRegistry, proxyOfScutil } from '../../src/aws/system-proxy.ts';

const named = (url: string) => ({ kind: 'named', url });
const SCRIPT = { kind: 'script' };

describe('macOS: scutil --proxy', () => {
  const dictionary = (...lines: string[]) =>
    `<dictionary> {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
  const HTTPS = ['HTTPSEnable : 1', 'HTTPSPort : 8080', 'HTTPSProxy : proxy.example.com'];
  const PAC = ['ProxyAutoConfigEnable : 1', 'ProxyAutoConfigURLString : http://pac.example.com/a'];

  test.each([
    ['none', dictionary('FTPPassive : 1'), undefined],
    ['one for HTTPS', dictionary(...HTTPS), named('http://proxy.example.com:8080')],
    ['one that is off', dictionary('HTTPSEnable : 0', ...HTTPS.slice(1)), undefined],
    [
      'one without a port',
      dictionary('HTTPSEnable : 1', 'HTTPSProxy : proxy.example.com'),
      named('http://proxy.example.com:443'),
    ],
    ['one for HTTP only', dictionary('HTTPEnable : 1', 'HTTPProxy : proxy.example.com'), undefined],
    ['a script', dictionary(...PAC), SCRIPT],
    ['both', dictionary(...HTTPS, ...PAC), named('http://proxy.example.com:8080')],
    ['nothing at all', '', undefined],
  ])('%s', (_, text, expected) => {
    expect(proxyOfScutil(text)).toEqual(expected);
  });
});

describe('Windows: reg query', () => {
  const key = (...lines: string[]) =>
    `\r\nHKEY_CURRENT_USER\\Software\\…\\Internet Settings\r\n${lines.map((line) => `    ${line}\r\n`).join('')}\r\n`;
  const on = 'ProxyEnable    REG_DWORD    0x1';
  const server = (value: string) => `ProxyServer    REG_SZ    ${value}`;

  test.each([
    ['none', key('ProxyEnable    REG_DWORD    0x0'), undefined],
    ['one', key(on, server('proxy.example.com:8080')), named('http://proxy.example.com:8080')],
    ['one that is off', key('ProxyEnable    REG_DWORD    0x0', server('a:1')), undefined],
    ['one by its address', key(on, server('https://a:1')), named('https://a:1')],
    [
      'one with a login, which is never shown',
      key(on, server('https://me:made-up@proxy.example.com:8080/x')),
      named('https://proxy.example.com:8080'),
    ],
    ['a list', key(on, server('http=a:1;https=b:2')), named('http://b:2')],
    ['a list without HTTPS', key(on, server('http=a:1;ftp=b:2')), undefined],
    ['a script', key('AutoConfigURL    REG_SZ    http://pac.example.com/a'), SCRIPT],
    ['nothing at all', '', undefined],
  ])('%s', (_, text, expected) => {
    expect(proxyOfRegistry(text)).toEqual(expected);
  });
});
