/** What the compiler has made of the program at the build: it is taken where it fits, and never needed. */
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Module from 'node:module';
import { Script } from 'node:vm';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';
import { PROGRAM, makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { configOf, sessionText } from '../support/scene.ts';

const SESSION = sessionText('alice_token', { x_security_token_expires: '2999-01-01T00:00:00Z' });

/** The caches in a built folder, made by the node that has built it. */
function cachesIn(dist: string): { folder: string; files: string[] } {
  const builds = readdirSync(path.join(dist, 'code-cache'));
  expect(builds).toHaveLength(1);
  const nodes = path.join(dist, 'code-cache', builds[0]!);
  const own = `${process.versions.v8}-${process.platform}-${process.arch}`;
  expect(readdirSync(nodes)).toContain(own);
  const folder = path.join(nodes, own);
  return { folder, files: readdirSync(folder) };
}

test('this node takes the cache of every file of the program', () => {
  const dist = path.dirname(PROGRAM);
  const { folder, files } = cachesIn(dist);
  const cached = files.map((name) => path.basename(name, '.cache'));
  // The library is loaded by others, the entry by node.
  const loaded = readdirSync(dist).filter(
    (name) => name.endsWith('.cjs') && !['mfa-profile.cjs', 'provider.cjs'].includes(name),
  );
  expect(cached.sort()).toEqual(loaded.sort());
  const rejected = loaded.filter((name) => {
    const text = Module.wrap(readFileSync(path.join(dist, name), 'utf8'));
    const cachedData = readFileSync(path.join(folder, `${name}.cache`));
    return new Script(text, { filename: name, cachedData }).cachedDataRejected;
  });
  expect(rejected).toEqual([]);
});

describe('a copy of the program', () => {
  let box: Sandbox;
  let dist: string;
  beforeAll(() => {
    box = makeSandbox({
      credentials: `${credentialsOf(ALICE)}\n${SESSION}`,
      config: configOf(ALICE),
    });
    dist = box.path('copy');
    cpSync(path.dirname(PROGRAM), dist, { recursive: true });
  });
  afterAll(() => {
    box.cleanup();
  });

  const answers = async (): Promise<void> => {
    const program = path.join(dist, path.basename(PROGRAM));
    const quick = await box.exec(process.execPath, [program, 'refresh', 'alice']);
    expect(quick.stderr).toMatch(/^mfa-profile: alice_token is still valid until 2999/);
    expect(quick.code).toBe(0);
    const whole = await box.exec(process.execPath, [program, 'refresh', '--bogus']);
    expect(whole.stderr).toMatch(/^mfa-profile: error: refresh has no option --bogus/);
    expect(whole.code).toBe(2);
  };

  test('says the same from another place', answers);

  test.each([
    ['empty', () => ''],
    ['cut', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['another text', () => 'no cache at all'.repeat(100)],
    ['of another text', (_: Buffer, other: Buffer) => other],
  ] as const)('says the same where a cache is %s', async (_, made) => {
    const { folder, files } = cachesIn(dist);
    const read = files.map((name) => readFileSync(path.join(folder, name)));
    try {
      files.forEach((name, at) => {
        writeFileSync(path.join(folder, name), made(read[at]!, read[(at + 1) % read.length]!));
      });
      await answers();
    } finally {
      files.forEach((name, at) => {
        writeFileSync(path.join(folder, name), read[at]!);
      });
    }
  });

  test('says the same to a node that the build was not made for: without a cache', async () => {
    rmSync(path.join(dist, 'code-cache'), { recursive: true });
    await answers();
  });
});
