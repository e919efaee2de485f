/** Whether colours are wanted, by the customs of no-color.org and of node's FORCE_COLOR. */

export interface ColorSituation {
  readonly mayColor: boolean;
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function wantsColor({ mayColor, isTerminal, env }: ColorSituation): boolean {
  if (!mayColor) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return isTerminal && env['TERM'] !== 'dumb';
}
