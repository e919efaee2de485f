/** The figures as a table for people, for docs/performance.md, and as a picture for the README. */

export interface Figure {
  readonly name: string;
  readonly against: string;
  readonly milliseconds: number;
  readonly ratio: number;
  readonly target: number | undefined;
  /** Above this CI fails. */
  readonly limit: number | undefined;
  /** Peak memory against node's own. */
  readonly memory: number | undefined;
}

const two = (number: number): string => number.toFixed(2);

export function markdownTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, milliseconds, ratio, against, target, memory }) => [
    name,
    milliseconds.toFixed(1),
    `${two(ratio)} × ${against}`,
    target === undefined ? '' : two(target),
    memory === undefined ? '' : `${two(memory)} ×`,
  ]);
  const table = [['work', 'ms', 'ratio', 'at most', 'memory'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

const ROW = 26;
const LEFT = 280;
const UNIT = 70;
const LONGEST = 6;

/** Bars in multiples of node's own start, which a line marks. */
export function barsSvg(
  figures: readonly { name: string; ratio: number }[],
  footer: string,
): string {
  const height = figures.length * ROW + 44;
  const bars = figures.map(({ name, ratio }, index) => {
    const y = 10 + index * ROW;
    const width = Math.min(ratio, LONGEST) * UNIT;
    const escaped = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `  <text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${escaped}</text>
  <rect x="${LEFT}" y="${y + 2}" width="${width.toFixed(0)}" height="16" rx="3" fill="${index === 0 ? '#8c959f' : '#2da44e'}"/>
  <text x="${(LEFT + width + 8).toFixed(0)}" y="${y + 14}">${two(ratio)}${ratio > LONGEST ? ' →' : ''}</text>`;
  });
  const end = height - 30;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="${height}" viewBox="0 0 800 ${height}" font-family="ui-sans-serif, sans-serif" font-size="13" role="img" aria-label="Run times in multiples of node's own start">
  <style>text{fill:#57606a}@media(prefers-color-scheme:dark){text{fill:#c9d1d9}}</style>
${bars.join('\n')}
  <line x1="${LEFT + UNIT}" y1="4" x2="${LEFT + UNIT}" y2="${end}" stroke="#8c959f" stroke-dasharray="3 3"/>
  <text x="${LEFT}" y="${height - 10}" font-size="11">${footer}</text>
</svg>
`;
}
