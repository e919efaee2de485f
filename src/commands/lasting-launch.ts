/**
 * The paths by which a scheduler, or an AWS tool, starts node and this program: they survive an
 * upgrade of node.
 */
import { usage } from '../cli/settings.ts';
import { words } from './words.ts';

export interface Launch {
  /** The same path as `program` where both are one executable. */
  readonly node: string;
  readonly program: string;
}

/** @returns where a path leads in the end; undefined if there is nothing */
type RealPath = (path: string) => string | undefined;

/**
 * Links that package and version managers keep up to date, instead of folders that are named after
 * a version and removed with it: Homebrew's opt, the default of fnm and nvm, the newest of mise.
 */
const LINKS: readonly (readonly [versioned: RegExp, link: string])[] = [
  [/^(.*)\/Cellar\/([^/]+)\/[^/]+\//, '$1/opt/$2/'],
  [/^(.*)\/node-versions\/[^/]+\/installation\//, '$1/aliases/default/'],
  [/^(.*\/\.?nvm)\/versions\/node\/[^/]+\//, '$1/current/'],
  [/^(.*\/installs\/node)\/\d[^/]*\//, '$1/latest/'],
  [/^(.*\/installs\/node)\/(\d+)\.[^/]*\//, '$1/$2/'],
];

/**
 * Programs that find the right version when they are started: Volta's, mise's, asdf's and nodenv's.
 */
const SHIMS: readonly (readonly [versioned: RegExp, shim: string])[] = [
  [/^(.*)\/tools\/image\/node\/[^/]+\/bin\/node$/, '$1/bin/node'],
  [/^(.*)\/installs\/node(?:js)?\/[^/]+\/bin\/node$/, '$1/shims/node'],
  [/^(.*)\/versions\/\d[^/]*\/bin\/node$/, '$1/shims/node'],
];

/**
 * @param launch node as a real path, and this program as it was called
 * @throws Failure usage for a program that npx has in its cache for a while
 */
export function lastingLaunch({ node, program }: Launch, realPath: RealPath): Launch {
  // fnm makes a folder of links for each shell, and removes it.
  const called = /[\\/]fnm_multishells[\\/]/.test(program)
    ? (realPath(program) ?? program)
    : program;
  const real = realPath(called) ?? called;
  if ([called, real].some((path) => /[\\/](?:_npx|dlx)[\\/]|[\\/]dlx-/.test(path))) {
    throw usage(words.npxCache, words.installFirst);
  }
  const shim = SHIMS.filter(([pattern]) => pattern.test(node))
    .map(([pattern, path]) => node.replace(pattern, path))
    .find((path) => realPath(path) !== undefined);
  return { node: shim ?? lastingPath(node, realPath), program: lastingPath(called, realPath) };
}

/**
 * A link that leads to the same file today and will lead to its successor; else the path itself.
 */
function lastingPath(path: string, realPath: RealPath): string {
  const real = realPath(path);
  if (real === undefined) return path;
  const links = LINKS.filter(([pattern]) => pattern.test(path)).map(([pattern, link]) =>
    path.replace(pattern, link),
  );
  return links.find((link) => realPath(link) === real) ?? path;
}

/** The first words of a command line that starts this program: one executable is both. */
export function startOf({ node, program }: Launch): string[] {
  return node === program ? [program] : [node, program];
}
