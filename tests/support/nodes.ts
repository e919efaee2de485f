/** The Node versions that the built program is tried under: this one, and those of scripts/install-nodes.mjs. */
import { execFileSync } from 'node:child_process';
import type { Need } from './needs.ts';
import { describeWith, NODE_NEEDS, whereIs } from './needs.ts';
import { windowsOfSuite } from './windows/wine.ts';

/** `describe` for each; its name begins with `prefix`, and the function gets the node's path. */
export function describeOnNodes(
  prefix: string,
  fn: (node: string) => void,
  needs: readonly Need[] = [],
): void {
  describeWith(needs, `${prefix}node ${process.versions.node}`, () => fn(process.execPath));
  // Under Windows' Node there is one of them at a time.
  if (windowsOfSuite()) return;
  for (const need of NODE_NEEDS) {
    describeWith([need, ...needs], `${prefix}${need}`, () => fn(whereIs(need)));
  }
}

export interface NodeBinary {
  /** For a heading: `node 24.9.0`. */
  name: string;
  version: string;
  path: string;
}

/** This node first, then the others that are here. */
export function nodes(): NodeBinary[] {
  const paths = [process.execPath, ...NODE_NEEDS.map(whereIs).filter(Boolean)];
  return paths.map((path) => {
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1);
    return { name: `node ${version}`, version, path };
  });
}
