/** A local STS and throw-away homes for each test, given back by themselves. */
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import type { StsUser } from '../../fixtures/sts/accounts.ts';
import type { LocalSts, StsOptions } from '../../fixtures/sts/server.ts';
import { startLocalSts } from '../../fixtures/sts/server.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { makeSandbox } from './sandbox.ts';

export interface Scene {
  /** A new one for each test; its devices show a new code after each that was taken. */
  readonly sts: LocalSts;
  /** A home whose environment knows the STS; alice with her device is in it unless told otherwise. */
  box(options?: SandboxOptions): Sandbox;
}

/** A role's profile in a config file; `more` are further lines of it. */
export function roleProfile(name: string, arn: string, source: string, ...more: string[]): string {
  const lines = [`role_arn = ${arn}`, `source_profile = ${source}`, ...more];
  return `[profile ${name}]\n${lines.join('\n')}\n`;
}

/** To be called at the top of a test file or of a `describe`. */
export function useScene(options: StsOptions = {}): Scene {
  let sts: LocalSts;
  let boxes: Sandbox[] = [];
  beforeEach(async () => {
    sts = await startLocalSts({ totpClock: 'fresh', ...options });
  });
  afterEach(async () => {
    for (const box of boxes) box.cleanup();
    boxes = [];
    await sts.close();
  });
  return {
    get sts() {
      return sts;
    },
    box: (settings = {}) => {
      const box = makeSandbox({
        credentials: credentialsOf(ALICE),
        config: configOf(ALICE),
        sts,
        ...settings,
      });
      boxes.push(box);
      return box;
    },
  };
}

/** The text of a config file that names each user's device. */
export function configOf(...users: StsUser[]): string {
  return users
    .map((user) => `[profile ${user.userName}]\nmfa_serial = ${serialOf(user)}\n`)
    .join('\n');
}

/** A section with a made-up session, its further keys behind the three. */
export function sessionText(name: string, keys: Record<string, string> = {}): string {
  const lines = Object.entries({ ...MADE_UP_SESSION, ...keys }).map(
    ([key, value]) => `${key} = ${value}\n`,
  );
  return `[${name}]\n${lines.join('')}`;
}

/** A section that belongs to no profile. */
export const MADE_UP_SESSION = {
  aws_access_key_id: 'ASIAMADEUPSESSION000',
  aws_secret_access_key: 'made+up/secret+of+an+old+session+0000000',
  aws_session_token: 'madeUpTokenOfAnOldSession==',
};

/** A time so many hours from now as the expiry key has it. */
export function hoursAhead(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
}
