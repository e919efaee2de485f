/** Changes one of the two AWS files. */
import { parseDocument } from '../document/index.ts';
import type { Document } from '../document/index.ts';
import type { Reporter } from '../output/reporter.ts';
import type { World } from '../world.ts';
import { lockWaiting } from './lock-wait.ts';

/**
 * Changes a file under its lock, and says when that is waited for.
 * @param edit as {@link Store.withLockedUpdate} takes it, but from a document
 * @returns whether the file was changed
 * @throws Failure as that does; unparsable-file
 */
export async function updateFile(
  path: string,
  edit: (document: Document) => Uint8Array | undefined,
  world: Pick<World, 'store' | 'interrupt'>,
  reporter: Pick<Reporter, 'say' | 'debug'>,
): Promise<boolean> {
  const store = await world.store();
  return store.withLockedUpdate(
    path,
    (bytes) => edit(parseDocument(bytes, path)),
    lockWaiting(world, reporter),
  );
}
