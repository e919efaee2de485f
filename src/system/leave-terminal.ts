/** Takes the terminal out of node's hands before the program ends. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { isDevice } from './devices.ts';

/**
 * At its end node puts the terminal back as it was at the start. That undoes what a program run
 * from here, or the shell that has continued meanwhile, has set; and where the terminal is hung up,
 * Node 20 ends by an abort and a core file with all of its memory (nodejs/node#51519). It passes
 * over descriptors that lead elsewhere by then.
 */
export function leaveTerminal(): void {
  try {
    const devices = [0, 1, 2].filter(isOpenDevice);
    if (devices.length === 0) return;
    holdTerminal();
    for (const fd of devices) {
      closeSync(fd);
      // The lowest number that is free: the one just closed.
      openSync('/dev/null', 'r+');
    }
  } catch {
    // No descriptor is left to open: node may do as it does.
  }
}

/** To the end: a terminal that nobody holds hangs up. */
function holdTerminal(): void {
  try {
    openSync('/dev/tty', 'r');
  } catch {
    // There is none, or it is hung up already.
  }
}

/** A terminal, also one that is hung up and says no more that it is one. */
function isOpenDevice(fd: number): boolean {
  try {
    return isDevice(fstatSync(fd));
  } catch {
    return false;
  }
}
