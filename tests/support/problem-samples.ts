/** One problem of every kind, and more where its words vary: for tests of the words and of the docs. */
import type { Problem, ProblemKind } from '../../src/problems/problem.ts';
import { words as aws } from '../../src/aws/words.ts';
import { words as cli } from '../../src/cli/mistakes.ts';
import { words as init } from '../../src/commands/init/words.ts';
import { words as credentials } from '../../src/credentials/words.ts';
import { words as document } from '../../src/document/words.ts';
import { words as keys } from '../../src/commands/keys/words.ts';
import { words as keyStores } from '../../src/key-stores/words.ts';
import { words as ofSession } from '../../src/session/words.ts';
import { rotationPolicy } from '../../src/rotation/policy.ts';
import { words as system } from '../../src/system/words.ts';

type Samples = { [K in ProblemKind]: readonly Extract<Problem, { kind: K }>[] };

const credentialsFile = '~/.aws/credentials';
const configFile = '~/.aws/config';
const endpoint = 'https://sts.eu-west-1.amazonaws.com';
const profile = 'prod';
const session = 'prod_token';
const mfa = 'arn:aws:iam::123456789012:mfa/alice';
const denied =
  'User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole with an explicit deny in an identity-based policy';
const proxy = {
  kind: 'proxy-failed',
  proxy: 'http://proxy:8080',
  variable: 'HTTPS_PROXY',
} as const;

const newKeyId = 'AKIAMADEUPKEYNEW0000';
const secondKey = {
  kind: 'two-keys',
  profile,
  accessKeyId: 'AKIAMADEUPKEYTWO0000',
  // By the local clock, which the words show.
  created: new Date(2025, 0, 15, 9, 30).getTime(),
} as const;

