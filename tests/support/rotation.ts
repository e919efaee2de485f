/** What a rotation has left: the pair in the file, the journal, and the user's keys. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ALICE } from '../../fixtures/sts/accounts.ts';
import type { LocalSts } from '../../fixtures/sts/server.ts';
import type { Sandbox } from './sandbox.ts';
import { windowsOfSuite } from './windows/wine.ts';

export const stateFolder = (box: Sandbox): string =>
  box.path(windowsOfSuite() ? 'AppData/Local/mfa-profile' : '.local/state/mfa-profile');

/** What rotations have left in the folder, by name. */
export function leftIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.startsWith('rotation-'));
}

/** The journal, whole; undefined if there is none. */
export function journalOf(box: Sandbox): Record<string, string> | undefined {
  const folder = stateFolder(box);
  const name = leftIn(folder).find((each) => /^rotation-[0-9a-f]{16}\.json$/.test(each));
  if (name === undefined) return undefined;
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Record<string, string>;
}

/** The pair of a section in the credentials file; empty texts if it is not whole. */
export function pairIn(box: Sandbox, name = 'alice'): [id: string, secret: string] {
  const section = new RegExp(
    `\\[${name}\\]\\n(?:#.*\\n)*aws_access_key_id = (\\S+)\\naws_secret_access_key = (\\S+)\\n`,
  );
  const [, id = '', secret = ''] = section.exec(box.readCredentials()) ?? [];
  return [id, secret];
}

/** Whether what the file has works, and each of alice's keys as `old Inactive`, `new Active`. */
export function stateOf(box: Sandbox, sts: LocalSts): { works: boolean; keys: string[] } {
  const keys = sts.keys.of('alice').map(({ accessKeyId, status }) => {
    const which = accessKeyId === ALICE.accessKeyId ? 'old' : 'new';
    return `${which} ${status}`;
  });
  return { works: sts.keys.works(...pairIn(box)), keys };
}
