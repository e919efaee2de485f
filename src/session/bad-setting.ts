/** Where what is wrong with a profile comes from: the line of a setting, the role that leads there. */
import { Failure, isFailure } from '../problems/problem.ts';
import { findSettingLine } from '../profiles/key-lines.ts';
import type { AwsFiles } from '../profiles/profiles.ts';

/** Does `act`; a setting that it finds unusable is named with its line. @throws Failure */
export async function withLines<T>(files: AwsFiles, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw withLine(files, error);
  }
}

/** The same error, with the line of the setting that it is about. */
export function withLine(files: AwsFiles, error: unknown): unknown {
  if (!isFailure(error) || error.problem.kind !== 'bad-setting' || error.problem.at) return error;
  const { profile, setting, value } = error.problem;
  if (value === undefined) return error;
  const at = findSettingLine(files, profile, setting, value);
  return at ? new Failure({ ...error.problem, at }) : error;
}

/**
 * Does what is about the last of these profiles, each of which is the source of the one before:
 * its failure names all of them. @throws Failure
 */
export async function onTheWay<T>(profiles: readonly string[], act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (profiles.length < 2 || !isFailure(error) || error.problem.via) throw error;
    if (!('profile' in error.problem) || error.problem.profile !== profiles.at(-1)) throw error;
    throw new Failure({ ...error.problem, via: profiles });
  }
}
