/** Exit 4: the profile is not usable. */
import { lineWords } from './place.ts';
import { isTokenCode } from '../../aws/mfa-device.ts';
import { pasted, pastedName } from '../pasted.ts';
import { spellInvisible } from '../printable.ts';
import { beginsWithOddHyphen } from '../../profiles/names.ts';
import { english as ofOutput } from '../words.ts';
import type { Of, SomeEntries } from './entry.ts';

export const profile = {
  'no-such-profile': {
    exit: 4,
    // It may be a code in the wrong place, and codes are not shown.
    words: (problem) =>
      isTokenCode(problem.profile)
        ? [
            'that looks like an MFA code, not a profile name (six digits)',
            'pass an MFA code with --token-code',
          ]
        : [
            `no profile ${problem.profile} in ${problem.credentialsFile} or ${problem.configFile}`,
            hintOf(problem),
          ],
  },
  'no-long-term-key': {
    exit: 4,
    words: (problem) => [
      `profile ${problem.profile} has no access key in ${problem.credentialsFile} (Unable to locate credentials)`,
      hintOf(problem),
    ],
  },
  'odd-key': {
    exit: 4,
    words: ({ profile, key, path, line, character, cause }) => [
      character === undefined
        ? `${key} of profile ${profile} is no key of AWS's (${path}, line ${line})`
        : `${key} of profile ${profile} holds ${character}, which no key has (${path}, line ${line})`,
      cause,
    ],
  },
  'misnamed-key': {
    exit: 4,
    words: ({ profile, path, line, written, meant }) => [
      `profile ${profile} has no ${meant}: ${path}, line ${line}, says ${written}, which AWS tools ignore (Unable to locate credentials)`,
      `write ${meant} there instead`,
    ],
  },
  'other-sign-in': {
    exit: 4,
    words: ({ profile, way }) =>
      ({
        sso: [
          `profile ${profile} gets its credentials from IAM Identity Center (SSO), not from a long-term key`,
          `it needs no MFA session: aws sso login --profile ${pasted(profile)}, then use the profile itself`,
        ],
        login: [
          `profile ${profile} gets its credentials from aws login (login_session), not from a long-term key`,
          `it needs no MFA session: aws login --profile ${pasted(profile)}, then use the profile itself`,
        ],
        'web-identity': [
          `profile ${profile} gets its credentials for a web identity token (web_identity_token_file), not for a long-term key`,
          'it needs no MFA session: AWS tools use the profile itself',
        ],
        machine: [
          `profile ${profile} gets its credentials from the machine it runs on (credential_source), not from a long-term key`,
          'it needs no MFA session: AWS tools use the profile itself',
        ],
      })[way] as [string, string],
  },
  'half-a-key': {
    exit: 4,
    words: ({ profile, missing, toSetUp }) => [
      `profile ${profile} has an access key without ${missing}`,
      toSetUp ? keyHint(profile) : `add both with: mfa-profile init ${pastedName(profile)}`,
    ],
  },
  'source-is-a-session': {
    exit: 4,
    words: ({ profile, credentialsFile, isAdoptable }) => [
      `profile ${profile} in ${credentialsFile} holds a session, not a long-term key`,
      isAdoptable
        ? adopt(profile)
        : 'STS issues sessions only for long-term keys; use the profile that holds yours',
    ],
  },
  'no-device': {
    exit: 4,
    words: ({ profile, isDeclined }) => [
      `no MFA device is known for profile ${profile}`,
      isDeclined
        ? `set mfa_serial in the config file, or give --serial-number; to look it up after all: mfa-profile init ${pastedName(profile)}`
        : `set mfa_serial, give --serial-number, or run: mfa-profile init ${pastedName(profile)}`,
    ],
  },
  'role-loop': {
    exit: 4,
    words: ({ profiles }) => [
      `the roles form a loop: ${profiles.join(' -> ')}`,
      'set source_profile of one of them to the profile with your long-term key',
    ],
  },
  'bad-setting': {
    exit: 4,
    words: (problem) => [
      `${settingWords(problem)} is not usable: ${problem.reason}${lineWords(problem, ofOutput)}`,
      problem.hint,
    ],
  },
  'long-term-key-in-the-way': {
    exit: 4,
    words: ({ session, credentialsFile }) => [
      `[${session}] in ${credentialsFile} holds a long-term key, which is never overwritten`,
      'rename that section, or choose another with --session-profile or session_profile',
    ],
  },
  'bad-session-name': {
    exit: 4,
    words: ({ session, reason, at }) => [
      `the session cannot be kept in a profile named ${JSON.stringify(session)}: ${reason}${lineWords({ setting: 'session_profile', at }, ofOutput)}`,
      'choose another name with --session-profile or session_profile',
    ],
  },
  'unquotable-value': {
    exit: 4,
    words: ({ variable, format }) => [
      `the value of ${variable} holds a character that --format ${format} cannot express`,
      'check it in the AWS files, or use exec or --format json instead',
    ],
  },
} as const satisfies SomeEntries;

/** What to do for a profile that is not there, or has no key: the likeliest first. */
function hintOf(problem: Of<'no-such-profile'> | Of<'no-long-term-key'>): string {
  const { kind, profile, credentialsFile, refusedLine, sources } = problem;
  if (refusedLine !== undefined) {
    return `fix line ${refusedLine} of ${credentialsFile} first: the AWS CLI reads nothing of that file`;
  }
  if (problem.isAdoptable) return adopt(profile);
  if (kind === 'no-such-profile') {
    const { similar } = problem;
    if (similar.length > 0) return `did you mean ${similar.map(spellInvisible).join(' or ')}?`;
    if (beginsWithOddHyphen(profile)) return ofOutput.plainHyphens;
  }
  if (problem.toSetUp) return keyHint(profile);
  const make = kind === 'no-such-profile' ? 'create it with' : 'add its long-term key with';
  return (
    othersHint(profile, sources) ??
    `${make}: mfa-profile init ${pastedName(profile)}${others(profile, sources)}`
  );
}

const adopt = (profile: string): string =>
  `its key is kept as aws-mfa keeps it: mfa-profile init ${pastedName(profile)} --from aws-mfa`;

/** `init` itself found nobody to type the key. */
function keyHint(profile: string): string {
  return `run it in a terminal to type the key, or pass the file that the IAM console gave you: mfa-profile init ${pastedName(profile)} --from FILE.csv`;
}

/** The profiles beside this one that have a key. */
export function otherSources(profile: string, sources: readonly string[] = []): string[] {
  return sources.filter((source) => source !== profile).slice(0, 5);
}

/**
 * The default profile was not asked for by name: the existing ones help more than how to create
 * it.
 */
function othersHint(profile: string, sources: readonly string[] | undefined): string | undefined {
  const [first, ...rest] = profile === 'default' ? otherSources(profile, sources) : [];
  return first === undefined
    ? undefined
    : `profiles with a key: ${[first, ...rest].join(', ')}; name one of them, for example: --profile ${pasted(first)}`;
}

/**
 * The profiles that could have been meant, after the command that creates the one that was named.
 */
function others(profile: string, sources: readonly string[] | undefined): string {
  const names = otherSources(profile, sources);
  return names.length === 0 ? '' : `; profiles with a key: ${names.join(', ')}`;
}

/** A setting is the profile's, a variable or an option the caller's. */
function settingWords({ setting, profile }: Of<'bad-setting'>): string {
  return /^(?:AWS_|--)/.test(setting) ? setting : `${setting} of profile ${profile}`;
}
