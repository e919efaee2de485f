/**
 * Why a key or device that a person has written down is not found: said before the failure itself.
 */
import { Failure, isFailure } from '../problems/problem.ts';
import type { Problem } from '../problems/problem.ts';
import { findMisnamedSettings } from '../profiles/key-lines.ts';
import { isProfile, lookalikesOf } from '../profiles/lookalikes.ts';
import type { Reporter } from '../output/reporter.ts';
import type { Clock, Files, World } from '../world.ts';
import { readAwsFiles } from './aws-files.ts';
import { codePageOf, warnOfRefusal } from './file-warnings.ts';
import type { FilePaths } from './options.ts';
import { words } from './words.ts';
import { spellInvisible } from '../output/printable.ts';

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
  const settings = isFailure(error) ? settingsMissing(error.problem) : undefined;
  if (!isFailure(error) || !settings) return error;
  const { profile, kind } = error.problem as { profile: string; kind: Problem['kind'] };
  const files = await readAwsFiles(paths, world);
  const alike = lookalikesOf(files, profile).filter(
    ({ header }) => kind !== 'no-such-profile' || !isProfile(files, header),
  );
  for (const { path, line, header, wanted } of alike.slice(0, MOST_TOLD)) {
    reporter.warn(words.lookalike(path, line, spellInvisible(header), profile, wanted));
  }
  for (const { path, line, written, meant } of findMisnamedSettings(files, profile, settings)) {
    reporter.warn(words.misnamed(path, line, spellInvisible(written), meant));
  }
  const codePage = await codePageOf([files.credentials, files.config], world);
  const line = warnOfRefusal(files.credentials, { reporter, codePage });
  warnOfRefusal(files.config, { reporter, codePage });
  const { problem } = error;
  if (line === undefined || !/^no-(?:such-profile|long-term-key)$/.test(kind)) return error;
  return new Failure({ ...(problem as MissingProfile), refusedLine: line });
}

/** The settings that may be in the file under another name; undefined for another problem. */
function settingsMissing(problem: Problem): Parameters<typeof findMisnamedSettings>[2] | undefined {
  switch (problem.kind) {
    case 'no-device':
      return ['mfa_serial'];
    case 'no-long-term-key':
      return ['role_arn', 'source_profile'];
    case 'no-such-profile':
    case 'half-a-key':
      return [];
    case 'bad-setting':
      return problem.setting === 'source_profile' && problem.value === undefined
        ? ['source_profile']
        : undefined;
    default:
      return undefined;
  }
}
