/** The proxy of the system's own settings, which Python's programs, the AWS CLI among them, take where no variable names one. */

export type SystemProxy =
  | { readonly kind: 'named'; readonly url: string }
  /** A script (PAC) chooses it, which nobody here can run. */
  | { readonly kind: 'script' };

/** @param text what `scutil --proxy` of macOS prints */
export function proxyOfScutil(text: string): SystemProxy | undefined {
  const valueOf = (name: string): string | undefined =>
    new RegExp(`^ *${name} : (.+?) *$`, 'm').exec(text)?.[1];
  const host = valueOf('HTTPSProxy');
  if (valueOf('HTTPSEnable') === '1' && host !== undefined) {
    return { kind: 'named', url: `http://${host}:${valueOf('HTTPSPort') ?? '443'}` };
  }
  return valueOf('ProxyAutoConfigEnable') === '1' ? { kind: 'script' } : undefined;
}

/** Where Windows keeps it for the user. */
export const PROXY_KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** @param text what `reg query` prints of {@link PROXY_KEY} */
export function proxyOfRegistry(text: string): SystemProxy | undefined {
  const valueOf = (name: string): string | undefined =>
    new RegExp(`^\\s+${name}\\s+REG_\\w+\\s+(.+?)\\s*$`, 'm').exec(text)?.[1];
  const server = valueOf('ProxyServer');
  if (Number(valueOf('ProxyEnable')) === 1 && server !== undefined) {
    // One for all, or a list: `http=one:80;https=other:8080`.
    const chosen = server.includes('=') ? /(?:^|;)https=([^;]+)/i.exec(server)?.[1] : server;
    if (chosen !== undefined) {
      return { kind: 'named', url: withoutLogin(chosen) };
    }
  }
  return valueOf('AutoConfigURL') === undefined ? undefined : { kind: 'script' };
}

/** An address is shown, a login never. */
function withoutLogin(address: string): string {
  const [, scheme = 'http://', host = ''] = /^(https?:\/\/)?(?:.*@)?([^/]*)/i.exec(address) ?? [];
  return scheme + host;
}
