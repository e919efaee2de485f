/** A rule for ESLint: no file of src imports itself by way of others, types included. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const IMPORT = /^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)';/gm;
const known = new Map();

/** The files that a file imports when it is loaded; a dynamic import is loaded later, and is no circle. */
function importsOf(file) {
  let targets = known.get(file);
  if (!targets) {
    const text = readFileSync(file, 'utf8');
    targets = [...text.matchAll(IMPORT)].map(([, to]) => path.resolve(path.dirname(file), to));
    known.set(file, targets);
  }
  return targets;
}

/** The files on the way from `from` back to `to`, or undefined. */
function findWay(from, to, seen = new Set()) {
  if (from === to) return [from];
  if (seen.has(from)) return undefined;
  seen.add(from);
  for (const next of importsOf(from)) {
    const way = findWay(next, to, seen);
    if (way) return [from, ...way];
  }
  return undefined;
}

export const noCycle = {
  meta: { schema: [], messages: { circle: 'Circle of imports: {{way}}' } },
  create(context) {
    const { filename } = context;
    return {
      'ImportDeclaration, ExportNamedDeclaration[source], ExportAllDeclaration'(node) {
        if (!node.source.value.startsWith('.')) return;
        const target = path.resolve(path.dirname(filename), node.source.value);
        const way = findWay(target, filename);
        if (!way) return;
        const names = [filename, ...way].map((file) => path.relative(process.cwd(), file));
        context.report({ node, messageId: 'circle', data: { way: names.join(' -> ') } });
      },
    };
  },
};
