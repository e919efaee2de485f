/**
 * What a session was issued for: its identity, as it is written beside the session and compared.
 */

/** The key of a session's section that says what the session was got for. */
export const ORIGIN_KEY = 'x_mfa_profile_origin';

export type OriginPart =
  'access key' | 'role' | 'external ID' | 'role session name' | 'source profile';

/** What a change can be of. */
export type OriginChange = OriginPart | 'MFA device' | 'account';

export interface Origin {
  /** All but the device, in the order in which they are written. */
  readonly parts: readonly (readonly [part: OriginPart, text: string])[];
  /**
   * The devices that the profile may use today, the preferred one first; empty if none is known.
   */
  readonly devices: readonly string[];
}

/**
 * A text as it can stand in a value that every reader of the file takes alike: no comment sign, and
 * nothing beyond ASCII. A command line in it stays readable.
 */
export function originText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.trim().replace(/[^ -~]|[%#;]/gu, (sign) => encodeURIComponent(sign));
}

/** Stands as it is: visible ASCII without those signs. */
const PLAIN = /^[!"$&-:<-~]+$/;

function subject({ parts }: Origin): string {
  return parts.map(([, text]) => text).join(' ');
}

/** @param device the one that the session was got with; undefined for a session without MFA */
export function formatOrigin(origin: Origin, device: string | undefined): string {
  return device ? `${subject(origin)} ${originText(device)}` : subject(origin);
}

/**
 * What has changed in the profile since a session was issued. A device counts where the profile
 * names one today: a session that was got with --serial-number serves a profile without one.
 * @param stored the value of {@link ORIGIN_KEY}
 * @returns undefined if nothing has changed
 */
export function originChange(stored: string, origin: Origin): OriginChange | undefined {
  const text = stored.trim();
  let at = 0;
  for (const [part, expected] of origin.parts) {
    if (!isPart(text, at, expected)) return part;
    at += expected.length + 1;
  }
  if (origin.devices.length === 0) return text.includes(' ', at) ? 'access key' : undefined;
  return origin.devices.some((device) => text.slice(at) === originText(device))
    ? undefined
    : 'MFA device';
}

/** Whether `part` stands there, with a blank or nothing behind it. */
function isPart(text: string, at: number, part: string): boolean {
  const end = at + part.length;
  return text.startsWith(part, at) && (end === text.length || text.charAt(end) === ' ');
}
