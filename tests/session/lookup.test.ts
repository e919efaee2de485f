/** Which session a name means, and what is said of one that cannot be kept. */
import { main } from '../../src/main.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
const DEVICE = 'mfa_serial = arn:aws:iam::123456789012:mfa/alice\n';

async function refresh(settings: string, ...args: string[]): Promise<[number, string]> {
  const config = `[profile alice]\n${DEVICE}${settings}`;
  const world = makeFakeWorld({ credentials: `[alice]\n${KEYS}`, config, types: ['123456'] });
  const exit = await main(['refresh', 'alice', ...args], world);
  return [exit, world.said];
}

test.each<[string, string[], RegExp]>([
  ['session_profile = a#b\n', [], /named "a#b".*config, line 3/],
  ['session_profile = alice\n', [], /named "alice".*config, line 3/],
])('%j cannot be kept, and where that stands is told', async (settings, args, said) => {
  expect(await refresh(settings, ...args)).toEqual([4, expect.stringMatching(said)]);
});

test('one that nobody has named stands nowhere', async () => {
  const world = makeFakeWorld({ credentials: `[a#b]\n${KEYS}`, types: ['123456'] });
  expect(await main(['refresh', 'a#b'], world)).toBe(4);
  expect(world.said).toContain('named "a#b_token": ');
  expect(world.said).not.toMatch(/line \d|undefined|\(/);
});
