/** The wording of every problem, its hint and its exit code: the one place that decides them. */
import { formatDuration } from '../aws/duration.ts';
import type { Problem, ProblemKind } from '../problems/problem.ts';
import { isTokenCode } from '../aws/mfa-device.ts';
import { judgeSerial } from '../aws/mfa-device.ts';

/** What a person and a script get to see of a problem. */
export interface Explanation {
  readonly exitCode: number;
  /** Lower case, without a full stop. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string | undefined;
}

const EXIT_CODES: Record<ProblemKind, number> = {
  usage: 2,
  'no-code': 3,
  'code-command-failed': 3,
  'still-asked': 3,
  'scheduler-failed': 4,
  'no-such-profile': 4,
  'no-long-term-key': 4,
  'half-a-key': 4,
  'source-is-a-session': 4,
  'no-device': 4,
  'role-loop': 4,
  'bad-setting': 4,
  'long-term-key-in-the-way': 4,
  'bad-session-name': 4,
  'unquotable-value': 4,
  'unparsable-file': 4,
  'unreadable-file': 4,
  'no-usable-device': 4,
  'several-devices': 4,
  'unconfirmed-device': 4,
  'cannot-adopt': 4,
  'wrong-code': 5,
  'wrong-serial': 5,
  'session-keys-as-source': 5,
  'unknown-key': 5,
  'wrong-secret': 5,
  clock: 5,
  'duration-refused': 5,
  'region-disabled': 5,
  'session-over': 5,
  'access-denied': 5,
  refused: 5,
  'bad-proxy': 6,
  'proxy-failed': 6,
  unreachable: 6,
  'untrusted-certificate': 6,
  'timed-out': 6,
  'answer-lost': 6,
  throttled: 6,
  'bad-answer': 6,
  'lock-held': 7,
  'unwritable-file': 7,
  'file-keeps-changing': 7,
  'program-not-runnable': 126,
  'program-not-found': 127,
  'output-failed': 1,
  interrupted: 130,
};

const CODE_MAY_BE_SPENT = 'the MFA code may have been spent: take the next one your device shows';

/** Explains a problem; exhaustive, so that a new kind without words does not compile. */
export function explain(problem: Problem): Explanation {
  const [message, hint] = words(problem);
  return { exitCode: EXIT_CODES[problem.kind], message, hint };
}

function words(problem: Problem): Words {
  switch (problem.kind) {
    case 'usage':
      return [problem.message, problem.hint];
    case 'no-code':
    case 'code-command-failed':
    case 'still-asked':
      return codeWords(problem);
    case 'scheduler-failed':
      return [
        `${problem.command} failed: ${problem.how}`,
        'the files are as they were; print it without --install, and put it in place yourself',
      ];
    case 'no-such-profile':
    case 'no-long-term-key':
    case 'half-a-key':
    case 'source-is-a-session':
    case 'no-device':
    case 'role-loop':
    case 'bad-setting':
    case 'long-term-key-in-the-way':
    case 'bad-session-name':
    case 'unquotable-value':
      return profileWords(problem);
    case 'no-usable-device':
    case 'several-devices':
    case 'unconfirmed-device':
    case 'cannot-adopt':
      return setupWords(problem);
    case 'bad-proxy':
    case 'proxy-failed':
      return proxyWords(problem);
    case 'unparsable-file':
    case 'unreadable-file':
    case 'lock-held':
    case 'unwritable-file':
    case 'file-keeps-changing':
      return fileWords(problem);
    case 'wrong-code':
    case 'wrong-serial':
    case 'session-keys-as-source':
    case 'unknown-key':
    case 'wrong-secret':
    case 'clock':
    case 'duration-refused':
    case 'region-disabled':
    case 'session-over':
    case 'access-denied':
    case 'refused':
      return refusalWords(problem);
    case 'unreachable':
    case 'untrusted-certificate':
    case 'timed-out':
    case 'answer-lost':
    case 'throttled':
    case 'bad-answer':
      return networkWords(problem);
    case 'program-not-runnable':
      return [
        `cannot run ${problem.program}: ${START[problem.code] ?? ERRNO[problem.code] ?? problem.code}`,
        undefined,
      ];
    case 'program-not-found':
      return [
        problem.program.includes('/')
          ? `there is no program ${JSON.stringify(problem.program)}`
          : `there is no command ${JSON.stringify(problem.program)} on PATH`,
        'behind -- stands a program with its arguments; for an alias or a pipeline: -- sh -c "…"',
      ];
    case 'output-failed':
      return [
        `cannot write to stdout: ${ERRNO[problem.code] ?? problem.code}`,
        'what it would have held is lost; the credentials file is whole',
      ];
    case 'interrupted':
      return ['interrupted'];
  }
}

type Words = [message: string, hint?: string | undefined];

type Of<K extends ProblemKind> = Extract<Problem, { kind: K }>;

function codeWords(problem: Of<'no-code' | 'code-command-failed' | 'still-asked'>): Words {
  switch (problem.kind) {
    case 'no-code':
      return [
        `${problem.session} needs an MFA code, and ` +
          (problem.why === 'no-prompt'
            ? '--no-prompt forbids to ask for one'
            : 'there is no terminal to ask on'),
        'give it with --token-code, set mfa_process in the profile to a command that prints it, or run this in a terminal',
      ];
    case 'code-command-failed':
      return [
        `the mfa_process of ${problem.session} gave no code: ${problem.how}`,
        'run that command by hand: it must print the six digits and end with status 0',
      ];
    case 'still-asked':
      return [
        `another mfa-profile is still waiting for the MFA code of ${problem.session} (${problem.seconds} s)`,
        'answer its question, or end it, and run this again',
      ];
  }
}

function profileWords(
  problem: Of<
    | 'no-such-profile'
    | 'no-long-term-key'
    | 'half-a-key'
    | 'source-is-a-session'
    | 'no-device'
    | 'role-loop'
    | 'bad-setting'
    | 'long-term-key-in-the-way'
    | 'bad-session-name'
    | 'unquotable-value'
  >,
): Words {
  switch (problem.kind) {
    case 'no-such-profile':
      // It may be a code in the wrong place, and codes are not shown.
      if (isTokenCode(problem.profile)) {
        return [
          'there is no profile of that name, which has six digits',
          'an MFA code goes with --token-code',
        ];
      }
      return [
        `no profile ${problem.profile} in ${problem.credentialsFile} or ${problem.configFile}`,
        problem.similar.length > 0
          ? `did you mean ${problem.similar.join(' or ')}?`
          : `make it with: aws configure --profile ${problem.profile}`,
      ];
    case 'no-long-term-key':
      return [
        `profile ${problem.profile} has no access key in ${problem.credentialsFile} (Unable to locate credentials)`,
        `store its long-term key with: aws configure --profile ${problem.profile}`,
      ];
    case 'half-a-key':
      return [
        `profile ${problem.profile} has an access key without ${problem.missing}`,
        `store both halves with: aws configure --profile ${problem.profile}`,
      ];
    case 'source-is-a-session':
      return [
        `profile ${problem.profile} in ${problem.credentialsFile} holds a session, not a long-term key`,
        'STS gives sessions for long-term keys alone: name the profile that holds yours',
      ];
    case 'no-device':
      return [
        `no MFA device is known for profile ${problem.profile}`,
        `run: mfa-profile init ${problem.profile} (or set mfa_serial in the profile, or give --serial-number)`,
      ];
    case 'role-loop':
      return [
        `the roles go round in a circle: ${problem.profiles.join(' → ')}`,
        'let source_profile of one of them name the profile with your long-term key',
      ];
    case 'bad-setting':
      return [`${settingWords(problem)} is not usable: ${problem.reason}`, problem.hint];
    case 'long-term-key-in-the-way':
      return [
        `[${problem.session}] in ${problem.credentialsFile} holds a long-term key, which is never overwritten`,
        'rename that section, or keep the session elsewhere with --session-profile or session_profile',
      ];
    case 'bad-session-name':
      return [
        `the session cannot be kept in a profile named ${JSON.stringify(problem.session)}: ${problem.reason}`,
        'choose another name with --session-profile or session_profile',
      ];
    case 'unquotable-value':
      return [
        `the value of ${problem.variable} holds a character that --format ${problem.format} cannot express`,
        'look at it in the AWS files, or take it by exec or --format json',
      ];
  }
}

function setupWords(
  problem: Of<'no-usable-device' | 'several-devices' | 'unconfirmed-device' | 'cannot-adopt'>,
): Words {
  switch (problem.kind) {
    case 'no-usable-device':
      return [
        problem.unusable.length > 0
          ? `the only MFA devices of ${problem.profile} are FIDO security keys (${problem.unusable.join(', ')}), which work in a browser alone`
          : `the user of ${problem.profile} has no MFA device`,
        'add an authenticator app in the IAM console (Security credentials, Assign MFA device) and run this again',
      ];
    case 'several-devices':
      return [
        `the user of ${problem.profile} has several MFA devices: ${problem.serials.join(', ')}`,
        `name the one to use: mfa-profile init ${problem.profile} --serial-number ARN`,
      ];
    case 'unconfirmed-device':
      return [
        `the MFA device of ${problem.profile} could not be found out: AWS does not allow its user to list devices (iam:ListMFADevices)`,
        problem.guess === undefined
          ? `take it from the IAM console: mfa-profile init ${problem.profile} --serial-number ARN`
          : `a guess, to be checked in the IAM console: mfa-profile init ${problem.profile} --serial-number ${problem.guess}`,
      ];
    case 'cannot-adopt':
      return [
        `cannot take over ${problem.from}: ${problem.reason}`,
        'set the profile up without it: mfa-profile init NAME',
      ];
  }
}

function proxyWords(problem: Of<'bad-proxy' | 'proxy-failed'>): Words {
  const { variable } = problem;
  if (problem.kind === 'bad-proxy') {
    return [
      `${variable} does not name a proxy: it must be an http or https URL`,
      `set it as in ${variable}=http://proxy.example.com:8080, or unset it`,
    ];
  }
  const { proxy, code } = problem;
  if (code === 'HTTP 407') {
    return [
      `the proxy ${proxy} wants a user and a password, or refused those in ${variable} (HTTP 407)`,
      `put them into the URL, specials such as @ and : as %40 and %3A: ${variable}=http://USER:PASSWORD@HOST:PORT`,
    ];
  }
  return code.startsWith('HTTP')
    ? [
        `the proxy ${proxy} refused to connect to AWS (${code})`,
        'ask who keeps the proxy to allow the endpoint, or name its host in NO_PROXY',
      ]
    : [
        `cannot reach the proxy ${proxy} of ${variable}: ${NETWORK[code] ?? code}`,
        `check ${variable}, or name the hosts that need no proxy in NO_PROXY`,
      ];
}

/** A setting is the profile's, a variable or an option the caller's. */
function settingWords({ setting, profile }: Of<'bad-setting'>): string {
  return /^(?:AWS_|--)/.test(setting) ? setting : `${setting} of profile ${profile}`;
}

const ERRNO: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  NOT_PEM: 'it holds no certificate in PEM form',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'its name is too long',
};

