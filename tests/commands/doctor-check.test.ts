/** The report of `doctor`, as a person sees it. */
import { bad, renderChecks } from '../../src/commands/doctor/check.ts';
import { speakEnglish } from '../../src/problems/text.ts';

test('words of a file or a server do not move the cursor', () => {
  const checks = [bad('contents', 'a\x1b[2Jb', 'c\x9bd')];
  expect(renderChecks(checks, { color: false, quiet: false, speak: speakEnglish })).toMatch(
    / a\?\[2Jb\n +c\?d\n/,
  );
});
