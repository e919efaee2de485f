/**
 * The entry of the one executable (scripts/make-executable.mjs): the files that src/bin.ts reads from
 * its folder are parts of it, with what the compiler made of them.
 */
import type ModuleOfNode from 'node:module';
import { dirname, join } from 'node:path';
import { getRawAsset } from 'node:sea';
import { Script } from 'node:vm';

// As in src/bin.ts.
const Module = module.constructor as typeof ModuleOfNode;
const FOLDER = dirname(process.execPath);
const loaded = new Map<string, ModuleOfNode>();

/** What takes the place of `require` in the program's files. */
function load(id: string): unknown {
  if (!id.startsWith('./')) return builtin(id);
  const known = loaded.get(id);
  if (known) return known.exports;
  const file = join(FOLDER, id);
  const fresh = new Module(file, module);
  loaded.set(id, fresh);
  const name = id.slice(2);
  const text = Module.wrap(part(name)!.toString('utf8'));
  const script = new Script(text, { filename: file, cachedData: part(`${name}.cache`) });
  const run = script.runInThisContext() as (...values: unknown[]) => void;
  run(fresh.exports, load, fresh, file, FOLDER);
  return fresh.exports;
}

/** @throws Error for what is not node's own: nothing else can be loaded here */
function builtin(id: string): unknown {
  const found = process.getBuiltinModule(id) as unknown;
  if (found === undefined) throw new Error(`${id} is not part of this program`);
  return found;
}

/** Undefined for what was not put in, as a cache for a node that could not be run at the build. */
function part(name: string): Buffer | undefined {
  try {
    return Buffer.from(getRawAsset(name) as ArrayBuffer);
  } catch {
    return undefined;
  }
}

load('./start.cjs');
