/** What is said while a session is got, in English. */
import { pasted, pastedName } from '../output/pasted.ts';
import { formatDuration } from '../aws/duration.ts';
import { texts } from '../problems/text.ts';
import type { OriginChange } from '../credentials/origin.ts';

export const english = {
  askCode: (profile: string, serial: string) => `MFA code for ${profile} (${serial})`,
  codeUsed: 'that code was already used: wait for the next one',
  lastCodeUsed: (serial: string) => `the last code of ${serial} is used up: wait for the next one`,
  codeRejected: (left: number) =>
    `AWS rejected that code (wrong, expired or already used): ${left} ${left === 1 ? 'try' : 'tries'} left`,
  waitAfterUse: (serial: string, seconds: number) =>
    `the code of ${serial} was used already; waiting ${seconds} s for its next one`,
  waitAfterRejection: (serial: string, seconds: number) =>
    `AWS rejected the code of ${serial} (wrong or already used); waiting ${seconds} s for its next one`,
  stdinHasNoCode: 'stdin does not hold the six digits of an MFA code',
  waitForLock: (lock: string) => `waiting for ${lock}, which another program holds`,
  waitForNoLock: (path: string) =>
    `waiting for ${path} to be removed: it is in the place of a lock but is not one`,
  noLock: (file: string) =>
    `no lock can be made for ${file}: do not change it with another program now`,
  waitForSession: (session: string) => `another mfa-profile is getting ${session}: waiting for it`,
  changed: (session: string, profile: string, part: OriginChange) =>
    `${session} is stale: ${profile}'s ${part} has changed since`,
  openToOthers: (path: string, mode: string) =>
    `${path} is open to other users of this machine: chmod ${mode} ${pasted(path)}`,
  shared: (path: string, others: 'read' | 'write') =>
    `other users of this machine may ${others} ${path}: keep the credentials elsewhere`,
  foreign: (path: string, owner: number) => `${path} belongs to another user (uid ${owner})`,
  lookalike: (file: string, line: number, header: string, profile: string, wanted: string) =>
    `${file}, line ${line}: AWS tools do not read [${header}] as profile ${profile}; rename it to [${wanted}]`,
  misnamed: (file: string, line: number, written: string, meant: string) =>
    `${file}, line ${line}: AWS tools ignore ${written}; write ${meant} there instead`,
  unstored: (session: string, why: string) =>
    `${session} is used for this run alone, for it could not be stored: ${why}`,
  oddName: (name: string) =>
    `some AWS SDKs cannot read a profile named ${JSON.stringify(name)}; names of letters, digits and _./%@- work everywhere`,
  finding: (file: string, line: number, what: string) =>
    `${file}, line ${line}: ${what}; see: mfa-profile doctor`,
  commentInValue: (file: string, line: number, key: string) =>
    `${file}, line ${line}: the comment after ${key} is read as part of its value; move it to its own line`,
  readable: (endpoint: string) =>
    `${endpoint} is reached without TLS: the MFA code and the session can be read on the way`,
  clock: (seconds: number) =>
    `this machine's clock is ${formatDuration(Math.abs(seconds))} ${seconds > 0 ? 'ahead of' : 'behind'} AWS's: set it`,
  roleTooLong: (role: string, longest: number) =>
    `${role} is a role: its sessions last ${longest} seconds (${formatDuration(longest)}) at most`,
  durationOfVariable:
    'MFA_PROFILE_DURATION asks for more: give this command a --duration of its own, such as 1h',
  outOfBounds: (least: number, most: number) =>
    `it must be a whole number from ${least} to ${most}`,
  givesSession: 'it gives a session, but STS issues sessions only for long-term keys',
  notInStore: 'it has no such entry any more',
  asksItself: 'it asks mfa-profile for the keys of this very profile',
  runByHand: (profile: string) =>
    `run that command by hand, or remove credential_process and run: mfa-profile init ${pastedName(profile)}`,
  commentInSetting: 'a comment after a value is read as part of it: move it to its own line',
  quotesInSetting: 'remove the quotes: they are read as part of the value',
  inSeconds: 'write it in seconds: 12 hours are 43200',
  noRoleArn: 'it is not the ARN of a role',
  badRoleSessionName: 'it takes 2 to 64 of the characters A-Z a-z 0-9 _+=,.@-',
  badExternalId: 'it takes 2 to 1224 of the characters A-Z a-z 0-9 _+=,.@:/-',
  noSource: (name: string) => `there is no profile ${name}`,
  tooManySources: (most: number) =>
    `more than ${most} roles lean on one another, each of which is a call of its own to AWS`,
  sourceMissing: 'it is missing: a role is assumed with the session of another profile',
  didYouMean: (names: readonly string[]) => `did you mean ${names.join(' or ')}?`,
  sources: (names: readonly string[]) => `profiles with a key: ${names.join(', ')}`,
  chained: (role: string, given: number, wanted: number, source: string) =>
    `${role} lasts ${formatDuration(given)}, not ${formatDuration(wanted)}: AWS gives no more (3600 s) when a role is assumed with the session of ${source} (role chaining)`,
  cappedBySession: (role: string, given: number, wanted: number, source: string) =>
    `${role} lasts ${formatDuration(given)}, not ${formatDuration(wanted)}: AWS gives no more (3600 s) when a role is assumed with the session of ${source}; role_via = direct asks for a code for the role itself`,
  cappedUnasked: (role: string, given: number, wanted: number, source: string) =>
    `${role} lasts ${formatDuration(given)}, not ${formatDuration(wanted)}: AWS gives no more (3600 s) when a role is assumed with the session of ${source}, and there is nobody to ask for a code; run: mfa-profile refresh ${pastedName(role)} --force`,
  badPrompt: 'it must be auto, terminal, window or none',
  badRoleVia: 'it must be session or direct',
  minTtlTooLong: (profile: string, least: number, whole: number) =>
    `--min-ttl ${formatDuration(least)} is not less than a new session of ${profile} lasts (${formatDuration(whole)})`,
  shortenMinTtl:
    'ask for less with --min-ttl, or for longer sessions with --duration or duration_seconds',
  tooShortSession: (profile: string, given: number, wanted: number, least: number) =>
    `AWS gave ${profile} a session of ${formatDuration(given)} instead of the ${formatDuration(wanted)} asked for: less than the ${formatDuration(least)} that --min-ttl asks for`,
  shortSession: (profile: string, given: number, wanted: number) =>
    `AWS gave ${profile} a session of ${formatDuration(given)} instead of the ${formatDuration(wanted)} asked for`,
  doubtfulSerial: (serial: string, reason: string, suggestion: string) =>
    `MFA device ${serial}: ${reason}; you may mean ${suggestion}`,
  findDevice: (profile: string) => `to find the device: mfa-profile init ${pastedName(profile)}`,
  sameAsSource: 'it is the name of the source profile itself',
  sharedWithRole: (role: string) =>
    `the session of ${role}, which is assumed with it, has that name, too`,
};
export const words = texts('session', english);
