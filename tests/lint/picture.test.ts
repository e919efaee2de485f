/** The pictures of a terminal in the READMEs show what a run shows today. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LANGUAGES, THEMES, drawPicture, pictureFile, recordRun } from '../../scripts/picture.ts';
import { having } from '../support/needs.ts';

const ROOT = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

having('pty', 'aws').test.each(LANGUAGES)(
  'docs/terminal-%s-*.svg is drawn from a run (npm run picture)',
  async (language) => {
    const lines = await recordRun(language);
    for (const theme of ['light', 'dark'] as const) {
      expect(read(pictureFile(language, theme))).toBe(drawPicture(lines, THEMES[theme]));
    }
  },
);

test.each([
  ['README.md', 'en'],
  ['README.ja.md', 'ja'],
] as const)('%s shows its own, in light and in dark', (page, language) => {
  for (const theme of ['light', 'dark'] as const) {
    expect(read(page)).toContain(pictureFile(language, theme));
  }
});

/** By WCAG 2: at least 4.5 for text. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
    const [red, green, blue] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

test.each(Object.entries(THEMES))('%s can be read', (_name, { paper, ink, faint, colors }) => {
  for (const color of [ink, faint, ...Object.values(colors)]) {
    expect(contrast(color, paper)).toBeGreaterThanOrEqual(4.5);
  }
});
