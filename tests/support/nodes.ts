/** The Node versions that the built program is tried under: this one, and those of scripts/install-nodes.mjs. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The same majors as in scripts/install-nodes.mjs. */
const MAJORS = [22, 24, 26];
const FOLDER = path.join(__dirname, '../../.cache/nodes');

export interface NodeBinary {
  /** For the test's name: `node 24.9.0`. */
  name: string;
  version: string;
  path: string;
}

function binaryOf(major: number): string {
  const name = `node-${process.platform}-${process.arch}`;
  return path.join(FOLDER, String(major), 'node_modules', name, 'bin', 'node');
}

function described(file: string): NodeBinary {
  const version = execFileSync(file, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  return { name: `node ${version}`, version, path: file };
}

/** This node first, then those installed; throws under CI where one of them is missing. */
export function nodes(): NodeBinary[] {
  const missing = MAJORS.filter((major) => !existsSync(binaryOf(major)));
  if (process.env['CI'] && missing.length > 0) {
    throw new Error(`under CI node ${missing.join(', ')} must be there: scripts/install-nodes.mjs`);
  }
  const others = MAJORS.filter((major) => !missing.includes(major)).map(binaryOf);
  return [process.execPath, ...others].map(described);
}
