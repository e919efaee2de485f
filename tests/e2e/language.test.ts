/** The language follows the locale, and what programs read does not (contract, Streams). */
import { tmpdir } from 'node:os';
import { PROBLEM_SAMPLES } from '../support/problem-samples.ts';
import { explain } from '../../src/output/explain.ts';
import { speakJapanese } from '../../src/japanese.ts';
import type { RunResult } from '../support/child.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';
import type { FaultKind } from '../../fixtures/sts/faults.ts';
import { ALICE, credentialsOf } from '../../fixtures/sts/accounts.ts';

const scene = useScene();

const JA = { LC_ALL: '', LANG: 'ja_JP.UTF-8' };
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;
const DEVICELESS =
  '[nodevice]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n';

/**
 * Command lines, and what each writes to a person. The help of two commands stands for that of all:
 * the compiler compares the tables, and tests/lint/man.test.ts reads them.
 */
const LINES: readonly string[] = [
  '',
  '--help',
  '--bogus',
  'refersh alice',
  'refresh',
  'refresh --help',
  'refresh nobody',
  'refresh alice --no-prompt',
  'refresh alice --token-code 12345',
  'refresh alice --token-code 000000',
  'refresh alice --duration 12',
  'refresh alice --duration 1m',
  'refresh alice --min-ttl soon',
  'refresh alice --serial-number alice',
  'refresh alice --region eu/west',
  'refresh alice --mfa-process false',
  'refresh alice --no-verify-ssl --no-prompt',
  'refresh nodevice --no-prompt',
  'refresh --all x',
  'status nobody',
  'status --watch --json',
  'status --help',
  'env alice --no-prompt',
  'env --unset --format json',
  'exec alice --',
  'exec nobody -- true',
  'credential-process alice --no-prompt',
  'clear alice',
  'clear --all alice',
  'whoami alice --no-prompt',
  'init nobody --no-prompt',
  'hook',
  'hook zhs',
  'schedule cron --install',
  'schedule',
  'completion nosuchshell',
  'schedule cron',
  'schedule systemd',
  'schedule launchd',
  'schedule windows',
  'schedule systemd --install --uninstall',
  'schedule systemd --uninstall',
  'schedule launchd --uninstall',
  'schedule windows --uninstall',
  'hook bash --profile nobody',
  'env --unset --format fish',
  'init alice --from nowhere.csv --no-prompt',
  'init alice --from aws-mfa --no-prompt',
  'init nodevice --no-prompt',
  'clear nobody',
  'clear --expired',
  'completion bash',
  'refresh --profile alice bob --profile carol',
  'refresh alice -- ls',
  'refresh alice --token-code',
  'refresh alice --force=yes',
  'refresh alice --json --no-prompt',
  'status --check',
  '--version',
  'doctor',
  'doctor alice',
  'doctor nodevice',
  'doctor --fix',
];

/** What the program says, without the letters of the place that this is run in. */
async function said(box: Sandbox, words: string[], env: NodeJS.ProcessEnv): Promise<RunResult> {
  const run = await box.run(words, { env });
  const letters = [...new Set(tmpdir())].filter((letter) => JAPANESE.test(letter));
  const shown = (text: string): string =>
    letters.reduce((rest, letter) => rest.replaceAll(letter, ''), text);
  return { ...run, stdout: shown(run.stdout), stderr: shown(run.stderr) };
}

/** Lines with words in them that are neither names nor what AWS, a program or a path says. */
function englishLines(text: string): string[] {
  return text.split('\n').filter((line) => {
    const own = line
      .replace(/^mfa-profile: (error|hint|warning): /, '')
      .replace(/\([^)]*\)|"[^"]*"|'[^']*'/g, '');
    return /(?:\b[a-z]{2,}\b[ ,]+){3}[a-z]{2,}\b/.test(own) && !JAPANESE.test(own);
  });
}

test.each(LINES)('mfa-profile %s: Japanese, and English', async (line) => {
  const words = line.split(' ').filter(Boolean);
  const box = scene.box();
  box.writeCredentials(box.credentialsBytes().toString('latin1') + DEVICELESS);
  const japanese = await said(box, words, JA);
  const english = await said(box, words, { LANG: 'C' });
  expect(japanese.code).toBe(english.code);
  expect(englishLines(japanese.stderr)).toEqual([]);
  if (/--help|^doctor|^$/.test(line)) {
    expect(japanese.stdout + japanese.stderr).toMatch(JAPANESE);
    expect(englishLines(japanese.stdout)).toEqual([]);
  }
  if (japanese.stderr !== '') expect(japanese.stderr).toMatch(JAPANESE);
  expect(english.stdout + english.stderr).not.toMatch(JAPANESE);
});

