/**
 * What `doctor` finds, in English. A file beside words.ts, whose help is loaded even if no check is
 * made.
 */
import { english as ofOutput } from '../../output/words.ts';
import { settingLine } from '../../output/words/place.ts';
import type { SettingPlace } from '../../output/words/place.ts';
import { pasted, pastedName } from '../../output/pasted.ts';
import { formatDuration } from '../../aws/duration.ts';
import type { SessionState } from '../../credentials/session-state.ts';
import { formatLocalTime, formatRemaining } from '../../output/local-time.ts';
import { texts } from '../../problems/text.ts';
import type { Leftover, OthersAccess } from '../../world.ts';

/** What follows a session's name. */
const STATES: Readonly<Record<SessionState, string>> = {
  valid: 'is valid',
  expiring: 'expires soon',
  expired: 'has expired',
  stale: 'was issued for another key, device, role or account than the profile names now',
  missing: 'does not exist yet',
  unknown: 'has no readable expiry',
};

export interface HowToClose {
  readonly slash: string;
  /** As `icacls` takes it. */
  readonly user: string;
}

/**
 * The line that leaves only the user in an access list. What is taken over from the folder goes by
 * `/inheritance:r`, what is the file's own by `/remove`.
 * @param how with two slashes in Git Bash, which takes one for a path's
 */
export function closing(
  path: string,
  { numbers }: OthersAccess,
  { slash, user }: HowToClose,
): string {
  const others = numbers.map((number) => ` ${slash}remove "*${number}"`).join('');
  return `icacls ${pasted(path)} ${slash}inheritance:r${others} ${slash}grant:r "${user}:F"`;
}

const MOST_NAMED = 5;

/** Names, of which no more are listed than fit into a line. */
function fewOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

