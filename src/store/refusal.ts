/** Why a file could not be written, and whose it is if that is why. */
import { statSync } from 'node:fs';
import { Failure, isFailure } from '../problems/problem.ts';
import { fileFailure } from '../problems/file-failure.ts';
import { ownUserId } from './folder.ts';

const ROOT = 0;

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
