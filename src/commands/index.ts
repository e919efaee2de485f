/** All commands in the order of the help, as data: what each one does is in runs.ts. */
import type { CommandSpec } from '../cli/command.ts';
import { SHELL_FORMATS } from '../shells/names.ts';
import { SESSION_OPTIONS } from '../cli/options.ts';
import type { OptionSpec } from '../cli/options.ts';

const ALL: OptionSpec = {
  name: 'all',
  takes: 'flag',
  about: 'every source profile with an MFA device',
};

const NOTIFY: OptionSpec = {
  name: 'notify',
  takes: 'flag',
  about: 'tell the desktop when a session ends and a person is needed',
};

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'refresh',
    summary: 'make sure that sessions are good, asking for a code only when they are not',
    names: { value: 'NAME', most: Infinity },
    options: [
      ...SESSION_OPTIONS,
      ALL,
      {
        name: 'if-expired',
        takes: 'flag',
        about: 'refresh only what needs it: the default, spelt out',
      },
      NOTIFY,
      {
        name: 'tell-once',
        takes: 'flag',
        about: 'for schedulers: say what is wrong once, not in every run',
      },
    ],
    examples: [
      ['mfa-profile refresh prod', 'then: aws s3 ls --profile prod_token'],
      ['mfa-profile refresh prod --token-code 123456', 'with a code in hand'],
      ['mfa-profile refresh --all --no-prompt', 'for cron: exit 3 where somebody is needed'],
    ],
  },
  {
    name: 'status',
    summary: 'list sessions and when they end',
    names: { value: 'NAME', most: Infinity },
    options: [
      {
        name: 'check',
        takes: 'flag',
        about: 'print nothing; exit 3 unless every session is valid',
      },
      { name: 'watch', takes: 'flag', about: 'redraw every second, until q or Ctrl-C' },
      { ...NOTIFY, about: 'with --watch: tell the desktop when a session is about to end' },
      ...SESSION_OPTIONS.filter(({ name }) => name === 'min-ttl' || name === 'session-profile'),
    ],
    examples: [
      ['mfa-profile status', 'all that is known'],
      ['mfa-profile status --check prod', 'for scripts'],
    ],
  },
  {
    name: 'env',
    summary: 'print a session for a shell, or as JSON',
    names: { value: 'NAME', most: 1 },
    options: [
      ...SESSION_OPTIONS,
      {
        name: 'format',
        takes: 'choice',
        choices: [...SHELL_FORMATS, 'json', 'process'],
        value: 'FORMAT',
        about: 'the calling shell, unless given',
      },
      {
        name: 'unset',
        takes: 'flag',
        about: 'print what takes the session out of the shell again',
      },
    ],
    examples: [
      ['eval "$(mfa-profile env prod)"', 'bash, zsh and other POSIX shells'],
      ['mfa-profile env prod | source', 'fish'],
      ['mfa-profile env prod | Invoke-Expression', 'PowerShell'],
      ['eval "$(mfa-profile env --unset)"', 'and out again'],
    ],
  },
  {
    name: 'exec',
    summary: 'run a command with a session in its environment',
    names: { value: 'NAME', most: 1 },
    takesRest: ' -- CMD…',
    options: SESSION_OPTIONS,
    examples: [
      ['mfa-profile exec prod -- terraform plan', 'exits as terraform does'],
      ['mfa-profile exec prod -- bash', 'a shell in which the session is set'],
    ],
  },
  {
    name: 'credential-process',
    summary: "print a session for the AWS CLI's and SDKs' credential_process",
    names: { value: 'NAME', most: 1 },
    options: SESSION_OPTIONS,
    examples: [['credential_process = mfa-profile credential-process prod', 'in ~/.aws/config']],
  },
  {
    name: 'clear',
    summary: 'remove sessions from the credentials file',
    names: { value: 'NAME', most: Infinity },
    options: [
      { name: 'expired', takes: 'flag', about: 'every session of ours that is over' },
      { name: 'all', takes: 'flag', about: 'every session of ours' },
      ...SESSION_OPTIONS.filter(({ name }) => name === 'session-profile'),
    ],
    examples: [
      ['mfa-profile clear prod', 'remove [prod_token]'],
      ['mfa-profile clear --all', 'at the end of the day'],
    ],
  },
  {
    name: 'whoami',
    summary: 'ask STS who the session is',
    names: { value: 'NAME', most: 1 },
    options: SESSION_OPTIONS,
    examples: [['mfa-profile whoami prod', 'prints the ARN']],
  },
  {
    name: 'init',
    summary: "find the profile's MFA device, save it, and try it out",
    names: { value: 'NAME', most: 1 },
    options: [
      ...SESSION_OPTIONS,
      {
        name: 'from',
        takes: 'file',
        value: 'FILE',
        about: "take a batch file's setting.ini (ARN, DurationSeconds), or: aws-mfa",
      },
    ],
    examples: [
      ['mfa-profile init prod', 'asks what it cannot find out'],
      ['mfa-profile init prod --from setting.ini', 'takes over ARN and DurationSeconds'],
      ['mfa-profile init --from aws-mfa', 'takes over every [x-long-term] section'],
    ],
  },
  {
    name: 'hook',
    summary: 'print a login hook, which refreshes when a session is over and costs nothing before',
    names: { value: 'SHELL', most: 1, least: 1, choices: ['bash', 'zsh', 'fish', 'powershell'] },
    options: [
      { name: 'each-prompt', takes: 'flag', about: 'look before every prompt, not at login alone' },
      { name: 'prompt', takes: 'flag', about: 'add mfa_profile_left, the time left for a prompt' },
      ...SESSION_OPTIONS.filter(({ name }) => name === 'min-ttl'),
    ],
    examples: [
      ['mfa-profile hook bash >> ~/.bashrc', 'for the profile that AWS_PROFILE names'],
      ['mfa-profile hook zsh --profile prod --each-prompt >> ~/.zshrc', ''],
    ],
  },
  {
    name: 'schedule',
    summary: 'print the unattended refresh for a scheduler, or put it in place',
    names: {
      value: 'SCHEDULER',
      most: 1,
      least: 1,
      choices: ['cron', 'systemd', 'launchd', 'windows'],
    },
    options: [
      { name: 'install', takes: 'flag', about: 'put it in place and start it; asks first' },
      { name: 'uninstall', takes: 'flag', about: 'stop it and take it away; asks first' },
      {
        name: 'min-ttl',
        takes: 'text',
        value: '15m',
        about: 'a session with less left is renewed (default 15m)',
      },
      NOTIFY,
    ],
    examples: [
      [
        'mfa-profile schedule systemd --install',
        'every profile with an MFA device, every 5 minutes',
      ],
      ['mfa-profile schedule cron --profile prod', 'a crontab line for one'],
    ],
  },
  {
    name: 'completion',
    summary: 'print a completion script for the shell',
    names: { value: 'SHELL', most: 1, choices: ['bash', 'zsh', 'fish', 'powershell'] },
    takesRest: ' [-- WORD…]',
    options: [],
    examples: [['mfa-profile completion bash >> ~/.bashrc', '']],
  },
  {
    name: 'doctor',
    summary: 'check files, environment, clock and network, and say what to do',
    names: { value: 'NAME', most: 1 },
    options: [
      { name: 'fix', takes: 'flag', about: 'mend what is safe to mend: permissions, left-overs' },
    ],
    examples: [
      ['mfa-profile doctor prod', 'with the checks of that profile'],
      ['mfa-profile doctor --fix', 'names each thing that it mends'],
    ],
  },
];