/** A kind that is missing here does not compile. */
export const PROBLEM_SAMPLES: Samples = {
  'output-failed': [{ kind: 'output-failed', code: 'ENOSPC' }],
  usage: [{ kind: 'usage', message: cli.noSuchOption('refresh', '--bogus'), hint: cli.see('') }],
  'no-code': [
    { kind: 'no-code', session: profile, why: 'no-prompt' },
    { kind: 'no-code', session: profile, why: 'no-terminal' },
    { kind: 'no-code', session: profile, why: 'no-console' },
    { kind: 'no-code', session: profile, why: 'mfa-prompt' },
    { kind: 'no-code', session: profile, why: 'no-display' },
    {
      ...{ kind: 'no-code', session: profile, why: 'no-window' },
      tried: ['zenity', 'kdialog', 'pinentry'],
    },
    { kind: 'no-code', session: profile, why: 'no-answer' },
  ],
  'code-command-failed': [
    { kind: 'code-command-failed', session: profile, how: system.endedWith(1) },
    { kind: 'code-command-failed', session: profile, how: system.noCode },
    { kind: 'code-command-failed', session: profile, how: system.tooLong(60) },
  ],
  'still-asked': [
    { kind: 'still-asked', session, seconds: 30, at: 'question' },
    { kind: 'still-asked', session, seconds: 90, at: 'command' },
    { kind: 'still-asked', session, seconds: 90, at: 'exchange' },
  ],
  'not-rotatable': [
    { kind: 'not-rotatable', profile: 'admin', why: 'role', source: 'prod' },
    { kind: 'not-rotatable', profile, why: 'process' },
    { kind: 'not-rotatable', profile, why: 'config-file', file: configFile },
  ],
  'key-not-active': [
    { kind: 'key-not-active', profile, accessKeyId: 'AKIAIOSFODNN7EXAMPLE', isListed: true },
    { kind: 'key-not-active', profile, accessKeyId: 'AKIAIOSFODNN7EXAMPLE', isListed: false },
  ],
  'two-keys': [
    { ...secondKey, way: 'active', lastUsed: new Date(2026, 10, 20, 12).getTime() },
    { ...secondKey, way: 'inactive', lastUsed: 'unknown' },
    { ...secondKey, way: 'retired', lastUsed: new Date(2026, 10, 1, 8).getTime() },
    { ...secondKey, way: 'unfinished', lastUsed: 'never' },
  ],
  'key-changed': [{ kind: 'key-changed', profile, path: credentialsFile, newKeyId }],
  'too-late-to-abandon': [{ kind: 'too-late-to-abandon', profile, newKeyId }],
  'key-maybe-made': [{ kind: 'key-maybe-made', profile }],
  'key-not-ready': [{ kind: 'key-not-ready', profile, newKeyId, seconds: 60 }],
  'still-rotating': [{ kind: 'still-rotating', profile, seconds: 90 }],
  'scheduler-failed': [
    {
      kind: 'scheduler-failed',
      command: 'systemctl --user daemon-reload',
      how: system.endedWith(1),
    },
  ],
  'console-of-user': [
    { kind: 'console-of-user', profile, roles: ['admin'], isSession: false },
    { kind: 'console-of-user', profile, roles: [], isSession: false },
    { kind: 'console-of-user', profile, roles: [], isSession: true },
  ],
  'no-sign-in': [{ kind: 'no-sign-in', partition: 'aws-iso' }],
  'no-browser': [
    {
      kind: 'no-browser',
      tried: ['xdg-open', 'wslview'],
      line: 'mfa-profile console admin --print',
    },
    {
      kind: 'no-browser',
      tried: ['xdg-open'],
      how: system.endedWith(3),
      line: 'mfa-profile console admin --print',
    },
  ],
  'no-such-profile': [
    { kind: 'no-such-profile', profile: 'prdo', credentialsFile, configFile, similar: ['prod'] },
    { kind: 'no-such-profile', profile, credentialsFile, configFile, similar: [] },
    { kind: 'no-such-profile', profile: '123456', credentialsFile, configFile, similar: [] },
  ],
  'no-long-term-key': [{ kind: 'no-long-term-key', profile, credentialsFile }],
  'odd-key': [
    {
      kind: 'odd-key',
      profile,
      key: 'aws_access_key_id',
      path: credentialsFile,
      line: 2,
      character: credentials.blank,
      cause: credentials.blankInside,
    },
  ],
  'misnamed-key': [
    {
      kind: 'misnamed-key',
      profile,
      path: credentialsFile,
      line: 2,
      written: 'accessKeyId',
      meant: 'aws_access_key_id',
    },
  ],
  'other-sign-in': [
    { kind: 'other-sign-in', profile, way: 'sso' },
    { kind: 'other-sign-in', profile, way: 'login' },
    { kind: 'other-sign-in', profile, way: 'web-identity' },
    { kind: 'other-sign-in', profile, way: 'machine' },
  ],
  'half-a-key': [{ kind: 'half-a-key', profile, missing: 'aws_secret_access_key' }],
  'source-is-a-session': [{ kind: 'source-is-a-session', profile, credentialsFile }],
  'no-device': [{ kind: 'no-device', profile }],
  'role-loop': [{ kind: 'role-loop', profiles: ['admin', 'audit', 'admin'] }],
  'bad-setting': [
    {
      kind: 'bad-setting',
      profile,
      setting: 'duration_seconds',
      value: '12h',
      at: { path: '~/.aws/config', line: 4 },
      reason: ofSession.outOfBounds(900, 129600),
    },
    {
      kind: 'bad-setting',
      profile,
      setting: 'mfa_serial',
      value: 'alice',
      at: { path: '~/.aws/config', line: 3 },
      reason: aws.noSerial,
      hint: ofSession.findDevice('prod'),
    },
  ],
  'long-term-key-in-the-way': [{ kind: 'long-term-key-in-the-way', session, credentialsFile }],
  'bad-session-name': [
    {
      kind: 'bad-session-name',
      session: 'a]b',
      reason: document.bracketInName,
    },
  ],
  'unquotable-value': [{ kind: 'unquotable-value', variable: 'AWS_REGION', format: 'windows-cmd' }],
  'unparsable-file': [
    { kind: 'unparsable-file', path: credentialsFile, line: 7, reason: document.nul },
  ],
  'foreign-file': [
    { kind: 'foreign-file', path: credentialsFile, form: 'ansible-vault' },
    { kind: 'foreign-file', path: credentialsFile, form: 'json' },
  ],
  'unreadable-file': [
    { kind: 'unreadable-file', path: credentialsFile, code: 'EACCES' },
    { kind: 'unreadable-file', path: 'company-ca.pem', code: 'NOT_PEM' },
  ],
  'no-usable-device': [
    { kind: 'no-usable-device', profile, unusable: [] },
    {
      kind: 'no-usable-device',
      profile,
      unusable: ['arn:aws:iam::123456789012:u2f/user/alice/desk-key'],
    },
  ],
  'several-devices': [
    { kind: 'several-devices', profile, serials: [`${mfa}-phone`, `${mfa}-tablet`] },
  ],
  'unconfirmed-device': [{ kind: 'unconfirmed-device', profile, guess: mfa }],
  'key-there': [{ kind: 'key-there', profile, file: '~/.aws/credentials' }],
  'cannot-adopt': [{ kind: 'cannot-adopt', from: 'setting.ini', reason: init.noArn }],
  'no-store-program': [
    { kind: 'no-store-program', store: 'secret-service', program: 'secret-tool' },
    { kind: 'no-store-program', store: 'pass', program: 'pass' },
    { kind: 'no-store-program', store: '1password', program: 'op' },
    { kind: 'no-store-program', store: 'keychain', program: 'security' },
    { kind: 'no-store-program', store: 'windows', program: 'powershell.exe' },
  ],
  'key-store-failed': [
    {
      kind: 'key-store-failed',
      profile,
      store: keyStores.store('pass'),
      doing: 'read',
      how: system.endedWith(2),
    },
    {
      kind: 'key-store-failed',
      profile,
      store: keyStores.store('secret-service'),
      doing: 'write',
      how: keyStores.otherThanStored,
    },
    {
      kind: 'key-store-failed',
      profile,
      store: keyStores.store('1password'),
      doing: 'remove',
      how: system.endedWith(1),
    },
  ],
  'key-not-moved': [
    {
      kind: 'key-not-moved',
      profile,
      doing: 'move',
      reason: keys.alreadyIn(keyStores.place('pass', 'mfa-profile/prod')),
      hint: keys.showIt(profile),
    },
    {
      kind: 'key-not-moved',
      profile,
      doing: 'move',
      reason: keyStores.otherKeyThere(
        keyStores.place('pass', 'mfa-profile/prod'),
        'AKIAIOSFODNN7EXAMPLE',
      ),
      hint: keyStores.removeThat(profile),
    },
    {
      kind: 'key-not-moved',
      profile,
      doing: 'restore',
      reason: keys.otherKeyInFile(profile, credentialsFile),
    },
    {
      kind: 'key-not-moved',
      profile,
      doing: 'read',
      reason: keys.notInStore,
      hint: keys.showIt(profile),
    },
  ],
  'wrong-code': [{ kind: 'wrong-code', profile }],
  'wrong-serial': [
    { kind: 'wrong-serial', profile, serial: mfa },
    { kind: 'wrong-serial', profile, serial: mfa.replace(':mfa/', ':user/') },
  ],
  'session-keys-as-source': [{ kind: 'session-keys-as-source', profile }],
  'unknown-key': [
    { kind: 'unknown-key', profile, region: 'eu-west-1' },
    { kind: 'unknown-key', profile, region: 'eu-west-1', length: 21 },
    { kind: 'unknown-key', profile, region: 'eu-west-1', session },
  ],
  'wrong-secret': [
    { kind: 'wrong-secret', profile },
    { kind: 'wrong-secret', profile, length: 39 },
  ],
  clock: [{ kind: 'clock', skewSeconds: -1000 }],
  'duration-refused': [
    {
      kind: 'duration-refused',
      profile: 'admin',
      seconds: 43_200,
      said: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      codeSent: true,
    },
  ],
  'region-disabled': [{ kind: 'region-disabled', region: 'ap-east-1' }],
  'session-over': [{ kind: 'session-over', profile }],
  'access-denied': [
    { kind: 'access-denied', action: 'AssumeRole', said: denied },
    {
      kind: 'access-denied',
      action: 'CreateAccessKey',
      said: denied.replace('sts:AssumeRole', 'iam:CreateAccessKey'),
      policy: rotationPolicy('aws'),
    },
  ],
  refused: [
    {
      kind: 'refused',
      action: 'AssumeRole',
      name: 'PackedPolicyTooLarge',
      said: 'Packed size of session tags consumes 105% of allotted space.',
    },
    {
      kind: 'refused',
      action: 'getSigninToken',
      name: 'HTTP 400',
      said: 'Invalid credentials parameter',
    },
  ],
  'bad-proxy': [{ kind: 'bad-proxy', variable: 'HTTPS_PROXY' }],
  'proxy-failed': [
    { ...proxy, code: 'HTTP 407' },
    { ...proxy, code: 'HTTP 407', schemes: 'NTLM, Negotiate' },
    { ...proxy, code: 'HTTP 403' },
    { ...proxy, code: 'ECONNREFUSED' },
  ],
  unreachable: [
    { kind: 'unreachable', endpoint, code: 'ENOTFOUND' },
    {
      kind: 'unreachable',
      endpoint,
      code: 'ECONNREFUSED',
      systemProxy: 'http://proxy.example.com:8080',
    },
  ],
  'untrusted-certificate': [
    { kind: 'untrusted-certificate', endpoint, code: 'SELF_SIGNED_CERT_IN_CHAIN' },
    { kind: 'untrusted-certificate', endpoint, code: 'CERT_HAS_EXPIRED' },
  ],
  'timed-out': [
    { kind: 'timed-out', endpoint, phase: 'connect', codeSent: false },
    { kind: 'timed-out', endpoint, phase: 'read', codeSent: true },
  ],
  'answer-lost': [{ kind: 'answer-lost', endpoint, code: 'ECONNRESET', codeSent: true }],
  throttled: [{ kind: 'throttled', endpoint, tries: 4 }],
  'bad-answer': [
    { kind: 'bad-answer', endpoint, what: 'HTTP 503', codeSent: true },
    {
      kind: 'bad-answer',
      endpoint: 'https://signin.aws.amazon.com',
      what: 'HTTP 503',
      codeSent: false,
      of: 'sign-in',
    },
  ],
  'lock-held': [{ kind: 'lock-held', lock: `${credentialsFile}.lock`, seconds: 30 }],
  'unwritable-file': [
    { kind: 'unwritable-file', path: credentialsFile, code: 'EACCES' },
    { kind: 'unwritable-file', path: credentialsFile, code: 'ENOSPC' },
  ],
  'file-keeps-changing': [{ kind: 'file-keeps-changing', path: credentialsFile }],
  'program-not-runnable': [
    { kind: 'program-not-runnable', program: './deploy.sh', code: 'EACCES' },
  ],
  'program-not-found': [
    { kind: 'program-not-found', program: 'terrafrom' },
    { kind: 'program-not-found', program: '/bin/zhs', isShell: true },
  ],
  interrupted: [{ kind: 'interrupted', signal: 'SIGINT' }],
};
