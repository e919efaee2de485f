/**
 * proper-lockfile listens to the signals that end a process, so as to remove its locks, from the
 * moment it is loaded to the end. In a host program of another's that is only right as long as a
 * lock is held.
 */
import process from 'node:process';

type Listener = (...args: unknown[]) => void;

const library: { readonly signal: string; readonly listener: Listener }[] = [];
let holders = 0;

/** Loads it by `load`, and keeps its listeners away until a lock is held. */
export async function loadQuietly<T>(load: () => Promise<T>): Promise<T> {
  const before = new Set(signalListeners().map(({ listener }) => listener));
  const loaded = await load();
  for (const each of signalListeners()) {
    // Only the library counts such listeners: one that the host sets meanwhile is its own.
    if (before.has(each.listener) || !/\.count\b/.test(String(each.listener))) continue;
    library.push(each);
    process.off(each.signal, each.listener);
  }
  return loaded;
}

/** @returns what ends it, once */
export function listenWhileHeld(): () => void {
  if (holders++ === 0) for (const { signal, listener } of library) process.on(signal, listener);
  let isEnded = false;
  return () => {
    if (isEnded) return;
    isEnded = true;
    if (--holders === 0) for (const { signal, listener } of library) process.off(signal, listener);
  };
}

function signalListeners(): { signal: string; listener: Listener }[] {
  return process
    .eventNames()
    .filter((name): name is string => typeof name === 'string' && name.startsWith('SIG'))
    .flatMap((signal) =>
      process.listeners(signal as NodeJS.Signals).map((listener) => ({
        signal,
        listener: listener as unknown as Listener,
      })),
    );
}
