/** What `doctor` finds on the disk, and fixes there if that is safe. */
import { bad, good, ofProblem, warning } from './check.ts';
import type { Check } from './check.ts';
import { parseDocument } from '../../document/index.ts';
import { isFailure } from '../../problems/problem.ts';
import { checkContents } from './contents.ts';
import { codePageOf } from '../../session/file-warnings.ts';
import { judgeConfig, judgeCredentials } from '../../session/file-access.ts';
import type { Access } from '../../session/file-access.ts';
import type { FilePaths } from '../../session/options.ts';
import type { Clock, Diagnostics, Files, Machine, World } from '../../world.ts';
import { formatOfCaller } from '../../shells/caller.ts';
import { words } from './report-words.ts';
import type { Said } from '../../problems/text.ts';

/** @param mayFix whether to fix what is safe to fix */
export async function checkDisk(
  { credentials, config }: FilePaths,
  mayFix: boolean,
  world: World,
  diagnostics: Diagnostics,
): Promise<Check[]> {
  const isOne = config === credentials || diagnostics.isSameFile(config, credentials);
  return [
    ...(await checkFile(credentials, world)),
    ...(isOne ? [] : await checkFile(config, world)),
    ...inOrder(
      judgeCredentials(credentials, world),
      isOne ? [] : judgeConfig(config, world),
    ).flatMap((access) => checkAccess(access, diagnostics, mayFix)),
    ...(await checkList(credentials, 'read', world, diagnostics)),
    ...(isOne ? [] : await checkList(config, 'write', world, diagnostics)),
    ...checkLeftovers(credentials, world, diagnostics, mayFix),
    ...(isOne ? [] : checkLeftovers(config, world, diagnostics, mayFix)),
  ];
}

/** There, readable, writable, and of a form that AWS's readers take. */
async function checkFile(file: string, world: World): Promise<Check[]> {
  try {
    const bytes = world.readFile(file);
    if (!bytes) {
      if (world.ownership(file)) {
        return [warning('file', words.notRegular(file), words.keepRegular)];
      }
      const check = await checkWritable(file, world);
      return check.status === 'bad'
        ? [check, warning('file', words.noFile(file), check.hint)]
        : [warning('file', words.noFile(file), words.initCreates)];
    }
    const document = parseDocument(bytes, file);
    const contents = checkContents(document, await codePageOf([document], world));
    return [...contents, await checkWritable(file, world)];
  } catch (error) {
    if (!isFailure(error)) throw error;
    return [ofProblem('file', error.problem)];
  }
}

async function checkWritable(file: string, world: World): Promise<Check> {
  try {
    await (await world.store()).assertWritable(file, { keepsLeftovers: true });
    return good('file', words.usable(file));
  } catch (error) {
    if (!isFailure(error)) throw error;
    return ofProblem('file', error.problem);
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
  if (access.kind === 'closed') return [good('permissions', words.mode(path, access.mode))];
  if (access.kind === 'foreign') {
    return [warning('permissions', words.foreign(path, access.owner), words.ownFile)];
  }
  const { mode, closed, others } = access;
  const message = words.openToOthers(path, mode, others);
  if (closed === undefined) {
    return [warning('permissions', message, words.elsewhere)];
  }
  return fix(warning('permissions', message, words.chmod(path, closed)), mayFix, () => {
    closeToOthers(path);
    return words.closed(path, mode, closed.padStart(4, '0'));
  });
}

/**
 * Whom an access list of Windows lets in. It is not changed: what a company has set there on purpose
 * cannot be told from what has slipped in.
 * @param unwanted the config file holds no secret, but who may write it may set an `mfa_process`
 */
async function checkList(
  file: string,
  unwanted: 'read' | 'write',
  world: Machine & Files,
  { othersByList }: Diagnostics,
): Promise<Check[]> {
  if (world.platform !== 'win32' || world.lastWritten(file) === undefined) return [];
  const found = await othersByList(file);
  if (found === undefined)
    return [warning('permissions', words.noList(file), words.showList(file))];
  const { names, others } = found;
  const isOpen = names.length > 0 && (unwanted === 'read' || others === 'write');
  if (!isOpen) return [good('permissions', words.closedByList(file))];
  const how = {
    slash: formatOfCaller([], world.platform, world.env) === 'env' ? '//' : '/',
    user: found.own === undefined ? (world.env['USERNAME'] ?? 'USERNAME') : `*${found.own}`,
  };
  return [warning('permissions', words.openByList(file, found), words.closeList(file, found, how))];
}

/** Fixes what a check found, if that is allowed. @param act returns what it did */
function fix(check: Check, mayFix: boolean, act: () => Said): Check[] {
  if (!mayFix) return [check];
  try {
    return [{ ...good(check.check, act()), fixed: true }];
  } catch (error) {
    const { code = 'unknown' } = error as { code?: string };
    return [{ ...check, message: words.notFixed(check.message, code) }];
  }
}

function checkLeftovers(
  file: string,
  world: Clock,
  { leftovers, remove }: Diagnostics,
  mayFix: boolean,
): Check[] {
  const found = leftovers(file, world.now());
  return found.flatMap((leftover) => {
    const { path, kind } = leftover;
    if (kind === 'file in the place of a lock') {
      return [bad('leftovers', words.fileForLock(path), words.removeFile)];
    }
    return fix(warning('leftovers', words.leftover(path, kind), words.fixRemoves), mayFix, () => {
      remove(leftover);
      return words.removed(path, kind);
    });
  });
}
