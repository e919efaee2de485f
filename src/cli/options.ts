/** Every option of the command line, declared once: parsing, help and completion read this table. */

export interface OptionSpec {
  readonly name: string;
  readonly alias?: string;
  /** `flag` takes no value; the others take one, and each is checked by its reader in settings.ts. */
  readonly takes: 'flag' | 'text' | 'file' | 'profile' | 'choice';
  readonly choices?: readonly string[];
  /** The value's name in the help. */
  readonly value?: string;
  readonly about: string;
}

/** Options that every command takes. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'profile', takes: 'profile', value: 'NAME', about: 'the profile, in place of NAME' },
  {
    name: 'credentials-file',
    takes: 'file',
    value: 'FILE',
    about: 'in place of ~/.aws/credentials',
  },
  { name: 'config-file', takes: 'file', value: 'FILE', about: 'in place of ~/.aws/config' },
  { name: 'endpoint-url', takes: 'text', value: 'URL', about: 'call this URL in place of AWS' },
  { name: 'region', takes: 'text', value: 'REGION', about: 'call STS in this region' },
  {
    name: 'ca-bundle',
    takes: 'file',
    value: 'FILE',
    about: 'trust the certificates in this PEM file',
  },
  { name: 'no-verify-ssl', takes: 'flag', about: 'trust any certificate (unsafe)' },
  {
    name: 'cli-connect-timeout',
    takes: 'text',
    value: 'SECONDS',
    about: 'for connecting; 0 waits for ever (default 10)',
  },
  {
    name: 'cli-read-timeout',
    takes: 'text',
    value: 'SECONDS',
    about: 'for the answer; 0 waits for ever (default 30)',
  },
  { name: 'json', takes: 'flag', about: 'print JSON' },
  { name: 'quiet', takes: 'flag', about: 'say nothing but warnings and errors' },
  { name: 'debug', takes: 'flag', about: 'say what is done and why; shows no secret' },
  { name: 'no-color', takes: 'flag', about: 'no colours (also NO_COLOR)' },
];

/** Options of the commands that may get a session. */
export const SESSION_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'token-code',
    alias: 't',
    takes: 'text',
    value: 'CODE',
    about: 'the MFA code; - reads it from stdin',
  },
  {
    name: 'serial-number',
    takes: 'text',
    value: 'ARN',
    about: 'the MFA device, in place of mfa_serial',
  },
  {
    name: 'duration-seconds',
    takes: 'text',
    value: 'N',
    about: 'how long the session lasts: 900 to 129600',
  },
  { name: 'duration', takes: 'text', value: '12h', about: 'the same with a unit: 15m, 12h, 1h30m' },
  {
    name: 'min-ttl',
    takes: 'text',
    value: '15m',
    about: 'a session with less left counts as stale (default 5m)',
  },
  { name: 'force', takes: 'flag', about: 'get a new session even if the old one is good' },
  { name: 'no-prompt', takes: 'flag', about: 'never ask; exit 3 where a code is needed' },
  { name: 'mfa-process', takes: 'text', value: 'CMD', about: 'a command that prints the code' },
  {
    name: 'session-profile',
    takes: 'profile',
    value: 'NAME',
    about: 'keep the session in this profile',
  },
];
