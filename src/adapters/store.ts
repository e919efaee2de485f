/** The store as the program sees it: locked updates of a file, and the gate before a question. */
import path from 'node:path';
import type { Store } from '../world.ts';
import { assertLockable, assertWritable, withLockedUpdate } from './credentials-file.ts';
import { tryLock } from './lock.ts';
import { resolveTarget } from './target-file.ts';

export const store: Store = {
  withLockedUpdate,
  assertWritable,
  assertLockable,
  tryGate: async (credentialsFile, session) => {
    const target = await resolveTarget(credentialsFile);
    // The name may hold slashes and blanks; escaped it is one folder's name, and a person can read it.
    const name = `.${path.basename(target)}.${encodeURIComponent(session)}.gate`;
    return tryLock(path.join(path.dirname(target), name));
  },
};