/** What these codes mean where a program is to be started. */
const START: Record<string, string> = {
  EACCES: 'permission denied (is it executable?)',
  ENOENT: 'the interpreter that its first line names is missing',
  ENOEXEC: 'the system does not know its format',
  E2BIG: 'its arguments and environment are too long',
  EINVAL: 'a batch file takes no argument with a line break in it',
};

function fileWords(
  problem: Of<
    'unparsable-file' | 'unreadable-file' | 'lock-held' | 'unwritable-file' | 'file-keeps-changing'
  >,
): Words {
  switch (problem.kind) {
    case 'unparsable-file':
      return [
        `${problem.path}, line ${problem.line}: ${problem.reason}`,
        'the file was left as it is; mend that line in an editor and run this again',
      ];
    case 'unreadable-file':
      return [
        `cannot read ${problem.path}: ${ERRNO[problem.code] ?? problem.code}`,
        'check that it is a file of yours: ls -l',
      ];
    case 'lock-held':
      return [
        `${problem.lock} is held by another program (waited ${problem.seconds} s); the credentials file is as it was`,
        'if no other mfa-profile runs, remove that lock and run this again',
      ];
    case 'unwritable-file':
      return [
        `cannot write ${problem.path}: ${ERRNO[problem.code] ?? problem.code}; it is as it was`,
        problem.code === 'ENOSPC' || problem.code === 'EDQUOT'
          ? 'make room on that disk and run this again'
          : 'check the permissions of the file and its folder',
      ];
    case 'file-keeps-changing':
      return [
        `${problem.path} is being rewritten by another program again and again`,
        'let the other program finish and run this again',
      ];
  }
}