export const english = {
  good: 'good',
  warning: 'warning',
  bad: 'bad',
  sum: (good: number, warnings: number, bad: number) =>
    `${good} good, ${warnings} warning${warnings === 1 ? '' : 's'}, ${bad} bad`,
  node: (version: string) => `Node.js ${version}`,
  oldNode: (version: string) => `Node.js ${version} is too old`,
  installNode: (least: string) => `install Node.js ${least} or later`,
  notRegular: (file: string) => `${file} is not a regular file: the AWS CLI reads nothing from it`,
  keepRegular: 'keep what it should hold in a regular file',
  noFile: (file: string) => `there is no ${file}`,
  initCreates: 'mfa-profile init will create it',
  usable: (file: string) => `${file} can be read and written`,
  wellFormed: (file: string) => `${file} is well-formed`,
  finding: (file: string, line: number, section: string | undefined, what: string) =>
    `${file}, line ${line}:${section === undefined ? '' : ` [${section}]`} ${what}`,
  mode: (path: string, mode: string) => `${path} is ${mode}`,
  foreign: (path: string, owner: number) => `${path} belongs to another user (uid ${owner})`,
  ownFile: 'keep the credentials in a file of your own',
  openToOthers: (path: string, mode: string, others: 'read' | 'write') =>
    `${path} is ${mode}: other users of this machine may ${others} it`,
  elsewhere: 'keep the credentials elsewhere, as in ~/.aws',
  chmod: (path: string, mode: string) =>
    `chmod ${mode} ${pasted(path)}, or: mfa-profile doctor --fix`,
  noList: (path: string) => `the access list of ${path} cannot be read`,
  showList: (path: string) => `see who may read it: icacls ${pasted(path)}`,
  closedByList: (path: string) => `${path}: its access list lets in nobody else`,
  openByList: (path: string, { names, others }: OthersAccess) =>
    `${path}: its access list lets others ${others} it: ${names.join(', ')}`,
  closeList: (path: string, found: OthersAccess, how: HowToClose) =>
    `close it: ${closing(path, found, how)}`,
  closed: (path: string, before: string, now: string) => `${path} was ${before} and is now ${now}`,
  notFixed: (message: string, code: string) => `${message}; it could not be fixed (${code})`,
  fileForLock: (path: string) => `${path} is a file where a lock is to be made`,
  removeFile: 'remove it if no program needs it',
  leftover: (path: string, kind: Leftover['kind']) =>
    `${path} is a ${kind} that a killed program left behind`,
  fixRemoves: 'to remove it: mfa-profile doctor --fix',
  removed: (path: string, kind: Leftover['kind']) =>
    `removed ${path}, a ${kind} that a killed program left behind`,
  shadowing: (names: readonly string[]) =>
    `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} set: most AWS tools use ${names.length > 1 ? 'them' : 'it'} instead of a profile`,
  gone: (file: string, path: string) => `${file} starts ${path}, which is not there any more`,
  scheduleAgain: (scheduler: string) =>
    `install it again: mfa-profile schedule ${scheduler} --install`,
  starts: (file: string, command: string) => `${file} starts ${command}`,
  otherAccount: (outside: string, profile: string, account: string) =>
    `AWS_ACCOUNT_ID is ${outside}, but the account of ${profile} is ${account}`,
  otherHome: (folder: string, home: string) =>
    `HOME leads to another ${folder}: the AWS CLI and this program read the one in ${home}, some AWS SDKs that one`,
  oneHome: (home: string) => `keep the files in ${home}, and remove the others or HOME`,
  unset: (command: string) => command,
  unknownProfile: (variable: string, profile: string) =>
    `${variable} names ${profile}, which is in neither file`,
  unsetOrSetUp: (command: string) => `${command}, or set the profile up`,
  nodeTrustsAll: 'NODE_TLS_REJECT_UNAUTHORIZED=0: node trusts any certificate',
  nodeDebug: 'NODE_DEBUG is set: node itself prints session tokens and the environment of programs',

  unsetNodeTrust: 'unset it, and name the CA with AWS_CA_BUNDLE',
  noShadowing: 'no environment variable overrides your profiles',
  wordProfile: (file: string, name: string) =>
    `${file}: [${name}]: the word "profile" belongs only in the config file`,
  lookalike: (file: string, line: number, header: string, profile: string) =>
    `${file}, line ${line}: AWS tools do not read [${header}] as profile ${profile}`,
  misread: (file: string, line: number, header: string) =>
    `${file}, line ${line}: AWS tools do not read [${header}] as that profile`,
  renameTo: (name: string) => `rename it to [${name}]`,
  oddName: (file: string, name: string, reason: string) => `${file}: [${name}]: ${reason}`,
  skipped: 'some AWS SDKs skip profiles with such names',
  portableName: 'use only letters, digits and _ . / % @ -',
  noSecret: (name: string, file: string) =>
    `[${name}] in ${file} has an access key without aws_secret_access_key`,
  noKeyId: (name: string, file: string) =>
    `[${name}] in ${file} has a secret key without aws_access_key_id`,
  storeBoth: (name: string) => `store both again: mfa-profile init ${pastedName(name)}`,
  oldToken: (name: string, file: string) =>
    `[${name}] in ${file} has a stale aws_security_token, which the AWS CLI prefers to aws_session_token`,
  deleteToken: 'delete that line, or refresh the session',
  noToken: (name: string, file: string) =>
    `[${name}] in ${file} has the key of a session without its aws_session_token`,
  deleteSection: 'delete the section and refresh the session',
  keyInTheWay: (session: string, file: string, profile: string) =>
    `[${session}] in ${file}, where the session of ${profile} is kept, holds a long-term key`,
  moveKey: (profile: string) =>
    `move the key to [${profile}], or name another section with session_profile`,
  sessionValid: (session: string, until: number) =>
    `${session} is valid until ${formatLocalTime(until)}`,
  beyondSts: (session: string, seconds: number) =>
    `${session} expires in ${formatRemaining(seconds * 1000, 0)}, and STS gives sessions for 36 hours at most`,
  checkClock: (name: string) =>
    `check the clock of this machine, then get a new one with: mfa-profile refresh ${pastedName(name)} --force`,
  sessionNotValid: (session: string, state: SessionState) => `${session} ${STATES[state]}`,
  refreshIt: (name: string) => `to get a new one: mfa-profile refresh ${pastedName(name)}`,
  servedFrom: (name: string, source: string) =>
    `${name} gets the session of ${source} by credential_process`,
  keyBesideProcess: (name: string) =>
    `${name} has an access key beside credential_process: AWS tools use the long-term key, and no session`,
  ownProfile: 'move credential_process to a profile of its own, which has no key',
  batchProcess: (name: string, program: string, whole: string) =>
    `credential_process of ${name} starts ${program}, which is ${whole}: the AWS CLI and Python find only .exe files by a name without its ending`,
  wholeName: (whole: string) => `write the name with its ending: ${whole}`,
  servedFromNobody: (name: string, source: string) =>
    `credential_process of ${name} asks for a session of ${source}, which is in neither file`,
  nameASource: 'name the profile that has the long-term key',
  noSources: 'no profile has a long-term key',
  storeYours: 'add yours with: mfa-profile init NAME',
  badDuration: (name: string, least: number, most: number, line: string) =>
    `duration_seconds of ${name} is not a whole number from ${least} to ${most} (${line})`,
  badAccount: (name: string, line: string) =>
    `aws_account_id of ${name} is not the 12 digits of an account; AWS tools build addresses with it (${line})`,
  settingLine: (place: SettingPlace) => settingLine(place, ofOutput),
  correctAccount: 'correct the number, or remove the line',
  inSeconds: 'write it in seconds: 12 hours are 43200',
  noRegion: (name: string) =>
    `${name} has no region: the AWS CLI will say "You must specify a region"`,
  setRegion: (name: string) =>
    `set it, and get a session that has it: mfa-profile init ${pastedName(name)} --region REGION --force`,
  noDevice: (name: string) => `no MFA device is known for ${name}`,
  misnamed: (name: string, file: string, line: number, written: string) =>
    `no MFA device is known for ${name}: ${file}, line ${line}, says ${written}, which AWS tools ignore`,
  writeInstead: (setting: string) => `write ${setting} there instead`,
  initIfAny: (name: string) => `if it has one: mfa-profile init ${pastedName(name)}`,
  badSerial: (name: string, reason: string, line: string) =>
    `mfa_serial of ${name}: ${reason} (${line})`,
  findDevice: (name: string) => `to find the device: mfa-profile init ${pastedName(name)}`,
  otherPartition: (region: string, name: string, partition: string) =>
    `region ${region} of ${name} is not in ${partition}, where its MFA device is`,
  setPartition: (name: string, partition: string) =>
    `set region in [profile ${name}] to one of ${partition}`,
  serial: (name: string, serial: string) => `mfa_serial of ${name}: ${serial}`,
  throughProxy: (url: string, variable: string) => `AWS is reached through ${url} (${variable})`,
  direct: 'AWS is reached directly, without a proxy',
  proxyOfSystem: (url: string) =>
    `the system's settings name the proxy ${url}, which the AWS CLI uses and this program does not`,
  setProxy: (line: string) => `if AWS cannot be reached: ${line}`,
  proxyByScript: "the system's settings leave the choice of a proxy to a script, which is not run",
  askForProxy: 'if AWS cannot be reached, set HTTPS_PROXY to the proxy that your company uses',
  trustsAll: '--no-verify-ssl: any certificate is trusted',
  nameCa: 'name the CA with --ca-bundle instead',
  readable: (endpoint: string) =>
    `${endpoint} is reached without TLS: an MFA code and a session can be read on the way`,
  useHttps: 'use an endpoint with https://',
  trusts: (file: string) => `the certificates in ${file} are trusted as well`,
  answers: (endpoint: string) => `${endpoint} answers`,
  keyOf: (profile: string, arn: string) => `the key of ${profile} belongs to ${arn}`,
  noDate: 'the answer had no date to compare with',
  clockAgrees: "this machine's clock agrees with AWS's",
  clockOff: (seconds: number) =>
    `this machine's clock is ${formatDuration(Math.abs(seconds))} ${seconds > 0 ? 'ahead of' : 'behind'} AWS's`,
  clockRefused: (seconds: number) =>
    `this machine's clock is ${formatDuration(Math.abs(seconds))} ${seconds > 0 ? 'ahead of' : 'behind'} AWS's: AWS refuses requests signed with it`,
  setClock: 'set it (timedatectl set-ntp true; under WSL2: sudo hwclock -s)',
  plainKeys: (profiles: readonly string[], file: string) =>
    `the ${profiles.length === 1 ? 'key' : 'keys'} of ${fewOf(profiles)} ${profiles.length === 1 ? 'is' : 'are'} in plain text in ${file}`,
  couldMove: (profile: string, store: string) =>
    `a store keeps it from programs that collect files, not from ones that run as you: mfa-profile keys move ${pastedName(profile)} --to ${store}`,
  keyInStore: (profile: string, place: string) => `the key of ${profile} is in ${place}`,
  unfinished: (profile: string, began: number) =>
    `the rotation of the key of ${profile} that began ${formatLocalTime(began)} was interrupted`,
  finish: (profile: string) => `finish it: mfa-profile rotate ${pastedName(profile)} --finish`,
  finishOrAbandon: (profile: string) =>
    `finish it: mfa-profile rotate ${pastedName(profile)} --finish; or undo it: mfa-profile rotate ${pastedName(profile)} --abandon`,
  retired: (profile: string, keyId: string) =>
    `the last rotation of the key of ${profile} made ${keyId} inactive but did not delete it`,
  deleteOld: (profile: string) =>
    `once nothing needs it any more: mfa-profile rotate ${pastedName(profile)} --finish`,
  halfMoved: (profile: string) =>
    `the key of ${profile} is in a store and in the file: keys move, or keys restore, was interrupted`,
  finishMove: (profile: string, store: string) =>
    `to finish the move: mfa-profile keys move ${pastedName(profile)} --to ${pasted(store)}`,
  processGone: (profile: string, path: string) =>
    `credential_process of ${profile} starts ${path}, which is not there any more`,
  pinAgain: (profile: string, store: string) =>
    `to write the line anew: mfa-profile keys move ${pastedName(profile)} --to ${pasted(store)}`,
  keyAge: (profile: string, days: number) =>
    `the key of ${profile} is ${days} ${days === 1 ? 'day' : 'days'} old`,
  replaceKey:
    'create a new one in the IAM console, put it in the place where the program reads it, and delete the old one in the console',
  rotate: (profile: string) =>
    `replace it with a new one: mfa-profile rotate ${pastedName(profile)}`,
  keyAgeUnknown: (profile: string) =>
    `key age of ${profile} not checked: iam:ListAccessKeys is not allowed`,
};
export const words = texts('doctor', english);
