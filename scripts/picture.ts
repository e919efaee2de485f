/**
 * `npm run picture`: draws docs/terminal-*.svg, the pictures of a terminal in the two READMEs, from a
 * real run: the built program on a pseudo-terminal, against the local STS, from an access key to a
 * session that the AWS CLI uses. Times are masked and the throw-away home is `~`;
 * tests/lint/picture.test.ts holds the pictures to a fresh run.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ALICE, credentialsOf } from '../fixtures/sts/accounts.ts';
import { startLocalSts } from '../fixtures/sts/server.ts';
import { quoteForXml } from '../src/commands/schedule/job.ts';
import { widthOf } from '../src/output/width.ts';
import { useAws } from '../tests/support/aws-cli.ts';
import type { Pty } from '../tests/support/pty.ts';
import { makeSandbox } from '../tests/support/sandbox.ts';

export const LANGUAGES = ['en', 'ja'] as const;
export type PictureLanguage = (typeof LANGUAGES)[number];

const COLUMNS = 88;

/** What a person does at the set-up, in the order of its questions. */
const QUESTIONS: Readonly<Record<PictureLanguage, readonly RegExp[]>> = {
  en: [/AWS region [^\n]*› $/, /Save this\?[^\n]*› $/, /MFA code for [^\n]*› $/],
  ja: [/AWS リージョン [^\n]*> $/, /保存しますか\?[^\n]*> $/, /MFA コード [^\n]*> $/],
};

/** A text with its colours (SGR), as a terminal shows it line by line. */
export async function recordRun(language: PictureLanguage): Promise<readonly string[]> {
  const sts = await startLocalSts({ totpClock: 'fresh' });
  const box = makeSandbox({
    credentials: credentialsOf({ ...ALICE, userName: 'prod' }),
    sts,
    env: { MFA_PROFILE_LANG: language, TERM: 'xterm-256color', FORCE_COLOR: undefined },
  });
  useAws(box, sts);
  const shown: string[] = [];
  const run = async (line: string, answer?: (pty: Pty) => Promise<void>): Promise<void> => {
    const [program, ...args] = line.split(' ');
    // By its path: a sandbox has its own `bin`.
    const file = box.path('bin', program!);
    const pty = box.openPty(args, { file, cols: COLUMNS });
    await answer?.(pty);
    const { code } = await pty.exit;
    if (code !== 0) throw new Error(`${line} ended with ${code}:\n${pty.screen}`);
    shown.push(`\u001b[1m$ ${line}\u001b[0m`, ...pty.output.trimEnd().split(/\r?\n/));
  };
  try {
    await run('mfa-profile init prod', async (pty) => {
      const [region, save, code] = QUESTIONS[language];
      await pty.waitFor(region!);
      pty.type(language === 'ja' ? 'ap-northeast-1' : 'eu-west-1');
      pty.key('enter');
      await pty.waitFor(save!);
      pty.key('enter');
      await pty.waitFor(code!);
      pty.type(sts.code('alice'));
      pty.key('enter');
    });
    await run('aws sts get-caller-identity --profile prod_token --query Arn');
    await run('mfa-profile refresh prod');
    await run('mfa-profile status');
    return shown.map((line) => masked(line, box.home));
  } finally {
    box.cleanup();
    await sts.close();
  }
}

/** The same in every run: the home, the time of day and the time left. */
function masked(line: string, home: string): string {
  return line
    .replaceAll(home, '~')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, '2026-11-21 21:30')
    .replace(/\d+ hours? \d+ minutes?/g, '11 hours 59 minutes')
    .replace(/\d+ 時間 \d+ 分/g, '11 時間 59 分');
}

interface Theme {
  readonly paper: string;
  readonly frame: string;
  readonly ink: string;
  readonly faint: string;
  /** By SGR code. */
  readonly colors: Readonly<Record<number, string>>;
}

