/** What a person is told first where a profile, its key or its device is not found. */
import { main } from '../../src/main.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
const DEVICE = 'mfa_serial = arn:aws:iam::123456789012:mfa/alice\n';

async function refresh(credentials: string, config: string): Promise<[number, string]> {
  const world = makeFakeWorld({ credentials, config });
  const exit = await main(['refresh', 'alice'], world);
  return [exit, world.said];
}

test.each<[string, string, string, RegExp]>([
  ['a profile', `[Alice]\n${KEYS}`, '', /warning: .*\[Alice\][^]*error: .*alice/],
  ['a key', `[b]\n${KEYS}[Alice]\n${KEYS}`, `[profile alice]\n${DEVICE}`, /warning: .*\[Alice\]/],
  ['a device', `[alice]\n${KEYS}`, `[Profile alice]\n${DEVICE}`, /warning: .*\[Profile alice\]/],
])('%s is looked for among headers that resemble it', async (_what, credentials, config, said) => {
  expect(await refresh(credentials, config)).toEqual([4, expect.stringMatching(said)]);
});

test('of many that resemble it three are named', async () => {
  const [, said] = await refresh(`[b]\n${KEYS}${`[Alice]\nregion = x\n`.repeat(5)}`, '');
  expect(said.match(/warning: .*\[Alice\]/g)).toHaveLength(3);
});

test('for what is wrong in another way nobody looks there', async () => {
  const [exit, said] = await refresh(
    `[alice]\n${KEYS}`,
    `[profile alice]\nduration_seconds = 1\n${DEVICE}[Profile alice]\n${DEVICE}`,
  );
  expect([exit, said]).toEqual([4, expect.not.stringContaining('[Profile alice]')]);
});
