/** The keys of a session's section that this program writes. */
import { EXPIRY_KEY } from '../credentials/expiry.ts';
import { ORIGIN_KEY } from '../credentials/origin.ts';

/** The value of `manager`, by which a section is known as this program's. */
export const MANAGER = 'mfa-profile';

export const SESSION_KEYS = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  EXPIRY_KEY,
  'manager',
  ORIGIN_KEY,
];
