/** What the scripts of `completion` are answered, in a world in memory. */
import { main } from '../../src/main.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';

async function answers(words: string[], credentials: string, config = ''): Promise<string[]> {
  const world = makeFakeWorld({ credentials, config });
  expect(await main(['completion', 'bash', '--', ...words], world)).toBe(0);
  return world.printed.split('\n').filter(Boolean);
}

test('a name with a tab or a line break in it would be two, and is left out', async () => {
  const lines = await answers(
    ['refresh', ''],
    `[good]\n${KEYS}[odd\tone]\n${KEYS}`,
    '[profile "odd\\\tother"]\nrole_arn = x\nsource_profile = good\n',
  );
  const words = lines.map((line) => line.split('\t')[0]);
  expect(words).toContain('good');
  expect(words.filter((word) => word?.startsWith('odd'))).toEqual([]);
});
