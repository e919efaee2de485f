/** The store as the program sees it: locked updates of a file, and the gate before a question. */
import { createHash } from 'node:crypto';
import { rmdirSync } from 'node:fs';
import path from 'node:path';
import type { Gate, Store } from '../world.ts';
import { fileFailure } from '../problems/file-failure.ts';
import { assertLockable, withLockedUpdate } from './update.ts';
import { gateName, lockPlaces } from './leftovers.ts';
import { isNoLock, watch } from './lock-directory.ts';
import { lockBeside, lockHeld, tryLock } from './lock.ts';
import { leaveNote, readNote } from './notes.ts';
import { dropPrivate, keepPrivate } from './private-file.ts';
import { resolveTarget } from './target.ts';
import { assertWritable } from './writability.ts';

export { privateFolder } from './folder.ts';

export const store: Store = {
  withLockedUpdate,
  assertWritable,
  assertLockable,
  tryGate: async (file, wanted) => {
    const gate = gatePath(file, wanted);
    const held = await tryLock(gate);
    // A file in the gate's place stands for no question, and waiting for it would never end.
    if (!held && isNoLock(lockBeside(gate))) throw lockHeld(lockBeside(gate), 0);
    // Whoever died holding this gate may have held other locks too: those are not waited for a second time.
    if (!held) for (const place of lockPlaces(targetOf(file))) watch(place.path);
    return held;
  },
  openGate: (file, gate) => {
    try {
      rmdirSync(lockBeside(gatePath(file, gate)));
    } catch {
      // Nobody holds it.
    }
  },
  readNote: (file, session) => readNote(targetOf(file), session),
  leaveNote: (file, session, text) => leaveNote(targetOf(file), session, text),
  keepPrivate,
  dropPrivate,
};

/** It may lead elsewhere than a moment ago. @throws Failure unwritable-file */
function targetOf(file: string): string {
  try {
    return resolveTarget(file);
  } catch (error) {
    throw fileFailure('unwritable-file', file, error);
  }
}

function gatePath(file: string, { kind, of }: Gate): string {
  const target = targetOf(file);
  // A plus sign is in no label.
  const label = gateLabel(of) + (kind === 'exchange' ? '' : `+${kind}`);
  return path.join(path.dirname(target), gateName(target, label));
}

// The name of a folder has 255 bytes at most, and the file's own name is a part of it.
const LONGEST_LABEL = 120;

/**
 * The name may hold slashes and blanks; escaped, it is one folder's name that a person can read.
 */
function gateLabel(session: string): string {
  const escaped = encodeURIComponent(session);
  if (escaped.length <= LONGEST_LABEL) return escaped;
  return createHash('sha256').update(session).digest('hex');
}
