/**
 * What V8's compiler makes of the program's files, kept for later runs: node saves the time to
 * compile them. Run by the node that it is for: `node --hash-seed=1 scripts/make-code-cache.mjs FROM TO FILE…`.
 * The seed orders what V8 writes, so that two builds are the same bytes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import { Script } from 'node:vm';

const [from, to, ...files] = process.argv.slice(2);
const { versions, platform, arch } = process;
// As src/bin.ts looks for it.
const folder = path.join(to, `${versions.v8}-${platform}-${arch}`);
mkdirSync(folder, { recursive: true });
// V8 takes a cache only under the flags that it was written with: those of a run as usual.
v8.setFlagsFromString('--hash-seed=0');
for (const file of files) {
  const text = Module.wrap(readFileSync(path.join(from, file), 'utf8'));
  // All of it, not only what runs while it is loaded.
  v8.setFlagsFromString('--no-lazy');
  const script = new Script(text, { filename: file });
  v8.setFlagsFromString('--lazy');
  writeFileSync(path.join(folder, `${file}.cache`), script.createCachedData());
}
