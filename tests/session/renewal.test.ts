/** How a renewal ends: what is said of the first session, and of one that could not be written. */
import { main } from '../../src/main.ts';
import { Failure } from '../../src/problems/problem.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
const config = '[profile alice]\nmfa_serial = arn:aws:iam::123456789012:mfa/alice\n';
const OLD =
  '[alice_token]\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\n' +
  'x_security_token_expires = 2026-11-20T11:00:00Z\n';

test.each([
  ['the first session of a profile', '', true],
  ['one more', OLD, false],
])('%s: how it is used is said: %s', async (_what, there, isSaid) => {
  const world = makeFakeWorld({
    ...{ credentials: `[alice]\n${KEYS}${there}`, config, types: ['123456'] },
  });
  Object.assign(world.stderr, { isTerminal: true });
  expect(await main(['refresh', 'alice'], world)).toBe(0);
  expect(world.said.includes('AWS_PROFILE=alice_token')).toBe(isSaid);
});

test('one that could not be written serves at once, with a warning, and is a failure else', async () => {
  const run = async (command: string) => {
    const world = makeFakeWorld({ credentials: `[alice]\n${KEYS}`, config, types: ['123456'] });
    const open = world.store.bind(world);
    world.store = async () => ({
      ...(await open()),
      withLockedUpdate: (path) =>
        Promise.reject(new Failure({ kind: 'unwritable-file', path, code: 'EIO' })),
    });
    return { exit: await main([command, 'alice'], world), world };
  };
  const env = await run('env');
  expect([env.exit, env.world.printed]).toEqual([0, expect.stringContaining('ASIAMADEUP')]);
  expect(env.world.said).toMatch(/warning: alice_token is used for this run alone/);
  const refresh = await run('refresh');
  expect([refresh.exit === 0, refresh.world.printed]).toEqual([false, '']);
  expect(refresh.world.said).not.toMatch(/used for this run alone/);
});
