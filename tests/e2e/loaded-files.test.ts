/** What a run loads: a valid session is found by the first files only. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf, serialOf } from '../../fixtures/sts/accounts.ts';
import { PROGRAM, makeSandbox } from '../support/sandbox.ts';
import type { Sandbox } from '../support/sandbox.ts';

const SESSION = `
[alice_token]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = made/up==
x_security_token_expires = ${new Date(Date.now() + 36_000_000).toISOString().replace(/\.\d+/, '')}
manager = mfa-profile
`;

let box: Sandbox;
let listing: string;

beforeAll(() => {
  box = makeSandbox({
    credentials: credentialsOf(ALICE) + SESSION,
    config: `[profile alice]\nregion = eu-central-1\nmfa_serial = ${serialOf(ALICE)}\n`,
  });
  listing = box.writeFile(
    'list-loaded.cjs',
    `process.on('exit', () => require('node:fs').writeFileSync(process.env.LOADED,
       JSON.stringify({ files: Object.keys(require.cache), builtins: process.moduleLoadList })));`,
  );
});
afterAll(() => {
  box.cleanup();
});

async function loadedBy(...args: string[]): Promise<{ files: string[]; builtins: string[] }> {
  const file = box.path('loaded.json');
  const env = { NODE_OPTIONS: `--require ${JSON.stringify(listing)}`, LOADED: file };
  const run = await box.run(args, { env });
  expect(run.code).toBe(0);
  const loaded = JSON.parse(readFileSync(file, 'utf8')) as { files: string[]; builtins: string[] };
  const files = loaded.files.filter((each) => each !== listing).map((each) => path.basename(each));
  return { files, builtins: loaded.builtins };
}

/** The entry, and what it starts. */
const FIRST = [path.basename(PROGRAM), 'start.cjs'];

const HEAVY = /NativeModule (?:https?|tls|crypto|child_process|readline|zlib|fs\/promises)$/;
/** What Node loads with a stream object, which takes as long as everything else in a reuse. */
const STREAMS = /NativeModule (?:tty|net|stream)$/;

test.each([
  'refresh alice',
  'refresh --profile alice --quiet --no-prompt --if-expired --min-ttl 15m',
  'credential-process alice',
  'env alice',
  'env alice --format fish',
  'status --check alice',
])('%s loads the first files, and nothing for the network or other processes', async (line) => {
  const { files, builtins } = await loadedBy(...line.split(' '));
  expect(files).toEqual(FIRST);
  expect(builtins.filter((each) => HEAVY.test(each) || STREAMS.test(each))).toEqual([]);
});

test.each(['refresh --all --quiet --no-prompt', 'refresh alice --json', 'status alice --json'])(
  '%s loads the program besides, and nothing for a renewal',
  async (line) => {
    const { files, builtins } = await loadedBy(...line.split(' '));
    expect(files).toEqual([...FIRST, 'program.cjs']);
    expect(builtins.filter((each) => HEAVY.test(each))).toEqual([]);
  },
);

test.each<[string, string[]]>([
  ['status', ['commands-status-table.cjs']],
  ['status --json', []],
  ['status --check', []],
])('%s loads the table besides, if it shows one', async (line, more) => {
  const { files, builtins } = await loadedBy(...line.split(' '));
  expect(files).toEqual([...FIRST, ...more]);
  expect(builtins.filter((each) => STREAMS.test(each))).toEqual([]);
});

test('no file looks at all of the process, whose title ends node on some consoles of Windows', () => {
  const folder = path.dirname(PROGRAM);
  const files = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
  expect(files).toContain('program.cjs');
  const looking = files.filter((name) =>
    /require\("(?:node:)?process"\)/.test(readFileSync(path.join(folder, name), 'utf8')),
  );
  expect(looking).toEqual([]);
});
