/** `rotate` beside another run that does not end, by a clock that a sleep moves. */
import { command } from '../../src/commands/rotate/command.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { run } from '../../src/commands/rotate/run.ts';
import type { System } from '../../src/world.ts';
import { makeFakeWorld } from '../support/fake-world.ts';

const LINE = { command: 'rotate', names: ['alice'], rest: undefined, options: new Map() };
const CREDENTIALS =
  '[alice]\naws_access_key_id = AKIAMADEUPKEYALICE00\naws_secret_access_key = made+up/secret+of+alice+not+a+real+key00\n';

test('it says once that it waits, and gives up after a minute and a half', async () => {
  const fake = makeFakeWorld({ credentials: CREDENTIALS, gateIsHeld: 'rotation' });
  const system = { realPath: () => undefined } as unknown as System;
  const world = { ...fake, system: () => Promise.resolve(system) };
  await expect(run(readSettings(LINE, command, fake), world)).rejects.toMatchObject({
    problem: { kind: 'still-rotating', profile: 'alice', seconds: 90 },
  });
  expect(fake.said).toBe(
    'mfa-profile: another mfa-profile is rotating the key of alice: waiting for it\n',
  );
  expect(fake.events.filter((event) => event.startsWith('call'))).toEqual([]);
  expect(fake.credentials).toBe(CREDENTIALS);
});
