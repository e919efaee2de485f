/** `main(argv, world)` in a world in memory: what takes half a minute or another process in the real one. */
import { main } from '../../src/main.ts';
import type { FakeWorldOptions } from '../support/fake-world.ts';
import { makeFakeWorld, wrongCode } from '../support/fake-world.ts';

const KEYS =
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
const DEVICE = 'mfa_serial = arn:aws:iam::123456789012:mfa/alice\n';
const ALICE: FakeWorldOptions = {
  credentials: `[alice]\n${KEYS}\n[again]\n${KEYS}`,
  config: `[profile alice]\n${DEVICE}[profile again]\n${DEVICE}`,
};
const SESSION =
  '\n[alice_token]\naws_access_key_id = ASIAMADEUPOTHER00000\naws_secret_access_key = x\naws_session_token = y\n';

describe('a wait for somebody else’s answer (contract: concurrency)', () => {
  const args = ['refresh', 'alice', '--no-prompt', '--token-code', '123456'];

  test.each([
    ['question', [], 30, 'waiting for the MFA code of alice_token (30 s)'],
    ['command', [], 90, 'running the mfa_process for alice_token (90 s)'],
    ['command', ['--mfa-process', 'x'], 90, 'running the mfa_process for alice_token (90 s)'],
    ['exchange', ['-t', '123456'], 90, 'at its call to AWS for alice_token (90 s)'],
  ] as const)(
    'a %s of another’s, with nobody here and %j: exit 3 after %s s, which says what is waited for',
    async (kind, more, seconds, words) => {
      const world = makeFakeWorld({ ...ALICE, gateIsHeld: kind });
      const started = world.now();
      expect(await main(['refresh', 'alice', '--no-prompt', ...more], world)).toBe(3);
      expect(Math.floor((world.now() - started) / 1000)).toBe(seconds);
      expect(world.said).toMatch(/another mfa-profile is getting alice_token: waiting for it\n/);
      expect(world.said).toContain(`error: another mfa-profile is still ${words}`);
      // No code was asked for, and nothing sent.
      expect(world.events.filter((event) => event !== 'lock')).toEqual([]);
    },
  );

  test('a code in hand does not wait for a question or a command', async () => {
    for (const kind of ['question', 'command'] as const) {
      const world = makeFakeWorld({ ...ALICE, gateIsHeld: kind });
      expect(await main(args, world)).toBe(0);
    }
  });

  test('goes on if a person is there, and ends in the other’s session', async () => {
    const world = makeFakeWorld({
      ...ALICE,
      gateIsHeld: true,
      types: [],
      meanwhile: (here, now) => {
        if (now < Date.UTC(2026, 10, 20, 12, 10)) return;
        here.credentials = `${ALICE.credentials}${SESSION}x_security_token_expires = 2026-11-20T20:00:00Z\n`;
      },
    });
    expect(await main(['refresh', 'alice'], world)).toBe(0);
    expect(world.events).toEqual([]);
    expect(world.said).toMatch(/alice_token is still valid/);
  });

  test.each([
    [0, undefined],
    [1, 'exchange of alice_token: after 100 ms of pauses'],
    [3, 'exchange of alice_token: after 300 ms of pauses'],
  ])('of %i rounds is told with --debug: %s', async (rounds, line) => {
    let left = rounds;
    const world = makeFakeWorld({
      ...ALICE,
      gateIsHeld: rounds > 0,
      meanwhile: (here) => {
        left -= 1;
        here.gateIsHeld = left > 0;
      },
    });
    expect(await main([...args, '--debug'], world)).toBe(0);
    if (line === undefined) expect(world.said).not.toMatch(/of pauses|waiting for it/);
    else expect(world.said).toContain(line);
    expect(world.said.split('waiting for it')).toHaveLength(rounds > 0 ? 2 : 1);
    expect(world.said).toMatch(/alice: \[alice_token\] in \S*credentials: exchange \(\w+\)/);
  });

  test('a question ends once the session is in the file, whoever wrote it, and not before', async () => {
    const world = makeFakeWorld({ ...ALICE, types: [] });
    let written = 1;
    world.lastWritten = () => String(written) as never;
    const open = world.terminal.bind(world);
    world.terminal = async () => ({
      ...(await open())!,
      askCode: (_message, _serial, until) =>
        new Promise((_resolve, reject) => {
          until?.addEventListener('abort', () => reject(until.reason as Error));
          // A file that cannot be read for a moment, as while it is being written.
          world.credentials = '[alice]\n\0';
          written = 2;
          setTimeout(() => {
            world.credentials = `${ALICE.credentials}${SESSION}x_security_token_expires = 2026-11-20T20:00:00Z\n`;
            written = 3;
          }, 500);
        }),
    });
    expect(await main(['refresh', 'alice'], world)).toBe(0);
    expect(world.events.filter((event) => event.startsWith('call'))).toEqual([]);
    expect(world.said).toMatch(/alice_token is still valid/);
  });

  test('is no reason to spend the code when the gate opens and the session is there', async () => {
    const world = makeFakeWorld({
      ...ALICE,
      gateIsHeld: true,
      meanwhile: (here) => {
        here.gateIsHeld = false;
        here.credentials = `${ALICE.credentials}${SESSION}x_security_token_expires = 2026-11-20T12:04:00Z\n`;
      },
    });
    // Four minutes left: stale by --min-ttl's default, and yet the newest that AWS gives.
    expect(await main([...args, '--force'], world)).toBe(0);
    expect(world.events).toEqual([]);
  });
});

