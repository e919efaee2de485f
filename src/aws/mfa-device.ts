/** The serial number of an MFA device: its form, and the mistakes that people make with it. */
import { partitionOfArn } from './partition.ts';

export type SerialVerdict =
  | { kind: 'good' }
  /** AWS will not know it; `suggestion` is what was probably meant. */
  | { kind: 'doubtful'; reason: string; suggestion: string }
  | { kind: 'bad'; reason: string };

/** Judges a serial by its form alone; the bounds are those of the STS API reference. */
export function judgeSerial(serial: string): SerialVerdict {
  if (!/^[\w+=/:,.@-]{9,256}$/.test(serial)) {
    return {
      kind: 'bad',
      reason: 'it is neither the ARN of an MFA device nor a hardware serial number',
    };
  }
  if (!serial.startsWith('arn:')) return { kind: 'good' };
  if (partitionOfArn(serial) === undefined) {
    return { kind: 'bad', reason: 'it lies in no partition of AWS (arn:aws:…, arn:aws-cn:…)' };
  }
  if (/^arn:[a-z-]+:iam::\d{12}:(?:u2f|passkey)\//.test(serial)) {
    return {
      kind: 'bad',
      reason:
        'it names a FIDO security key, and AWS takes only six-digit codes outside the browser',
    };
  }
  // broamski/aws-mfa#46: the user's ARN pasted in place of the device's.
  if (/^arn:[a-z-]+:iam::\d{12}:user\//.test(serial)) {
    return {
      kind: 'doubtful',
      reason: 'it is the ARN of a user, not of an MFA device',
      suggestion: serial.replace(/:user\/(?:.*\/)?/, ':mfa/'),
    };
  }
  // `mfa/name`, or `mfa` alone for a root user's virtual device of the older form.
  if (/^arn:[a-z-]+:iam::\d{12}:(?:mfa|sms-mfa)(?:\/[\w+=/,.@-]+)?$/.test(serial)) {
    return { kind: 'good' };
  }
  return {
    kind: 'bad',
    reason: 'it is an ARN, but not of an MFA device (arn:aws:iam::…:mfa/NAME)',
  };
}

/** Six digits and nothing else: what every virtual and hardware device of AWS shows. */
export function isTokenCode(code: string): boolean {
  return /^\d{6}$/.test(code);
}