function refusalWords(
  problem: Of<
    | 'wrong-code'
    | 'wrong-serial'
    | 'session-keys-as-source'
    | 'unknown-key'
    | 'wrong-secret'
    | 'clock'
    | 'duration-refused'
    | 'region-disabled'
    | 'session-over'
    | 'access-denied'
    | 'refused'
  >,
): Words {
  switch (problem.kind) {
    case 'wrong-code':
      return [
        `AWS did not take the MFA code for ${problem.profile}: it is wrong, too old, or was used before (MultiFactorAuthentication failed with invalid MFA one time pass code)`,
        'wait for the next code and use that; if every code is refused, check the time of the device that makes them',
      ];
    case 'wrong-serial':
      return [
        `AWS knows no MFA device ${problem.serial} of the user of ${problem.profile} (unable to validate MFA code)`,
        serialHint(problem.serial, problem.profile),
      ];
    case 'session-keys-as-source':
      return [
        `the key of ${problem.profile} belongs to a session (Cannot call GetSessionToken with session credentials)`,
        'put the long-term key of your IAM user there',
      ];
    case 'unknown-key':
      return [
        `AWS does not know the access key of ${problem.profile} in ${problem.region} (InvalidClientTokenId)`,
        'it was deleted, is inactive, or belongs to another partition (aws-cn, aws-us-gov: set region); check it in the IAM console',
      ];
    case 'wrong-secret':
      return [
        `the secret key of ${problem.profile} does not fit its access key (SignatureDoesNotMatch)`,
        `store both again with: aws configure --profile ${problem.profile}`,
      ];
    case 'clock':
      return [
        `AWS refused the time of the request: this machine's clock is ${skewText(problem.skewSeconds)}`,
        'set the clock (timedatectl set-ntp true; under WSL2: sudo hwclock -s) and run this again',
      ];
    case 'duration-refused':
      return [
        `AWS refused a session of ${formatDuration(problem.seconds)} for ${problem.profile} (ValidationError: ${problem.said})`,
        "sessions of users last 15m to 36h (129600 s), of roles up to the role's own maximum, and 1h where roles are chained: set duration_seconds",
      ];
    case 'region-disabled':
      return [
        `STS is not activated in ${problem.region} for this account (RegionDisabledException)`,
        'activate it in the IAM console under account settings, or use another region with --region',
      ];
    case 'session-over':
      return [
        `AWS says that the session of ${problem.profile} is over`,
        `get a new one with: mfa-profile refresh ${problem.profile} --force`,
      ];
    case 'access-denied':
      return [
        `AWS denied ${problem.action}: ${problem.said}`,
        problem.hint ??
          'a policy of your account forbids it (explicit deny, or no allow): ask who keeps the account',
      ];
    case 'refused':
      return [
        `AWS refused ${problem.action}: ${problem.name}: ${problem.said}`,
        'these are its own words; --debug shows the request id, which AWS support asks for',
      ];
  }
}

