/** The words of the options that several commands have, in English. */
import type { GlobalOption, SessionOption } from './options.ts';

export const OPTION_WORDS: Readonly<Record<GlobalOption | SessionOption, string>> = {
  profile: 'the profile, in place of NAME',
  'credentials-file': 'in place of ~/.aws/credentials',
  'config-file': 'in place of ~/.aws/config',
  'endpoint-url': 'call this URL in place of AWS',
  region: 'call STS in this region',
  'ca-bundle': 'trust the certificates in this PEM file',
  'no-verify-ssl': 'trust any certificate (unsafe)',
  'cli-connect-timeout': 'for connecting; 0 waits for ever (default 10)',
  'cli-read-timeout': 'for the answer; 0 waits for ever (default 30)',
  json: 'print JSON',
  quiet: 'say nothing but warnings and errors',
  debug: 'say what is done and why; shows no secret',
  'no-color': 'no colours (also NO_COLOR)',
  'token-code': 'the MFA code; - reads it from stdin',
  'serial-number': 'the MFA device, in place of mfa_serial',
  'duration-seconds': 'how long the session lasts: 900 to 129600',
  duration: 'the same with a unit: 15m, 12h, 1h30m',
  'min-ttl': 'a session with less left counts as stale (default 5m)',
  force: 'get a new session even if the old one is good',
  'no-prompt': 'never ask; exit 3 where a code is needed',
  'mfa-process': 'a command that prints the code',
  'session-profile': 'keep the session in this profile',
};
