/**
 * Why a key or device that a person has written down is not found: said before the failure itself.
 */
import { Failure, isFailure } from '../problems/problem.ts';
import type { Problem } from '../problems/problem.ts';
import { lookalikesOf } from '../profiles/lookalikes.ts';
import type { Reporter } from '../output/reporter.ts';
import type { Clock, Files, World } from '../world.ts';
import { readAwsFiles } from './aws-files.ts';
import { codePageOf, warnOfRefusal } from './file-warnings.ts';
import type { FilePaths } from './options.ts';
import { words } from './words.ts';
import { spellInvisible } from '../output/printable.ts';

const MISSING = ['no-such-profile', 'no-long-term-key', 'no-device'];
type MissingProfile = Extract<Problem, { kind: 'no-such-profile' | 'no-long-term-key' }>;
// A template full of placeholders may hold the name many times.
const MOST_TOLD = 3;

/**
 * Warns of sections that look like the profile, and of what makes AWS's tools refuse a file.
 * @returns the failure to end with, which leaves that file's repair to be done first
 */
export async function warnOfWhatIsMissing(
  error: unknown,
  paths: FilePaths,
  world: Files & Clock & Pick<World, 'platform' | 'diagnostics'>,
  reporter: Reporter,
): Promise<unknown> {
  if (!isFailure(error) || !MISSING.includes(error.problem.kind)) return error;
  const { profile } = error.problem as { profile: string };
  const files = await readAwsFiles(paths, world);
  for (const { path, line, header, wanted } of lookalikesOf(files, profile).slice(0, MOST_TOLD)) {
    reporter.warn(words.lookalike(path, line, spellInvisible(header), profile, wanted));
  }
  const codePage = await codePageOf([files.credentials, files.config], world);
  const line = warnOfRefusal(files.credentials, { reporter, codePage });
  warnOfRefusal(files.config, { reporter, codePage });
  const { problem } = error;
  if (line === undefined || problem.kind === 'no-device') return error;
  return new Failure({ ...(problem as MissingProfile), refusedLine: line });
}
