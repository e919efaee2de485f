/** The words of the help that belong to no single command, in English. */
import type { HelpFrame, OptionWords } from './help.ts';

export const FRAME: HelpFrame = {
  usage: 'Usage:',
  summary: 'Exchanges a long-term AWS key and an MFA code for a session profile.',
  commands: 'Commands:',
  options: 'Options:',
  globalOptions: 'Global options:',
  examples: 'Examples:',
  closing: [
    'Once: mfa-profile init prod       Each day: mfa-profile refresh prod',
    'Look: mfa-profile status, mfa-profile whoami prod   End: mfa-profile clear prod',
    'More: mfa-profile COMMAND --help, $(npm root -g)/mfa-profile/docs/commands.md',
  ],
  more: 'Manual: $(npm root -g)/mfa-profile/docs/commands.md',
};

export const OPTION_WORDS: OptionWords = {
  profile: 'the profile, instead of NAME',
  'credentials-file': 'use FILE instead of ~/.aws/credentials',
  'config-file': 'use FILE instead of ~/.aws/config',
  'endpoint-url': 'call this URL instead of AWS',
  region: 'call STS in this region',
  'ca-bundle': 'trust the certificates in this PEM file',
  'no-verify-ssl': 'trust any certificate (unsafe)',
  'cli-connect-timeout': 'seconds to connect (default 10; 0 = no limit)',
  'cli-read-timeout': 'seconds to answer (default 30; 0 = no limit)',
  json: 'print JSON, where there is something to print',
  quiet: 'print only warnings and errors',
  debug: 'say what is done and why; shows no secret',
  'no-color': 'no colors (also NO_COLOR)',
  'token-code': 'the MFA code; - reads it from stdin',
  'serial-number': 'the MFA device, instead of mfa_serial',
  'duration-seconds': 'session length: 900 to 129600',
  duration: 'session length with a unit: 15m, 12h, 1h30m',
  'min-ttl': 'renew a session with less time left (default 5m)',
  force: 'get a new session even if the old one is valid',
  'no-prompt': 'never ask; exit 3 if a code is needed',
  prompt: 'ask by terminal, window, auto or none',
  'mfa-process': 'a command that prints the code',
  'session-profile': 'keep the session in this profile',
  help: 'show help',
  version: 'show the version',
};
