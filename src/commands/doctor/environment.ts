/** What `doctor` finds in the environment: variables that override profiles, or weaken TLS. */
import { bad, good, warning } from './check.ts';
import { judgeVariables } from '../../cli/settings.ts';
import type { Check } from './check.ts';
import type { Files, Machine } from '../../world.ts';
import { formatOfCaller } from '../../shells/caller.ts';
import { renderChange } from '../../shells/formats.ts';
import { words } from './report-words.ts';

// AWS tools take these before any profile, so that `--profile prod_token` seems to be ignored
// (broamski/aws-mfa#44).
const SHADOWING = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
];

/** The line that removes variables, for the shell that this was typed in. */
function removal(names: readonly string[], { env, platform }: Machine): string {
  if (platform !== 'win32') return `unset ${names.join(' ')}`;
  const format = formatOfCaller([], platform, env);
  const lines = renderChange(format, { set: new Map(), unset: names }).trimEnd().split('\n');
  // To cmd.exe a blank before the sign would be part of the value.
  return lines.join(format === 'windows-cmd' ? '& ' : '; ');
}

/**
 * AWS tools take the variable's account for the session's, whichever profile is used.
 * @param account of the profile, if that is known
 */
export function checkAccount(host: Machine, profile: string, account: string | undefined): Check[] {
  const outside = host.env['AWS_ACCOUNT_ID'];
  if (!outside || !account || outside === account) return [];
  return [
    warning(
      'environment',
      words.otherAccount(outside, profile, account),
      words.unset(removal(['AWS_ACCOUNT_ID'], host)),
    ),
  ];
}

/** @param isKnown whether a profile of that name is in the files */
export function checkEnvironment(host: Machine, isKnown: (name: string) => boolean): Check[] {
  const { env } = host;
  const checks: Check[] = [];
  const shadowing = SHADOWING.filter((name) => env[name]);
  if (shadowing.length > 0) {
    checks.push(
      warning('environment', words.shadowing(shadowing), words.unset(removal(shadowing, host))),
    );
  }
  for (const name of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']) {
    const profile = env[name];
    if (profile && !isKnown(profile)) {
      checks.push(
        warning(
          'environment',
          words.unknownProfile(name, profile),
          words.unsetOrSetUp(removal([name], host)),
        ),
      );
    }
  }
  for (const { name, said } of judgeVariables(env)) {
    checks.push(bad('environment', said, words.unset(removal([name], host))));
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    checks.push(warning('tls', words.nodeTrustsAll, words.unsetNodeTrust));
  }
  const debugging = env['NODE_DEBUG'];
  if (debugging && /http|net|tls|child_process|\*/i.test(debugging)) {
    checks.push(
      warning('environment', words.nodeDebug, words.unset(removal(['NODE_DEBUG'], host))),
    );
  }
  return checks.length > 0 ? checks : [good('environment', words.noShadowing)];
}

/** On Windows some AWS SDKs take HOME and the AWS CLI takes USERPROFILE: two sets of files. */
export function checkHome(world: Machine & Files): Check[] {
  const { env, platform, home } = world;
  const other = env['HOME'];
  if (platform !== 'win32' || !other) return [];
  const plain = (path: string): string => path.replaceAll('/', '\\').replace(/\\+$/, '');
  if (plain(other).toLowerCase() === plain(home).toLowerCase()) return [];
  const folder = `${plain(other)}\\.aws`;
  if (world.lastWritten(folder) === undefined) return [];
  return [warning('environment', words.otherHome(folder, home), words.oneHome(home))];
}
