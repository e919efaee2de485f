/** Turns an operating system's refusal to read or write a file into the failure that is shown. */
import { Failure, isFailure } from './problem.ts';

/**
 * Node has no name for a quota that is used up (libuv has no UV_EDQUOT): Linux's number, and
 * macOS's.
 */
const QUOTA_USED_UP = [-122, -69];
/** Nor for macOS's EDEADLK: a cloud drive has moved the content away, and nobody is there to fetch it. */
const CONTENT_AWAY = 'Unknown system error -11';

/** The `errno` name (`ENOENT`, …) of an error of the operating system; undefined for any other. */
export function errorCode(error: unknown): string | undefined {
  // No `instanceof`: an error of the system can come from another realm, as under jest.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if ('errno' in error && QUOTA_USED_UP.includes(Number(error.errno))) return 'EDQUOT';
  if (error.code === CONTENT_AWAY) return 'EDEADLK';
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The failure to throw for `error`; what is no refusal of the operating system stays as it is. */
export function fileFailure(
  kind: 'unreadable-file' | 'unwritable-file',
  path: string,
  error: unknown,
): unknown {
  const code = errorCode(error);
  return isFailure(error) || code === undefined ? error : new Failure({ kind, path, code });
}

/** An error for what cannot be a credentials file; replacing `/dev/null` would break the system. */
export function notAFile(isFolder: boolean): Error {
  return Object.assign(new Error('not a regular file'), { code: isFolder ? 'EISDIR' : 'EFTYPE' });
}
