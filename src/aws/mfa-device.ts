/** The serial number of an MFA device: its form, and the mistakes that people make with it. */
import type { Said } from '../problems/text.ts';
import { partitionOfArn } from './partition.ts';
import { words } from './words.ts';

export type SerialVerdict =
  | { kind: 'good' }
  /** AWS will not know it; `suggestion` is what was probably meant. */
  | { kind: 'doubtful'; reason: Said; suggestion: string }
  | { kind: 'bad'; reason: Said };

/** Judges a serial only by its form; the bounds are those of the STS API reference. */
export function judgeSerial(serial: string): SerialVerdict {
  if (!/^[\w+=/:,.@-]{9,256}$/.test(serial)) {
    return { kind: 'bad', reason: words.noSerial };
  }
  if (!serial.startsWith('arn:')) return { kind: 'good' };
  if (partitionOfArn(serial) === undefined) {
    return { kind: 'bad', reason: words.noPartition };
  }
  if (/^arn:[a-z-]+:iam::\d{12}:(?:u2f|passkey)\//.test(serial)) {
    return { kind: 'bad', reason: words.securityKey };
  }
  // broamski/aws-mfa#46: the user's ARN pasted instead of the device's.
  if (/^arn:[a-z-]+:iam::\d{12}:user\//.test(serial)) {
    return {
      kind: 'doubtful',
      reason: words.userNotDevice,
      suggestion: serial.replace(/:user\/(?:.*\/)?/, ':mfa/'),
    };
  }
  // `mfa/name`, or only `mfa` for a root user's virtual device of the older form.
  if (/^arn:[a-z-]+:iam::\d{12}:(?:mfa|sms-mfa)(?:\/[\w+=/,.@-]+)?$/.test(serial)) {
    return { kind: 'good' };
  }
  return { kind: 'bad', reason: words.otherArn };
}

/** Six digits and nothing else: what every virtual and hardware device of AWS shows. */
export function isTokenCode(code: string): boolean {
  return /^\d{6}$/.test(code);
}

/**
 * The code that a person or a program has written: apps show `123 456`, and an input method writes
 * full-width digits; what is copied brings characters along that are not seen.
 * @returns undefined for what is no code
 */
export function readTokenCode(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  return isTokenCode(digits) ? digits : undefined;
}
