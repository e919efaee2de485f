/** What `doctor` finds on the disk, and mends there where that is safe. */
import { bad, good, warning } from './check.ts';
import type { Check } from './check.ts';
import { parseDocument } from '../../document/index.ts';
import { isFailure } from '../../problems/problem.ts';
import { explain } from '../../output/explain.ts';
import { checkContents } from './contents.ts';
import { folderOf } from '../../profiles/paths.ts';
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
    ...checkPermissions(credentials, 0o077, world, diagnostics, mayFix),
    // It holds no secret; but who may write it may set an mfa_process.
    ...checkPermissions(config, 0o022, world, diagnostics, mayFix),
    ...checkPermissions(folderOf(credentials), 0o077, world, diagnostics, mayFix),
    ...checkLeftovers(credentials, world, diagnostics, mayFix),
    ...(config === credentials ? [] : checkLeftovers(config, world, diagnostics, mayFix)),
  ];
}

/** There, readable, writable, and of a form that AWS's readers take. */
async function checkFile(file: string, world: World): Promise<Check[]> {
  try {
    const bytes = world.readFile(file);
    if (!bytes) {
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
    (await world.store()).assertWritable(file);
    return good('file', `${file} can be read and written`);
  } catch (error) {
    if (!isFailure(error)) throw error;
    const { message, hint } = explain(error.problem);
    return bad('file', message, hint);
  }
}

function checkPermissions(
  path: string,
  unwanted: number,
  world: World,
  { closeToOthers }: Diagnostics,
  mayFix: boolean,
): Check[] {
  const bits = world.permissions(path);
  if (bits === undefined) return [];
  const shown = bits.toString(8).padStart(4, '0');
  if ((bits & unwanted) === 0) return [good('permissions', `${path} is ${shown}`)];
  const others = (bits & unwanted & 0o022) === 0 ? 'read' : 'write';
  const message = `${path} is ${shown}: other users of this machine may ${others} it`;
  const closed = (bits & 0o700).toString(8);
  return mend(
    warning('permissions', message, `chmod ${closed} ${path}, or: mfa-profile doctor --fix`),
    mayFix,
    () => {
      closeToOthers(path);
      return `${path} was ${shown} and is now ${closed.padStart(4, '0')}`;
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
