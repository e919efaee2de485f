/** Who else may read or write the user's files, judged once for `refresh` and `doctor`. */
import { folderOf } from '../profiles/paths.ts';
import type { Ownership, World } from '../world.ts';

const GROUP_AND_OTHERS = 0o077;
const WRITE = 0o022;
const OWNER = 0o700;
/** With one of them a folder is shared on purpose: setgid, sticky. */
const SHARED = 0o3000;
const ROOT = 0;

export interface OpenPath {
  readonly kind: 'open';
  readonly path: string;
  /** The permission bits as `ls` and `chmod` write them, such as 0644. */
  readonly mode: string;
  readonly others: 'read' | 'write';
  /** The mode that it should have, if it is the user's to set; else it is shared on purpose. */
  readonly closed: string | undefined;
}

export interface ForeignPath {
  readonly kind: 'foreign';
  readonly path: string;
  /** The user ID of the owner. */
  readonly owner: number;
}

export interface ClosedPath {
  readonly kind: 'closed';
  readonly path: string;
  readonly mode: string;
}

export type Access = OpenPath | ForeignPath | ClosedPath;

/**
 * The credentials file, which holds secrets, and its folder, whose writers could replace it. What
 * is no regular file is not judged, nor the folder that it is in.
 */
export function judgeCredentials(path: string, world: Pick<World, 'ownership'>): Access[] {
  const file = world.ownership(path);
  if (file && file.kind !== 'file') return [];
  const found = file ? judge(path, file, GROUP_AND_OTHERS, true) : [];
  const folder = world.ownership(folderOf(path));
  if (folder?.kind !== 'folder') return found;
  const isOurs =
    folder.isOwn && (folder.mode & SHARED) === 0 && /[\\/]\.aws$/.test(folder.realPath);
  const ofFolder = judge(folderOf(path), folder, GROUP_AND_OTHERS, isOurs).filter(
    // Root may write everywhere, and each other user is named once.
    (each) => each.kind !== 'foreign' || (each.owner !== ROOT && each.owner !== file?.owner),
  );
  return [...found, ...ofFolder];
}

/** The config file holds no secret; but who may write it may set an `mfa_process`. */
export function judgeConfig(path: string, world: Pick<World, 'ownership'>): Access[] {
  const file = world.ownership(path);
  return file?.kind === 'file' ? judge(path, file, WRITE, true) : [];
}

function judge(
  path: string,
  { mode, owner, isOwn }: Ownership,
  unwanted: number,
  mayClose: boolean,
): Access[] {
  const shown = octal(mode);
  const found: Access[] = isOwn ? [] : [{ kind: 'foreign', path, owner }];
  if ((mode & unwanted) === 0) return [...found, { kind: 'closed', path, mode: shown }];
  const closed = isOwn && mayClose ? (mode & OWNER).toString(8) : undefined;
  const others = (mode & unwanted & WRITE) === 0 ? 'read' : 'write';
  return [...found, { kind: 'open', path, mode: shown, others, closed }];
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
