/** A call to STS that an MFA code goes with: asks for codes until AWS accepts one. */
import type { Code, CodeRequest } from './codes.ts';
import { judgeSerial } from '../aws/mfa-device.ts';
import { Failure, isFailure } from '../problems/problem.ts';
import type { CallContext } from '../problems/faults.ts';
import type { Session } from '../credentials/keys.ts';
import type { Secret } from '../credentials/secret.ts';
import { findSettingLine } from '../profiles/key-lines.ts';
import type { AwsFiles, Profile } from '../profiles/profiles.ts';
import { noteSkew, warnOfReadable, withProblems } from './aws-call.ts';
import type { RunContext } from './context.ts';
import type { ConnectionSettings } from '../aws/connection.ts';
import type { SigningKeys, Sts } from '../world.ts';
import { PROMPT_WAYS } from './options.ts';
import type { PromptWay } from './options.ts';
import { trapIn } from './odd-value.ts';
import { words } from './words.ts';

export interface CodedCall {
  readonly call: CallContext;
  readonly request: CodeRequest;
  readonly connection: ConnectionSettings;
  readonly keys: SigningKeys;
  readonly send: (sts: Sts, tokenCode: Secret) => Promise<Session>;
}

/** The command for codes of the first of these profiles that has one, and its line. */
export function commandOf(
  profiles: readonly Profile[],
  files: AwsFiles,
): Pick<CodeRequest, 'mfaProcess' | 'mfaProcessAt'> {
  const owner = profiles.find(({ settings }) => settings.has('mfa_process'));
  const mfaProcess = owner?.settings.get('mfa_process') || undefined;
  if (!owner || mfaProcess === undefined) return { mfaProcess: undefined };
  const mfaProcessAt = findSettingLine(files, owner.name, 'mfa_process', mfaProcess);
  return { mfaProcess, mfaProcessAt };
}

/** How the first of these profiles that says so wants to be asked. @throws Failure bad-setting */
export function promptOf(profiles: readonly Profile[]): PromptWay | undefined {
  const owner = profiles.find(({ settings }) => settings.get('mfa_prompt'));
  const value = owner?.settings.get('mfa_prompt');
  if (!owner || value === undefined) return undefined;
  const way = PROMPT_WAYS.find((each) => each === value);
  if (way !== undefined) return way;
  const trap = trapIn(value);
  throw new Failure({
    kind: 'bad-setting',
    profile: owner.name,
    setting: 'mfa_prompt',
    value,
    reason: words.badPrompt,
    ...(trap && { hint: trap }),
  });
}

/** @throws Failure bad-setting if the serial cannot be a device's that has codes */
export function checkSerial(profile: Profile, serialNumber: string): void {
  const verdict = judgeSerial(serialNumber);
  if (verdict.kind !== 'bad') return;
  throw new Failure({
    kind: 'bad-setting',
    profile: profile.name,
    setting: 'mfa_serial',
    value: serialNumber,
    reason: verdict.reason,
    hint: trapIn(serialNumber) ?? words.findDevice(profile.name),
  });
}

/** @throws Failure */
export async function callWithCode(coded: CodedCall, context: RunContext): Promise<Session> {
  const { request, connection, keys } = coded;
  const verdict = judgeSerial(request.serialNumber);
  if (verdict.kind === 'doubtful') {
    const { reason, suggestion } = verdict;
    context.reporter.warn(words.doubtfulSerial(request.serialNumber, reason, suggestion));
  }
  warnOfReadable(connection, context);
  const codes = await context.codes();
  const sts = await context.world.sts(connection, keys);
  // The SDK and the connection get ready while the person types.
  void sts.warmUp();
  try {
    for (;;) {
      const code = await codes.next(request);
      const session = await tryCode(sts, code, coded, context);
      if (!session) continue;
      noteSkew(sts, context);
      return session;
    }
  } finally {
    sts.close();
  }
}

/** One try with one code; undefined if another code may be tried. */
async function tryCode(
  sts: Sts,
  code: Code,
  { call, request, send }: CodedCall,
  context: RunContext,
): Promise<Session | undefined> {
  const codes = await context.codes();
  try {
    const session = await withProblems(call, send(sts, code.value), context.world);
    codes.taken(request.serialNumber, code);
    return session;
  } catch (error) {
    const kind = isFailure(error) ? error.problem.kind : undefined;
    if (kind === 'wrong-code' && (await codes.refused(request, code))) return undefined;
    // AWS looks at the code first: a request that it rejects for another reason has used the code up.
    if (kind === 'duration-refused' || kind === 'access-denied') {
      codes.taken(request.serialNumber, code);
    }
    throw error;
  }
}
