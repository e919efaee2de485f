/** The lock library listens to signals only while a lock is held, and nobody else's listener is touched. */
import { listenWhileHeld, loadQuietly } from '../../src/store/library-listeners.ts';

const SIGNAL = 'SIGUSR2';
const emitter = { count: 0 };
const ofLibrary = () => void emitter.count;
const ofHost: () => void = () => undefined;
const countsToo = () => void emitter.count;
const heard = () => process.listeners(SIGNAL).filter((each) => OURS.includes(each as () => void));
const OURS: readonly (() => void)[] = [ofLibrary, ofHost, countsToo];
afterEach(() => {
  for (const each of OURS) process.off(SIGNAL, each);
});

test('from the first lock to the last', async () => {
  process.on(SIGNAL, countsToo);
  const loaded = await loadQuietly(() => {
    process.on(SIGNAL, ofLibrary);
    process.on(SIGNAL, ofHost);
    return Promise.resolve('library');
  });
  expect(loaded).toBe('library');
  expect(heard()).toEqual([countsToo, ofHost]);
  const ends = [listenWhileHeld(), listenWhileHeld()];
  expect(heard()).toEqual([countsToo, ofHost, ofLibrary]);
  ends[0]!();
  ends[0]!();
  expect(heard()).toEqual([countsToo, ofHost, ofLibrary]);
  ends[1]!();
  expect(heard()).toEqual([countsToo, ofHost]);
});
