/** One thing that `doctor` looked at, and the report of all. */
import { explain } from '../../output/explain.ts';
import { printable } from '../../output/printable.ts';
import { padEnd } from '../../output/width.ts';
import type { Problem } from '../../problems/problem.ts';
import { speakEnglish } from '../../problems/text.ts';
import type { Said, Speak } from '../../problems/text.ts';
import { words } from './report-words.ts';

export type CheckStatus = 'good' | 'warning' | 'bad';

/** Names of checks, for scripts: they are only ever added to. */
export const CHECK_NAMES = [
  'node',
  'file',
  'permissions',
  'contents',
  'names',
  'leftovers',
  'environment',
  'profile',
  'settings',
  'device',
  'region',
  'session',
  'proxy',
  'tls',
  'endpoint',
  'clock',
  'key',
  'key-age',
  'key-store',
  'rotation',
  'schedule',
] as const;

export type CheckName = (typeof CHECK_NAMES)[number];
export interface Check {
  readonly check: CheckName;
  readonly status: CheckStatus;
  /** No secret. */
  readonly message: Said;
  /** What to do; undefined if there is nothing. */
  readonly hint?: Said | undefined;
  /** True if --fix has just fixed it; `message` says how. */
  readonly fixed?: boolean;
}

export function good(check: CheckName, message: Said): Check {
  return { check, status: 'good', message };
}

export function warning(check: CheckName, message: Said, hint?: Said): Check {
  return { check, status: 'warning', message, hint };
}

export function bad(check: CheckName, message: Said, hint?: Said): Check {
  return { check, status: 'bad', message, hint };
}

/** What a command would end with. */
export function ofProblem(check: CheckName, problem: Problem): Check {
  const { message, hint } = explain(problem).told;
  return bad(check, message, hint);
}

const COLORS: Record<CheckStatus, number> = { good: 32, warning: 33, bad: 31 };

/** The report for a person, a line a check and one for its hint. */
export function renderChecks(
  checks: readonly Check[],
  { color, quiet, speak }: { color: boolean; quiet: boolean; speak: Speak },
): string {
  const paint = (status: CheckStatus, text: string): string =>
    color ? `\u001b[${COLORS[status]}m${text}\u001b[0m` : text;
  // What has to be done comes first: a long list scrolls away.
  const lines = (['bad', 'warning', 'good'] as const)
    .flatMap((wanted) => checks.filter(({ status }) => status === wanted))
    .filter(({ status, fixed }) => !quiet || status !== 'good' || fixed)
    .flatMap(({ check, status, message, hint }) => [
      `${paint(status, padEnd(speak(words[status]), 8))} ${check.padEnd(11)} ${printable(speak(message))}`,
      ...(hint === undefined ? [] : [`${' '.repeat(20)} ${printable(speak(hint))}`]),
    ]);
  const count = (wanted: CheckStatus): number =>
    checks.filter(({ status }) => status === wanted).length;
  const sum = words.sum(count('good'), count('warning'), count('bad'));
  return [...lines, speak(sum), ''].join('\n');
}

/** In English, whatever the person reads. */
export function checksJson(checks: readonly Check[]): Record<string, unknown> {
  return {
    checks: checks.map(({ check, status, message, hint, fixed }) => ({
      check,
      status,
      message: printable(speakEnglish(message)),
      hint: hint === undefined ? null : printable(speakEnglish(hint)),
      fixed: fixed ?? false,
    })),
  };
}
