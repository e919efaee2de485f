/** A file caught while another program writes it is looked at again; one at rest is believed. */
import { readAwsFiles } from '../../src/session/aws-files.ts';
import { readSection } from '../../src/document/index.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const PATHS = { credentials: 'credentials', config: 'config' };
const WHOLE = `[alice]\nregion = x\n# ${'-'.repeat(5000)}\n`;

/** The credentials file holds these in turn, from look to look, the last one for good. */
function worldOf(contents: string[], writtenAgo: number) {
  const world = makeFakeWorld();
  const started = world.now();
  world.readFile = (path) => {
    if (path !== PATHS.credentials) return undefined;
    return Buffer.from((contents.length > 1 ? contents.shift() : contents[0]) ?? '');
  };
  world.lastWritten = () => world.now() - writtenAgo;
  return { world, waited: () => world.now() - started };
}
const hasAlice = async (world: Parameters<typeof readAwsFiles>[1]) =>
  readSection((await readAwsFiles(PATHS, world)).credentials, 'alice') !== undefined;

// aws/aws-cli#10648
test.each([
  ['empty', ''],
  ['cut at a page’s end', WHOLE.slice(0, 4096)],
])('%s for a moment', async (_what, cut) => {
  const { world, waited } = worldOf([...Array<string>(20).fill(cut), WHOLE], 5);
  expect(await hasAlice(world)).toBe(true);
  expect(waited()).toBeGreaterThan(200);
});

test('one that stays empty is believed after half a second, or at once when it is at rest', async () => {
  const fresh = worldOf([''], 5);
  expect(await hasAlice(fresh.world)).toBe(false);
  expect(fresh.waited()).toBeLessThan(600);
  const old = worldOf([''], 10_000);
  expect(await hasAlice(old.world)).toBe(false);
  expect(old.waited()).toBe(0);
});

test('a file that is as it was is not parsed again, and one that changed by a byte is', async () => {
  const old = worldOf(['[a]\nx = 1\n', '[a]\nx = 1\n', '[a]\nx = 2\n'], 10_000);
  const reads = [];
  for (let read = 0; read < 3; read++) {
    reads.push((await readAwsFiles(PATHS, old.world)).credentials);
  }
  const [first, same, other] = reads;
  expect(same).toBe(first);
  expect(readSection(other!, 'a')?.get('x')).toBe('2');
});
