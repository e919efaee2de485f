/** Addresses of the AWS console, and of the sign-in that leads there. */
import { partitionRow } from './partition.ts';

/** The sign-in says it to the console, which shows it to nobody. */
const ISSUER = 'mfa-profile';

/** What names a place in the console, as `s3` or `ec2/home#Instances:`; no other host, no scheme. */
export function isConsolePath(text: string): boolean {
  return /^\/?[A-Za-z0-9][^\s\\\p{C}]*$/u.test(text) && !/^\/?[A-Za-z][\w+.-]*:/.test(text);
}

export interface ConsolePlace {
  /** In the partition whose console it is. */
  readonly region: string;
  /** False if nobody has named that region: the console then goes to the one that it showed last. */
  readonly isRegionNamed: boolean;
  /** As {@link isConsolePath} allows it; the console's first page if undefined. */
  readonly path: string | undefined;
}

/** The address of a page of the console. A service's name alone means its first page. */
export function consoleAddress({ region, isRegionNamed, path }: ConsolePlace): string {
  const { consoleDomain } = partitionRow(region);
  const inside = (path ?? 'console').replace(/^\//, '');
  const isBare = /^[\w-]+$/.test(inside);
  const url = new URL(isBare ? `${inside}/home` : inside, `https://console.${consoleDomain}/`);
  if (isRegionNamed && !url.searchParams.has('region')) url.searchParams.set('region', region);
  return url.href;
}

/** The address of the endpoint that gives sign-in tokens, and takes them. */
export function federationAddress(endpoint: string): URL {
  const url = new URL(endpoint);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/federation') ? path : `${path}/federation`;
  return url;
}

/** The address that opens the console: whoever has it within 15 minutes is signed in. */
export function signInAddress(endpoint: string, token: string, destination: string): string {
  const url = federationAddress(endpoint);
  url.search = String(
    new URLSearchParams({
      Action: 'login',
      Issuer: ISSUER,
      Destination: destination,
      SigninToken: token,
    }),
  );
  return url.href;
}