describe('one code, once', () => {
  test('an mfa_process that repeats itself is waited for (aws-vault#1110)', async () => {
    const world = makeFakeWorld({ ...ALICE, prints: ['111111', '111111', '222222'] });
    const code = await main(['refresh', 'alice', 'again', '--mfa-process', 'x'], world);
    expect(code).toBe(0);
    expect(world.events.filter((event) => /^(call|sleep)/.test(event))).toEqual([
      'call 111111',
      'sleep 31000',
      'call 222222',
    ]);
    expect(world.said).toMatch(/waiting 31 s for its next one/);
  });

  test('a code that AWS refuses as used before is followed by the next one', async () => {
    const world = makeFakeWorld({ ...ALICE, prints: ['111111', '222222'], answers: [wrongCode] });
    world.sleep(10_000).catch(() => undefined);
    expect(await main(['refresh', 'alice', '--mfa-process', 'x'], world)).toBe(0);
    expect(world.events).toContain('sleep 21000');
  });

  test('an mfa_process whose codes are always refused ends with 5', async () => {
    const world = makeFakeWorld({
      ...ALICE,
      prints: ['111111', '222222', '333333'],
      answers: [wrongCode, wrongCode, wrongCode],
    });
    expect(await main(['refresh', 'alice', '--mfa-process', 'x'], world)).toBe(5);
    expect(world.events.filter((event) => event.startsWith('call'))).toHaveLength(2);
  });
});

describe('order of things', () => {
  test('the lock is tried before the code is asked for, and the call comes before the write', async () => {
    const world = makeFakeWorld({ ...ALICE, types: ['123456'] });
    expect(await main(['refresh', 'alice'], world)).toBe(0);
    expect(world.events).toEqual([
      'lock',
      'ask MFA code for alice (arn:aws:iam::123456789012:mfa/alice)',
      'call 123456',
      'write',
    ]);
  });

  test('a long-term key that came while the code was typed is not overwritten', async () => {
    const world = makeFakeWorld({ ...ALICE, types: ['123456'] });
    const key = `${ALICE.credentials}\n[alice_token]\n${KEYS}`;
    const sts = world.sts.bind(world);
    world.sts = (...args) => {
      world.credentials = key;
      return sts(...args);
    };
    expect(await main(['refresh', 'alice'], world)).toBe(4);
    expect(world.credentials).toBe(key);
  });

  test('a lost answer is followed by no further try with the same code', async () => {
    const lost = { kind: 'lost', code: 'ECONNRESET' } as const;
    const world = makeFakeWorld({ ...ALICE, types: ['123456', '654321'], answers: [lost] });
    expect(await main(['refresh', 'alice'], world)).toBe(6);
    expect(world.events.filter((event) => event.startsWith('ask'))).toHaveLength(1);
    expect(world.said).toMatch(/code may have been spent/);
  });

  test('after an interruption no further name is tried', async () => {
    const world = makeFakeWorld({ ...ALICE, types: [] });
    expect(await main(['refresh', 'alice', 'again'], world)).toBe(130);
    expect(world.events.filter((event) => event.startsWith('ask'))).toHaveLength(1);
  });

  test('a fault of the program itself is exit 1, and says where to look', async () => {
    const world = makeFakeWorld(ALICE);
    world.readFile = () => {
      throw new TypeError('undefined is not a function');
    };
    expect(await main(['refresh', 'alice', '--debug'], world)).toBe(1);
    expect(world.said).toMatch(/error: this is a bug in mfa-profile[^]*hint: [^]*TypeError/);
  });
});
