/** Ends a run with what needs-reporter.cjs left to say, and removes the folder of build-once.ts. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { endWine } from './windows/wine.ts';

export default function tidyUp(): void {
  const folder = process.env['MFA_PROFILE_TEST_RUN'];
  if (folder === undefined) return;
  const report = path.join(folder, 'missing.txt');
  if (existsSync(report)) process.stderr.write(readFileSync(report, 'utf8'));
  endWine(folder);
  rmSync(folder, { recursive: true, force: true });
}