function serialHint(serial: string, profile: string): string {
  const verdict = judgeSerial(serial);
  if (verdict.kind === 'doubtful') {
    return `${verdict.reason}: you may mean ${verdict.suggestion} (mfa/, not user/)`;
  }
  return `check mfa_serial against the IAM console, or let mfa-profile init ${profile} find the device`;
}

function skewText(seconds: number | undefined): string {
  if (seconds === undefined) return 'off';
  return `${formatDuration(Math.abs(seconds))} ${seconds > 0 ? 'ahead of' : 'behind'} AWS`;
}

function certificateHint(endpoint: string, code: string): string {
  if (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) {
    return "check this machine's clock: by it the certificate is too old or too new";
  }
  const { hostname, port } = new URL(endpoint);
  return (
    "behind a proxy that opens TLS, name your company's CA with --ca-bundle, ca_bundle or AWS_CA_BUNDLE: " +
    `a PEM file, to be had from your IT department, or seen with: openssl s_client -showcerts -connect ${hostname}:${port || 443}`
  );
}

const NETWORK: Record<string, string> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'there is no network',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ETIMEDOUT: 'it did not answer',
};

function networkWords(
  problem: Of<
    | 'unreachable'
    | 'untrusted-certificate'
    | 'timed-out'
    | 'answer-lost'
    | 'throttled'
    | 'bad-answer'
  >,
): Words {
  const { endpoint } = problem;
  switch (problem.kind) {
    case 'unreachable':
      return [
        `cannot reach ${endpoint}: ${NETWORK[problem.code] ?? problem.code}`,
        'check the network; behind a proxy set HTTPS_PROXY (and NO_PROXY)',
      ];
    case 'untrusted-certificate':
      return [
        `the certificate of ${endpoint} is not trusted (${problem.code}; CERTIFICATE_VERIFY_FAILED to the AWS CLI)`,
        certificateHint(endpoint, problem.code),
      ];
    case 'timed-out':
      return problem.phase === 'connect'
        ? [
            `${endpoint} did not accept a connection in time`,
            'check the network and proxy, or allow more with --cli-connect-timeout',
          ]
        : [
            `${endpoint} did not answer in time`,
            problem.codeSent
              ? CODE_MAY_BE_SPENT
              : 'try again, or allow more with --cli-read-timeout',
          ];
    case 'answer-lost':
      return [
        `the connection to ${endpoint} was lost before its answer came`,
        problem.codeSent ? CODE_MAY_BE_SPENT : 'try again',
      ];
    case 'throttled':
      return [
        `${endpoint} asked to slow down ${problem.tries} times (Throttling)`,
        'wait a minute and try again',
      ];
    case 'bad-answer':
      return [
        `${endpoint} did not answer as STS does: ${problem.what}`,
        problem.codeSent
          ? `${CODE_MAY_BE_SPENT}; check --endpoint-url and the proxy`
          : 'check --endpoint-url and the proxy',
      ];
  }
}
