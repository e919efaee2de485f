/** What a person is told first where a profile, its key or its device is not found. */
import { main } from '../../src/main.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
const DEVICE = 'mfa_serial = arn:aws:iam::123456789012:mfa/alice\n';

async function refresh(
  credentials: string,
  config: string,
  name = 'alice',
): Promise<[number, string]> {
  const world = makeFakeWorld({ credentials, config });
  const exit = await main(['refresh', name], world);
  return [exit, world.said];
}

test.each<[string, string, string, RegExp]>([
  ['a profile', `["alice"]\n${KEYS}`, '', /warning: .*\["alice"\][^]*error: .*alice/],
  ['a key', `[b]\n${KEYS}[Alice]\n${KEYS}`, `[profile alice]\n${DEVICE}`, /warning: .*\[Alice\]/],
  ['a device', `[alice]\n${KEYS}`, `[Profile alice]\n${DEVICE}`, /warning: .*\[Profile alice\]/],
])('%s is looked for among headers that resemble it', async (_what, credentials, config, said) => {
  expect(await refresh(credentials, config)).toEqual([4, expect.stringMatching(said)]);
});

test('of many that resemble it three are named', async () => {
  const [, said] = await refresh(`[b]\n${KEYS}${`["alice"]\nregion = x\n`.repeat(5)}`, '');
  expect(said.match(/warning: .*\["alice"\]/g)).toHaveLength(3);
});

test.each([
  ['ALICE', 'alice'],
  ['ａｌｉｃｅ', 'alice'],
  ['profile alice', 'alice'],
  ['alice ', 'alice'],
])('for %j, which is in neither file, nothing has to be renamed', async (typed, meant) => {
  const [exit, said] = await refresh(`[alice]\n${KEYS}`, `[profile alice]\n${DEVICE}`, typed);
  expect(exit).toBe(4);
  expect(said).toContain(`did you mean ${meant}`);
  expect(said).not.toContain('rename');
});

test.each<[string, string, string, RegExp]>([
  [
    'a device under another name',
    `[alice]\n${KEYS}`,
    `[profile alice]\nmfaSerial = x\n`,
    /warning: .*config, line 2: AWS tools ignore mfaSerial; write mfa_serial there/,
  ],
  [
    'a role under another name',
    `[b]\n${KEYS}`,
    `[profile alice]\nrole-arn = x\nsource-profile = b\n`,
    /line 2: .*role-arn; write role_arn [^]*line 3: .*source-profile; write source_profile /,
  ],
  [
    'a source under another name',
    `[b]\n${KEYS}`,
    `[profile alice]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsourceProfile = b\n`,
    /line 3: .*sourceProfile; write source_profile [^]*it is missing[^]*profiles with a key: b/,
  ],
  [
    'a source that is not there',
    `[prod]\n${KEYS}`,
    `[profile alice]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = prdo\n`,
    /there is no profile prdo [^]*did you mean prod\?/,
  ],
  [
    'a source with a blank in it that looks like another',
    `[pr\u00a0od]\n${KEYS}`,
    `[profile alice]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = pr od\n`,
    /did you mean pr<U\+00A0>od\?/,
  ],
  [
    'the second half of a key, wrapped',
    `[alice]\n${KEYS.replace('key = ', 'key =\n  ')}`,
    '',
    /warning: .*credentials, line 4: a line under aws_secret_access_key [^]*without aws_secret/,
  ],
])('%s is named with its line', async (_what, credentials, config, said) => {
  expect(await refresh(credentials, config)).toEqual([4, expect.stringMatching(said)]);
});

test('for what is wrong in another way nobody looks there', async () => {
  const [exit, said] = await refresh(
    `[alice]\n${KEYS}`,
    `[profile alice]\nduration_seconds = 1\n${DEVICE}[Profile alice]\n${DEVICE}`,
  );
  expect([exit, said]).toEqual([4, expect.not.stringContaining('[Profile alice]')]);
});
