/**
 * When a session ends: reading the expiry keys that tools have left in the file, and writing ours.
 */

import type { Values } from '../document/values.ts';

/** The key this program writes, and the one that prompts and saml2aws read. */
export const EXPIRY_KEY = 'x_security_token_expires';

/**
 * Expiry keys of other tools: aws-mfa and awsume, aws-azure-login, aws-export-credentials,
 * dcoker/awsmfa.
 */
export const FOREIGN_EXPIRY_KEYS = [
  'expiration',
  'aws_expiration',
  'aws_credential_expiration',
  'awsmfa_expiration',
] as const;

const EXPIRY_KEYS = [EXPIRY_KEY, ...FOREIGN_EXPIRY_KEYS];

// RFC 3339 with an offset. A form without one is UTC to aws-mfa and local time to awsume, so it
// tells nothing that a decision may rest on.
const ZONED = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * The instant that `text` names in milliseconds since the epoch; undefined unless it bears a zone.
 */
export function parseExpiry(text: string): number | undefined {
  if (!ZONED.test(text)) return undefined;
  const day = Number(text.slice(8, 10));
  // Date.parse takes the 30th of February for the 2nd of March.
  if (day > 28 && day > daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7))))
    return undefined;
  const normal =
    text.charAt(10) === 'T' && text.endsWith('Z')
      ? text
      : text
          .replace(' ', 'T')
          .replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
          .toUpperCase();
  const time = Date.parse(normal);
  return Number.isNaN(time) ? undefined : time;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * RFC 3339 in UTC with whole seconds and `Z`; rounds down, so that a session never seems longer.
 */
export function formatExpiry(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, -'.000Z'.length)}Z`;
}

/**
 * The expiry of a session section in milliseconds since the epoch. If several keys name one, the
 * earliest counts: a tool that refreshed the section without knowing our key leaves it stale.
 * Undefined without one, and if any of them cannot be read for certain: it may be the newest.
 */
export function readExpiry(values: Values): number | undefined {
  let earliest: number | undefined;
  for (const key of EXPIRY_KEYS) {
    const text = values.get(key);
    if (!text) continue;
    const time = parseExpiry(text);
    if (time === undefined) return undefined;
    if (earliest === undefined || time < earliest) earliest = time;
  }
  return earliest;
}

/** What an expiry key says word for word, for showing an expiry that cannot be trusted. */
export function expiryText(values: Values): string | undefined {
  return EXPIRY_KEYS.map((key) => values.get(key)).find(
    (text) => text && parseExpiry(text) === undefined,
  );
}
