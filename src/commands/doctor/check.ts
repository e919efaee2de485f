/** One thing that `doctor` looked at, and the report of all. */
import { printable } from '../../output/printable.ts';

export type CheckStatus = 'good' | 'warning' | 'bad';

/** Names of checks, for scripts: they are only ever added to. */
export type CheckName =
  | 'node'
  | 'file'
  | 'permissions'
  | 'contents'
  | 'names'
  | 'leftovers'
  | 'environment'
  | 'profile'
  | 'settings'
  | 'device'
  | 'region'
  | 'session'
  | 'proxy'
  | 'tls'
  | 'endpoint'
  | 'clock'
  | 'key'
  | 'key-age';

export interface Check {
  readonly check: CheckName;
  readonly status: CheckStatus;
  /** No secret. */
  readonly message: string;
  /** What to do; undefined where there is nothing. */
  readonly hint?: string | undefined;
  /** True where --fix has just mended it; `message` says how. */
  readonly fixed?: boolean;
}

export function good(check: CheckName, message: string): Check {
  return { check, status: 'good', message };
}

export function warning(check: CheckName, message: string, hint?: string): Check {
  return { check, status: 'warning', message, hint };
}

export function bad(check: CheckName, message: string, hint?: string): Check {
  return { check, status: 'bad', message, hint };
}

const COLORS: Record<CheckStatus, number> = { good: 32, warning: 33, bad: 31 };

/** The report for a person, a line a check and one for its hint. */
export function renderChecks(
  checks: readonly Check[],
  { color, quiet }: { color: boolean; quiet: boolean },
): string {
  const paint = (status: CheckStatus, text: string): string =>
    color ? `\u001b[${COLORS[status]}m${text}\u001b[0m` : text;
  const lines = checks
    .filter(({ status, fixed }) => !quiet || status !== 'good' || fixed)
    .flatMap(({ check, status, message, hint }) => [
      `${paint(status, status.padEnd(8))} ${check.padEnd(11)} ${printable(message)}`,
      ...(hint === undefined ? [] : [`${' '.repeat(20)} ${printable(hint)}`]),
    ]);
  const count = (wanted: CheckStatus): number =>
    checks.filter(({ status }) => status === wanted).length;
  const warnings = count('warning');
  const sum = `${count('good')} good, ${warnings} warning${warnings === 1 ? '' : 's'}, ${count('bad')} bad`;
  return [...lines, sum, ''].join('\n');
}

export function checksJson(checks: readonly Check[]): Record<string, unknown> {
  return {
    checks: checks.map(({ check, status, message, hint, fixed }) => ({
      check,
      status,
      message,
      hint: hint ?? null,
      fixed: fixed ?? false,
    })),
  };
}
