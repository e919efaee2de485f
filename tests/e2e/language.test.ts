/** The language follows the locale, and what programs read does not (contract, Streams). */
import { tmpdir } from 'node:os';
import { PROBLEM_SAMPLES } from '../support/problem-samples.ts';
import { explain } from '../../src/output/explain.ts';
import { speakJapanese } from '../../src/japanese.ts';
import type { RunResult } from '../support/child.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { useScene } from '../support/scene.ts';

const scene = useScene();

const JA = { LC_ALL: '', LANG: 'ja_JP.UTF-8' };
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;
const DEVICELESS =
  '[nodevice]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n';

/** Command lines, and what each writes to a person. */
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
  'env --help',
  'env --unset --format json',
  'exec alice --',
  'exec --help',
  'exec nobody -- true',
  'credential-process alice --no-prompt',
  'credential-process --help',
  'clear alice',
  'clear --all alice',
  'clear --help',
  'whoami alice --no-prompt',
  'whoami --help',
  'init nobody --no-prompt',
  'init --help',
  'hook',
  'hook zhs',
  'hook --help',
  'schedule cron --install',
  'schedule',
  'schedule --help',
  'completion --help',
  'completion nosuchshell',
  'doctor',
  'doctor --help',
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
  if (problem.kind !== 'usage') expect(speakJapanese(told.message)).toMatch(JAPANESE);
  const isOther = 'hint' in problem || 'cause' in problem;
  if (told.hint && problem.kind !== 'usage' && !isOther) {
    expect(speakJapanese(told.hint)).toMatch(JAPANESE);
  }
});