test.each([
  'status',
  'status --json',
  'refresh nobody --json',
  'env --unset --format env',
  'hook bash --profile alice',
  'schedule cron',
  'completion bash',
  'doctor --json nodevice',
])('what a program reads is the same in every language: %s', async (line) => {
  const words = line.split(' ');
  const box = scene.box();
  const [japanese, english] = [await said(box, words, JA), await said(box, words, { LANG: 'C' })];
  expect(japanese.stdout).toBe(english.stdout);
  expect(japanese.stdout).not.toMatch(JAPANESE);
});

test('MFA_PROFILE_LANG settles it', async () => {
  const line = ['refresh', 'nobody'];
  const run = async (env: Record<string, string>) => (await said(scene.box(), line, env)).stderr;
  expect(await run({ ...JA, MFA_PROFILE_LANG: 'en' })).not.toMatch(JAPANESE);
  expect(await run({ LANG: 'C', MFA_PROFILE_LANG: 'ja' })).toMatch(JAPANESE);
  expect(await run({ LC_ALL: '', LANG: 'ja_JP.SJIS' })).not.toMatch(JAPANESE);
});

test.each(Object.values(PROBLEM_SAMPLES).flat())('$kind is told in Japanese', (problem) => {
  const { told } = explain(problem);
  // What AWS or another program said stays as it is.
  const foreign = 'said' in problem ? problem.said : '';
  for (const text of [told.message, told.hint]) {
    if (text === undefined) continue;
    const japanese = speakJapanese(text).replace(foreign, '');
    expect(japanese).toMatch(JAPANESE);
    expect(englishLines(japanese)).toEqual([]);
    // Nor a part of it, as a reason after a colon.
    expect(japanese.replace(/\([^)]*\)|(?:mfa-profile|sudo apt) .*/g, '')).not.toMatch(
      /(?:\b[a-z]{2,}\b[ ,]+){3}[a-z]{2,}\b/,
    );
  }
});

const KINDS: readonly FaultKind[] = [
  ...(['throttle', '500', '503', 'reset', 'reset-after-processing', 'cut-short'] as const),
  ...(['garbage', 'empty-credentials', 'access-denied', 'region-disabled'] as const),
];

test.each(KINDS)('what went wrong on the way is told in Japanese: %s', async (kind) => {
  const box = scene.box();
  scene.sts.failNext({ kind, count: 10 });
  const code = scene.sts.code('alice');
  const { stderr } = await said(box, ['refresh', 'alice', '-t', code], JA);
  expect(stderr).toMatch(JAPANESE);
  expect(englishLines(stderr)).toEqual([]);
  // AWS's own sentence stays English.
  const own = kind === 'access-denied' ? stderr.replace(/(\(AccessDenied\)): .*/, '$1') : stderr;
  expect(own.replace(/\([^)]*\)|openssl .*/g, '')).not.toMatch(/(?:\b[a-z]{2,}\b ){3}/);
});

/** Files with something wrong in them. */
const FILES: readonly [what: string, credentials: string][] = [
  ['a stray line', 'stray line\n[alice]\n'],
  ['a doubled section', '[alice]\naws_access_key_id = A\n[alice]\naws_access_key_id = B\n'],
  ['half a key', '[alice]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n'],
  [
    'a comment after a key',
    '[alice]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE # mine\naws_secret_access_key = x\n',
  ],
  [
    'quotes around a key',
    '[alice]\naws_access_key_id = \u201cAKIAIOSFODNN7EXAMPLE\u201d\naws_secret_access_key = x\n',
  ],
  ['another tool’s names', '[alice]\naccessKeyId = AKIAIOSFODNN7EXAMPLE\nsecretAccessKey = x\n'],
  ['a key in the way', credentialsOf(ALICE) + credentialsOf({ ...ALICE, userName: 'alice_token' })],
  ['JSON', '{"a": 1}\n'],
  ['UTF-16', '\ufeff[\u0000a\u0000'],
  ['a NUL', '[alice]\n\0\n'],
];

test.each(FILES)('what is wrong with a file is told in Japanese: %s', async (_what, text) => {
  const box = scene.box({ credentials: text });
  for (const line of [
    'refresh alice --no-prompt',
    'status',
    'doctor alice',
    'init alice --no-prompt',
  ]) {
    const japanese = await said(box, line.split(' '), JA);
    const shown = line === 'status' ? japanese.stderr : japanese.stdout + japanese.stderr;
    expect(englishLines(shown)).toEqual([]);
    const english = await said(box, line.split(' '), { LANG: 'C' });
    expect(english.stdout + english.stderr).not.toMatch(JAPANESE);
  }
});
