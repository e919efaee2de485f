/**
 * Draws docs/rooms.svg: the rooms of src, and an arrow for each room that imports from another.
 * Run it after a room or an import between rooms was added; tests/lint/rooms-picture.test.ts says so.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = path.join(root, 'src');
const STEP = 44;
const BOX = { width: 130, height: 26 };
const IMPORT = /\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g;

/** The rooms from the highest to the lowest, as eslint.config.mjs has them, then those that act. */
function roomsInOrder() {
  const config = readFileSync(path.join(root, 'eslint.config.mjs'), 'utf8');
  const list = (name) =>
    new RegExp(`const ${name} = \\[([^\\]]*)\\]`)
      .exec(config)[1]
      .match(/'([^']+)'/g)
      .map((word) => word.slice(1, -1));
  return { inner: ['doors', ...list('ROOMS').reverse()], acting: list('ACTING') };
}

const roomOf = (file) => {
  const [first, ...rest] = path.relative(src, file).split(path.sep);
  return rest.length === 0 ? 'doors' : first;
};

/** `from to` for each pair of rooms of which the first imports from the second. */
function importsBetweenRooms() {
  const pairs = new Set();
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = path.join(entry.parentPath, entry.name);
    for (const [, still, late] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const [from, to] = [file, path.resolve(path.dirname(file), still ?? late)].map(roomOf);
      if (from !== to) pairs.add(`${from} ${to}`);
    }
  }
  return [...pairs].sort();
}

export function drawRooms() {
  const { inner, acting } = roomsInOrder();
  const places = new Map();
  inner.forEach((room, index) => places.set(room, { x: 200, y: 20 + index * STEP }));
  acting.forEach((room, index) => places.set(room, { x: 470, y: 20 + (index + 4) * STEP }));
  const arrows = importsBetweenRooms()
    .map((pair) => pair.split(' '))
    .filter(([from, to]) => to !== 'doors' && places.has(from) && places.has(to))
    .map(([from, to]) => arrow(places.get(from), places.get(to)));
  const boxes = [...places].map(
    ([room, { x, y }]) =>
      `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4"/>` +
      `<text x="${x + BOX.width / 2}" y="${y + 17}">${room}</text>`,
  );
  const height = 20 + inner.length * STEP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 ${height}" role="img" aria-label="The rooms of src, highest first; an arrow leads to a room that is imported from">`,
    '<style>rect{fill:#fff;stroke:#57606a}text{font:13px sans-serif;text-anchor:middle;fill:#1f2328}path{fill:none;stroke:#57606a;stroke-opacity:.45}@media(prefers-color-scheme:dark){rect{fill:#0d1117;stroke:#8b949e}text{fill:#e6edf3}path{stroke:#8b949e}}</style>',
    ...arrows,
    ...boxes,
    '</svg>',
    '',
  ].join('\n');
}

/** Down the left side within the column, straight across to and from the rooms that act. */
function arrow(from, to) {
  const middle = BOX.height / 2;
  if (from.x === to.x) {
    const bend = Math.min(180, Math.abs(to.y - from.y) / 2.6 + 14);
    const [y1, y2, x] = [from.y + middle, to.y + middle, from.x];
    return `<path d="M${x} ${y1}C${x - bend} ${y1} ${x - bend} ${y2} ${x} ${y2}"/>`;
  }
  const rightward = to.x > from.x;
  const x1 = rightward ? from.x + BOX.width : from.x;
  const x2 = rightward ? to.x : to.x + BOX.width;
  return `<path d="M${x1} ${from.y + middle}L${x2} ${to.y + middle}"/>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(path.join(root, 'docs/rooms.svg'), drawRooms());
}
