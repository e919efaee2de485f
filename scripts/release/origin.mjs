/** Where this is built from, for everything that a release fills in. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The fields of package.json that the release sets, and a clone has not. */
export const FIELDS = ['repository', 'bugs', 'homepage', 'author'];

export const AUTHOR = 'The mfa-profile authors';

/**
 * @param given the repository's address; else the one that GitHub Actions says, else that of `origin`
 * @returns the address on the web, without `.git`
 * @throws Error if there is none
 */
export function repositoryAddress(given, env = process.env) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = env;
  const found = given ?? (server && name ? `${server}/${name}` : originOfClone());
  const [, host, rest] =
    /^(?:https:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([\w.-]+)[/:]([\w./-]+?)(?:\.git)?\/?$/.exec(
      found ?? '',
    ) ?? [];
  if (!host) {
    throw new Error(
      `no address of a repository: ${found || 'there is no remote "origin"'}; give one by --repository https://…`,
    );
  }
  return `https://${host}/${rest}`;
}

function originOfClone() {
  try {
    return execFileSync('git', ['remote', 'get-url', 'origin'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** Seconds since the epoch: SOURCE_DATE_EPOCH, or the last commit's time. */
export function sourceDate(env = process.env) {
  const given = env.SOURCE_DATE_EPOCH;
  if (given) return Number(given);
  return Number(
    execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' }),
  );
}

/** What package.json says of a release from there. */
export function originFields(address) {
  return {
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` },
    repository: { type: 'git', url: `git+${address}.git` },
    author: AUTHOR,
  };
}

export const inRoot = (...parts) => path.join(ROOT, ...parts);
