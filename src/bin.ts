/**
 * The program's entry. It loads the program's files with what the compiler made of them at the build,
 * if that was done by the same node; node compiles them otherwise, which takes longer.
 */
import { readFileSync } from 'node:fs';
import type ModuleOfNode from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** Names this build: a cache is good for the very text that it was made of, and V8 compares lengths. */
declare const BUILD_ID: string;

// node:module itself would load what only its other users need.
const Module = module.constructor as typeof ModuleOfNode;
const { versions, platform, arch } = process;
const CODE_CACHE = `code-cache/${BUILD_ID}/${versions.v8}-${platform}-${arch}`;

/** What takes the place of `require` in the program's files. */
function load(id: string): unknown {
  if (!id.startsWith('./')) return module.require(id);
  const file = join(__dirname, id);
  const known = require.cache[file];
  if (known) return known.exports;
  const loaded = new Module(file, module);
  require.cache[file] = loaded;
  const text = Module.wrap(readFileSync(file, 'utf8'));
  const script = new Script(text, { filename: file, cachedData: readCodeCache(id) });
  const run = script.runInThisContext() as (...values: unknown[]) => void;
  run(loaded.exports, load, loaded, file, __dirname);
  return loaded.exports;
}

/** Undefined if this node is not one that the build was made for. */
function readCodeCache(id: string): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, CODE_CACHE, `${id}.cache`));
  } catch {
    return undefined;
  }
}

load('./start.cjs');
