/** Which file a path means, or why that could not be written, and whose it is if that is why. */
import { statSync } from 'node:fs';
import { Failure, isFailure } from '../problems/problem.ts';
import { fileFailure, notAFile } from '../problems/file-failure.ts';
import { ownUserId } from './folder.ts';
import { resolveTarget } from './target.ts';

const ROOT = 0;

/** The file that `file` leads to. @throws Failure unwritable-file, also for what is no file */
export function targetToWrite(file: string): string {
  let target = file;
  try {
    target = resolveTarget(file);
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats && !stats.isFile()) throw notAFile(stats.isDirectory());
    return target;
  } catch (error) {
    throw refusalToWrite(target, error);
  }
}

/** The failure to throw for `error`, which came of writing `target` or of trying to. */
export function refusalToWrite(target: string, error: unknown): unknown {
  const failure = fileFailure('unwritable-file', target, error);
  if (!isFailure(failure) || failure.problem.kind !== 'unwritable-file') return failure;
  if (!['EACCES', 'EPERM'].includes(failure.problem.code)) return failure;
  const owner = ownerOf(target);
  const isForeign = owner !== undefined && owner !== ownUserId() && ownUserId() !== ROOT;
  return isForeign ? new Failure({ ...failure.problem, owner }) : failure;
}

function ownerOf(target: string): number | undefined {
  try {
    return statSync(target, { throwIfNoEntry: false })?.uid;
  } catch {
    return undefined;
  }
}
