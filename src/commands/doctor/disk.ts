/** What `doctor` finds on the disk, and mends there where that is safe. */
import { bad, good, warning } from './check.ts';
import type { Check } from './check.ts';
import { parseDocument } from '../../document/index.ts';
import { isFailure } from '../../problems/problem.ts';
import { explain } from '../../output/explain.ts';
import { checkContents } from './contents.ts';
import { judgeConfig, judgeCredentials } from '../../session/file-access.ts';
import type { Access } from '../../session/file-access.ts';
import type { FilePaths } from '../../session/options.ts';
import type { Diagnostics, World } from '../../world.ts';

/** @param mayFix whether to mend what is safe to mend */
export async function checkDisk(
  { credentials, config }: FilePaths,
  mayFix: boolean,
  world: World,
  diagnostics: Diagnostics,
): Promise<Check[]> {
  return [
    ...(await checkFile(credentials, world)),
    ...(await checkFile(config, world)),
    ...inOrder(judgeCredentials(credentials, world), judgeConfig(config, world)).flatMap((access) =>
      checkAccess(access, diagnostics, mayFix),
    ),
    ...checkLeftovers(credentials, world, diagnostics, mayFix),
    ...(config === credentials ? [] : checkLeftovers(config, world, diagnostics, mayFix)),
  ];
}

/** There, readable, writable, and of a form that AWS's readers take. */
async function checkFile(file: string, world: World): Promise<Check[]> {
  try {
    const bytes = world.readFile(file);
    if (!bytes) {
      if (world.ownership(file)) {
        const message = `${file} is not a regular file: the AWS CLI reads nothing from it`;
        return [warning('file', message, 'keep what it should hold in a regular file')];
      }
      return [
        warning('file', `there is no ${file}`, 'it is made when it is needed: mfa-profile init'),
      ];
    }
    const contents = checkContents(parseDocument(bytes, file));
    return [...contents, await checkWritable(file, world)];
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { message, hint } = explain(error.problem);
    return [bad('file', message, hint)];
  }
}

async function checkWritable(file: string, world: World): Promise<Check> {
  try {
    await (await world.store()).assertWritable(file, { keepsLeftovers: true });
    return good('file', `${file} can be read and written`);
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { message, hint } = explain(error.problem);
    return bad('file', message, hint);
  }
}

/** The two files come before the folder. */
function inOrder(
  [file, ...folder]: readonly Access[],
  config: readonly Access[],
): readonly Access[] {
  return file ? [file, ...config, ...folder] : [...config];
}

function checkAccess(access: Access, { closeToOthers }: Diagnostics, mayFix: boolean): Check[] {
  const { path } = access;
  if (access.kind === 'closed') return [good('permissions', `${path} is ${access.mode}`)];
  if (access.kind === 'foreign') {
    const message = `${path} belongs to another user (uid ${access.owner})`;
    return [warning('permissions', message, 'keep the credentials in a file of your own')];
  }
  const { mode, closed, others } = access;
  const message = `${path} is ${mode}: other users of this machine may ${others} it`;
  if (closed === undefined) {
    return [warning('permissions', message, 'keep the credentials elsewhere, as in ~/.aws')];
  }
  return mend(
    warning('permissions', message, `chmod ${closed} ${path}, or: mfa-profile doctor --fix`),
    mayFix,
    () => {
      closeToOthers(path);
      return `${path} was ${mode} and is now ${closed.padStart(4, '0')}`;
    },
  );
}

/** Carries out what mends a check where that is allowed. @param act returns what it did */
function mend(check: Check, mayFix: boolean, act: () => string): Check[] {
  if (!mayFix) return [check];
  try {
    return [{ ...good(check.check, act()), fixed: true }];
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string };
    return [{ ...check, message: `${check.message}; it could not be mended (${code})` }];
  }
}

function checkLeftovers(
  file: string,
  world: World,
  { leftovers, remove }: Diagnostics,
  mayFix: boolean,
): Check[] {
  const found = leftovers(file, world.now());
  return found.flatMap((leftover) => {
    const { path, kind } = leftover;
    if (kind === 'file in the place of a lock') {
      return [
        bad(
          'leftovers',
          `${path} is a file where a lock is to be made`,
          'remove it if no program needs it',
        ),
      ];
    }
    const message = `${path} is a ${kind} that a killed program left behind`;
    return mend(
      warning('leftovers', message, 'mfa-profile doctor --fix removes it'),
      mayFix,
      () => {
        remove(leftover);
        return `${path}, a ${kind} left behind, is removed`;
      },
    );
  });
}