/** GitHub's own colours of text, so that the contrast is that of the page around (4.5:1 and more). */
export const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    ...{ paper: '#ffffff', frame: '#d1d9e0', ink: '#1f2328', faint: '#59636e' },
    colors: { 31: '#d1242f', 32: '#1a7f37', 33: '#9a6700', 35: '#8250df', 36: '#1b7c83' },
  },
  dark: {
    ...{ paper: '#0d1117', frame: '#3d444d', ink: '#f0f6fc', faint: '#9198a1' },
    colors: { 31: '#f85149', 32: '#3fb950', 33: '#d29922', 35: '#ab7df8', 36: '#39c5cf' },
  },
};

const CELL = 8.4;
const LINE = 20;
const MARGIN = 16;

/** Lines with colours as one SVG picture, every character in its cell. */
export function drawPicture(
  lines: readonly string[],
  { paper, frame, ink, faint, colors }: Theme,
): string {
  const rows = lines.flatMap(wrapped);
  const width = Math.ceil(COLUMNS * CELL + 2 * MARGIN);
  const height = rows.length * LINE + 2 * MARGIN;
  const texts = rows.flatMap((runs, row) => {
    let column = 0;
    const y = MARGIN + row * LINE + 14;
    return runs.flatMap(byWidth).flatMap(({ text, codes }) => {
      const at = [...text].map((character) => {
        const x = MARGIN + column * CELL;
        column += widthOf(character);
        return Number(x.toFixed(1));
      });
      if (text.trim() === '') return [];
      const color =
        codes.map((code) => colors[code]).find(Boolean) ?? (codes.includes(2) ? faint : ink);
      const weight = codes.includes(1) ? ' font-weight="bold"' : '';
      return [
        `<text x="${at.join(' ')}" y="${y}" fill="${color}"${weight}>${quoteForXml(text)}</text>`,
      ];
    });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${quoteForXml(rows.map((runs) => runs.map(({ text }) => text).join('')).join('\n'))}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6" fill="${paper}" stroke="${frame}"/>`,
    `<g font-family="ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', 'Noto Sans Mono CJK JP', 'BIZ UDGothic', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Run {
  readonly text: string;
  readonly codes: readonly number[];
}

/** Wide characters apart from the others, for renderers that place only the first of a text. */
function byWidth({ text, codes }: Run): Run[] {
  const parts = text.match(/[ -~\u00a0-\u2fff]+|[^ -~\u00a0-\u2fff]+/gu) ?? [];
  return parts.map((part) => ({ text: part, codes }));
}

/** A line as the rows that a terminal of {@link COLUMNS} makes of it. */
function wrapped(line: string): Run[][] {
  const rows: Run[][] = [[]];
  let codes: readonly number[] = [];
  let column = 0;
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    const sgr = /^\u001b\[([\d;]*)m$/.exec(part);
    if (sgr) {
      const given = sgr[1] === '' ? [0] : sgr[1]!.split(';').map(Number);
      codes = given.some((code) => [0, 22, 39].includes(code)) ? [] : [...codes, ...given];
      continue;
    }
    let text = '';
    for (const character of part) {
      if (column + widthOf(character) > COLUMNS) {
        rows.at(-1)!.push({ text, codes });
        rows.push([]);
        [text, column] = ['', 0];
      }
      text += character;
      column += widthOf(character);
    }
    rows.at(-1)!.push({ text, codes });
  }
  return rows;
}

/** The picture's file below docs/. */
export function pictureFile(language: PictureLanguage, theme: keyof typeof THEMES): string {
  return `docs/terminal-${language}-${theme}.svg`;
}

async function main(): Promise<void> {
  for (const language of LANGUAGES) {
    const lines = await recordRun(language);
    for (const theme of ['light', 'dark'] as const) {
      const file = path.join(__dirname, '..', pictureFile(language, theme));
      writeFileSync(file, drawPicture(lines, THEMES[theme]));
    }
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`picture: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
